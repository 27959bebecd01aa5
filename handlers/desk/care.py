"""What stands on an item's page about the person's safety, and by when somebody must act."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from handlers.desk.guard import Colleague
from handlers.house import house
from hours import LONDON
from store import alert_desk, known
from store import safeguarding as rows
from store.models import Feedback
from store.safeguarding_rows import Decision, Entry, TierChange
from triage import due, moves, safeguarding, tiers

log = logging.getLogger(__name__)

DECISIONS: Mapping[Decision, str] = {
    Decision.COUNCIL: "Told the council (adult safeguarding)",
    Decision.POLICE: "Told the police, or called 999",
    Decision.CHILDREN: "Told children’s services",
    Decision.REGULATOR: "Told the regulator",
    Decision.CONTACTED: "Contacted the person",
    Decision.ADVISED: "Gave advice",
    Decision.NO_ACTION: "Decided that no further action is needed",
    Decision.OTHER: "Something else",
}


@dataclass(frozen=True)
class Promise:
    """What must have happened by when, in words."""

    words: str
    at: datetime
    late: bool


@dataclass(frozen=True)
class Care:
    """The parts of an item's page that are about safety."""

    changes: Sequence[TierChange]
    tiers: Sequence[str | None]
    recorded: bool
    entries: Sequence[Entry]
    decisions: Mapping[Decision, str]
    contact: str
    now: str

    @property
    def corrected(self) -> set[int | None]:
        """The lines that a later line puts right."""
        return {entry.corrects for entry in self.entries}

    @property
    def seen(self) -> int:
        """The last line that whoever opens the form has seen."""
        return self.entries[-1].id if self.entries else 0


def around(session: Session, item: Feedback, me: Colleague, doubt: bool) -> Care:
    """Everything about an item's safety. A reader sees its tier, never the record. `doubt`: see
    `in_doubt`."""
    kept = me.works and (safeguarding.recorded(item) or item.decided_at is not None)
    changes, lines = rows.papers(session, item) if me.works else ((), ())
    return Care(
        changes=changes,
        tiers=tiers.choices(item.tier, me.role),
        recorded=kept,
        entries=lines if kept else (),
        decisions={d: DECISIONS[d] for d in safeguarding.choices(item, me.role)},
        contact=safeguarding.contact_words(item, doubt=doubt),
        now=f"{datetime.now(LONDON):%Y-%m-%dT%H:%M}",
    )


def promised(item: Feedback, now: datetime | None = None) -> Promise | None:
    """By when what must have happened, and how late that is; None where nothing is promised."""
    hours, now = house().door.script.line.opening, now or datetime.now(UTC)
    found = due.due(item, hours)
    if found is None:
        return None
    left = due.words(found, hours, now)
    return Promise(
        f"{left[0].upper()}{left[1:]}: {due.WORDS[found.what]}", found.at, due.overdue(found, now)
    )


def look(item: Feedback, me: Colleague, now: datetime, alert: int | None = None) -> None:
    """Note the first look at an item's words by somebody who works on it. Lead, deputy and whoever
    is on the rota have its alerts from then on, up to `alert`, whoever looked before them.
    """
    new = me.works and (not known.looked(item) or safeguarding.unread(item))
    mine = alert is not None and called(me)
    if not new and not mine:
        return
    try:
        with house().database.writing() as session:
            rows.look(session, item, me.name, now)
            if alert is not None and mine:
                alert_desk.opened(session, item.id, alert, me.name, now)
    except SQLAlchemyError as why:
        # Words of danger are read all the same; the look stays due, and the next one is noted.
        log.error("a look could not be noted: %s", type(why).__name__)
        return
    if new:
        item.looked_at, item.looked_by = now, me.name  # the page being made says so too


def called(me: Colleague) -> bool:
    """Whether an alert ends when this colleague opens its item."""
    people = house().door.script.line.rota.people
    return me.works and (
        me.role in moves.SAFEGUARDING or me.name in {person.name for person in people}
    )
