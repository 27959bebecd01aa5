"""Callbacks: what Twilio tells the line beside the conversation, in whatever order it comes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from practice.line import Line, LineError
from practice.manners import Order


@dataclass(frozen=True)
class Callback:
    """One notice for one address."""

    url: str
    fields: Mapping[str, str]


@dataclass
class Callbacks:
    """Sends the notices of one call, or of the texts, in the order it was told.

    Nobody waits for a callback's answer, so one that fails is only a warning.
    """

    line: Line
    order: Order
    warnings: list[str]
    held: list[Callback] = field(default_factory=list)

    def add(self, callback: Callback) -> None:
        """Send the notice now, or twice, or never, or hold it."""
        if self.order in ("late", "reversed"):
            self.held.append(callback)
        elif self.order != "missing":
            self._send(callback)
            if self.order == "doubled":
                self._send(callback)

    def close(self) -> None:
        """Send what was held back only to turn its order round: no more will come."""
        if self.order == "reversed":
            self.held.reverse()
            self.deliver()

    def deliver(self) -> None:
        """Send all that is held."""
        held, self.held = self.held, []
        for callback in held:
            self._send(callback)

    def _send(self, callback: Callback) -> None:
        try:
            self.line.ask(callback.url, callback.fields)
        except LineError as error:
            self.warnings.append(str(error))
