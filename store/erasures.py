"""Who asked for what to be removed, kept apart from the rows, so that a restored line obeys it too.

References, SIDs and moments only: nothing that anybody said, and no number.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import delete, inspect, or_, select, update
from sqlalchemy.orm import Session

from store import copies
from store.arrival_rows import Caller
from store.backup_audio import keep
from store.copy_rows import TwilioCopy
from store.erasure_rows import Erasure, Way
from store.inserts import insert_once
from store.models import Feedback, Recording
from store.removals import TO_DECIDE

COLUMNS = ("hidden_at", "erase_at", "erasure_asked_at", "erased_at")
BATCH = 500

# One item's four moments, in the order of COLUMNS; all None: its person changed their mind.
Wish = tuple[datetime | None, ...]
KEPT: Wish = (None,) * len(COLUMNS)


class NotAList(Exception):
    """A file that should list erasures cannot be read as one: nobody may restore past it."""


@dataclass(frozen=True)
class Erasures:
    """What is known up to `as_of`: wishes by reference, and what Twilio must not keep."""

    as_of: datetime | None = None
    wishes: Mapping[str, Wish] = field(default_factory=dict)
    copies: frozenset[tuple[str, str]] = frozenset()


def merge(before: Erasures, later: Erasures) -> Erasures:
    """The later word counts, except that nothing which was erased comes back. Pure."""
    erased = {ref: wish for ref, wish in before.wishes.items() if wish[-1] is not None}
    later_erased = {ref: wish for ref, wish in later.wishes.items() if wish[-1] is not None}
    return Erasures(
        max((e.as_of for e in (before, later) if e.as_of), default=None),
        {**before.wishes, **later.wishes, **erased, **later_erased},
        before.copies | later.copies,
    )


def known(session: Session, asked_before: Collection[str], at: datetime) -> Erasures:
    """What the rows say now; of those `asked_before` also that they are to be kept after all."""
    four = [getattr(Feedback, name) for name in COLUMNS]
    asked = select(Feedback.reference, *four)
    rows = session.execute(asked.where(or_(*(column.is_not(None) for column in four)))).all()
    wishes: dict[str, Wish] = {row[0]: tuple(row[1:]) for row in rows}
    for some in _batches(ref for ref in asked_before if ref not in wishes):
        there = session.scalars(select(Feedback.reference).where(Feedback.reference.in_(some)))
        wishes |= dict.fromkeys(there, KEPT)
    return Erasures(at, wishes, _unwanted(session))


def apply(session: Session, erasures: Erasures, at: datetime) -> int:
    """Hide again, and hand to the sweep, what people asked to remove. How many items to erase."""
    due = 0
    with_rows = inspect(session.connection()).has_table(Erasure.__tablename__)
    for reference, wish in erasures.wishes.items():
        values = dict(zip(COLUMNS[:-1], wish, strict=False))
        if wish[-1] is not None:
            values |= {"hidden_at": wish[0] or at, "erase_at": at}
        changed = session.execute(
            update(Feedback)
            .where(Feedback.reference == reference, Feedback.erased_at.is_(None))
            .values(**values)
            .returning(Feedback.id)
        ).scalar()
        due += changed is not None and wish[-1] is not None
        if changed is not None and with_rows:
            _ask_again(session, changed, wish)
    for kind, sid in sorted(erasures.copies):
        insert_once(session, TwilioCopy, kind=kind, sid=sid, due_at=at, attempts=0)
    return due


def _ask_again(session: Session, item: int, wish: Wish) -> None:
    """What the lead and the page of what waits go by: without it nobody sees that somebody asked.

    By columns alone: a backup of an older version may lack others. What was erased needs no row.
    """
    _, erase_at, asked_at, erased_at = wish
    mine = Erasure.feedback_id == item
    if wish == KEPT:
        unasked = delete(Erasure).where(mine, Erasure.erased_at.is_(None))
        session.execute(unasked.where(Erasure.way != Way.RETENTION))
    if asked_at is None or erased_at is not None:
        return
    new: dict[str, Any] = {
        "asked_at": asked_at,
        "due_at": None if erase_at else asked_at + TO_DECIDE,
    }
    over = dict.fromkeys(("decided_at", "decided_by", "verdict", "trouble"))
    session.execute(update(Erasure).where(mine, Erasure.asked_at < asked_at).values(**new, **over))
    joined = select(Caller.joined).join(Feedback, Feedback.caller_id == Caller.id)
    new["joined"] = session.scalar(joined.where(Feedback.id == item))
    # The list does not say how they asked. As if by command: no text to whom contact may endanger.
    new |= {"way": Way.COMMAND, "reason": "", "gone": {}}
    insert_once(session, Erasure, feedback_id=item, **new)


def read(path: Path) -> Erasures:
    """What a file holds; nothing, when there is none. Raises NotAList."""
    if not path.exists():
        return Erasures()
    try:
        return _parsed([json.loads(line) for line in path.read_text().splitlines()])
    except (ValueError, KeyError, TypeError) as why:
        raise NotAList(f"{path} is not a list of erasures ({type(why).__name__})") from why


def _parsed(lines: list[dict[str, Any]]) -> Erasures:
    return Erasures(
        next((_moment(line["as_of"]) for line in lines if "as_of" in line), None),
        {
            line["item"]: tuple(_moment(line[name]) for name in COLUMNS)
            for line in lines
            if "item" in line
        },
        frozenset((line["copy"], line["sid"]) for line in lines if "copy" in line),
    )


def write(path: Path, erasures: Erasures) -> None:
    """One JSON object a line: whole or not at all."""
    lines: list[dict[str, str | None]] = [{"as_of": _written(erasures.as_of)}]
    for reference, wish in sorted(erasures.wishes.items()):
        lines.append({"item": reference, **dict(zip(COLUMNS, map(_written, wish), strict=True))})
    lines += [{"copy": kind, "sid": sid} for kind, sid in sorted(erasures.copies)]
    keep(path, "".join(f"{json.dumps(line)}\n" for line in lines).encode())


def _unwanted(session: Session) -> frozenset[tuple[str, str]]:
    # A recording that still has its row is no erasure: if ours is lost, Twilio's may be the last.
    # Our own audio goes with its item: a take that was only replaced comes back with its row.
    rows = session.execute(
        select(TwilioCopy.kind, TwilioCopy.sid).where(
            TwilioCopy.kind != copies.AUDIO,
            or_(
                TwilioCopy.kind != copies.RECORDING,
                TwilioCopy.sid.not_in(select(Recording.sid)),
            ),
        )
    )
    return frozenset((kind, sid) for kind, sid in rows)


def _batches(references: Iterator[str]) -> Iterator[list[str]]:
    while some := list(islice(references, BATCH)):
        yield some


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
