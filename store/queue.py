"""The bell: asks the workers for a job by its name. The row is the truth; a lost ring is swept.

Two queues, of which each worker takes a job in turn (docs/decisions/0014-the-order.md).
"""

import logging
import time
from datetime import UTC, datetime
from math import inf

from redis import Redis, exceptions
from rq import Queue
from rq.job import Job

NAME = "heard"
LONG_ONES = "heard-long"  # recordings that keep a worker for a while
QUEUES = (NAME, LONG_ONES)
LONG = 60.0  # seconds; who left a longer message waits behind other long ones, not behind short
HEAR = "workers.jobs.hear"
DELETE_COPY = "workers.jobs.delete_copy"
SEND = "workers.jobs.send"
CATCH_UP = "workers.jobs.catch_up"
CONTACT = "workers.jobs.contact"
CHECK_NUMBERS = "workers.jobs.check_numbers"

# The queue stays short however long the workers are away: the sweep rings again, row by row.
LONGEST = 1000
# Seconds in which nobody rings again after a ring that Redis did not answer: it took 2 s, a caller
# may be waiting, and a sweep rings up to 600 times.
AWAY = 5.0

log = logging.getLogger(__name__)


class Bell:
    """Rings for a job with an id. Without Redis, or with Redis away, nobody hears it: no harm."""

    def __init__(self, redis_url: str | None) -> None:
        self._redis = connect(redis_url) if redis_url else None
        self._away_until = -inf

    def ring(self, job: str, number: int, seconds: float | None = None) -> bool:
        """Ask for a job after the commit of its row. True if the queue took it, or has it still.

        `seconds`: how long the recording is, where it is one and that is known.
        """
        if self._redis is None or time.monotonic() < self._away_until:
            return False
        queue = Queue(LONG_ONES if (seconds or 0) > LONG else NAME, connection=self._redis)
        # Two queues may hold a ring for one row, and whoever takes one puts away the job of its id.
        name = f"{job.rpartition('.')[2]}-{number}-{queue.name}"
        try:
            waiting, many = _waiting(queue, name)
            if waiting or many >= LONGEST:
                return waiting  # whoever answers that ring finds the row as it is now
            queue.enqueue(
                job,
                number,
                job_id=name,
                job_timeout=3600,
                result_ttl=0,
                failure_ttl=86400,
            )
        except exceptions.RedisError as why:
            log.warning("the queue did not take a ring: %s", type(why).__name__)
            if isinstance(why, exceptions.ConnectionError | exceptions.TimeoutError):
                self._away_until = time.monotonic() + AWAY
            return False
        return True

    def depth(self) -> int | None:
        """How many rings wait, or None when the queue cannot be asked."""
        if self._redis is None:
            return None
        try:
            return sum(Queue(name, connection=self._redis).count for name in QUEUES)
        except exceptions.RedisError:
            return None

    def now(self) -> datetime | None:
        """What time Redis has, or None when it cannot be asked."""
        if self._redis is None:
            return None
        try:
            seconds, parts = self._redis.time()
        except exceptions.RedisError:
            return None
        return datetime.fromtimestamp(seconds + parts / 1e6, UTC)


def _waiting(queue: Queue, name: str) -> tuple[bool, int]:
    """Whether this job waits in a queue, and how many do. Redis looks through its list itself: to
    be told all of it cost a ring milliseconds. A name without its job is a ring that is over."""
    with queue.connection.pipeline(transaction=False) as asked:
        asked.lpos(queue.key, name)
        asked.exists(Job.key_for(name))
        asked.llen(queue.key)
        place, there, many = asked.execute()
    return place is not None and bool(there), many


def connect(redis_url: str, patient: bool = False) -> Redis:
    """A connection that gives up fast, as a caller may be waiting.

    A `patient` one, a worker's, waits for a ring; but a host that vanished says nothing, and is
    not waited for any longer than a ring may take (workers/hand.py).

    It does not tell Redis which version of its library speaks: looking that up among the installed
    packages took 10 ms and 2 MB of memory in each worker.
    """
    return Redis.from_url(
        redis_url,
        socket_connect_timeout=1,
        socket_timeout=40 if patient else 2,
        driver_info=None,
    )
