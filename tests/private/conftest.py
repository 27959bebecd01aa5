"""Somebody who told the line much, a desk that wrote about it, and a Twilio that has it too."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import DeclarativeBase

from handlers.desk.words import signs
from practice.call import Call
from practice.course import Course
from practice.leg import Leg
from practice.phone import Phone
from practice.texts import Text as AtTwilio
from store import coding, doing, looks, removals, safeguarding, search
from store.access_rows import Kept
from store.arrival_rows import Conversation
from store.coding_rows import Correction
from store.doing_rows import Did
from store.erasure_rows import Hold, Way
from store.models import Feedback, Recording
from store.queue import DELETE_COPY, HEAR, SEND
from store.safeguarding_rows import Decision, Entry
from store.staff import Move, Note
from store.upkeep import Outgoing
from tests.catch_up.conftest import Lost, Twilio, twilio  # noqa: F401 (fixture)
from tests.driver import CALLER, NUMBER, Line
from tests.hear_and_code.conftest import heard
from workers import copying, searching, sending
from workers.sweep import sweep

SECRET = "Featherstonehaugh"
SOUND = b"RIFF" + b"the sound of a voice " * 200


class Trusted(Lost):
    """The line, and what somebody (`CALLER`) trusted it with; a neighbour's things are noise."""

    def __init__(self, line: Line, its: Twilio, folder: Path) -> None:
        super().__init__(line, its)
        self.folder = folder
        self.at = datetime.now(UTC)
        self.says("The porters were lovely", frm="+447700900999")

    def says(self, body: str, frm: str = CALLER) -> str:
        """Somebody texts; Twilio keeps the text, and the reply that it carried back."""
        kept = AtTwilio(frm, NUMBER, body, "inbound", "received")
        self.phone.texts.put(kept)
        reply = self.line.text(body, frm=frm, sid=kept.sid)
        if reply:
            self.phone.texts.put(AtTwilio(NUMBER, frm, reply, "outbound-reply", "sent"))
        return kept.sid

    def rings(self, said: str = f"nurse {SECRET} was kind", frm: str = CALLER) -> str:
        """Somebody leaves a message, and a worker hears it. The reference of its item."""
        call = self.line.ring(frm)
        leg = Leg(frm, NUMBER, self.phone.line, self.phone.manners, None, self.phone.recordings)
        leg.sid, leg.status = call.sid, "completed"
        self.phone.calls.put(Call(Course(leg, "", None)))
        call.press("0")
        call.speak(key="hangup")
        key = f"2026/11/{call.take}"
        self.line.house.recordings.put(key, SOUND)
        with self.room.database.writing() as session:
            take = session.scalars(select(Recording).where(Recording.sid == call.take)).one()
            take.state, take.audio_key, take.due_at = "words", key, None
            new = heard(said)
            new.recording_id = take.id
            session.add(new)
            search.due(session, take.feedback_id)
            return session.get_one(Feedback, take.feedback_id).reference

    def item(self, reference: str) -> Feedback:
        return next(i for i in self.line.items() if i.reference == signs(reference))

    def change(self, reference: str, **values: object) -> None:
        with self.room.database.writing() as session:
            item = session.scalars(select(Feedback).where(Feedback.reference == reference)).one()
            for name, value in values.items():
                setattr(item, name, value)

    def desk_writes(self, reference: str, words: str = f"about {SECRET}") -> None:
        """Whatever staff may write about an item."""
        at = datetime.now(UTC)
        with self.room.database.writing() as session:
            item = session.scalars(select(Feedback).where(Feedback.reference == reference)).one()
            session.add(Note(feedback_id=item.id, by="Sam", at=at, body=words))
            moved = {"before": "new", "after": "waiting", "reason": words}
            session.add(Move(feedback_id=item.id, by="Sam", at=at, **moved))
            for take in item.recordings:
                fixed = {"by": "Sam", "at": at, "before": words, "after": words}
                session.add(Correction(recording_id=take.id, **fixed))
                take.corrected, take.reason = words, words
            coded = {"place": words, "provider": words, "happened": words, "themes": ["food"]}
            some = [f"place:{words}"]
            coding.keep(session, item, coded, by="Sam", at=at, offered=some, taken=some)
            item.place = item.provider = item.happened = words
            item.given, item.tier_reasons = {"place": words}, [words]
            item.assigned_to = words
            talks = update(Conversation).where(Conversation.feedback_id == item.id)
            session.execute(talks.values(state={"place": words}))
            over = {"lifted_at": at, "lifted_by": "Lee", "lifted_reason": words}
            session.add(Hold(feedback_id=item.id, at=at, by="Lee", reason=words, **over))
            looks.keep(session, "Sam", Kept.NUMBER, at, feedback_id=item.id, why=words)
            removals.ask(session, item, Way.DESK, at, by="Lee", reason=words)
            doing.do(session, item, Did.OUTCOME, "Sam", at, to=words, words=words)
            told = {"told": words, "words": words, "done_at": at, "decision": Decision.OTHER}
            session.add(Entry(feedback_id=item.id, at=at, by="Sam", **told))
            safeguarding.set_tier(
                session, item, item.tier, by="Sam", machine=None, reason=words, at=at
            )
            item.looked_by = words
            out = {"key": f"k{item.id}", "sender": NUMBER, "body": words, "sid": f"SMo{item.id}"}
            session.add(
                Outgoing(
                    caller_id=item.caller_id,
                    feedback_id=item.id,
                    made_at=at,
                    state="sent",
                    delivery="delivered",
                    reason=words,
                    **out,
                )
            )
            search.due(session, item.id)

    def work(self, times: int = 3) -> None:
        """What clock and workers do, until nothing is left to do."""
        jobs = {SEND: sending.send, HEAR: lambda *_: None, DELETE_COPY: copying.delete}
        for _ in range(times):
            sweep(self.room, self.bell)
            while self.bell.rung:
                job, number = self.bell.rung.pop(0)
                jobs[job](self.room, number)
            searching.make_searchable(self.room)
            self.later(minutes=11)

    def everything(self) -> bytes:
        """Every byte of every file that the line has, and of the database."""
        if self.room.database.engine.dialect.name != "sqlite":
            with self.room.database.engine.connect().execution_options(
                isolation_level="AUTOCOMMIT"
            ) as here:
                here.execute(text("CHECKPOINT"))
                place = here.scalar(text("SHOW data_directory"))
                number = here.scalar(
                    text("SELECT oid FROM pg_database WHERE datname = current_database()")
                )
            folders = [Path(str(place)) / "base" / str(number), self.folder]
        else:
            folders = [self.folder]
        found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        return b"".join(path.read_bytes() for path in found).lower()

    def opened(self) -> str:
        """Whatever is sealed in the rows, opened."""
        seal = self.room.seal
        with self.room.database.reading() as session:
            numbers = session.execute(text("SELECT number FROM callers")).scalars()
            fields = session.execute(text("SELECT fields FROM ledger")).scalars()
            return " ".join(seal.open(bytes(one)) for one in (*numbers, *fields) if one)

    def rows(self, table: type[DeclarativeBase]) -> list:
        with self.room.database.reading() as session:
            return list(session.scalars(select(table).order_by(table.id)))


@pytest.fixture
def trusted(line: Line, twilio: Twilio, tmp_path: Path) -> Trusted:  # noqa: F811
    """On both databases."""
    return Trusted(line, twilio, tmp_path)


@pytest.fixture
def small(sqlite_line: Line, twilio: Twilio, tmp_path: Path) -> Trusted:  # noqa: F811
    """On SQLite alone, for what no database changes."""
    return Trusted(sqlite_line, twilio, tmp_path)


def at_twilio(phone: Phone, number: str = CALLER) -> list[str]:
    """What Twilio has of a number."""
    texts = [t for t in phone.texts.oldest_first() if number in (t.from_, t.to)]
    calls = [c for c in phone.calls.oldest_first() if number in (c.leg.caller, c.leg.called)]
    return [one.sid for one in (*texts, *calls)]
