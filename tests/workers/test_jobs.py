"""A job that stops as nobody foresaw: the row says so, where there is a database to say it in."""

from types import SimpleNamespace

import pytest
from sqlalchemy.exc import OperationalError

from store.models import Heard
from workers import jobs


@pytest.fixture
def stops(small):
    """A recording whose fetching raises this."""
    jobs.bind(small.room)
    sid = small.call()

    def stop(why: Exception):
        def raises(_sid: str) -> bytes:
            raise why

        small.furnish(carrier=SimpleNamespace(audio=raises))
        jobs.bind(small.room)
        with pytest.raises(type(why)):
            jobs.hear(small.take(sid).id)
        return small.take(sid)

    return stop


def test_what_nobody_foresaw_is_a_reason_that_staff_can_read(stops, small):
    take = stops(ValueError("with something private in it"))
    assert take.reason == "The program stopped on it (ValueError) and will try again."
    assert (take.state, take.due_at > small.at) == (Heard.EXPECTED, True)


def test_a_database_that_is_away_leaves_the_row_to_the_sweep(stops):
    assert stops(OperationalError("", {}, OSError())).reason is None
