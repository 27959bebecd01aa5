"""What a worker has open. Bound once in the parent, before the fork; nothing connects there."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import config
from dialogue.script import Script, load
from speech.loaded import Loaded
from speech.transcriber import Model
from store import disk
from store.database import Database
from store.recordings import Recordings
from store.recordings_due import LEASE
from store.seal import Seal
from triage import ears
from workers.carrier import Carrier

log = logging.getLogger(__name__)

# English has the bundled demo model where line.toml names none; no other language has one.
DEMO_LANGUAGE = "en"


@dataclass(frozen=True)
class Room:
    """Database, seal, audio, Twilio, the models by language, and the urgent phrases.

    A language whose model is None is to have one that could not be loaded: its recordings wait.
    `lease`: how long a worker that says nothing keeps what it holds. `places`: the folders of rows
    and recordings on this host, of which each is to keep `least_free_mb` free.
    """

    database: Database
    seal: Seal
    recordings: Recordings
    carrier: Carrier
    models: Mapping[str, Model | None]
    urgent: Mapping[str, ears.Ear]
    script: Script
    settings: config.Settings
    lease: timedelta = LEASE
    places: Sequence[Path] = ()
    least_free_mb: int | None = None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def nearly_full(self) -> bool:
        """Whether what Twilio holds for us is to stay there: our own disk may not take more."""
        return disk.low(self.places, self.least_free_mb)


def furnish(settings: config.Settings, with_models: bool = True) -> Room:
    """Open everything that the settings name; the models are loaded here, once."""
    script = load(settings.script)
    seal = Seal(settings.sealing_keys, settings.join_key)
    return Room(
        database=Database(settings.database_url),
        seal=seal,
        recordings=Recordings(settings.recordings_url, seal),
        carrier=Carrier(
            settings.twilio_account_sid,
            settings.twilio_auth_tokens[0],
            settings.twilio_api_url,
            public_url=settings.public_url,
        ),
        models=load_models(settings, script) if with_models else {},
        urgent=ears.every(settings.script, script.line.languages),
        script=script,
        settings=settings,
        places=disk.places(settings.database_url, settings.recordings_url),
        least_free_mb=settings.least_free_mb,
    )


def has_model(script: Script, language: str) -> bool:
    """Whether the language is to have a model; people hear the recordings of the others."""
    return language == DEMO_LANGUAGE or language in script.line.models


def load_models(settings: config.Settings, script: Script) -> Loaded:
    """The model of each language that has one; one that cannot be loaded is a line in the log."""
    named = {
        language: script.line.models.get(language)
        for language in script.line.languages
        if has_model(script, language)
    }
    loaded = Loaded(settings.models, named)
    for language, why in loaded.wrong.items():
        log.error("recordings in %r wait: %s", language, why)
    return loaded


def renew(loaded: Loaded) -> bool:
    """Take up models that were replaced on the disk. Whether there is a new one to hear with."""
    before = dict(loaded.wrong)
    new = loaded.refresh()
    for language in new:
        model = loaded[language]
        log.info("a new model for %r: %s", language, f"{model.name} {model.hash}" if model else "")
    for language, why in loaded.wrong.items():
        if before.get(language) != why:
            meanwhile = "recordings wait" if loaded[language] is None else "the old one goes on"
            log.error("no new model for %r, %s: %s", language, meanwhile, why)
    return bool(new)
