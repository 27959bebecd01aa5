"""Whoever asks for their data gets every column that is kept of them, or the reason stands here."""

import pytest
from sqlalchemy import select

from store.arrival_rows import Caller
from store.columns import Base
from store.models import Feedback
from tests.driver import CALLER
from tests.private.conftest import SECRET
from triage.subject import subject

OURS = "a number or key by which the program finds its rows; it says nothing of them"
RETRIES = "how far the program has come with its own work"
TWILIO = "Twilio's key, which Twilio gives them with its own data"
# Tables of rows that hang on an item but are no data of its person, and why.
NOT_THEIRS = {
    "alerts": "who on the rota was called, and when",
    "conversations": "where somebody is in the questions; their answers stand on the item",
    "erasures": "that they wish it to go, which they said themselves; a tombstone after",
    "looking": "which of the staff has the item open just now",
    "looks": "who of the staff looked: data of theirs, not of the person",
    "samples": "that chance drew the item for a second look",
}
# Columns that are left out of tables which are in the file, and why.
LEFT_OUT = {
    **dict.fromkeys(("feedback.rank", "feedback.held_by", "feedback.held_until"), RETRIES),
    "feedback.caller_id": "the phone stands above its items",
    "feedback.linked_to": "the other item of the same phone is in the file itself",
    "feedback.hidden_at": "what is hidden is asked for by its wish: `erasure_asked_at`",
    "feedback.erase_at": "stands there as `kept_until`",
    "feedback.erased_at": "what is erased is in no file",
    "recordings.call_sid": TWILIO,
    "recordings.replaces": TWILIO,
    **dict.fromkeys(("recordings.due_at", "recordings.claimed_until"), RETRIES),
    **dict.fromkeys(("recordings.audio_key", "recordings.sha256"), OURS),
    "recordings.audio_gone_at": "where the sound is kept, it is in the file",
    "transcripts.model_hash": OURS,
    "transcripts.confidence": "stands with the last of them",
    "transcripts.words": "the same words with their times, which stand with the last of them",
    "transcripts.shown_words": "the same words once more",
    "corrections.transcript_id": OURS,
    "codings.of": OURS,
    **dict.fromkeys(("codings.offered", "codings.taken"), "the program's guesses at `coded`"),
    "codings.awaits": RETRIES,
    "deeds.key": OURS,
    "deeds.other": "another item, perhaps of another person",
    "safeguarding_entries.corrects": OURS,
    "outgoing.key": OURS,
    "outgoing.caller_id": OURS,
    "outgoing.sender": "our own number",
    "outgoing.sid": TWILIO,
    "outgoing.crisis": "the text itself is in the file",
    **dict.fromkeys(
        ("outgoing.due_at", "outgoing.claimed_until", "outgoing.attempts"), RETRIES
    ),
}  # fmt: skip


@pytest.fixture
def theirs(small):
    """The item of somebody about which staff wrote everything that they can."""
    reference = small.rings()
    small.desk_writes(reference)
    periods = small.line.house.door.script.line.retention.periods
    with small.room.database.reading() as session:
        phone = session.scalars(select(Caller).where(Caller.number != b"")).all()[-1]
        item = session.scalars(select(Feedback).where(Feedback.reference == reference)).one()
        data = subject(session, small.room.seal, [item], phone, periods)
    assert data["phone"]["number"] == CALLER
    return data["items"][0]


def hanging():
    """The tables whose rows hang on an item, or on a recording of it."""
    of = {"feedback_id", "recording_id"}
    return [t for t in Base.metadata.sorted_tables if of & set(t.columns.keys())]


def places(item):
    """Where in the file the rows of each table stand."""
    take = item["recordings"][0]
    return {
        "feedback": item,
        "texts": {"sid", "received_at", "body", "kind", "question"},
        "recordings": take,
        "transcripts": take["heard"][0],
        "corrections": take["corrections"][0],
        "tier_changes": item["tiers"][0],
        "codings": item["codings"][0],
        "notes": item["notes"][0],
        "moves": item["moves"][0],
        "deeds": item["done"][0],
        "safeguarding_entries": item["safeguarding"][0],
        "holds": item["holds"][0],
        "outgoing": item["texts_to_you"][0],
    }


def test_every_column_of_an_item_is_in_the_file_or_left_out_with_a_reason(theirs):
    there, missing = places(theirs), []
    for table in [Feedback.__table__, *hanging()]:
        if table.name in NOT_THEIRS:
            continue
        names = set(table.columns.keys()) - {"id", "feedback_id", "recording_id"}
        missing += [
            f"{table.name}.{name}"
            for name in names - set(there.get(table.name, ()))
            if f"{table.name}.{name}" not in LEFT_OUT
        ]
    assert sorted(missing) == []


def test_what_they_answered_and_what_staff_decided_stands_there_in_its_words(theirs):
    words = f"about {SECRET}"
    assert theirs["given"] == {"place": words}
    assert theirs["tiers"][0]["reason"] == words
    [line] = theirs["safeguarding"]
    assert (line["decision"], line["told"]) == ("other", words)
    assert line["done_at"]


def test_the_texts_of_an_item_stand_with_what_they_were_taken_for(small):
    small.says("The soup was cold")
    with small.room.database.reading() as session:
        periods = small.line.house.door.script.line.retention.periods
        item = session.scalars(select(Feedback).order_by(Feedback.id.desc())).first()
        [data] = subject(session, small.room.seal, [item], None, periods)["items"]
    assert {"sid", "received_at", "body", "kind", "question"} == data["texts"][0].keys()
