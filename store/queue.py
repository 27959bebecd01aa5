"""The bell: asks the workers for a job by its name. The row is the truth; a lost ring is swept."""

import logging
from datetime import UTC, datetime

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue

NAME = "heard"
HEAR = "workers.jobs.hear"
DELETE_COPY = "workers.jobs.delete_copy"
SEND = "workers.jobs.send"
CATCH_UP = "workers.jobs.catch_up"
CONTACT = "workers.jobs.contact"
CHECK_NUMBERS = "workers.jobs.check_numbers"

# The queue stays short however long the workers are away: the sweep rings again, row by row.
LONGEST = 1000

log = logging.getLogger(__name__)


class Bell:
    """Rings for a job with an id. Without Redis, or with Redis away, nobody hears it: no harm."""

    def __init__(self, redis_url: str | None) -> None:
        self._redis = connect(redis_url) if redis_url else None

    def ring(self, job: str, number: int) -> bool:
        """Ask for a job after the commit of its row. True if the queue took it."""
        if self._redis is None:
            return False
        try:
            queue = Queue(NAME, connection=self._redis)
            if queue.count >= LONGEST:
                return False
            queue.enqueue(job, number, job_timeout=3600, result_ttl=0, failure_ttl=86400)
        except RedisError as why:
            log.warning("the queue did not take a ring: %s", type(why).__name__)
            return False
        return True

    def depth(self) -> int | None:
        """How many rings wait, or None when the queue cannot be asked."""
        if self._redis is None:
            return None
        try:
            return Queue(NAME, connection=self._redis).count
        except RedisError:
            return None

    def now(self) -> datetime | None:
        """What time Redis has, or None when it cannot be asked."""
        if self._redis is None:
            return None
        try:
            seconds, parts = self._redis.time()
        except RedisError:
            return None
        return datetime.fromtimestamp(seconds + parts / 1e6, UTC)


def connect(redis_url: str, patient: bool = False) -> Redis:
    """A connection that gives up fast, as a caller may be waiting; a worker is `patient`."""
    return Redis.from_url(
        redis_url, socket_connect_timeout=1, socket_timeout=None if patient else 2
    )
