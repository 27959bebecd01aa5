"""The ledger of the one door: a row for each thing that came, first come first kept."""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from store.database import insert_once
from store.models import Ledger
from store.seal import Seal


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
    session.execute(
        update(Ledger)
        .where(Ledger.id == number)
        .values(answer=answer, replies=int(replied), quarantine=quarantine)
    )


def first_answer(session: Session, kind: str, sid: str, turn: str) -> Ledger:
    """The row that came first under this key."""
    return session.scalars(
        select(Ledger).where(Ledger.kind == kind, Ledger.sid == sid, Ledger.turn == turn)
    ).one()


def replies_since(session: Session, caller_id: int, since: datetime) -> int:
    """How many replies a phone was given since a moment, repeats included."""
    return (
        session.scalar(
            select(func.coalesce(func.sum(Ledger.replies), 0)).where(
                Ledger.caller_id == caller_id, Ledger.received_at >= since
            )
        )
        or 0
    )
