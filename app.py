"""Builds the web app: opens store and queue, hangs up the handlers. Nothing imports it."""

import os
import sys
from collections.abc import Mapping

from flask import Flask

import config
from dialogue import checks, script
from dialogue.intake import Door
from handlers import alerts, health, metrics, sms, traced, voice
from handlers.desk import hang_up
from handlers.house import House
from handlers.shelter import open_shelter
from handlers.twiml import Twiml
from store.database import Database
from store.queue import Bell
from store.recordings import Recordings, StoreAway
from store.seal import Seal
from triage import lists
from triage.wrong_list import WrongList

WEBHOOK_BYTES = 64 * 1024


def create_app(environ: Mapping[str, str] | None = None) -> Flask:
    """The web app; or, for `flask --app app ...`, only its commands.

    A command opens what it needs by itself: `tier` needs no database, and says nothing of one.
    """
    app = Flask(__name__)
    if environ is None and os.environ.get("FLASK_RUN_FROM_CLI") == "true":
        import commands

        app.cli = commands.Lazily()
        return app
    try:
        house = open_house(config.read(environ))
    except (config.WrongSetting, script.WrongScript, WrongList, StoreAway) as why:
        if environ is not None:
            raise
        sys.exit(f"heard: {why}")
    app.extensions["heard"] = house
    app.extensions["heard.shelter"] = open_shelter(house)
    app.config.update(
        SECRET_KEY=house.settings.secret_key,
        MAX_CONTENT_LENGTH=WEBHOOK_BYTES,
        MAX_FORM_MEMORY_SIZE=WEBHOOK_BYTES,
    )
    for blueprint in (alerts.bp, metrics.bp, traced.bp, health.bp, sms.bp, voice.bp, voice.prompts):
        app.register_blueprint(blueprint)
    hang_up(app)
    return app


def open_house(settings: config.Settings) -> House:
    """Open store and queue. Raises WrongScript or WrongList for what in the script will not do."""
    said = checks.check(script.load(settings.script))
    listed = lists.load(settings.script, said.line.languages)
    twiml = Twiml(said, settings.public_url)
    seal = Seal(settings.sealing_keys, settings.join_key)
    return House(
        settings=settings,
        database=Database(settings.database_url),
        bell=Bell(settings.redis_url),
        seal=seal,
        recordings=Recordings(settings.recordings_url, seal),
        door=Door(said, seal, twiml.text, twiml.turn),
        urgent=listed.urgent,
        taxonomy=listed.taxonomy,
        redaction=listed.redaction,
    )
