"""Words put right, by name: every save is a row, and the machine's version stays as it was."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from store import search
from store.coding_rows import Correction
from store.models import Feedback, Recording, Transcript
from store.recordings_due import UNFINISHED


@dataclass(frozen=True)
class Wording:
    """What was typed: into which phrase (None: the whole take), and the take as it then reads."""

    phrase: int | None
    before: str
    after: str
    whole: str


def of(session: Session, takes: Collection[Recording]) -> Mapping[int, Sequence[Correction]]:
    """Every save on these takes, oldest first, by take. Only takes that have any are asked for."""
    touched = [take.id for take in takes if take.corrected is not None]
    found: dict[int, list[Correction]] = {take.id: [] for take in takes}
    if touched:
        wanted = select(Correction).where(Correction.recording_id.in_(touched))
        for row in session.scalars(wanted.order_by(Correction.id)):
            found[row.recording_id].append(row)
    return found


def base(take: Recording, rows: Sequence[Correction]) -> Transcript | None:
    """The machine's version that people put right; the latest, as long as nobody has."""
    if not rows:
        return take.transcripts[-1] if take.transcripts else None
    known = {transcript.id: transcript for transcript in take.transcripts}
    return known.get(rows[-1].transcript_id or 0)


def seen(take: Recording, rows: Sequence[Correction]) -> str:
    """A mark of what a page shows of a take: which of the machine's versions, and the last save."""
    version = base(take, rows)
    return f"{version.id if version else 0}.{rows[-1].id if rows else 0}"


def meanwhile(
    take: Recording, rows: Sequence[Correction], mark: str, phrase: int | None
) -> Sequence[Correction] | None:
    """Saves on the same words since a page with this mark was made; None when it fits as it is.

    Empty, but not None: the page was made from another version of the machine's.
    """
    version, _, last = mark.partition(".")
    since = [row for row in rows if not last.isdecimal() or row.id > int(last)]
    same = [row for row in since if phrase is None or row.phrase in (phrase, None)]
    if same:
        return same
    return None if seen(take, rows).partition(".")[0] == version else []


def keep(
    session: Session,
    take: Recording,
    version: Transcript | None,
    wording: Wording,
    *,
    by: str,
    at: datetime,
) -> Correction:
    """Keep a save, and what the take says with it. Search is told."""
    row = Correction(
        recording_id=take.id,
        transcript_id=version.id if version else None,
        phrase=wording.phrase,
        by=by,
        at=at,
        before=wording.before,
        after=wording.after,
    )
    session.add(row)
    take.corrected = wording.whole
    search.due(session, take.feedback_id)
    session.flush()
    return row


def check(item: Feedback, numbers: Collection[int], by: str, at: datetime) -> None:
    """`by` listened to all of these takes. The item is checked when every one that has sound is."""
    for take in item.recordings:
        if take.id in numbers and take.checked_at is None:
            take.checked_at, take.checked_by = at, by
    if item.checked_at is None and item.recordings and not any(map(unheard, item.recordings)):
        item.checked_at = at


def unheard(take: Recording) -> bool:
    """Whether nobody has listened to a take that can be heard, or that is still on its way."""
    return take.checked_at is None and (take.audio_key is not None or take.state in UNFINISHED)


def forget(session: Session, take: Recording) -> None:
    """Erase what people wrote down of a take."""
    session.execute(delete(Correction).where(Correction.recording_id == take.id))
    take.corrected = None
