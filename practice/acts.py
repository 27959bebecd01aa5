"""What a call waits for, and what its caller may do."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Literal

from practice.line import Answer
from practice.sound import Samples


class CallOverError(Exception):
    """The caller hung up, or the line did: no verb after this one."""


@dataclass(frozen=True)
class Need:
    """What the call waits for: keys, or a message after the tone."""

    kind: Literal["keys", "message"]
    timeout: float


@dataclass(frozen=True)
class Keys:
    """The caller pressed these keys, one straight after the other."""

    digits: str


@dataclass(frozen=True)
class Silence:
    """The caller did nothing until the time was over."""


@dataclass(frozen=True)
class Speech:
    """The caller spoke, then pressed one key, stopped speaking or hung up."""

    samples: Samples
    end: str


Act = Keys | Silence | Speech
# A verb asks for acts of the caller and gives the next document, or None: on to the next verb.
Steps = Generator[Need, Act, Answer | None]
