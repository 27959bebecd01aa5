"""`doctor` on what the line says, its privacy notice, and the models that hear its languages."""

from collections.abc import Iterator

from commands import doctor_keys
from config import Settings
from dialogue import checks, script
from dialogue.script import Script
from speech import models
from triage import lists, urgency_lists
from triage.wrong_list import WrongList
from workers.room import has_model
from workers.setup_findings import OK, WARNING, WRONG, Finding


def look(settings: Settings) -> Iterator[Finding]:
    """While the script cannot be read, nothing else can be said of it."""
    try:
        said = script.load(settings.script)
    except script.WrongScript as why:
        yield Finding(WRONG, "script", str(why))
        return
    yield _script(settings, said)
    yield from _unheard(settings, said)
    yield doctor_keys.notice(said)
    yield from (_model(settings, said, language) for language in said.line.languages)


def _script(settings: Settings, said: Script) -> Finding:
    try:
        checks.check(said)
        lists.load(settings.script, said.line.languages)
    except (script.WrongScript, WrongList) as why:
        return Finding(WRONG, "script", str(why))
    return Finding(OK, "script", f"{said.line.name}, in {', '.join(said.line.languages)}")


def _unheard(settings: Settings, said: Script) -> Iterator[Finding]:
    """Further languages in which no phrase is known; without the first's list nothing starts."""
    for language in said.line.languages[1:]:
        path = urgency_lists.named(settings.script, language)
        if not path.exists():
            words = f"none: people must read all of it, or write {path.name}"
            yield Finding(WARNING, f"urgent list {language}", words)


def _model(settings: Settings, said: Script, language: str) -> Finding:
    what = f"model {language}"
    if not has_model(said, language):
        return Finding(OK, what, "none: people hear these recordings")
    try:
        name, folder = models.find(settings.models, said.line.models.get(language))
        models.check(folder)
    except models.NoModel as why:
        return Finding(WRONG, what, str(why))
    demo = name == models.DEMO_NAME
    level = OK if not demo else WRONG if settings.production else WARNING
    return Finding(level, what, f"{name}, not for real callers" if demo else name)
