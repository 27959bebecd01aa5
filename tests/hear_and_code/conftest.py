"""A colleague at an item with a voice in it, heard as the worker hears: in phrases, with times."""

from dataclasses import asdict
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from handlers.desk import code as coding_page
from handlers.desk.words import reference
from speech.reading import read, shown
from store.coding_rows import Coding, Correction
from store.models import Feedback, Recording, Transcript
from tests.desk.conftest import (  # noqa: F401 (fixtures)
    Desk,
    Seat,
    both,
    chromium,
    desk,
    seat,
    seated,
    tab,
    tone,
    web,
)

NOW = datetime.now(UTC).replace(microsecond=0)
SAID = "the nurse on the ward was kind / i waited five hours / at russells hall hospital"


def heard(said: str = SAID, model: str = "demo-en") -> Transcript:
    """What a model made of it: / is a pause of a second; "ward" and "five" are guesses."""
    words: list[dict[str, object]] = []
    pauses: list[float] = []
    at = 0.0
    for token in said.split():
        if token == "/":
            at, pauses[-1] = at + 1, 1.0
            continue
        sure = 0.4 if token in ("ward", "five") else 0.95
        words.append({"word": token, "start": at, "end": at + 0.25, "confidence": sure})
        pauses.append(0.1)
        at = round(at + 0.35, 2)
    reading = read([str(word["word"]) for word in words], pauses[:-1])
    return Transcript(
        made_at=NOW,
        model=model,
        model_hash="0" * 64,
        text=" ".join(str(word["word"]) for word in words),
        words=words,
        shown=shown(reading),
        shown_words=[asdict(word) for word in reading],
        confidence=0.88,
    )


def call(at: Desk, said: str = SAID, **more: object) -> tuple[Feedback, Recording]:
    """A voice item whose words came from a worker."""
    item, take = at.voice(said.replace("/ ", ""), audio=tone(8), **more)
    with at.line.house.database.writing() as session:
        row = session.get_one(Recording, take.id)
        row.seconds = 8.0
        for old in row.transcripts:
            session.delete(old)
        new = heard(said)
        new.recording_id = take.id
        session.add(new)
    return item, take


def path(item: Feedback) -> str:
    return f"/feedback/{reference(item.reference)}"


def item_of(at: Desk, item: Feedback) -> Feedback:
    """The item's row as it is now."""
    with at.line.house.database.reading() as session:
        return session.get_one(Feedback, item.id)


def take_of(at: Desk, take: Recording) -> Recording:
    with at.line.house.database.reading() as session:
        return session.get_one(Recording, take.id)


def saves(at: Desk, table: type[Correction] | type[Coding]) -> list:
    with at.line.house.database.reading() as session:
        return list(session.scalars(select(table).order_by(table.id)))


@pytest.fixture(autouse=True)
def nobody_is_drawn(monkeypatch):
    """Chance draws nobody, unless a test says so."""
    monkeypatch.setattr(coding_page.random, "random", lambda: 0.99)


@pytest.fixture
def drawn(monkeypatch):
    monkeypatch.setattr(coding_page.random, "random", lambda: 0.0)


def save(sitting, item, do="save", at="coding", **fields):
    page = sitting.get(f"{path(item)}?show=1").text
    seen = page.partition('name="coding_seen" value="')[2].partition('"')[0]
    status = page.partition('name="status_seen" value="')[2].partition('"')[0]
    given = {"do": do, "coding_seen": seen, "status_seen": status, "sentiment": "mixed", **fields}
    token = sitting.get("/sign-in").text.partition('name="csrf_token" value="')[2]
    data = MultiDict({"csrf_token": token.partition('"')[0]})
    for name, value in given.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    origin = "https://line.example.org"
    return sitting.client.post(
        f"{path(item)}/{at}", base_url=origin, headers={"Referer": f"{origin}/"}, data=data
    )
