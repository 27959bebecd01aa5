"""Passwords: hashed with Argon2, checked, and made up for a colleague's first sign-in."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# Short, plain and told apart when read out on the phone to a new colleague.
WORDS = (  # noqa: SIM905 (shorter to read than a list)
    "kelp lamp fern moss reed sage lime pear plum leek beet corn oats rice salt mint "
    "lake pond cove dune hill vale glen moor wood lane barn mill dock pier boat sail "
    "lark wren swan duck goat hare mole newt toad crab clam carp pike bear lynx wolf "
    "drum harp bell lute book desk sofa lace wool silk coat sock ring coin kite yarn"
).split()
SIGNS = "23456789abcdefghjkmnpqrstvwxyz"
SHORTEST = 12
LONGEST = 200

_hasher = PasswordHasher()


def hash(password: str) -> str:  # noqa: A001 (read as `passwords.hash`)
    """A password -> what the staff's row keeps of it. Slow on purpose, and salted."""
    return _hasher.hash(password)


# For a name that nobody has: its check must take as long as a colleague's.
NOBODY = hash(secrets.token_hex())


def right(stored: str, given: str) -> bool:
    """Whether `given` is the password behind `stored`; a damaged `stored` fits none."""
    try:
        return _hasher.verify(stored, given)
    except (VerificationError, InvalidHashError):
        return False


def one_time() -> str:
    """A first password such as kelp-lamp-7rwx4-kmq92, of 61 random bits."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(10))
    return "-".join([secrets.choice(WORDS), secrets.choice(WORDS), signs[:5], signs[5:]])
