"""What of Twilio's lists is here already, by SID. What was erased left its SIDs, so it is known."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select, union, update
from sqlalchemy.orm import Session

from store.arrival_rows import Channel, Conversation, Ledger
from store.copy_rows import TwilioCopy
from store.models import Heard, Recording, Text
from store.recordings_due import ONCE_MORE

# A list of Twilio's may still show for a while what was deleted a moment ago.
SETTLED = timedelta(minutes=10)


def texts(session: Session, sids: Collection[str]) -> set[str]:
    """The texts that came, whatever became of them."""
    ours = union(
        select(Ledger.sid).where(Ledger.kind == "text", Ledger.sid.in_(sids)),
        select(Text.sid).where(Text.sid.in_(sids)),
        select(TwilioCopy.sid).where(TwilioCopy.sid.in_(sids)),
    )
    return set(session.scalars(ours))


def recordings(session: Session, sids: Collection[str]) -> set[str]:
    """The recordings that we were told of, by their call or by Twilio's own word."""
    ours = union(
        select(Ledger.sid).where(
            Ledger.kind == "recording", Ledger.turn == "completed", Ledger.sid.in_(sids)
        ),
        select(Recording.sid).where(Recording.sid.in_(sids)),
        select(TwilioCopy.sid).where(TwilioCopy.sid.in_(sids)),
    )
    return set(session.scalars(ours))


def calls(session: Session, sids: Collection[str]) -> set[str]:
    """The calls of which anything came: a turn, a recording, or their end."""
    ours = union(
        select(Ledger.sid).where(Ledger.kind.in_(("call", "ended")), Ledger.sid.in_(sids)),
        select(Conversation.key).where(
            Conversation.channel == Channel.VOICE, Conversation.key.in_(sids)
        ),
    )
    return set(session.scalars(ours))


def ended(session: Session, sids: Collection[str]) -> set[str]:
    """The calls whose end Twilio told us."""
    wanted = select(Ledger.sid).where(Ledger.kind == "ended", Ledger.sid.in_(sids))
    return set(session.scalars(wanted))


def answered(session: Session, sid: str) -> bool:
    """Whether a call itself ever came to us, so that we know who rang."""
    wanted = select(Ledger.id).where(Ledger.kind == "call", Ledger.sid == sid).limit(1)
    return session.scalar(wanted) is not None


def came(session: Session, kind: str, sid: str, turn: str) -> bool:
    """Whether the ledger has this very thing."""
    wanted = select(Ledger.id).where(Ledger.kind == kind, Ledger.sid == sid, Ledger.turn == turn)
    return session.scalar(wanted) is not None


def fetch_again(session: Session, sids: Collection[str], now: datetime) -> Sequence[int]:
    """Takes that failed for want of a file which Twilio has now. The ids to ring for."""
    return session.scalars(
        update(Recording)
        .where(
            Recording.sid.in_(sids), Recording.state == Heard.FAILED, Recording.audio_key.is_(None)
        )
        .values(
            state=Heard.EXPECTED,
            attempts=0,
            due_at=now,
            claimed_until=None,
            reason=f"{ONCE_MORE}it failed before, but Twilio has it.",
        )
        .returning(Recording.id)
    ).all()


def delete_again(session: Session, sids: Collection[str], now: datetime) -> Sequence[int]:
    """Copies that were deleted, or given up, and that Twilio still lists. The ids to ring for."""
    return session.scalars(
        update(TwilioCopy)
        .where(
            TwilioCopy.sid.in_(sids),
            TwilioCopy.due_at.is_(None),
            or_(TwilioCopy.deleted_at.is_(None), TwilioCopy.deleted_at <= now - SETTLED),
        )
        .values(due_at=now, attempts=0, deleted_at=None, reason="Twilio still lists it.")
        .returning(TwilioCopy.id)
    ).all()
