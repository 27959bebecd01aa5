"""Worker and clock as the Procfile starts them, but they wait for seconds where those wait longer.

`python -m bench.hurried worker|clock`: what a dead one held is taken up after a few seconds.
"""

import sys
from dataclasses import replace
from datetime import timedelta

import config
from store import logs
from store.queue import Bell
from workers import clock, jobs
from workers.crew import Crew
from workers.room import furnish, load_models
from workers.warming import warm

LEASE = timedelta(seconds=8)


def main(what: str) -> None:
    settings = config.read()
    logs.start(what, settings.production)
    room = replace(furnish(settings, with_models=False), lease=LEASE)
    if what == "clock":
        clock.LEASE = LEASE
        clock.run(room, Bell(settings.redis_url), every=1.0)
        return
    loaded = load_models(settings, room.script)
    room = replace(room, models=loaded)
    warm(room)
    jobs.bind(room)
    Crew(str(settings.redis_url), settings.workers, loaded).work()


if __name__ == "__main__":
    main(sys.argv[1])
