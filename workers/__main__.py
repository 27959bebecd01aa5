"""`python -m workers`: the models once, hands that share them. `python -m workers clock`."""

import sys
from dataclasses import replace

import config
from dialogue.script import WrongScript
from store import logs
from store.queue import Bell
from store.recordings import StoreAway
from triage.wrong_list import WrongList
from workers import clock, jobs
from workers.alarms import alarms
from workers.alert_post import Post
from workers.crew import Crew
from workers.guard import Guard
from workers.room import furnish, load_models
from workers.warming import warm


def main(words: list[str]) -> None:
    """Start as the Procfile says. A setting that is missing is one line, and exit status 1."""
    try:
        settings = config.read()
        logs.start(words[0] if words else "worker", settings.production)
        if settings.redis_url is None:
            raise config.WrongSetting("REDIS_URL is missing: workers and clock need the queue.")
        room = furnish(settings, with_models=False)
    except (config.WrongSetting, WrongScript, WrongList) as why:
        sys.exit(f"heard: {why}")
    except StoreAway as why:
        sys.exit(f"heard: RECORDINGS_URL is wrong, or what it names cannot be used ({why}).")
    if words == ["clock"]:
        bell, ways = Bell(settings.redis_url), alarms(settings)
        ways.try_mail()
        clock.run(room, bell, guard=Guard(room, bell, ways), post=Post(room))
        return
    loaded = load_models(settings, room.script)
    room = replace(room, models=loaded)
    warm(room)
    jobs.bind(room)
    Crew(settings.redis_url, settings.workers, loaded).work()


if __name__ == "__main__":
    main(sys.argv[1:])
