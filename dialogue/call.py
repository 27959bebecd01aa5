"""The shapes of a call: how far it is, what the caller did, what they hear next. Pure."""

from collections.abc import Mapping
from typing import NamedTuple

from dialogue.answers import NO_ANSWER

# Named tuples: each step makes a dozen of them, and a frozen dataclass costs four times as much.


class Call(NamedTuple):
    """One call so far. `turn` numbers the next address, so that a repeat is told from a step."""

    place: str = "choice"
    turn: int = 0
    language: str = "en"
    purpose: str = "feedback"
    menu: bool = True
    silence: int = 8
    can_ring: bool = True
    wrong: int = 0
    parts: int = 0
    quiet: int = 0
    # The takes of the last message, and those that the next stands in the place of: SIDs, with a
    # space between. One string each, as a call that goes on while its host is upgraded has them.
    last_take: str | None = None
    replaces: str | None = None
    ended: bool = False


class Did(NamedTuple):
    """What the caller did: keys, a take (its SID and seconds), silence (none of both)."""

    keys: str = ""
    take: str | None = None
    seconds: float = 0.0
    long_enough: bool = False  # the call has lasted as long as a call may


class Say(NamedTuple):
    """A phrase by its key, so that a recorded human voice may stand in, and its words."""

    key: str
    words: str
    language: str = "en"


class Turn(NamedTuple):
    """What the line says, and what it waits for: `keys`, a `message`, or the `end`."""

    call: Call
    said: tuple[Say, ...] = ()
    ask: tuple[Say, ...] = ()
    wait: str = "keys"
    gave: Mapping[str, str] = NO_ANSWER
    pressed: bool = True  # False: nobody pressed what `gave` says, we took it for that
    reference: bool = False  # the reference is to be said before the end
