"""How the practice phone misbehaves, as Twilio sometimes does."""

from dataclasses import dataclass
from typing import Literal, get_args

SilentRecord = Literal["next verb", "empty action", "silent recording"]
Order = Literal["in order", "late", "before", "doubled", "missing", "reversed"]


@dataclass(frozen=True)
class Manners:
    """What is left open by Twilio's pages, chosen; ValueError for a choice there is not.

    ``silent_record``: what follows when nobody spoke at a <Record>. ``callbacks``: when they
    come. ``not_ready``: how often the audio of each new recording is a 404 first.
    """

    silent_record: SilentRecord = "next verb"
    callbacks: Order = "in order"
    not_ready: int = 0

    def __post_init__(self) -> None:
        _check("silent_record", self.silent_record, get_args(SilentRecord))
        _check("callbacks", self.callbacks, get_args(Order))
        if not isinstance(self.not_ready, int) or self.not_ready < 0:
            raise ValueError(f"not_ready is a count of requests, not {self.not_ready!r}")


def _check(name: str, given: str, choices: tuple[str, ...]) -> None:
    if given not in choices:
        raise ValueError(f"{name} is one of {', '.join(choices)}, not {given!r}")
