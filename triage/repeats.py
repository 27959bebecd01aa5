"""Whether several reports on one place came from few phones, in words. Pure."""

from collections.abc import Sequence
from datetime import timedelta

LOOKED_BACK = timedelta(days=90)
ENOUGH = 3


def said(counts: Sequence[int]) -> str | None:
    """Reports on one place by phone -> "7 of 12 ... came from 2 phones"; None: nothing repeats."""
    again = [count for count in counts if count > 1]
    total = sum(counts)
    if total < ENOUGH or not again:
        return None
    phones = "1 phone" if len(again) == 1 else f"{len(again):,} phones"
    days = LOOKED_BACK.days
    return f"{sum(again):,} of {total:,} about this place in {days} days came from {phones}."
