"""The second factor: codes of six digits from an app (TOTP, RFC 6238), and codes for its loss."""

import hashlib
import hmac
import secrets
from datetime import datetime

import pyotp

from triage.passwords import SIGNS

STEP = 30  # seconds that a code is shown for
SKEW = 1  # steps that a telephone's clock may be early or late
CODES = 10
PARTS, PART = 4, 4


def secret() -> str:
    """A new secret, as apps take it typed: 160 random bits."""
    return pyotp.random_base32()


def address(of: str, name: str, line: str) -> str:
    """What the picture for the app says: whose secret this is, and of which line."""
    return pyotp.TOTP(of, interval=STEP).provisioning_uri(name=name, issuer_name=line)


def step(of: str, given: str, now: datetime) -> int | None:
    """The half minute whose code this is, or None. Every one is compared, each in constant time.

    Whoever gets the step must spend it: the same code must not open twice.
    """
    code, at = "".join(given.split()), int(now.timestamp()) // STEP
    app, found = pyotp.TOTP(of, interval=STEP), None
    for one in range(at - SKEW, at + SKEW + 1):
        if hmac.compare_digest(app.generate_otp(one).encode(), code.encode("utf-8", "replace")):
            found = one
    return found


def recovery() -> list[str]:
    """Ten codes such as 7rwx-kmq9-2hdf-v6tb, of 78 random bits: no slow hash is needed for them."""
    return [
        "-".join("".join(secrets.choice(SIGNS) for _ in range(PART)) for _ in range(PARTS))
        for _ in range(CODES)
    ]


def kept(code: str) -> str:
    """A recovery code as its row keeps it, however it was typed."""
    plain = "".join(sign for sign in code.lower() if sign in SIGNS)
    return hashlib.sha256(plain.encode()).hexdigest()
