"""Everything that happened to an item after it came in, in one list and in plain words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from handlers.desk.care import DECISIONS, Care
from handlers.desk.coded_words import Save
from handlers.desk.heard import Take
from handlers.desk.words import STATUSES, TIERS, day, moment, reference
from store.history import Event
from store.models import Feedback
from triage.outcomes import CALLS, OUTCOMES, STAGES
from triage.passing import WAYS

SENT = {"due": "on its way", "unknown": "on its way", "sent": "sent", "failed": "not delivered"}


class Line(NamedTuple):
    """One thing that happened. `words`: what somebody wrote about it, if anything."""

    at: datetime
    by: str
    what: str
    words: str = ""


def trail(
    item: Feedback,
    events: Sequence[Event],
    care: Care,
    takes: Sequence[Take],
    saves: Sequence[Save],
) -> list[Line]:
    """All changes of one item, oldest first. It asks the rows for nothing that the page has not."""
    sent = {event.key for event in events if event.what == "reply"}
    fates = {event.key: fate(event) for event in events if event.kind == "text"}
    own = (event for event in events if not (event.kind == "text" and event.key in sent))
    found = [*(told(event, fates) for event in own), *_care(item, care), *_words(takes)]
    found += [Line(save.at, save.by, f"coded it ({_fields(save)})") for save in saves]
    return sorted(found, key=lambda line: line.at)


def told(event: Event, fates: Mapping[str | None, str]) -> Line:
    """One event in words. `fates`: how our texts fared, by key."""
    if event.kind == "note":
        return Line(event.at, event.by, "wrote a note", event.words)
    if event.kind == "move":
        what = f"moved it from {STATUSES[event.to]} to {STATUSES[event.what]}"
        return Line(event.at, event.by, what, event.words)
    if event.kind == "text":
        return Line(event.at, "The line", f"had a text to send: {fate(event)}")
    how = f": {fates[event.key]}" if event.what == "reply" and event.key in fates else ""
    words = "" if event.what in COPIES else event.words
    return Line(event.at, event.by, _deed(event) + how, words)


def fate(text: Event) -> str:
    """How far a text of ours has come: "delivered, 9:41am"."""
    if text.what == "failed":
        return f"failed: {text.reason or 'nobody knows why.'}"
    if text.way == "delivered":
        return f"delivered{f', {moment(text.then)}' if text.then else ''}"
    return SENT[text.what] + (f" ({text.reason})" if text.reason else "")


COPIES = ("copy", "praise")


def _deed(event: Event) -> str:
    other = f"with {reference(event.other)}" if event.other else "with another item"
    way = WAYS.get(event.way, "").lower()
    return {
        "assigned": f"gave it to {event.to or 'nobody'}",
        "waits": f"let it wait until {day(event.then) if event.then else 'a day'}",
        "reply": "replied by text",
        "copy": f"passed it on to {event.to or 'the service'} by {way}",
        "praise": f"passed the praise on to {event.to or 'the service'} by {way}",
        "linked": f"linked it {other}",
        "apart": f"kept it apart: another person, compared {other}",
        "number": "looked at the number",
        "call": f"rang: {CALLS.get(event.to, 'a call')}",
        "outcome": f"gave the outcome: {OUTCOMES.get(event.to, 'erased')}{_stage(event)}",
        "undone": "put it back as it was before an act on several items",
    }.get(event.what, event.what)


def _stage(event: Event) -> str:
    if event.way not in STAGES or event.then is None:
        return ""
    return f" ({STAGES[event.way].lower()}, {day(event.then)})"


def _care(item: Feedback, care: Care) -> Iterator[Line]:
    if item.looked_at and item.looked_by:
        yield Line(item.looked_at, item.looked_by, "looked at it first")
    for change in care.changes:
        before, after = (
            TIERS.get(t or "", "nothing urgent") for t in (change.before, change.after)
        )
        what = f"confirmed {after}" if before == after else f"judged it {after}, before {before}"
        yield Line(change.at, change.by or "A rule of the line", what, change.reason)
    for entry in care.entries:
        what = f"wrote in the safeguarding record: {DECISIONS[entry.decision]}"
        yield Line(entry.at, entry.by, what, entry.words)


def _words(takes: Sequence[Take]) -> Iterator[Line]:
    for n, take in enumerate(takes, 1):
        for save in take.saves:
            where = "all of it" if save.phrase is None else f"phrase {save.phrase + 1}"
            yield Line(save.at, save.by, f"put recording {n} right, {where}", save.after)
        if take.row.checked_at and take.row.checked_by:
            yield Line(take.row.checked_at, take.row.checked_by, f"listened to recording {n}")


def _fields(save: Save) -> str:
    return ", ".join(name.lower() for name, _, _ in save.lines)
