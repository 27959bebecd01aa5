"""The staff's pages: who may come in, what they see, what they do."""

from flask import Flask, g
from flask_bootstrap import Bootstrap5
from flask_login import LoginManager
from flask_wtf.csrf import CSRFProtect

from handlers import sms, voice
from handlers.desk import (
    audio,
    board,
    entrance,
    errors,
    guard,
    item,
    own,
    quarantine,
    safety,
    words,
)
from handlers.house import House

PAGES = (board, item, audio, own, quarantine)  # each puts its pages on the guarded blueprint

READ_AS = (words.moment, words.age, words.counted, words.reference, words.gist, words.unheard)
ASKED = (words.hidden, words.needs_listening, words.unsure)


def hang_up(app: Flask) -> None:
    """Hang the desk's pages up in the app. Needs the house to be there already."""
    house: House = app.extensions["heard"]
    safety.secure(app, house.settings.public_url.startswith("https://"))
    app.config["BOOTSTRAP_SERVE_LOCAL"] = True
    Bootstrap5(app)
    csrf, limiter = CSRFProtect(app), entrance.throttle(app, house.settings.redis_url)
    for signed in (sms.bp, voice.bp):  # Twilio signs these, and a caller waits for the answer
        csrf.exempt(signed)
        limiter.exempt(signed)
    LoginManager(app).user_loader(guard.load)
    errors.kind_pages(app)
    dress(app, house)
    for blueprint in (entrance.bp, guard.bp):
        app.register_blueprint(blueprint)


def dress(app: Flask, house: House) -> None:
    """Give the templates their words: how rows read, who is signed in, the line's name."""
    for filled in READ_AS:
        app.add_template_filter(filled)
    for question in ASKED:
        app.add_template_test(question)
    script = house.door.script
    options = {
        key: script.question(script.line.languages[0], key).options
        for key in ("service", "rating", "about", "contact")
    }
    app.jinja_env.globals.update(
        line=script.line,
        options=options,
        languages={code: spoken.name for code, spoken in script.words.items()},
        STATUSES=words.STATUSES,
        TIERS=words.TIERS,
        CHANNELS=words.CHANNELS,
        STATES=words.STATES,
        FOR_A_PERSON=words.FOR_A_PERSON,
        quarantined=quarantine.count,
    )
    app.context_processor(lambda: {"me": g.get("me")})
