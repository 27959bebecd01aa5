"""Works the queue: takes a ring, forks, and lets the child do the job."""

import logging
import signal
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import ClassVar

from redis.exceptions import RedisError
from rq import Queue, Worker

from store.queue import NAME, connect
from workers import jobs

AGAIN = 3.0

log = logging.getLogger(__name__)


class Hand(Worker):
    """An RQ worker whose children share the models, and finish the job in hand on SIGTERM."""

    # RQ also returns when Redis goes away in the middle of a job: only this says that it was told.
    leaving: ClassVar = False

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """The first signal: no new job."""
        Hand.leaving = True
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]

    def setup_work_horse_signals(self) -> None:
        """A stop that reaches the whole group lets the child end its job; the parent waits."""
        super().setup_work_horse_signals()  # type: ignore[no-untyped-call]
        signal.signal(signal.SIGTERM, signal.SIG_IGN)


def work(redis_url: str) -> None:
    """Work the queue until SIGTERM or SIGINT, however often Redis goes away meanwhile."""
    while True:
        _on_stop(_leave)
        try:
            _until_redis_goes(redis_url)
        except RedisError as why:
            log.error("the queue is away: %s", type(why).__name__)
        _on_stop(_leave)
        if Hand.leaving:
            return
        time.sleep(AGAIN)


def _until_redis_goes(redis_url: str) -> None:
    # The socket may be silent while the worker waits for a ring; only the connect is hurried.
    connection = connect(redis_url, patient=True)
    # One queue, so that RQ moves each job safely.
    hand = Hand(
        [Queue(NAME, connection=connection)],
        connection=connection,
        exception_handlers=[jobs.stopped],
        job_monitoring_interval=5,
        worker_ttl=60,
        maintenance_interval=30,
    )
    hand.work(logging_level="WARNING", with_scheduler=False)


def _on_stop(act: Callable[[int, FrameType | None], None]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, act)


def _leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)
