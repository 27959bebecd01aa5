"""The sums of the Friends and Family Test, and what is hidden so that nobody is found. Pure.

As NHS England's own open pipeline has them (github.com/nhsengland/fft_pipeline, processors.py and
suppression.py), with the gaps closed that it leaves:

- positive % = (very good + good) / all responses, negative % = (poor + very poor) / all responses,
  "neither" and "don't know" included; none where nobody answered; whole percents.
- Level 1: of 1 to 4 responses every answer and both percentages are hidden; 0 is shown.
- Level 2: where the lowest unit that is not 0 is hidden, the second lowest is hidden too.
- Cascade: where a total is hidden, its two lowest units are; here all of them are.
- Ours: what is hidden adds up to 5 at least, and the percentages of every hidden unit go too, else
  the total less the rest says what one person answered; and a view whose rest is 1 to 4 answers
  hides all, as two views side by side would say it. So does a period of which 1 to 4 answers are
  left when what its months and quarters show is taken away.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

LEAST = 5
POSITIVE, NEGATIVE = ("very_good", "good"), ("poor", "very_poor")


def percent(part: int, total: int) -> int | None:
    """A share in whole percents, a half upwards; None of nothing."""
    return (200 * part + total) // (2 * total) if total else None


def positive(answers: Mapping[str, int]) -> int | None:
    """The FFT's percentage positive of answers by rating."""
    return _share(answers, POSITIVE)


def negative(answers: Mapping[str, int]) -> int | None:
    """The FFT's percentage negative of answers by rating."""
    return _share(answers, NEGATIVE)


def few(total: int) -> bool:
    """Whether so few answered that they might be found by what they answered."""
    return 0 < total < LEAST


def tells(months: Mapping[str, int]) -> bool:
    """Whether a period, less what its months and quarters show, tells what 1 to 4 answered.

    `months`: how many answered by month, 2026-11: 3. A month of few is hidden; those of a quarter
    are one stretch, which is hidden while it is few. Of one month it is what `few` says.
    """
    quarters: Counter[tuple[str, int]] = Counter()
    for key, total in months.items():
        quarters[key[:4], (int(key[5:]) - 1) // 3] += total if few(total) else 0
    return few(sum(rest for rest in quarters.values() if few(rest)))


def hidden(totals: Sequence[int], telling: Collection[int] = ()) -> frozenset[int]:
    """Which of the units that make up one total are hidden, by their places.

    `telling`: places of units that must be hidden whatever their total. Of two with equal totals
    the first counts as the lower.
    """
    low = {n for n, total in enumerate(totals) if few(total) or (total and n in telling)}
    order = sorted(
        (n for n, total in enumerate(totals) if total), key=lambda n: (n not in low, totals[n])
    )
    number = len(low)
    if number == 1:
        number = 2
    while 0 < number < len(order) and sum(totals[n] for n in order[:number]) < LEAST:
        number += 1
    return frozenset(order[:number])


def _share(answers: Mapping[str, int], some: Sequence[str]) -> int | None:
    return percent(sum(answers.get(key, 0) for key in some), sum(answers.values()))
