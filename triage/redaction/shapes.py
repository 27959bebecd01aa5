"""The forms of numbers: postcodes, National Insurance, cars, and the checks of care.md 6. Pure."""

import re
from collections.abc import Sequence
from functools import cache

from triage.redaction.rules import Rules

POSTCODE = re.compile(r"([A-Z0]{1,2})(\d{1,2}|[0O])([A-Z]?)([\dO])([ABD-HJLNP-UW-Z]{2})")
SUFFIXED = frozenset(["E", "EC", "N", "NW", "SE", "SW", "W", "WC"])
INSURED = re.compile(r"[A-Z]{2}\d{6}[A-D]")
PLATE = re.compile(r"[A-HJ-PR-Y][A-Z]\d\d[A-Z]{3}")
MISHEARD = re.compile(r"[A-Z]{1,2}\d{1,2}[A-Z]?\d[A-Z]{2}")  # a postcode but for its letters
OLD_PLATE = re.compile(r"[A-Z]\d{1,3}[A-Z]{3}|[A-Z]{3}\d{1,3}[A-Z]|[A-Z]{2}\d{2}[A-Z]{3}")


def shape(rules: Rules, chars: str, said: Sequence[str]) -> str | None:
    """What kind of secret such signs are by their form. `said`: what the words before speak of."""
    if chars.isdecimal() or chars.isalpha():
        return None
    if _postcode(rules, chars) or ("postcode" in said and MISHEARD.fullmatch(chars)):
        return "postcode"
    if INSURED.fullmatch(_oh(chars, "LLDDDDDDL")):
        return "ni"
    if PLATE.fullmatch(_oh(chars, "LLDDLLL")) and sum(c.isalpha() for c in chars) > 2:
        return "plate"
    return "plate" if "plate" in said and OLD_PLATE.fullmatch(chars) else None


def checked(digits: str) -> bool:
    """Whether ten digits pass the NHS number's check: weights 10 to 2, modulo 11 (care.md 6)."""
    left = 11 - sum(int(d) * w for d, w in zip(digits, range(10, 1, -1), strict=False)) % 11
    return len(digits) == 10 and left != 10 and int(digits[9]) == left % 11


def help_line(rules: Rules, digits: str) -> bool:
    """Whether it is nothing but numbers that everybody may know, one after another."""
    lines = rules.help_lines

    @cache
    def made(rest: str) -> bool:
        return not rest or any(rest.startswith(n) and made(rest[len(n) :]) for n in lines)

    return len(digits) <= 33 and (made(digits) or (digits[:1] == "0" and made(digits[1:])))


def luhn(digits: str) -> bool:
    """Whether digits pass the check of card numbers."""
    doubled = [int(d) * (1 + at % 2) for at, d in enumerate(reversed(digits))]
    return sum(n - 9 * (n > 9) for n in doubled) % 10 == 0


def _postcode(rules: Rules, chars: str) -> bool:
    found = POSTCODE.fullmatch(chars)
    if not found:
        return False
    area, district = found[1].replace("0", "O"), found[2].replace("O", "0")
    if found[3] and area not in SUFFIXED:
        return False
    known = area in rules.numbers["areas"].split()
    return known and int(district) <= rules.numbers["most"].get(area, 99)


def _oh(chars: str, shape: str) -> str:
    """Signs with "oh" as the letter where letters stand, and as nought where digits do."""
    if len(chars) != len(shape):
        return chars
    meant = {"L": ("0", "O"), "D": ("O", "0")}
    return "".join(c.replace(*meant[s]) for c, s in zip(chars, shape, strict=True))
