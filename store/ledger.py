"""The ledger of the one door: a row for each thing that came, first come first kept."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, func, select, update
from sqlalchemy.orm import Session

from store.arrival_rows import Caller, Ledger
from store.database import plainly
from store.inserts import insert_once
from store.prepared import Prepared
from store.seal import CannotOpen, Seal

ROWS = cast(Table, Ledger.__table__)
ANSWERED = Prepared(
    update(ROWS)
    .where(ROWS.c.id == bindparam("number"))
    .values(answer=bindparam("answer"), replies=bindparam("replies"), quarantine=bindparam("why"))
)
GIVEN = Prepared(
    select(func.sum(ROWS.c.replies)).where(
        ROWS.c.caller_id == bindparam("caller_id"), ROWS.c.received_at >= bindparam("since")
    )
)

ENDED = Prepared(
    select(ROWS.c.fields).where(ROWS.c.kind == "ended", ROWS.c.sid == bindparam("sid"))
)


def enter(
    session: Session,
    seal: Seal,
    *,
    kind: str,
    sid: str,
    turn: str,
    at: datetime,
    caller_id: int | None,
    fields: Iterable[tuple[str, str]],
) -> int | None:
    """Write what came, sealed. Its id, or None if the same thing is in the ledger already."""
    return insert_once(
        session,
        Ledger,
        kind=kind,
        sid=sid,
        turn=turn,
        received_at=at,
        caller_id=caller_id,
        fields=seal.close(json.dumps(list(fields))),
        answer="",
        replies=0,
    )


def answered(
    session: Session, number: int, answer: str, replied: bool, quarantine: str | None
) -> None:
    """Keep the answer with the row, before it is given: a repeat gets it byte for byte."""
    values = {"number": number, "answer": answer, "replies": int(replied), "why": quarantine}
    ANSWERED.run(plainly(session), values)


def first_answer(session: Session, kind: str, sid: str, turn: str) -> Ledger:
    """The row that came first under this key."""
    return session.scalars(
        select(Ledger).where(Ledger.kind == kind, Ledger.sid == sid, Ledger.turn == turn)
    ).one()


def more_since(session: Session, row: Ledger) -> bool:
    """Whether the phone that this came from has texted or rung since."""
    later = select(Ledger.id).where(Ledger.caller_id == row.caller_id, Ledger.id > row.id)
    return session.scalar(later.limit(1)) is not None


def ends(session: Session, seal: Seal, call_sid: str) -> Iterator[tuple[str, str]]:
    """Whom a call was to and from, by each word of its end that came before this one."""
    for told in ENDED.run(plainly(session), {"sid": call_sid}):
        words = said(seal, told["fields"])
        yield words.get("To", ""), words.get("From", "")


def to(session: Session, seal: Seal, text_sid: str) -> tuple[str, str] | None:
    """The phone (by its keyed hash) that a text came from, and the number of ours it went to."""
    came = session.execute(
        select(Caller.joined, Ledger.fields)
        .join(Caller, Caller.id == Ledger.caller_id)
        .where(Ledger.kind == "text", Ledger.sid == text_sid)
    ).first()
    number = said(seal, came.fields).get("To") if came else None
    return (came.joined, number) if came and number else None


def said(seal: Seal, fields: bytes) -> Mapping[str, str]:
    """What a webhook said, by its fields' names; nothing where it is blanked or its key is lost."""
    try:
        return dict(json.loads(seal.open(fields)))
    except (CannotOpen, ValueError, TypeError):
        return {}


def replies_since(session: Session, caller_id: int, since: datetime) -> int:
    """How many replies a phone was given since a moment, repeats included."""
    given = GIVEN.value(plainly(session), {"caller_id": caller_id, "since": since})
    return given or 0
