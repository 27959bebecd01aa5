"""Telephone numbers as people write them."""

import re


def written_number(typed: str) -> str:
    """Return a British number in international form; leave names and short codes as they are."""
    digits = re.sub(r"[\s().-]", "", typed)
    if not re.fullmatch(r"\+?[0-9]{7,15}", digits):
        return typed.strip()
    if digits.startswith("00"):
        return "+" + digits[2:]
    return "+44" + digits[1:] if digits.startswith("0") else digits
