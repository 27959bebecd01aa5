"""The queues: a need each, most pressing first, a page at a time, both ways."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import render_template, request, session

from handlers.desk.filters import Asked, choices, mark, read, tags, wanted
from handlers.desk.guard import bp, me
from handlers.desk.words import day
from handlers.house import house
from hours import LONDON, Hours
from store import board as queues
from store import needs as stored
from store import views
from store.board import Page
from store.models import Feedback
from store.needs import COUNTED, UNREAD, Need
from triage import due, needs

PAGE = 25
Error = tuple[str, str]


@dataclass(frozen=True)
class Seen:
    """A page of a queue as it is now, with what stands around it."""

    page: Page
    counts: Mapping[str, int]
    stands: Mapping[int, frozenset[Need]]
    views: list[tuple[int, str, str]]
    latest: int


@bp.get("/")
def board() -> str:
    """One page of a queue. An item that is opened from here leads back to it."""
    asked = read(request.args, choices())
    if session.get("queue") != asked.here:
        session["queue"] = asked.here
    return show(asked)


def show(
    asked: Asked, sent: Mapping[str, object] | None = None, errors: Sequence[Error] = ()
) -> str:
    """The page itself; with `errors`, beside what was `sent` by the form under it."""
    now, hours = datetime.now(UTC), house().door.script.line.opening
    listed, seen, sent = choices(), look(asked), sent or {}
    return render_template(
        "desk/queue.html",
        asked=asked,
        choices=listed,
        tags=tags(asked, listed),
        seen=seen,
        rows=seen.page.rows,
        before=mark(seen.page.before),
        after=mark(seen.page.after),
        urgent=urgent(seen.counts),
        age=lambda item: needs.age(hours, item.received_at, now),
        due=due_words(hours, now),
        held=lambda item: item.held_until is not None and item.held_until > now,
        longest_name=views.LONGEST,
        sent=sent,
        made=sent.get("made") or now.isoformat(),
        errors=errors,
    )


def look(asked: Asked) -> Seen:
    """Ask the rows, all at one moment."""
    with house().database.reading() as rows:
        page = queues.page(rows, wanted(asked), PAGE, asked.at, asked.back)
        return Seen(
            page,
            stored.counts(rows),
            stored.of(rows, [item.id for item in page.rows]),
            [(view.id, view.name, view.query) for view in views.of(rows, me().name)],
            queues.latest(rows),
        )


def came_from() -> Asked:
    """The page of a queue that somebody looked at last, with its filters."""
    return read(session.get("queue", {}), choices())


def number(count: int) -> str:
    """A count as it reads: 1,000+ when it was not counted to its end."""
    return f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"


def urgent(counts: Mapping[str, int]) -> str:
    """What the page's title begins with while urgent items are unread: (2 urgent)."""
    return f"({number(counts[UNREAD])} urgent) " if counts[UNREAD] else ""


def due_words(hours: Hours, now: datetime) -> Callable[[Feedback], tuple[str, bool] | None]:
    """An item -> by when something must have happened, in words, and whether that is over."""

    def said(item: Feedback) -> tuple[str, bool] | None:
        found = due.due(item, hours)
        if found is None:
            return None
        over = due.overdue(found, now)
        if over and now - found.at > needs.OLD:
            return f"overdue since {day(local(found.at))}", True
        return due.words(found, hours, now), over

    return said


def local(at: datetime) -> date:
    """The day of a moment, here."""
    return at.astimezone(LONDON).date()
