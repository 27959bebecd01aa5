"""Two readers of the same words: how often they agree, beyond what chance would give. Pure."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# One in twenty: of a plain morning's 200 items ten are read twice, a quarter of an hour's work.
# After 100 items the share that agree is known to about 6 points either way.
SHARE = 0.05
FIELDS = ("service", "about", "sentiment", "themes")
Coded = Mapping[str, Any]


@dataclass(frozen=True)
class Agreement:
    """Of `n` choices by two readers, `same` were the same. `kappa`: 1 is always, 0 is by chance.

    None where chance alone would give full agreement, or nothing was read.
    """

    n: int
    same: int
    kappa: float | None


def drawn(roll: float) -> bool:
    """Whether an item is read by a second colleague; `roll` is random, from 0 up to 1."""
    return roll < SHARE


def differing(one: Coded, other: Coded) -> list[str]:
    """The fields on which two readers do not agree. The order of themes means nothing."""
    return [field for field in FIELDS if _value(one, field) != _value(other, field)]


def may_settle(name: str, readers: Collection[str], *, leads: bool) -> bool:
    """Whether somebody may choose between two readers: who read neither time, or lead or deputy.

    Whoever differs would else be the judge of it, and a second reading would be one person's word.
    """
    return leads or name not in readers


def agreements(
    pairs: Sequence[tuple[Coded, Coded]], themes: Sequence[str]
) -> Mapping[str, Agreement]:
    """By field. Each theme of each item is a choice of its own: on it, or not on it."""
    found = {
        field: _agreement([(_value(one, field), _value(other, field)) for one, other in pairs])
        for field in FIELDS[:-1]
    }
    choices = [(key in _themes(a), key in _themes(b)) for a, b in pairs for key in themes]
    return {**found, "themes": _agreement(choices)}


def _agreement(choices: Sequence[tuple[object, object]]) -> Agreement:
    """Cohen's kappa: (observed - by chance) / (1 - by chance)."""
    n, same = len(choices), sum(one == other for one, other in choices)
    if not n:
        return Agreement(0, 0, None)
    ones, others = (Counter(side) for side in zip(*choices, strict=True))
    chance = sum(ones[value] * others[value] for value in ones) / n**2
    return Agreement(n, same, None if chance == 1 else round((same / n - chance) / (1 - chance), 2))


def _value(coded: Coded, field: str) -> object:
    return _themes(coded) if field == "themes" else coded.get(field)


def _themes(coded: Coded) -> frozenset[str]:
    return frozenset(coded.get("themes") or ())
