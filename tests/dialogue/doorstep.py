"""The one door without the web: sends arrivals at chosen moments, on a database of its own."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

from sqlalchemy import event, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from dialogue import call_intake, callback_intake, checks, script, text_intake
from dialogue.intake import Answer, Arrival, Door, receive
from handlers.twiml import Twiml
from store.arrival_rows import Caller, Conversation
from store.database import Database
from store.models import Feedback, Recording, Text
from store.seal import Seal
from tests.conftest import KEY, ROOT
from triage import urgency, urgency_lists

SCRIPT = checks.check(script.load(ROOT / "script"))
URGENT = urgency_lists.load(ROOT / "script", "en")
DOOR = Door(SCRIPT, Seal([KEY], KEY), Twiml(SCRIPT).text, Twiml(SCRIPT).turn)
CALLER, NUMBER = "+447700900123", "+441214960000"


class Doorstep:
    """A line with its own copy of an empty database, and a clock that the test moves."""

    def __init__(self, empty: Path, folder: Path) -> None:
        shutil.copy(empty, folder / "heard.db")
        self.database = Database(f"sqlite:///{folder}/heard.db")
        event.listen(self.database.engine, "connect", _in_a_hurry)
        self.now = datetime(2026, 7, 9, 14, 0, tzinfo=UTC)

    def __enter__(self) -> "Doorstep":
        return self

    def __exit__(self, *_: object) -> None:
        self.database.engine.dispose()

    def later(self, **pause: float) -> None:
        self.now += timedelta(**pause)

    def come(self, kind: str, sid: str, turn: str, step: object, **fields: str) -> Answer:
        return self.let_in(self.arrival(kind, sid, turn, **fields), step)

    def arrival(self, kind: str, sid: str, turn: str, **fields: str) -> Arrival:
        found = urgency.tier(URGENT, fields.get("Body", ""))
        return Arrival(
            kind, sid, turn, self.now, tuple(fields.items()), found.tier, list(found.phrases)
        )

    def let_in(self, arrival: Arrival, step: object) -> Answer:
        with self.database.writing() as session:
            return receive(session, DOOR, arrival, step)

    def text(self, sid: str, body: str) -> list[str]:
        """Every text that comes back."""
        answer = self.come(
            "text", sid, "", text_intake.take, MessageSid=sid, From=CALLER, To=NUMBER, Body=body
        )
        return [m.text or "" for m in ElementTree.fromstring(answer.body).iter("Message")]

    def found_later(self, sid: str, body: str, **ago: float) -> str | None:
        """A text that no webhook brought, found at Twilio now; its reply, if one is due."""
        came = self.arrival("text", sid, "", MessageSid=sid, From=CALLER, To=NUMBER, Body=body)
        sent = self.now - timedelta(**ago)
        late = timedelta(**ago) > timedelta(hours=1)
        found = replace(came, at=sent, late=late, answered_at=self.now, known_at=self.now)
        return self.let_in(found, text_intake.take).words

    def turn(self, call: str, turn: str, **fields: str) -> str:
        given = {"CallSid": call, "From": CALLER, "To": NUMBER, "CallStatus": "in-progress"}
        return self.come("call", call, turn, call_intake.take, **{**given, **fields}).body

    def recorded(self, call: str, take: str, status: str, seconds: int) -> str:
        fields = {"CallSid": call, "RecordingSid": take, "RecordingStatus": status}
        return self.come(
            "recording",
            take,
            status,
            callback_intake.recording,
            **fields,
            RecordingDuration=str(seconds),
        ).body

    def ended(self, call: str) -> None:
        self.come(
            "ended", call, "completed", callback_intake.ended, CallSid=call, CallStatus="completed"
        )

    def rows(self, table: type) -> list:
        with self.database.reading() as session:
            return list(session.scalars(select(table).order_by(table.id)))

    def bodies(self, item: Feedback) -> list[str]:
        """The texts that are on an item, in their order."""
        return [text.body for text in self.rows(Text) if text.feedback_id == item.id]

    def state(self) -> tuple[object, ...]:
        """All that the public half keeps, as plain values: has anything changed?"""
        return tuple(
            tuple(str({k: v for k, v in vars(row).items() if k[0] != "_"}) for row in found)
            for found in map(self.rows, (Caller, Conversation, Feedback, Recording, Text))
        )


def _in_a_hurry(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    # Durability is proved elsewhere; here only speed counts.
    connection.cursor().execute("PRAGMA synchronous=OFF")
