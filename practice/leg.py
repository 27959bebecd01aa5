"""A call as the verbs see it: who calls, what was heard, how long it has lasted."""

from dataclasses import dataclass, field
from datetime import datetime

from practice.callbacks import Callbacks
from practice.line import Answer, Line, LineError
from practice.manners import Manners
from practice.recordings import Recording
from practice.shelf import Shelf, new_sid, now

TOO_MANY_DOCUMENTS = 11215
MOST_DOCUMENTS = 100
PLACES = ("City", "State", "Zip", "Country")
EMPTY_PLACES = {f"{side}{place}": "" for side in ("From", "To") for place in PLACES}


@dataclass
class Leg:
    """The state that the verbs of one call share."""

    caller: str
    called: str
    line: Line
    manners: Manners
    callbacks: Callbacks
    recordings: Shelf[Recording]
    sid: str = field(default_factory=lambda: new_sid("CA"))
    status: str = "ringing"
    heard: list[str] = field(default_factory=list)
    seconds: float = 0.0
    # Pressed while nobody was listening yet: the next Gather gets them, unless a prompt is first.
    keys: str = ""
    documents: int = 0
    began_at: datetime = field(default_factory=now)

    def fields(self) -> dict[str, str]:
        """Return what every request of this call carries."""
        return EMPTY_PLACES | {
            "AccountSid": self.line.account_sid,
            "ApiVersion": "2010-04-01",
            "CallSid": self.sid,
            "CallStatus": self.status,
            "Direction": "inbound",
            "From": self.caller,
            "To": self.called,
            "Caller": self.caller,
            "Called": self.called,
        }

    def ask(self, url: str, method: str = "POST", **more: str) -> Answer:
        """Fetch the next document; raise LineError as the line does, or when there is no end."""
        self.documents += 1
        if self.documents > MOST_DOCUMENTS:
            # Twilio would go round for hours; whoever tries out a script wants to know now.
            reason = f"{MOST_DOCUMENTS} documents and the caller was never waited for"
            raise LineError(TOO_MANY_DOCUMENTS, url, reason)
        answer = self.line.ask(url, self.fields() | more, method)
        if self.status == "ringing":
            self.status = "in-progress"
        return answer
