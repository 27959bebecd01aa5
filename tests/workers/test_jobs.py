"""What RQ tells of a job that failed: kept on the row, unless there is nothing to keep it with."""

import pytest
from redis import Redis as Client
from rq.exceptions import AbandonedJobError
from rq.job import Job
from sqlalchemy.exc import OperationalError

from store.models import Heard
from store.queue import DELETE_COPY, HEAR
from workers import jobs


@pytest.fixture
def told(small, redis):
    """A recording of which RQ says that its job raised this."""
    jobs.bind(small.room)
    sid = small.call()

    def tell(why: Exception, name: str = HEAR):
        with Client.from_url(redis.url) as client:
            job = Job.create(name, args=(small.take(sid).id,), connection=client)
            jobs.stopped(job, type(why), why, None)
        return small.take(sid)

    return tell


def test_what_nobody_foresaw_is_a_reason_that_staff_can_read(told, small):
    take = told(ValueError("with something private in it"))
    assert take.reason == "The program stopped on it (ValueError) and will try again."
    assert (take.state, take.due_at > small.at) == (Heard.EXPECTED, True)


@pytest.mark.parametrize("why", [OperationalError("", {}, OSError()), AbandonedJobError()])
def test_a_database_that_is_away_and_an_abandoned_job_leave_the_row_to_the_sweep(told, why):
    assert told(why).reason is None


def test_another_job_with_the_same_number_is_no_word_on_the_recording(told):
    assert told(ValueError(), DELETE_COPY).reason is None
