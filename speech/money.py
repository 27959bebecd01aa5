"""Prices and percentages, from the words of a phrase to how people write them."""

from collections.abc import Container, Sequence

from speech.numerals import Written, cardinal, number, written
from speech.units import unit
from speech.weights import baby, paid, weight

# What may follow a price. "Twelve pounds fifty people" may be two numbers.
BEHIND_A_PRICE = "a an and at but each every for i in just on per so to which"
AFTER_PRICE = frozenset(BEHIND_A_PRICE.split())
POUNDS = {"pound", "pounds"}  # "two pound fifty"; a "ten pound note" is none of pence


def price(words: Sequence[str], before: Sequence[str]) -> Written:
    """ "twelve pounds fifty", "a pound fifty": £12.50, £1.50; a baby's weight as said."""
    text, taken = _pounds(words, before, POUNDS) or ("", 0)
    pence, more = cardinal(words[taken:])
    after = words[taken + more :]
    sure = not after or (after[0] in AFTER_PRICE and not unit(after) and not number(after[1:]))
    if not taken or not more or not sure:
        return None
    if baby(cardinal(words)[0], pence) and not paid(before):
        return " ".join(words[: taken + more]), taken + more
    return (f"{text}.{pence}", taken + more) if 10 <= pence < 100 else None


def money(words: Sequence[str], before: Sequence[str]) -> Written:
    """ "twenty pounds": £20; "ninety per cent": 90%."""
    value, taken = cardinal(words)
    after = list(words[taken : taken + 2])
    if number(before[-1:]):
        return None  # "ten twenty pounds"
    if taken and after[:1] == ["percent"]:
        return f"{written(value)}%", taken + 1
    if taken and after == ["per", "cent"]:
        return f"{written(value)}%", taken + 2
    return _pounds(words, before, {"pounds"})


def _pounds(words: Sequence[str], before: Sequence[str], said: Container[str]) -> Written:
    value, taken = (1, 1) if words[:2] == ["a", "pound"] else cardinal(words)
    known = taken and not number(before[-1:]) and "".join(words[taken : taken + 1]) in said
    return (f"£{written(value)}", taken + 1) if known and not weight(words, before) else None
