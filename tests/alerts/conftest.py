"""A line with a rota, its mail server and its Twilio, at whatever moment the test chooses."""

import socketserver
import threading
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from dialogue import alert_intake
from dialogue.intake import Answer, Arrival, receive
from dialogue.rota import Rota
from hours import LONDON
from store.alert_rows import Alert, AlertMessage
from store.models import Feedback
from store.upkeep import Incident, Outgoing
from tests.catch_up.conftest import Lost, Twilio, twilio
from tests.driver import CALLER, NUMBER, Line
from tests.watch.conftest import Mail, mail
from workers import alert_round, watch
from workers.alarms import Alarms
from workers.alert_post import Post
from workers.room import Room

__all__ = ["mail", "twilio"]

ANN, BOB, LEA = "+447700900201", "+447700900202", "+447700900203"
PEOPLE = [
    {"name": "Ann", "role": "duty", "phone": ANN, "email": "ann@example.org"},
    {"name": "Bob", "role": "duty", "phone": BOB},
    {"name": "Lea", "role": "lead", "phone": LEA, "email": "lea@example.org"},
]
BY_TEXT = [{name: value for name, value in person.items() if name != "email"} for person in PEOPLE]
SILENT = Alarms(None, None, None)
R1, R2 = "I want to kill myself", "the carer hits my mum"


def london(*when: int) -> datetime:
    """A moment by the clock on the wall."""
    return datetime(*when, tzinfo=LONDON)


MONDAY, NIGHT = london(2026, 11, 23, 11), london(2026, 11, 21, 3)


class Odd:
    """A mail server that answers as it is told: word -> answer; None hangs."""

    def __init__(self, **answers: str | None) -> None:
        self.heard: list[str] = []
        odd = self

        class Talk(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.wfile.write(b"220 here\r\n")
                while said := self.rfile.readline().decode().strip():
                    odd.heard.append(said)
                    answer = answers.get(said.split()[0].upper(), "250 well")
                    if answer is None:
                        odd.over.wait(300)
                        return
                    self.wfile.write(f"{answer}\r\n".encode())

        self.over = threading.Event()
        socketserver.ThreadingTCPServer.allow_reuse_address = True
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk)
        self._server.daemon_threads = True
        self.url = f"smtp://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()


class Duty(Lost):
    """The line, and the people who are told; nothing moves unless the test moves it."""

    def __init__(self, line: Line, twilio: Twilio, mail: Mail) -> None:
        super().__init__(line, twilio)
        self.mail, self.at = mail, MONDAY
        settings = replace(self.room.settings, smtp_url=mail.url)
        self.furnish(settings=settings, urgent=line.house.urgent)
        self.rota(*PEOPLE)

    def rota(self, *people: dict[str, object], **more: object) -> None:
        """Other people, or other minutes."""
        rota = Rota.model_validate({"people": people, "sender": NUMBER, **more})
        script = self.line.house.door.script
        told = script.line.model_copy(update={"rota": rota})
        script = script.model_copy(update={"line": told})
        self.furnish(script=script)
        house = self.line.house
        house = replace(house, door=replace(house.door, script=script))
        self.line.house = self.line.app.extensions["heard"] = house

    def say(self, body: str, frm: str = CALLER, sid: str | None = None, **more: str) -> Answer:
        """A text reaches the line at this very moment."""
        house, sid = self.line.house, sid or self.line.sid("SM")
        fields = {"MessageSid": sid, "From": frm, "To": NUMBER, "Body": body, **more}
        tier = {R1: "R1", R2: "R2"}.get(body)
        came = Arrival("text", sid, "", self.at, tuple(fields.items()), tier)
        with self.room.database.writing() as session:
            return receive(session, house.door, came, alert_intake.take)

    def goes_on(self, room: Room | None = None) -> None:
        """One round of the clock, and of its two postmen."""
        alert_round.advance(room or self.room)
        post = Post(room or self.room)
        post.texts()
        post.mails()

    def pass_by(self, minutes: int, step: int = 1) -> None:
        """Time passes, the clock goes round every `step` minutes."""
        for _ in range(0, minutes, step):
            self.later(minutes=step)
            self.goes_on()

    def texted(self) -> list[str]:
        """Whom alerts went to by text, in that order."""
        sent = self.phone.texts.oldest_first()
        return [text.to for text in sent if text.direction == "outbound-api"]

    def mailed(self) -> list[str]:
        """Whom alerts went to by mail."""
        return [letter.partition("\nTo: ")[2].split()[0] for letter in self.mail.letters]

    def alerts(self) -> list[Alert]:
        return self.rows(Alert)

    def messages(self) -> list[AlertMessage]:
        return self.rows(AlertMessage)

    def messages_out(self) -> list[Outgoing]:
        return self.rows(Outgoing)

    def item(self) -> Feedback:
        """The latest item."""
        return self.line.items()[-1]

    def incidents(self, alarms: Alarms = SILENT) -> set[str]:
        """What is wrong and not over, after a look round and telling of it."""
        facts = replace(
            watch.look(self.room, self.bell), overdue=0, queue=True, replies_failed=0, rounds={}
        )
        watch.watch_once(self.room, facts, alarms)
        with self.room.database.reading() as session:
            open_ones = select(Incident.kind).where(Incident.closed_at.is_(None))
            return set(session.scalars(open_ones))


@pytest.fixture
def duty(line: Line, twilio: Twilio, mail: Mail) -> Duty:
    """On both databases, with a text of somebody else's as noise."""
    return _open(line, twilio, mail)


@pytest.fixture
def small(sqlite_line: Line, twilio: Twilio, mail: Mail) -> Duty:
    """On SQLite alone, for what no database changes."""
    return _open(sqlite_line, twilio, mail)


def _open(line: Line, twilio: Twilio, mail: Mail) -> Duty:
    opened = Duty(line, twilio, mail)
    opened.say("The porters were lovely", frm="+447700900999")
    return opened
