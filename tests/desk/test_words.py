"""How days and moments read on the desk."""

from datetime import UTC, date, datetime

import pytest

from handlers.desk.words import day


@pytest.mark.parametrize(
    ("at", "reads"),
    [
        (date(2027, 7, 10), "10 July 2027"),
        (datetime(2027, 7, 9, 23, tzinfo=UTC), "10 July 2027"),  # midnight in London, in summer
        (datetime(2027, 7, 10, 22, 59, tzinfo=UTC), "10 July 2027"),
        (datetime(2027, 1, 10, tzinfo=UTC), "10 January 2027"),
    ],
    ids=["day", "its start in summer", "its end in summer", "its start in winter"],
)
def test_a_day_is_the_one_that_it_is_in_london(at, reads):
    assert day(at) == reads
