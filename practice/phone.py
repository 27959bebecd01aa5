"""The practice phone: everybody who calls or texts the line, and Twilio between them."""

from practice.call import Call
from practice.callbacks import Callback, Callbacks
from practice.course import Course
from practice.leg import Leg
from practice.line import Line, LineError
from practice.manners import Manners, Order, SilentRecord
from practice.recordings import Recording
from practice.shelf import Shelf
from practice.texts import Reply, Text, delivery, replies_to

WITHHELD = "+266696687"
NUMBER = "+441214960000"


class Phone:
    """One Twilio account with one number, and any number of people who ring or text it.

    ``warnings`` has what Twilio would have logged without telling anybody; ``refusals`` makes
    sending to a number fail with one of Twilio's error codes, 21610 for somebody who said STOP.
    """

    def __init__(
        self,
        public_url: str,
        account_sid: str,
        auth_token: str,
        number: str = NUMBER,
        line_url: str | None = None,
        fallback_url: str | None = None,
        silent_record: SilentRecord = "next verb",
        callbacks: Order = "in order",
        not_ready: int = 0,
        time_out: float = 15.0,
    ) -> None:
        public_url = public_url.rstrip("/")
        reached = (line_url or public_url).rstrip("/")
        self.line = Line(public_url, reached, account_sid, auth_token, time_out)
        self.number = number
        self.fallback_url = fallback_url
        self.manners = Manners(silent_record, callbacks, not_ready)
        self.calls: Shelf[Call] = Shelf()
        self.texts: Shelf[Text] = Shelf()
        self.recordings: Shelf[Recording] = Shelf()
        self.refusals: dict[str, int] = {}
        self.warnings: list[str] = []
        self._callbacks: list[Callbacks] = []

    def call(self, from_: str = WITHHELD, to: str | None = None) -> Call:
        """Ring the line and listen until it wants something; ``to`` is a number not its own."""
        called, callbacks = to or self.number, self._new_callbacks()
        leg = Leg(from_, called, self.line, self.manners, callbacks, self.recordings)
        course = Course(leg, f"{self.line.public_url}/voice/status", self.fallback_url)
        call = Call(course)
        # The line may ask Twilio's API about a call that is still ringing.
        self.calls.put(call)
        course.begin(f"{self.line.public_url}/voice")
        return call

    def text(
        self, from_: str, body: str, sid: str | None = None, media: int = 0, to: str | None = None
    ) -> list[str]:
        """Text the line and return its replies; the same ``sid`` again is Twilio's retry.

        A line that fails is no error for the sender, who hears nothing: see ``warnings``.
        """
        text = Text(from_, to or self.number, body, "inbound", "received", media)
        text.sid = sid or text.sid
        self.texts.put(text)
        try:
            replies = replies_to(text, self.line, self.fallback_url)
        except LineError as error:
            text.error = str(error)
            self.warnings.append(text.error)
            return []
        for reply in replies:
            self._answer(text, reply)
        return [reply.words for reply in replies]

    def _answer(self, text: Text, reply: Reply) -> None:
        """Bring a reply to the phone that texted, and tell the line where it asked to hear."""
        answer = Text(text.to, text.from_, reply.words, "outbound-reply", "sent")
        answer.error = str(self.refusals[text.from_]) if text.from_ in self.refusals else None
        self.texts.put(answer)
        self.delivered(answer, reply.callback)

    def thread(self, number: str) -> list[Text]:
        """Return every text to and from a number, oldest first."""
        return [text for text in self.texts.oldest_first() if number in (text.from_, text.to)]

    def delivered(self, text: Text, url: str | None) -> None:
        """Tell the line whether a text which it sent has reached the phone, if it wants to know."""
        text.status = "failed" if text.error else "delivered"
        if url is None:
            return
        callbacks = self._new_callbacks()
        callbacks.add(Callback(url, delivery(text, self.line.account_sid)))
        callbacks.close()

    def deliver(self) -> None:
        """Send every callback that is held because callbacks come late."""
        for callbacks in self._callbacks:
            callbacks.deliver()

    def _new_callbacks(self) -> Callbacks:
        callbacks = Callbacks(self.line, self.manners.callbacks, self.warnings)
        self._callbacks.append(callbacks)
        return callbacks
