"""Hundreds and thousands that are no plain number, or only the first half of one: left as said."""

from collections.abc import Sequence

from speech.counts import ROW
from speech.numerals import BARE, ORDINALS, TEENS, TENS, Written, cardinal

# Whose hundreds they are, or may be: of an unknown word nobody knows, and "to" may have been "two".
# "Nineteenth hundred" was "nineteen".
SEVERAL = {*ROW, *TEENS, *TENS, "couple", "few", "several", "many", "half", "[unk]", "for", "to"}
SEVERAL |= ORDINALS.keys() - {"first"}  # "the first hundred people"


def of_several(words: Sequence[str], before: Sequence[str]) -> Written:
    """ "a couple of hundred and fifty pounds", "hundred and first": no 150 or £50, and no 100."""
    _, taken = cardinal(words)
    several = before[-2:] == ["couple", "of"] or "".join(before[-1:]) in SEVERAL
    after = "".join([word for word in words[taken : taken + 2] if word != "and"][:1])
    ranked = after in ORDINALS or after.endswith("ieth")
    return (" ".join(words[:taken]), taken) if words[0] in BARE and (several or ranked) else None


def rest(words: Sequence[str], before: Sequence[str]) -> Written:
    """ "one hundred and", a pause, "fifty pounds": who reads £50 takes it for the price."""
    value, taken = cardinal(words)
    whole = {"hundred": 100, "thousand": 1000}.get("".join(before[-2:-1]), 0)
    behind = before[-1:] == ["and"] and value < whole
    return (" ".join(words[:taken]), taken) if taken and behind else None
