"""What a web process has for the hour when its database is away."""

from dataclasses import dataclass
from typing import cast

from flask import current_app

from handlers.house import House
from handlers.replay import Replay
from handlers.taking import Rows
from store.spool import Spool


@dataclass
class Shelter:
    """The spool of this host, the way into the database, and the way back from the spool."""

    spool: Spool
    rows: Rows
    replay: Replay
    lost: int = 0  # webhooks that neither could keep, since this process began


def open_shelter(house: House) -> Shelter:
    """Opened once by `app.py`; no thread runs before something waits."""
    rows = Rows(house)
    spool = Spool(house.settings.spool, house.seal)
    aside = house.door.script.line.retention.periods["set_aside"]
    return Shelter(spool, rows, Replay(rows, spool, aside))


def shelter() -> Shelter:
    """The shelter of the app that serves this request."""
    return cast(Shelter, current_app.extensions["heard.shelter"])
