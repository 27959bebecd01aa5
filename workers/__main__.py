"""`python -m workers`: load the models once, then work the queue. `python -m workers clock`."""

import logging
import sys

import config
from dialogue.script import WrongScript
from store.queue import Bell
from store.recordings import StoreAway
from triage.urgency import WrongUrgent
from workers import clock, hand, jobs
from workers.room import furnish


def main(words: list[str]) -> None:
    """Start as the Procfile says. A setting that is missing is one line, and exit status 1."""
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    try:
        settings = config.read()
        if settings.redis_url is None:
            raise config.WrongSetting("REDIS_URL is missing: workers and clock need the queue.")
        room = furnish(settings, with_models=words != ["clock"])
    except (config.WrongSetting, WrongScript, WrongUrgent) as why:
        sys.exit(f"heard: {why}")
    except StoreAway as why:
        sys.exit(f"heard: RECORDINGS_URL is wrong, or what it names cannot be used ({why}).")
    if words == ["clock"]:
        clock.run(room, Bell(settings.redis_url))
        return
    jobs.bind(room)
    hand.work(settings.redis_url)


if __name__ == "__main__":
    main(sys.argv[1:])
