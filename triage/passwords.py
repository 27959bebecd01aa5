"""Passwords: hashed with Argon2, checked, refused when many would guess them, made up for once."""

import secrets
from base64 import b64encode
from collections.abc import Sequence

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# Short, plain and told apart when read out on the phone to a new colleague.
WORDS = (  # noqa: SIM905 (shorter to read than a list)
    "kelp lamp fern moss reed sage lime pear plum leek beet corn oats rice salt mint "
    "lake pond cove dune hill vale glen moor wood lane barn mill dock pier boat sail "
    "lark wren swan duck goat hare mole newt toad crab clam carp pike bear lynx wolf "
    "drum harp bell lute book desk sofa lace wool silk coat sock ring coin kite yarn"
).split()
SIGNS = "23456789abcdefghjkmnpqrstvwxyz"  # pragma: allowlist secret
SHORTEST = 12
LONGEST = 200
WEIGHED = 72  # more of a password takes seconds to weigh, and does not make it weaker
GUESSES = 8  # powers of ten: fewer, and a stolen hash is found in an afternoon

hasher = PasswordHasher()


def hash(password: str) -> str:  # noqa: A001 (read as `passwords.hash`)
    """A password -> what the staff's row keeps of it. Slow on purpose, and salted."""
    return hasher.hash(password)


def nobody() -> str:
    """For a name that nobody has: its check must take as long as a colleague's, and never fits.

    It reads like any hash of ours, but none was made: the start of a web process, or the first
    stranger, would wait for it.
    """
    how = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    salt, end = (
        b64encode(secrets.token_bytes(size)).decode().rstrip("=")
        for size in (hasher.salt_len, hasher.hash_len)
    )
    return f"$argon2id$v=19${how}${salt}${end}"


def right(stored: str, given: str) -> bool:
    """Whether `given` is the password behind `stored`; a damaged `stored` fits none.

    One that is too long to be anybody's is not hashed: a megabyte would keep us busy.
    """
    try:
        return len(given) <= LONGEST and hasher.verify(stored, given)
    except (VerificationError, InvalidHashError):
        return False


def refusal(chosen: str, known: Sequence[str]) -> str | None:
    """Why a password will not do, or None: only its length counts, and how soon it is guessed.

    `known`: what anybody would try first, such as their name and the line's.
    """
    if len(chosen) < SHORTEST:
        return f"Use at least {SHORTEST} characters. Three words will do."
    if len(chosen) > LONGEST:
        return f"Use at most {LONGEST} characters."
    from zxcvbn import zxcvbn  # its lists cost each web process megabytes, and few ever choose one

    first = [part for name in known for part in (name.replace(" ", ""), *name.split())]
    if zxcvbn(chosen[:WEIGHED], user_inputs=first)["guesses_log10"] < GUESSES:
        return "Many people would guess that. Put three or four words together that only you would."
    return None


def one_time() -> str:
    """A first password such as kelp-lamp-7rwx4-kmq92, of 61 random bits."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(10))
    return "-".join([secrets.choice(WORDS), secrets.choice(WORDS), signs[:5], signs[5:]])
