"""Compares a page of Twilio's list with what is here: what is missing, and what else is amiss."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from store import caught_up
from store.queue import DELETE_COPY, HEAR, Bell
from workers.carrier_lists import Row
from workers.catch_up_counts import Counts
from workers.listed import CALLS, RECORDINGS, TEXTS, Day, Listed, listed, said, wanted
from workers.room import Room

KNOWN = {TEXTS: caught_up.texts, CALLS: caught_up.calls, RECORDINGS: caught_up.recordings}


def missing(
    room: Room, bell: Bell, counts: Counts, kind: str, day: Day, page: Sequence[Row]
) -> list[Listed]:
    """What of a page is not here. What was erased is: its SIDs stay, so it never comes again."""
    ours = _ours(room, counts, kind, day, page)
    sids = [one.sid for one in ours]
    side = counts.of(kind)
    with room.database.reading() as session:
        known = KNOWN[kind](session, sids)
        over = caught_up.ended(session, sids) if kind == CALLS else known
    side.at_twilio += len(ours)
    side.here += sum(one.sid in known for one in ours)
    _amiss(room, bell, counts, kind, sorted(known))
    # A call that we know may still lack its end: that is let in too, and changes no count.
    return [one for one in ours if one.sid not in over]


def _ours(room: Room, counts: Counts, kind: str, day: Day, page: Sequence[Row]) -> list[Listed]:
    """The rows that are the line's: another number of the account is nobody's business here."""
    line = room.script.line
    ours = []
    for row in page:
        mine = kind == RECORDINGS or line.number(said(row, "to")) is not None
        if not (mine and wanted(kind, row)):
            continue
        found = listed(kind, row)
        if found is None:
            counts.of(kind).failed += 1
        elif day.has(found.at):
            ours.append(found)
    return ours


def _amiss(room: Room, bell: Bell, counts: Counts, kind: str, known: Sequence[str]) -> None:
    """What should be deleted at Twilio is not; what we could not fetch is there after all."""
    if kind == CALLS or not known:
        return
    with room.database.writing() as session:
        copies, takes = _due_again(session, known, room.now())
    for number in copies:
        bell.ring(DELETE_COPY, number)
    for number in takes:
        bell.ring(HEAR, number)
    counts.deleted_again += len(copies)
    counts.fetched_again += len(takes)


def _due_again(
    session: Session, known: Sequence[str], now: datetime
) -> tuple[Sequence[int], Sequence[int]]:
    return (
        caught_up.delete_again(session, known, now),
        caught_up.fetch_again(session, known, now),
    )
