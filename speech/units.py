"""What numbers are measures of: hours, milligrams."""

from collections.abc import Sequence

MEASURED_IN = (
    "second seconds minute minutes hour hours day days week weeks fortnights month months year "
    "years mile miles percent pence o'clock am pm milligrams stone ounces degrees"
)
UNITS = frozenset(MEASURED_IN.split())
IN_TWO = (["per", "cent"], ["a", "m"], ["p", "m"])


def unit(words: Sequence[str]) -> bool:
    """Whether the number before `words` is a measure of them: hours, milligrams."""
    return bool(words) and (words[0] in UNITS or list(words[:2]) in IN_TWO)
