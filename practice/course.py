"""The course of one call: from the ringing to the last callback, also when something fails."""

from collections.abc import Callable, Generator
from datetime import datetime

from practice.acts import Act, CallOverError, Need
from practice.callbacks import Callback
from practice.engine import run
from practice.leg import Leg
from practice.line import LineError
from practice.shelf import now


class Course:
    """Drives the engine for one call, and knows what the call waits for and how it ended."""

    def __init__(self, leg: Leg, status_url: str, fallback_url: str | None) -> None:
        self.leg = leg
        self.need: Need | None = None
        self.error: str | None = None
        self.ended_at: datetime | None = None
        self._status_url = status_url
        self._fallback_url = fallback_url
        self._steps: Generator[Need, Act, None] | None = None

    def begin(self, url: str, **more: str) -> None:
        """Fetch ``url`` and go on from there until the caller is needed or the call is over."""
        steps = self._steps = run(self.leg, url, **more)
        self._go(lambda: next(steps))

    def act(self, act: Act) -> None:
        """Tell the engine what the caller did."""
        if self._steps is not None:
            steps = self._steps
            self._go(lambda: steps.send(act))

    def hang_up(self) -> None:
        """Put down the receiver; a <Record> that is running still keeps what it has."""
        if self._steps is not None:
            steps = self._steps
            self._go(lambda: steps.throw(CallOverError()))

    def _go(self, step: Callable[[], Need]) -> None:
        self.leg.documents = 0
        try:
            self.need = step()
        except (StopIteration, CallOverError):
            self._end()
        except LineError as error:
            self._fail(error)

    def _fail(self, error: LineError) -> None:
        """Go to the fallback address once, unless the caller has left; else the call ends."""
        self.error = str(error)
        url, self._fallback_url = self._fallback_url, None
        if url is None or self.leg.status == "completed":
            self._end()
        else:
            self.begin(url, ErrorCode=str(error.code), ErrorUrl=error.url)

    def _end(self) -> None:
        self.need = self._steps = None
        self.ended_at = now()
        if self.leg.status != "busy":
            self.leg.status = "completed"
        seconds = round(self.leg.seconds)
        length = {"CallDuration": str(seconds), "Duration": str(-(-seconds // 60))}
        self.leg.callbacks.add(Callback(self._status_url, self.leg.fields() | length))
        self.leg.callbacks.close()
