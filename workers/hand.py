"""Works the queues: takes a ring, does the job, takes the next; after many jobs another follows.

A hand does its jobs itself, in its own process: what the first has made ready (statements,
connections) serves the others. A native abort ends the hand and the one job that it had; its crew
puts another in its place. Whoever is not needed yet sleeps (docs/decisions/0015-hands.md).
"""

import fcntl
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from contextvars import copy_context
from math import inf
from types import FrameType
from typing import IO, ClassVar

from redis.client import Pipeline
from redis.exceptions import RedisError
from rq import Queue, SimpleWorker
from rq.exceptions import StopRequested
from rq.job import Job
from rq.timeouts import JobTimeoutException
from rq.worker import DequeueStrategy, WorkerStatus

from store.queue import QUEUES, connect
from workers.warming import give_back

AGAIN = 3.0
MOST_JOBS = 100  # then another hand follows: whatever a job leaves in memory does not add up
TIDY = 10  # jobs, after which freed memory goes back to the system: each time costs milliseconds
REST = 20  # seconds
EVERY = 10.0  # seconds between two words to Redis; it forgets a worker after 90
# Seconds of CPU; over it the system ends the hand, even where it hangs in code that is not Python.
# Decoding gives up long before (speech/transcriber.py).
MOST_CPU = 3600.0

log = logging.getLogger(__name__)


class Hand(SimpleWorker):
    """An RQ worker that shares its crew's models, and on SIGTERM finishes the job in hand."""

    # RQ also returns when Redis goes away in the middle of a job: only this says that it was told.
    leaving: ClassVar = False
    crew: ClassVar = 0  # the process that forked this one
    done: ClassVar = 0
    turn: ClassVar[IO[bytes]]  # whoever has it locked waits for the next ring
    _said = -inf  # when it last said that it lives

    def subscribe(self) -> None:
        """Nobody gives a hand orders through Redis: no thread that would listen for them."""

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """The first signal: no new job."""
        Hand.leaving = True
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]

    def request_force_stop(self, signum: int, frame: FrameType | None) -> None:
        """The crew and the system may both say it: the job in hand is finished all the same."""

    def execute_job(self, job: Job, queue: Queue) -> None:
        """One job, with nothing left of the one before in the log or in the time allowed.

        RQ would tell Redis of its progress and its result, some thirty words that nobody reads:
        the row says how a recording fares. So the ring is put away first, and what is killed in
        the middle leaves nothing there; the sweep rings again.
        """
        with self.connection.pipeline(transaction=False) as told:
            told.delete(job.key)
            self.set_state(WorkerStatus.BUSY, told)  # or a stop would interrupt the job
            super().heartbeat(self.get_heartbeat_ttl(job), pipeline=told)
            told.execute()
        signal.setitimer(signal.ITIMER_PROF, MOST_CPU)
        try:
            with self.death_penalty_class(job.timeout, JobTimeoutException, job_id=job.id):
                copy_context().run(job.perform)
        except Exception:  # of any kind: what it was is told, and the next job is done
            self.handle_exception(job, *sys.exc_info())
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        self._count()

    def heartbeat(self, timeout: int | None = None, pipeline: Pipeline | None = None) -> None:
        """Say to Redis that this worker lives: RQ would three times between two short jobs."""
        if time.monotonic() - self._said > EVERY:
            self._said = time.monotonic()
            super().heartbeat(timeout, pipeline)

    def _count(self) -> None:
        Hand.done += 1
        if Hand.done % TIDY == 0:
            give_back()
        if Hand.done >= MOST_JOBS:
            Hand.leaving = self._stop_requested = True

    def dequeue_job_and_maintain_ttl(
        self, timeout: int | None, max_idle_time: int | None = None
    ) -> tuple[Job, Queue] | None:
        """The next job. Who worked and then rests leaves: who follows is as slim as at first."""
        rest = REST if Hand.done else None
        found: tuple[Job, Queue] | None = super().dequeue_job_and_maintain_ttl(timeout, rest)
        Hand.leaving = Hand.leaving or found is None
        fcntl.lockf(Hand.turn, fcntl.LOCK_UN)  # there is work: the next one wakes
        return found

    def run_maintenance_tasks(self) -> None:
        """Now and then, between two jobs: whose crew was killed leaves, as another has its own."""
        if os.getppid() != Hand.crew:
            Hand.leaving = True
            raise StopRequested
        super().run_maintenance_tasks()  # type: ignore[no-untyped-call]


def work(redis_url: str, turn: IO[bytes]) -> None:
    """Work the queues until SIGTERM or SIGINT, however often Redis goes away meanwhile.

    It sleeps first, until all who are awake have work: what a process runs, it copies, and a
    connection to Redis alone took 4 MB. The system itself passes on the lock of one that died.
    """
    Hand.crew, Hand.turn = os.getppid(), turn
    _on_stop(_leave)
    fcntl.lockf(turn, fcntl.LOCK_EX)
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
    # A ring may be long in coming; a Redis that says nothing for longer than that is gone.
    connection = connect(redis_url, patient=True)
    hand = Hand(
        [Queue(name, connection=connection) for name in QUEUES],
        connection=connection,
        worker_ttl=30,  # seconds: RQ waits for a ring for 15 less, then looks at itself
        maintenance_interval=30,  # seconds between two looks whether its crew still lives
    )
    # From each queue in turn: neither long messages nor short ones wait for all of the others.
    hand.work(
        logging_level="WARNING",
        with_scheduler=False,
        dequeue_strategy=DequeueStrategy.ROUND_ROBIN,
    )


def _on_stop(act: Callable[[int, FrameType | None], None]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, act)


def _leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)
