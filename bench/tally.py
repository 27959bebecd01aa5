"""What was sent and what the line has of it: every word once, nothing that nobody said."""

import json
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import select

from bench.crowd import SAID
from bench.house import House
from practice.phone import Phone
from store.database import Database
from store.models import Recording
from store.recordings_due import UNFINISHED


@dataclass
class Report:
    """What was sent, what was found afterwards, and what did not agree."""

    texts: int = 0
    recordings: int = 0
    killed: Counter[str] = field(default_factory=Counter)
    settled_seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)


def count(house: House, phone: Phone, made: list[str], report: Report) -> None:
    """Both sides: every SID once, every word in place, nothing that nobody said."""
    items = export(house)
    here = Counter(text["sid"] for item in items for text in item["texts"])
    bodies = {text["sid"]: text["body"] for item in items for text in item["texts"]}
    sent = {t.sid: t.body for t in phone.texts.oldest_first() if t.direction == "inbound"}
    report.texts, report.recordings = len(sent), len(set(made))
    report.wrong += [f"text {sid}: {here[sid]} times" for sid in sent if here[sid] != 1]
    report.wrong += [f"text {sid}: other words" for sid, b in sent.items() if bodies.get(sid) != b]
    report.wrong += [f"text {sid}: nobody sent it" for sid in here if sid not in sent]
    takes = Counter(take["sid"] for item in items for take in item["recordings"])
    words = {
        take["sid"]: (take["transcript"] or {}).get("text")
        for item in items
        for take in item["recordings"]
    }
    for sid in set(made):
        if takes[sid] != 1:
            report.wrong.append(f"recording {sid}: {takes[sid]} times")
        elif words[sid] != SAID:
            report.wrong.append(f"recording {sid}: {words[sid]!r}")
    doctor = house.flask("doctor")
    report.wrong += [line for line in doctor.stdout.splitlines() if line.startswith("wrong")]


def unfinished(house: House) -> bool:
    """Whether a recording still waits for its words. The rows say it: an export for each look would
    keep the machine busy that is to finish them."""
    database = Database(house.env["DATABASE_URL"])
    with database.reading() as session:
        waits = select(Recording.id).where(Recording.state.in_(UNFINISHED)).limit(1)
        found = session.scalar(waits) is not None
    database.engine.dispose()
    return found


def export(house: House) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in house.flask("export").stdout.splitlines()]
