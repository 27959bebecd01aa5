"""The staff's pages: who may come in, what they see, what they do.

A page reads the form or the address, asks store/, lets triage/ decide, and fills a template. Begin
with `may`, the table of every page and who may open it; then `guard`, which looks into it each
time, and `item`, to which most others lead back. Below, `dress` gives the templates their words.

Who comes in: `entrance` by a name and a password, `trying` counts the wrong ones; `factor`, `own`
and `sessions` (with `browsers`) are what each does for themselves, `people` what admins do for all.

The queues: `board`, with `filters` for what an address asks; `live` says what changed, `take` hands
out the next item, `search` finds one, `views` are saved. `bulk` does several at once, `undo` takes
it back. `quarantine` has what made no sense.

On an item: `heard` and `audio` are what was said, `correct` puts it right; `code` says what it is
about (`coded` reads the form, `coded_words` puts it into words, `providers` finds the place),
`ending` closes it and `second` has it read again. `tiers`, `care` and `safeguarding` are the
person's safety. `assign` and `moving` give it to somebody, `newer` keeps them from finishing what
they never read, `joins` links it, `trail` is its history.

What is done about it, shown by `doing`: `reply`, `ring_back`, `pass_on` (`praise` in bulk) and
`outcome`. What goes: `going`, `letting_go`, `kept_until` on the item, `subject` as one person's
file.

What the lead reads: `monday`, `sample`, `looked`; and everybody `figures`, of which
`figure_filters` reads the address and `counted` makes the tables.

For all of them: `form` reads fields, `words` says how rows read, `private` what a reader does not
see, `safety` guards the browser, `errors` are the kind pages.
"""

from flask import Flask, g
from flask_bootstrap import Bootstrap5
from flask_login import LoginManager
from flask_wtf.csrf import CSRFProtect

from handlers import sms, voice
from handlers.desk import (
    assign,
    audio,
    board,
    bulk,
    care,
    code,
    coded_words,
    correct,
    entrance,
    errors,
    factor,
    figures,
    going,
    guard,
    item,
    joins,
    kept_until,
    letting_go,
    live,
    looked,
    monday,
    outcome,
    own,
    pass_on,
    people,
    praise,
    private,
    providers,
    quarantine,
    reply,
    ring_back,
    safeguarding,
    safety,
    sample,
    search,
    second,
    sessions,
    subject,
    take,
    tiers,
    trail,
    undo,
    views,
    words,
)
from handlers.house import House
from store import feedback
from store.needs import Need
from triage import corrections, needs, outcomes, passing
from triage.safeguarding import not_this_number

PAGES = (
    board,
    live,
    take,
    search,
    views,
    item,
    audio,
    correct,
    code,
    second,
    own,
    quarantine,
    tiers,
    safeguarding,
    sample,
    monday,
    going,
    letting_go,
    subject,
    assign,
    reply,
    outcome,
    joins,
    pass_on,
    praise,
    bulk,
    undo,
    ring_back,
    figures,
    providers,
    looked,
    people,
    sessions,
    factor,
)  # each puts its pages on the guarded blueprint

READ_AS = (
    feedback.said,
    private.private,
    private.private_each,
    search.lit,
    words.clock,
    words.lately,
    words.moment,
    words.age,
    words.counted,
    words.reference,
    words.gist,
    words.unheard,
    words.day,
    words.week,
    care.promised,
    corrections.changes,
    coded_words.coded_as,
    trail.fate,
)
ASKED = (words.hidden, words.needs_listening, not_this_number)


def hang_up(app: Flask) -> None:
    """Hang the desk's pages up in the app. Needs the house to be there already."""
    house: House = app.extensions["heard"]
    safety.secure(app, house.settings.public_url.startswith("https://"))
    app.config["BOOTSTRAP_SERVE_LOCAL"] = True
    Bootstrap5(app)
    csrf = CSRFProtect(app)
    for signed in (sms.bp, voice.bp):  # Twilio signs these
        csrf.exempt(signed)
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
        NEEDS=needs,
        Need=Need,
        STATUSES=words.STATUSES,
        TIERS=words.TIERS,
        DECISIONS=care.DECISIONS,
        KEPT_AS=kept_until.KINDS,
        CHANNELS=words.CHANNELS,
        STATES=words.STATES,
        FEELINGS=coded_words.FEELINGS,
        taxonomy=house.taxonomy,
        FOR_A_PERSON=words.FOR_A_PERSON,
        quarantined=quarantine.count,
        number=board.number,
        who_has=take.holder,
        shown_place=providers.shown,
        beside=search.beside,
        private=private.private,
        bulk_bar=bulk.bar,
        OUTCOMES=outcomes.OUTCOMES,
        STAGES=outcomes.STAGES,
        WAYS=passing.WAYS,
    )
    app.context_processor(lambda: {"me": g.get("me")})
