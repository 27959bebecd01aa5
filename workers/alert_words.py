"""What an alert says: which item, how urgent, where to look, how to answer. Never what is in it.

Anybody may read a colleague's screen: no word of the person, no service, no place.
"""

from dataclasses import dataclass
from email.message import EmailMessage

from store import references
from store.alert_rows import Why

URGENT = {
    Why.R1: "urgent (R1). Please look now",
    Why.R2: "urgent (R2). Please look today",
    Why.UNANSWERED: "urgent: our reply did not arrive. Please look now",
    Why.TEST: "a test. Nobody waits for help",
}


@dataclass(frozen=True)
class Call:
    """An alert as one person is told of it."""

    line: str
    why: Why
    reference: str | None  # seven signs; none for a test
    public_url: str
    token: str
    minutes: int

    @property
    def shown(self) -> str:
        """The reference as people read it."""
        return references.shown(self.reference) if self.reference else ""

    @property
    def item(self) -> str:
        """Where to look: a page that asks for a sign-in."""
        return f"{self.public_url}/feedback/{self.shown}" if self.reference else ""

    @property
    def link(self) -> str:
        """Where to say "I have it"."""
        return f"{self.public_url}/alerts/{self.token}"


def text(call: Call) -> str:
    """The text."""
    where = f" {call.item}" if call.item else ""
    return f"{call.line}: {URGENT[call.why]}.{where} Reply OK to say you have it. Or: {call.link}"


def letter(call: Call, to: str, sender: str, number: int) -> EmailMessage:
    """The mail. It always has the same Message-ID: one that is sent again is shown once."""
    message = EmailMessage()
    message["Subject"] = f"{call.line}: {URGENT[call.why]} {call.shown}".strip()
    message["From"], message["To"] = sender, to
    message["Message-ID"] = f"<alert-{number}-{call.token}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_body(call))
    return message


def _body(call: Call) -> str:
    where = f"Look here: {call.item}\n" if call.item else ""
    after = "" if call.why is Why.TEST else f"After {call.minutes} minutes the next person is told."
    return (
        f"{call.line}: {URGENT[call.why]}.\n\n{where}"
        f"Say that you have it: open this and press the button.\n{call.link}\n\n"
        f"{after}\nWhat it is about is not in this mail, as others may see it.\n"
    )
