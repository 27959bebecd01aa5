"""An arrival that the database could not take: onto this host's disk, answered, and back again."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from dialogue import away, numbers
from dialogue.call_turn import OVER, whole_seconds
from dialogue.intake import Arrival
from dialogue.thread import Arrived
from handlers.house import House
from store.spool import Spool
from store.spool_slips import PHONE, Slip

HOUR = timedelta(hours=1)
NOBODY = "0" * PHONE


def keep(house: House, spool: Spool, arrival: Arrival) -> str:
    """On the disk before it is answered; a repeat gets its first answer. Raises SpoolFull."""
    phone, key = _phone(house, arrival), _key(house, arrival, arrival.turn)
    with spool.adding():
        before = [slip for slip in spool.slips([key]) if slip.key == key]
        if before:
            return str(spool.read(before[0].name)["given"])
        mark, given = _answer(house, spool, arrival, phone)
        spool.put(_entry(arrival, given), phone, key, mark)
    return given


def arrival_of(entry: dict[str, Any]) -> Arrival:
    """An entry as the arrival that it was, at its own time and with the answer it was given."""
    at, fields = (
        datetime.fromisoformat(entry["at"]),
        tuple((n, value) for n, value in entry["fields"]),
    )
    return Arrival(**{**entry, "at": at, "fields": fields, "known_at": datetime.now(UTC)})


def _entry(arrival: Arrival, given: str) -> dict[str, Any]:
    return {**asdict(arrival), "at": arrival.at.isoformat(), "given": given}


def _phone(house: House, arrival: Arrival) -> str:
    number = numbers.sender(arrival.get("From"))
    return house.seal.join(number)[:PHONE] if number else NOBODY


def _key(house: House, arrival: Arrival, turn: str) -> str:
    return house.seal.join(f"webhook:{arrival.kind}:{arrival.sid}:{turn}")[:16]


def _answer(house: House, spool: Spool, arrival: Arrival, phone: str) -> tuple[str, str]:
    if arrival.kind == "text":
        mark, words = _text(house, spool, arrival, phone)
        return mark, house.door.text(words, arrival.sid if mark == away.CRISIS else None)
    if arrival.kind == "call":
        return _call(house, spool, arrival)
    return away.NONE, house.door.text(None)


def _text(house: House, spool: Spool, arrival: Arrival, phone: str) -> tuple[str, str | None]:
    script, number = house.door.script, numbers.sender(arrival.get("From"))
    known = arrival.clean_sid("MessageSid", "(SM|MM)") and script.line.number(arrival.get("To"))
    if number is None or not known or not numbers.reachable(number):
        return away.NONE, None
    slips = [slip for slip in spool.slips([phone]) if slip.phone == phone]
    came = Arrived(
        body=arrival.get("Body"),
        at=arrival.at,
        tier=arrival.tier,
        picture=arrival.get("NumMedia") not in ("", "0"),
        opted_out=_opted_out(slips),
    )
    since = (arrival.at - HOUR).timestamp()
    hour = [slip.mark for slip in slips if slip.at >= since]
    return away.text(script, came, hour, [slip.mark for slip in slips])


def _opted_out(slips: list[Slip]) -> bool:
    said = [slip.mark for slip in slips if slip.mark in (away.STOPPED, away.STARTED)]
    return said[-1:] == [away.STOPPED]


def _call(house: House, spool: Spool, arrival: Arrival) -> tuple[str, str]:
    first = {_key(house, arrival, turn) for turn in ("0", "f0")}
    last = {_key(house, arrival, turn) for turn in _before(arrival.turn)}
    slips = {slip.key: slip for slip in spool.slips([*first, *last])}
    silent = whole_seconds(arrival.get("RecordingDuration")) == 0
    spoke = away.Spoke(
        turn=arrival.turn,
        take=not silent and arrival.clean_sid("RecordingSid", "RE") is not None,
        over=arrival.get("CallStatus") in OVER,
        last=next((slips[key].mark for key in last & slips.keys()), None),
        whole=bool(first & slips.keys()),
    )
    mark, turn = away.call(
        house.door.script, house.door.script.line.number(arrival.get("To")), spoke
    )
    return mark, house.door.turn(turn) if turn else house.door.text(None)


def _before(turn: str) -> tuple[str, ...]:
    """The turns whose answer led to this one, if they are in the spool."""
    number = away.after(turn) - 2
    return (str(number), f"f{number}")
