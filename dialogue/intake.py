"""The one door. Whatever comes from Twilio is a row first, then a step, then an answer."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Protocol

from sqlalchemy.orm import Session

from dialogue import numbers
from dialogue.call import Turn
from dialogue.script import Script
from dialogue.thread import NO, restored
from store import callers, ledger, outgoing, talks
from store.arrival_rows import Caller
from store.seal import Seal


class Texting(Protocol):
    """A text back as TwiML, or silence for None.

    `told`: the MessageSid of words of crisis; how their reply fares is told to us under it.
    """

    def __call__(self, words: str | None, told: str | None = None) -> str: ...


@dataclass(frozen=True)
class Door:
    """What every arrival needs: the script, the seal, and how answers are put in TwiML."""

    script: Script
    seal: Seal
    text: Texting
    turn: Callable[[Turn], str]

    @cached_property
    def on_rota(self) -> frozenset[str]:
        """The phones of the rota, as callers are joined: asked of each short text."""
        people = self.script.line.rota.people
        return frozenset(self.seal.join(person.phone) for person in people if person.phone)


@dataclass(frozen=True)
class Arrival:
    """One thing that came: its key in the ledger, its raw fields, and its urgent tier if any.

    `late`: it was said more than an hour ago, so it gets no reply but in crisis. `given`: it was
    answered with this while the database could take no row, and gets no other answer now.
    `answered_at`: when its answer goes out, where that is not when it came. `known_at`: when the
    line came to know of it, where it waited at Twilio or in the spool.
    """

    kind: str  # text, call, recording, ended, delivery
    sid: str
    turn: str
    at: datetime
    fields: tuple[tuple[str, str], ...]
    tier: str | None = None
    reasons: list[str] = field(default_factory=list)
    late: bool = False
    given: str | None = None
    answered_at: datetime | None = None
    known_at: datetime | None = None

    @property
    def known(self) -> datetime:
        """When the line came to know of it: nobody has looked at what it says before then."""
        return self.known_at or self.at

    def get(self, name: str) -> str:
        """The first value of a field, or nothing. PostgreSQL takes no NUL: it shows as U+FFFD."""
        found = next((value for key, value in self.fields if key == name), "")
        return found.replace("\x00", "\ufffd")

    def clean_sid(self, name: str, prefix: str) -> str | None:
        """A SID as Twilio writes them, or None: it may become part of an address later."""
        value = self.get(name)
        return value if re.fullmatch(prefix + r"[0-9A-Za-z]{1,62}", value) else None


@dataclass(frozen=True)
class Answer:
    """What to send back, what to ring for after the commit, and what made no sense.

    `seconds`: how long the recording is that is rung for, where Twilio has said so.
    `words` is the reply without its TwiML, for an import whose webhook never came; `crisis` says
    that it names help to somebody who may be in danger.
    """

    body: str
    replied: bool = False
    ring: int | None = None
    seconds: float | None = None
    quarantine: str | None = None
    words: str | None = None
    crisis: bool = False


# Why a text or a call made no sense: the script lists numbers, and that which was meant is none.
NOT_LISTED = "to a number that is not in line.toml"

Step = Callable[[Session, Door, Arrival, Caller | None], Answer]


def receive(session: Session, door: Door, arrival: Arrival, step: Step) -> Answer:
    """Take an arrival in, once. The caller of this commits, answers, and only then rings.

    A repeat of what is in the ledger changes nothing and gets the stored answer, byte for byte.
    """
    caller = _caller(session, door, arrival)
    number = ledger.enter(
        session,
        door.seal,
        kind=arrival.kind,
        sid=arrival.sid,
        turn=arrival.turn,
        at=arrival.at,
        fields=arrival.fields,
        caller_id=caller.id if caller else None,
    )
    if number is None:
        return _repeat(session, door, arrival, caller)
    answer = step(session, door, arrival, caller)
    if arrival.given is not None:
        answer = replace(answer, body=arrival.given, words=None)
    ledger.answered(session, number, answer.body, answer.replied, answer.quarantine)
    return answer


def _caller(session: Session, door: Door, arrival: Arrival) -> Caller | None:
    known = arrival.kind in ("text", "call")
    return who(session, door, arrival.get("From"), arrival.at) if known else None


def who(session: Session, door: Door, came_from: str, at: datetime) -> Caller | None:
    """The phone that a text or call came from; None where its number is withheld."""
    number = numbers.sender(came_from)
    return callers.known(session, door.seal, number, numbers.reachable, at) if number else None


def _repeat(session: Session, door: Door, arrival: Arrival, caller: Caller | None) -> Answer:
    row = ledger.first_answer(session, arrival.kind, arrival.sid, arrival.turn)
    if arrival.given not in (None, door.text(None)):  # silence answered nobody
        outgoing.answered_already(session, arrival.sid)
    silenced = row.replies and caller and _left_alone(session, arrival, caller)
    # Whoever asked for it in this very text is told once more that it was heard.
    if silenced and ledger.more_since(session, row):
        return Answer(door.text(None))
    if row.replies:  # each time is a reply, and counts towards the limit
        hour = arrival.at - timedelta(hours=1)
        given = ledger.replies_since(session, row.caller_id, hour) if row.caller_id else 0
        if max(given, row.replies) >= door.script.line.limits.replies_an_hour:
            return Answer(door.text(None))
        row.replies += 1
    return Answer(row.answer)


def _left_alone(session: Session, arrival: Arrival, caller: Caller) -> bool:
    """Whether a phone has opted out of our texts, or has told us that it is not safe."""
    talk = talks.texted(session, caller.id, arrival.get("To"))
    return caller.opted_out or (talk is not None and restored(talk.state).safe == NO)
