"""Bank holidays of a part of the United Kingdom, year by year, when somebody asks for that year."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache


@dataclass(frozen=True)
class Closed:
    """The days on which a line is closed: bank holidays of `part` (or of none), and its own."""

    part: str | None
    own: Collection[date]

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and (
            day in self.own or (self.part is not None and day in of_year(self.part, day.year))
        )


@cache
def of_year(part: str, year: int) -> frozenset[date]:
    """Every bank holiday of one year, the days given instead of a weekend's among them."""
    import holidays  # here, as most processes never ask

    return frozenset(holidays.country_holidays("GB", subdiv=part, years=year))
