"""Texts that go out by Twilio's API: each once. The row says how far it has come."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from store.arrival_rows import Caller, Ledger
from store.inserts import insert_once
from store.leases import free, take_due
from store.upkeep import Outgoing, Sending

UNFINISHED = (Sending.DUE, Sending.UNKNOWN)

# After this Twilio's list surely has a text that it took, so that one it lacks was not taken.
SURE = timedelta(minutes=2)

# What Twilio says last of a text; what comes after it, out of order, is older.
LAST_WORDS = ("delivered", "undelivered", "failed", "read")
LOST = ("undelivered", "failed")
REPLY = "reply:"  # and the SID of the text that it answers, where no webhook carried it
LONGEST = 300  # characters of a reason, as its column has it


def make(
    session: Session,
    *,
    key: str,
    caller_id: int,
    feedback_id: int | None,
    sender: str,
    body: str,
    at: datetime,
    crisis: bool = False,
) -> int | None:
    """A text to send. The id to ring for, or None if one with this key was made already.

    `crisis`: it names help to somebody who may be in danger; staff are told if it cannot go out.
    """
    return insert_once(
        session,
        Outgoing,
        key=key,
        caller_id=caller_id,
        feedback_id=feedback_id,
        sender=sender,
        body=body,
        crisis=crisis,
        made_at=at,
        state=Sending.DUE,
        due_at=at,
        attempts=0,
    )


def due(session: Session, now: datetime, at_most: int) -> Sequence[int]:
    """The texts whose time has come, longest waiting first; each is put off a little."""
    texts = select(Outgoing.id).where(Outgoing.due_at <= now, free(Outgoing.claimed_until, now))
    return [text.id for text in take_due(session, Outgoing, texts, now, at_most)]


def claim(session: Session, number: int, now: datetime) -> Outgoing | None:
    """Take one in hand, if there is something to do and nobody else is at it.

    Nobody else comes to it before Twilio's list can be trusted to have what is posted now.
    """
    won = session.execute(
        update(Outgoing)
        .where(
            Outgoing.id == number,
            Outgoing.state.in_(UNFINISHED),
            free(Outgoing.claimed_until, now),
        )
        .values(claimed_until=now + SURE, due_at=now + SURE, attempts=Outgoing.attempts + 1)
        .returning(Outgoing.id)
    ).scalar()
    return session.get(Outgoing, number) if won else None


def renew(session: Session, number: int, held: datetime, now: datetime) -> datetime | None:
    """Hold on to a text that is about to be posted: until when. None: it is another's by now."""
    mine = session.execute(
        update(Outgoing)
        .where(Outgoing.id == number, Outgoing.claimed_until == held)
        .values(claimed_until=now + SURE, due_at=now + SURE)
        .returning(Outgoing.id)
    ).scalar()
    return now + SURE if mine is not None else None


def again(
    session: Session, number: int, held: datetime, state: Sending, due_at: datetime, reason: str
) -> None:
    """Not this time, for this reason; unless another worker has claimed it since (`held`)."""
    still = Outgoing.claimed_until == held
    _settle(session, number, still, state=state, due_at=due_at, reason=reason[:LONGEST])


def unsure(session: Session, number: int, reason: str) -> None:
    """Nobody knows whether Twilio has it. The claim stays: until it runs out, nobody looks."""
    session.execute(update(Outgoing).where(Outgoing.id == number).values(reason=reason[:LONGEST]))


def failed(session: Session, number: int, held: datetime, reason: str) -> None:
    """A named end that a person sees; unless another worker has claimed it since (`held`)."""
    still = Outgoing.claimed_until == held
    _settle(session, number, still, state=Sending.FAILED, due_at=None, reason=reason[:LONGEST])


def answered_already(session: Session, message_sid: str) -> None:
    """The reply to a text was given when it came, from the spool: a catch-up's is not sent too.

    The row goes: one that failed would tell the rota that words of help did not arrive.
    """
    unsent = Outgoing.key == f"{REPLY}{message_sid}", Outgoing.state == Sending.DUE
    session.execute(delete(Outgoing).where(*unsent))


def sent(session: Session, number: int, sid: str, status: str) -> None:
    """Twilio has it, whoever holds it by now. It may have told already how it fared."""
    _settle(
        session,
        number,
        state=Sending.SENT,
        sid=sid,
        delivery=status[:20],
        due_at=None,
        reason=None,
    )
    early = select(Ledger.turn).where(Ledger.kind == "delivery", Ledger.sid == sid)
    for word in session.scalars(early.order_by(Ledger.id)).all():
        delivered(session, sid, word, "")


def delivered(session: Session, sid: str, status: str, error_code: str) -> bool:
    """Twilio says how a text fared; words out of order undo nothing. False for none of ours."""
    row = session.scalars(
        select(Outgoing).where(Outgoing.sid == sid).with_for_update()
    ).one_or_none()
    if row is None:
        return False
    if row.delivery not in LAST_WORDS:
        row.delivery = status[:20]
        if status in LOST:
            code = f" ({error_code[:10]})" if error_code else ""
            row.state, row.due_at = Sending.FAILED, None
            row.reason = f"The network did not deliver it{code}."
    return True


def helped(session: Session, sid: str) -> str | None:
    """Which text a crisis reply of ours answered, that went by this SID; None for any other."""
    row = session.scalars(select(Outgoing).where(Outgoing.sid == sid)).one_or_none()
    return row.key.removeprefix(REPLY) if row and row.crisis else None


def others(session: Session, number: int, sids: Sequence[str]) -> set[str]:
    """Those of the SIDs that are another text of ours, and so not this one."""
    wanted = select(Outgoing.sid).where(Outgoing.sid.in_(sids), Outgoing.id != number)
    return {sid for sid in session.scalars(wanted) if sid}


def opted_out(session: Session, caller_id: int) -> None:
    """Twilio refused because this phone said STOP: we text it no more, and the desk shows it."""
    session.execute(update(Caller).where(Caller.id == caller_id).values(opted_out=True))


def _settle(session: Session, number: int, *still: ColumnElement[bool], **values: object) -> None:
    """Put a text down as `values` say; one that somebody finished meanwhile stays so."""
    session.execute(
        update(Outgoing)
        .where(Outgoing.id == number, Outgoing.state.in_(UNFINISHED), *still)
        .values(claimed_until=None, **values)
    )
