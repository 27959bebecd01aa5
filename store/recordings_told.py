"""Recordings by what Twilio tells of them: one was made, its file is there, or none was kept."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from store import single
from store.database import plainly
from store.inserts import insert_once
from store.leases import UNHEARD
from store.models import Heard, Recording
from store.prepared import Prepared

ROWS = cast(Table, Recording.__table__)
KNOWN = Prepared(select(ROWS).where(ROWS.c.sid == bindparam("found")).with_for_update())


def expect(
    session: Session,
    feedback_id: int,
    sid: str,
    call_sid: str,
    at: datetime,
    *,
    language: str,
    seconds: float | None,
    replaces: Sequence[str],
) -> int | None:
    """A take was made. The id of its row to ring for, or None if it is known already.

    `replaces`: the message in whose place it stands, part after part.
    """
    number = insert_once(
        session,
        Recording,
        feedback_id=feedback_id,
        sid=sid,
        call_sid=call_sid,
        received_at=at,
        language=language,
        seconds=seconds,
        replaces=replaces[-1] if replaces else None,
        state=Heard.EXPECTED,
        attempts=0,
        due_at=at + UNHEARD,
    )
    if number:
        _chain(session, replaces)
    return number


def _chain(session: Session, message: Sequence[str]) -> None:
    """Whoever drops the last part of a message comes from it to the ones before, and they go too.

    Only now that another take is there: until then each part stands for itself.
    """
    for before, part in pairwise(message):
        session.execute(
            update(Recording)
            .where(Recording.sid == part, Recording.replaces.is_(None))
            .values(replaces=before)
        )


def known(session: Session, sid: str) -> Recording | None:
    """The take of this SID, as a plain row that nobody else changes until the commit."""
    row = KNOWN.row(plainly(session), {"found": sid})
    return single.as_read(Recording, row) if row else None


def ready(session: Session, take: Recording, at: datetime) -> int | None:
    """Twilio has the file now: whoever waited for it need wait no longer."""
    if take.state is not Heard.EXPECTED:
        return None
    take.due_at = at + UNHEARD
    single.save(session, take)
    return take.id


def never_came(session: Session, sid: str, state: Heard, code: str) -> None:
    """Twilio kept no audio of a take. If we have it all the same, ours stands."""
    why = (
        "Twilio kept no recording: too short, or silent"
        if state is Heard.NO_SPEECH
        else "Twilio could not record this"
    )
    session.execute(
        update(Recording)
        .where(
            Recording.sid == sid,
            Recording.state == Heard.EXPECTED,
        )
        .values(
            state=state,
            reason=f"{why} ({code})." if code else f"{why}.",
            due_at=None,
            claimed_until=None,
        )
    )
