"""What the web process has open: settings, database, bell, seal, recordings, the door."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from flask import current_app

from config import Settings
from dialogue.intake import Door
from store.database import Database
from store.queue import Bell
from store.recordings import Recordings
from store.seal import Seal
from triage.ears import Ear
from triage.redaction import Rules
from triage.taxonomy import Taxonomy


@dataclass(frozen=True)
class House:
    """Opened once by `app.py`, handed to every handler."""

    settings: Settings
    database: Database
    bell: Bell
    seal: Seal
    recordings: Recordings
    door: Door
    urgent: Mapping[str, Ear]
    taxonomy: Taxonomy
    redaction: Rules


def house() -> House:
    """The house of the app that serves this request."""
    return cast(House, current_app.extensions["heard"])
