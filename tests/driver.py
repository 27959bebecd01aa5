"""Plays Twilio's part against the app in one process: signs, posts, reads the TwiML back."""

import itertools
from types import TracebackType
from urllib.parse import urlencode
from xml.etree import ElementTree

from sqlalchemy import select
from sqlalchemy.orm import selectinload
from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

from app import create_app
from handlers.house import House
from store.models import Feedback, Recording

CALLER = "+447700900123"
NUMBER = "+441214960000"


class Line:
    """The app with a database of its own, and somebody to text and ring it."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.environ = environ
        self.app = create_app(environ)
        self.client = self.app.test_client()
        self.house: House = self.app.extensions["heard"]
        self._numbers = itertools.count(1)

    def __enter__(self) -> "Line":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        why: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.house.database.engine.dispose()

    def sid(self, prefix: str) -> str:
        return f"{prefix}{next(self._numbers):032x}"

    def post(self, path: str, token: str | None = None, **fields: str) -> TestResponse:
        """A signed webhook, its account filled in unless it is given."""
        fields = {"AccountSid": self.environ["TWILIO_ACCOUNT_SID"], **fields}
        validator = RequestValidator(token or self.environ["TWILIO_AUTH_TOKEN"])
        signature = validator.compute_signature(self.environ["PUBLIC_URL"] + path, fields)
        return self.client.post(
            path,
            data=urlencode(fields),
            headers={
                "X-Twilio-Signature": signature,
                "Content-Type": "application/x-www-form-urlencoded",
            },
        )

    def text(self, body: str, frm: str = CALLER, sid: str | None = None, **more: str) -> str | None:
        """Text the line. The reply, or None for silence."""
        answer = self.post(
            "/sms",
            MessageSid=sid or self.sid("SM"),
            From=frm,
            To=NUMBER,
            Body=body,
            NumMedia="0",
            **more,
        )
        assert answer.status_code == 200, answer.status
        message = ElementTree.fromstring(answer.text).find("Message")
        return None if message is None else message.text

    def ring(self, frm: str = CALLER, to: str = NUMBER) -> "Ringing":
        return Ringing(self, frm, to)

    def items(self) -> list[Feedback]:
        """Every item with all that hangs on it, oldest first."""
        with self.house.database.reading() as session:
            return list(
                session.scalars(
                    select(Feedback)
                    .order_by(Feedback.id)
                    .options(
                        selectinload(Feedback.texts),
                        selectinload(Feedback.caller),
                        selectinload(Feedback.recordings).selectinload(Recording.transcripts),
                    )
                )
            )


class Ringing:
    """One call, driven by what its TwiML says."""

    def __init__(self, line: Line, frm: str, to: str) -> None:
        self.line, self.sid = line, line.sid("CA")
        self.fields = {
            "CallSid": self.sid,
            "From": frm,
            "To": to,
            "CallStatus": "ringing",
            "Direction": "inbound",
        }
        self.visited: list[str] = []
        self.go("/voice")

    def go(self, path: str, **fields: str) -> str:
        """Ask for a turn; the answer becomes what the caller hears now."""
        answer = self.line.post(path, **{**self.fields, "CallStatus": "in-progress", **fields})
        assert answer.status_code == 200, answer.status
        self.visited.append(path)
        self.body = answer.text
        self.twiml = ElementTree.fromstring(self.body)
        return self.heard

    @property
    def heard(self) -> str:
        return " ".join(say.text or "" for say in self.twiml.iter("Say"))

    @property
    def waits(self) -> str:
        """`keys`, `message` or `end`."""
        if self.twiml.find("Gather") is not None:
            return "keys"
        return "message" if self.twiml.find("Record") is not None else "end"

    def address(self) -> str:
        verb = self.twiml.find("Gather" if self.waits == "keys" else "Record")
        assert verb is not None, self.body
        return verb.attrib["action"]

    def press(self, *keys: str) -> str:
        for key in keys:
            self.go(self.address(), Digits=key, msg="Gather End")
        return self.heard

    def wait(self) -> str:
        """Say and press nothing, until the line goes on by itself."""
        redirect = self.twiml.find("Redirect")
        assert redirect is not None, self.body
        return self.go(redirect.text or "")

    def speak(self, seconds: int = 9, key: str = "#", sid: str | None = None) -> str:
        """Leave a take; `key` ends it ("" for silence or the limit, "hangup")."""
        self.take = sid or self.line.sid("RE")
        status = "completed" if key == "hangup" else "in-progress"
        return self.go(
            self.address(),
            RecordingSid=self.take,
            RecordingDuration=str(seconds),
            RecordingUrl="https://evil.example.org/x",
            Digits=key,
            CallStatus=status,
        )

    def recorded(self, status: str = "completed", sid: str | None = None) -> None:
        """Twilio's word on the recording."""
        self.line.post(
            "/voice/recording",
            CallSid=self.sid,
            RecordingSid=sid or self.take,
            RecordingStatus=status,
            RecordingDuration="9",
        )

    def hang_up(self) -> None:
        """Twilio's word that the call is over."""
        self.line.post(
            "/voice/status", **{**self.fields, "CallStatus": "completed", "CallDuration": "42"}
        )
