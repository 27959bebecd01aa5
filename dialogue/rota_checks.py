"""Checks opening hours and rota at start: what cannot be true is one line that names its key."""

from collections.abc import Iterator

from dialogue.opening import Opening
from dialogue.rota import Rota
from dialogue.script import Line


def problems(line: Line) -> Iterator[str]:
    """What is wrong, a line each. No number or address of a colleague is in any."""
    yield from _opening(line.week, line.hours)
    yield from _people(line.rota)
    yield from _test(line.rota, line.week)
    if line.sender is None and any(person.phone for person in line.rota.people):
        yield "rota.sender: name the number that alerts come from, here or under [[numbers]]"


def _opening(week: Opening, said: str) -> Iterator[str]:
    if not week.week():
        yield "opening: no day has any hours"
    elif _plain(said) != _plain(week.said()):
        yield f'hours: it says "{said}", but by [opening] the line is open "{week.said()}"'


def _people(rota: Rota) -> Iterator[str]:
    names = [person.name for person in rota.people]
    for number, person in enumerate(rota.people):
        key = f"rota.people.{number}"
        if person.name in names[:number]:
            yield f"{key}.name: somebody before is called so too"
        if not person.days or not person.when:
            yield f"{key}: with no days, or no hours, they are never told"
        if any(leave.until < leave.since for leave in person.leave):
            yield f"{key}.leave: it ends before it begins"


def _test(rota: Rota, week: Opening) -> Iterator[str]:
    if rota.test is None:
        return
    for start, end in week.week().values():
        if not start <= rota.test < end:
            yield f"rota.test: the line is not open at {rota.test:%H:%M} on every day that it opens"
            return


def _plain(said: str) -> str:
    return said.casefold().replace(" to ", "-").replace("–", "-").replace(" ", "")
