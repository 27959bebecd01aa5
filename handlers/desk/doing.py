"""What stands on an item's page about what was done, and what its forms need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from handlers.desk.form import new_key
from handlers.desk.guard import Colleague
from handlers.desk.words import reference
from handlers.house import house
from hours import LONDON
from store import joins
from store.history import Event, history
from store.joins import Other
from store.models import Feedback
from triage import outcomes, owed, passing, repeats, replies, safeguarding


@dataclass(frozen=True)
class Doing:
    """The item's history and its neighbours, and whether it may be answered and passed on.

    `barred`: why it cannot be answered by text. `key` is new for each page: a form that is sent
    twice with it does its work once.
    """

    events: Sequence[Event]
    others: Sequence[Other]
    repeats: str | None
    barred: str | None
    needs_reason: bool
    templates: Mapping[str, tuple[str, str]]
    kept_back: str | None
    for_lead: bool
    rung: bool
    answered: bool
    key: str
    tomorrow: date

    def of(self, kind: str, *what: str) -> list[Event]:
        """The events of one kind; of deeds only some."""
        return [e for e in self.events if e.kind == kind and (not what or e.what in what)]

    @property
    def texts(self) -> list[tuple[Event, Event | None]]:
        """Texts that went to the person outside the conversation, each with who sent it and why."""
        sent = {e.key: e for e in self.of("deed", "reply")}
        return [(text, sent.get(text.key)) for text in self.of("text")]


def doings(session: Session, item: Feedback, me: Colleague, doubt: bool) -> Doing:
    """Everything about what was done with an item, in three queries. `doubt`: see `in_doubt`."""
    events = history(session, item)
    script, now = house().door.script, datetime.now(UTC)
    language, hours = script.line.languages[0], script.line.hours_at(now)
    return Doing(
        events=events,
        others=joins.others(session, item),
        repeats=repeats.said(joins.phones(session, item, now - repeats.LOOKED_BACK)),
        barred=replies.barred(item, item.caller, me.role, doubt=doubt),
        needs_reason=safeguarding.needs_reason(item, me.role, by_text=True, doubt=doubt),
        templates=script.replies(language, reference(item.reference), hours),
        kept_back=passing.barred(item, me.role),
        for_lead=safeguarding.for_lead(item, me.role, doubt=doubt),
        rung=outcomes.rung(item),
        answered=owed.answered(item, events),
        key=new_key(),
        tomorrow=now.astimezone(LONDON).date() + timedelta(days=1),
    )
