"""`python -m workers`: load the models once, then work the queue. `python -m workers clock`."""

import logging
import signal
import sys
from typing import Any

from rq import Queue, Worker

import config
from dialogue.script import WrongScript
from store.queue import NAME, connect
from triage.urgency import WrongUrgent
from workers import clock, jobs
from workers.room import furnish


class Hand(Worker):
    """An RQ worker whose children share the models, and finish the job in hand on SIGTERM."""

    def setup_work_horse_signals(self) -> None:
        """A stop that reaches the whole group lets the child end its job; the parent waits."""
        super().setup_work_horse_signals()  # type: ignore[no-untyped-call]
        signal.signal(signal.SIGTERM, signal.SIG_IGN)


def main(words: list[str]) -> None:
    """Start as the Procfile says. A setting that is missing is one line, and exit status 1."""
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    try:
        settings = config.read()
        if settings.redis_url is None:
            raise config.WrongSetting("REDIS_URL is missing: workers and clock need the queue.")
        run: Any = clock.run if words == ["clock"] else work
        run(settings)
    except (config.WrongSetting, WrongScript, WrongUrgent) as why:
        sys.exit(f"heard: {why}")


def work(settings: config.Settings) -> None:
    """Work the queue until SIGTERM. One queue, so that RQ moves each job safely."""
    jobs.bind(furnish(settings))
    assert settings.redis_url is not None
    # The socket may be silent while the worker waits for a ring; only the connect is hurried.
    connection = connect(settings.redis_url, patient=True)
    hand = Hand(
        [Queue(NAME, connection=connection)],
        connection=connection,
        job_monitoring_interval=5,
        worker_ttl=60,
        maintenance_interval=30,
    )
    hand.work(logging_level="WARNING", with_scheduler=False)


if __name__ == "__main__":
    main(sys.argv[1:])
