"""The shapes of a conversation by text: where a phone is, what came, what it changes. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from dialogue.answers import NO_ANSWER, ORDER
from dialogue.asked_for import Keyword

FRESH = timedelta(hours=24)
HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)
STILL_WRITING = timedelta(seconds=30)  # a reply has to arrive and be read before it is answered

NOTHING, ANOTHER, CLOSED, HELD, ADVISED = "nothing", "another", "closed", "held", "advised"
ASKED, YES, NO = "asked", "yes", "no"  # "Is this phone safe for us to text?"
WORDS, STAFF = "words", "staff"


class Thread(NamedTuple):
    """Where a phone is in its conversation: an open question, or one of the five above.

    `held`: words of crisis or abuse came, and no survey question follows. `advised`: they told us
    what they need help with. `advice`: they asked for it, and what they need comes next (ADVICE
    says that we may ring whoever tells us). `safe`: whether the phone was asked if it is safe to
    text, and its answer; `between`: whether they said anything else since it was asked, or staff
    texted them, so that a yes may be meant for that. `offered`: whether our last text asked if we
    may text or ring, or said so; `refused`: whether this phone's last word on it was a no.
    `signals`: what was noticed in the words of this item; `told`: of those, what a reply has
    already spoken to. `opted_at`: when the last STOP or START was sent.
    """

    place: str = NOTHING
    asked_again: bool = False
    advice: bool = False
    crisis_at: datetime | None = None
    neutral_at: datetime | None = None
    held_at: datetime | None = None
    safe: str = ""
    between: str = ""
    offered: bool = False
    refused: bool = False
    signals: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    opted_at: datetime | None = None

    @property
    def begun(self) -> bool:
        """Whether an item is in hand."""
        return self.place not in (NOTHING, ANOTHER)

    def anew(self, place: str) -> "Thread":
        """Another item begins. When help was last named is remembered across items, what this phone
        said of contact, and that it is not safe: we said that we would not text back."""
        return Thread(
            place,
            crisis_at=self.crisis_at,
            neutral_at=self.neutral_at,
            held_at=self.held_at,
            safe=NO if self.safe == NO else "",
            opted_at=self.opted_at,
            refused=self.refused,
        )

    def left(self, place: str) -> "Thread":
        """No item is in hand. Whether the phone is safe is still asked there, until they say more:
        it may be answered days later, when somebody is alone with it."""
        safe = self.safe if self.safe != YES else ""
        return self.anew(place)._replace(safe=safe, between=self.between)

    def noticed(self, signals: tuple[str, ...]) -> "Thread":
        """The same place, knowing what was noticed in these words too."""
        return self._replace(signals=tuple(dict.fromkeys((*self.signals, *signals))))


class Line(NamedTuple):
    """One phrase to say, by its key; `asked` and `said` (what they chose) fill in its question,
    `note` its note."""

    phrase: str
    asked: str | None = None
    said: str = ""
    note: str | None = None


class Step(NamedTuple):
    """What one text changes. The edge does it: keeps, commits, and only then answers."""

    thread: Thread
    say: Line | None = None
    kind: str = "words"
    # "same", "new" (linked to the last one), "none", or "last": the same if it is still to be seen,
    # for polite words, which bring nothing finished back.
    item: str = "same"
    purpose: str = "feedback"  # or "advice", which makes an old item one of advice, too
    gave: Mapping[str, str] = NO_ANSWER
    keyword: Keyword | None = None
    complete: bool = False
    crisis: bool = False


class Arrived(NamedTuple):
    """One text: its body, its urgent tier and why, what it signals, and when an answer goes out.

    `follows`: whether an item of this phone came before it; `sent`: when it came to the network,
    where that is known; `overtaken`: whether a text that was sent after it was taken first;
    `burst`: whether it came too soon after the text before it for anybody to have read our reply
    to that.
    """

    body: str
    at: datetime
    tier: str | None = None
    picture: bool = False
    opted_out: bool = False
    follows: bool = False
    signals: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    sent: datetime | None = None
    overtaken: bool = False
    burst: bool = False

    @property
    def moment(self) -> datetime:
        """When it was sent, as far as is known."""
        return self.sent or self.at


def still(thread: Thread, touched_at: datetime, now: datetime, answered: bool = False) -> Thread:
    """After 24 hours of silence the item is complete as it is, and the next text starts afresh.
    Whoever told us what they need was asked when to ring, and has a week: staff ring on weekdays.
    So has whoever texts an answer to the open question and nothing else (`answered`), and whoever
    told of danger and was texted by a colleague.

    When a crisis reply was last given is remembered: never twice within the hour.
    """
    texted = thread.place == ADVISED or (thread.place == HELD and thread.between == STAFF)
    lasts = WEEK if answered or texted else FRESH
    return thread if now - touched_at < lasts else thread.left(NOTHING)


def unheard(before: Thread, after: Thread) -> Thread:
    """The place of somebody who got no reply: a question that was never asked is not open.

    Nor was help named, so the next words of crisis get theirs.
    """
    again = after.place == "contact" and after.asked_again != before.asked_again
    asked = after.place in ORDER and (again or after.place != before.place)
    return after._replace(
        place=CLOSED if asked else after.place,
        crisis_at=before.crisis_at,
        neutral_at=before.neutral_at,
        held_at=before.held_at,
        safe="" if after.safe == ASKED != before.safe else after.safe,
        between=before.between or after.between,
        offered=before.offered,
        told=before.told,
    )


def stored(thread: Thread) -> dict[str, Any]:
    """A place as JSON keeps it."""
    return {
        key: value.isoformat() if isinstance(value, datetime) else value
        for key, value in thread._asdict().items()
    }


def restored(state: Mapping[str, Any]) -> Thread:
    """A stored place, as this version knows it: what another version kept beside it is left."""
    return Thread(**{k: _read(k, value) for k, value in state.items() if k in Thread._fields})


def _read(key: str, value: Any) -> Any:
    if key.endswith("_at") and value:
        return datetime.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
