"""How rows read on the desk: moments, ages, states and answers in plain words. Pure."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

from hours import LONDON
from store.arrival_rows import Channel
from store.feedback import said as said_in
from store.models import Feedback, Heard, Kind, Recording
from store.references import shown
from tiers import URGENT

GIST = 120

STATUSES = {
    "new": "New",
    "in_progress": "In progress",
    "waiting": "Waiting",
    "finished": "Finished",
}
TIERS = {"R1": "R1 life", "R2": "R2 abuse", "R3": "R3 harm", "R4": "R4 legal"}
CHANNELS = {Channel.TEXT: "Text", Channel.VOICE: "Phone call"}
STATES = {
    Heard.EXPECTED: "On its way from the phone company",
    Heard.STORED: "Not yet heard",
    Heard.WORDS: "Heard",
    Heard.NO_SPEECH: "No speech was found",
    Heard.UNCLEAR: "Unclear",
    Heard.FAILED: "It could not be heard",
}
FOR_A_PERSON = (Heard.NO_SPEECH, Heard.UNCLEAR, Heard.FAILED)


def moment(at: datetime) -> str:
    """A moment as people in England write it: 9 July 2020, 3:11pm."""
    local = at.astimezone(LONDON)
    return f"{day(local)}, {_clock(local.hour, local.minute)}"


def lately(at: datetime, now: datetime | None = None) -> str:
    """A moment for a narrow column: today, yesterday, and without its year while that is this."""
    local, today = at.astimezone(LONDON), (now or datetime.now(UTC)).astimezone(LONDON)
    if local.year != today.year:
        return moment(at)
    near = {0: "Today", 1: "Yesterday"}.get((today.date() - local.date()).days)
    return f"{near or f'{local.day} {local:%B}'}, {_clock(local.hour, local.minute)}"


def day(at: date) -> str:
    """A day as it is written, of a moment the one in London: 9 July 2020."""
    at = at.astimezone(LONDON) if isinstance(at, datetime) else at
    return f"{at.day} {at:%B %Y}"


def clock(at: datetime) -> str:
    """A time of day: 3:11pm."""
    local = at.astimezone(LONDON)
    return _clock(local.hour, local.minute)


def _clock(hour: int, minute: int) -> str:
    if minute == 0 and hour in (0, 12):
        return "midday" if hour else "midnight"
    minutes = f":{minute:02}" if minute else ""
    return f"{hour % 12 or 12}{minutes}{'am' if hour < 12 else 'pm'}"


def week(name: str) -> str:
    """An ISO week's name as people write it: 2026-W47 -> Week of 16 November 2026."""
    return f"Week of {day(date.fromisocalendar(int(name[:4]), int(name[6:]), 1))}"


def age(at: datetime, now: datetime | None = None) -> str:
    """How long ago, in the largest fitting unit."""
    minutes = int(((now or datetime.now(UTC)) - at).total_seconds() // 60)
    for size, unit in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            return f"{counted(minutes // size, unit)} ago"
    return "just now"


def counted(number: float, unit: str) -> str:
    """A number with its unit: 1 day, 1,200 days."""
    return f"{number:,.0f} {unit}{'' if round(number) == 1 else 's'}"


def reference(signs: str) -> str:
    """The reference as it is read out: K7RW-3X2."""
    return shown(signs)


def signs(given: str) -> str:
    """A reference as somebody typed it -> its bare signs."""
    return re.sub(r"[^0-9A-Z]", "", given.upper())


def hidden(item: Feedback) -> bool:
    """Whether its words stay behind a warning until somebody asks to see them."""
    return item.tier in URGENT


def gist(item: Feedback, read: Callable[[str], str] = str) -> str:
    """The first words of an item, for one row of the queue, as `read` shows them."""
    if hidden(item):
        return "Content hidden: urgent"
    said = " ".join(
        [
            *(text.body for text in item.texts if text.kind is Kind.WORDS),
            *map(said_in, item.recordings),
        ]
    )
    said = read(" ".join(said.split()))
    if not said:
        return unheard(item.recordings[-1]) if item.recordings else "No message was left"
    return said if len(said) <= GIST else said[:GIST].rsplit(" ", 1)[0] + " …"


def unheard(take: Recording) -> str:
    """What is known of a take that has no words."""
    length = f"{counted(take.seconds, 'second')} of audio" if take.seconds else "audio"
    if take.state in (Heard.EXPECTED, Heard.STORED):
        return f"Not yet heard: {length}"
    return f"{STATES[take.state]}: {length}"


def needs_listening(item: Feedback) -> bool:
    """Whether a person must still listen, because the machine could not make out the words."""
    return any(t.state in FOR_A_PERSON and t.checked_at is None for t in item.recordings)
