"""How rows read on the desk: moments, ages, states and answers in plain words. Pure."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from store.models import Channel, Feedback, Heard, Kind, Recording
from triage.moves import URGENT

LONDON = ZoneInfo("Europe/London")
GIST = 120
UNSURE = 0.6  # a word below this is marked: the machine was about as often wrong as right
UNKNOWN = "[unk]"

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
    return f"{local.day} {local:%B %Y}, {_clock(local.hour, local.minute)}"


def _clock(hour: int, minute: int) -> str:
    if minute == 0 and hour in (0, 12):
        return "midday" if hour else "midnight"
    minutes = f":{minute:02}" if minute else ""
    return f"{hour % 12 or 12}{minutes}{'am' if hour < 12 else 'pm'}"


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
    return f"{signs[:4]}-{signs[4:]}"


def signs(given: str) -> str:
    """A reference as somebody typed it -> its bare signs."""
    return re.sub(r"[^0-9A-Z]", "", given.upper())


def hidden(item: Feedback) -> bool:
    """Whether its words stay behind a warning until somebody asks to see them."""
    return item.tier in URGENT


def gist(item: Feedback) -> str:
    """The first words of an item, for one row of the queue."""
    if hidden(item):
        return "Content hidden: urgent"
    said = " ".join(
        [
            *(text.body for text in item.texts if text.kind is Kind.WORDS),
            *(take.transcripts[-1].shown for take in item.recordings if take.transcripts),
        ]
    )
    said = " ".join(said.split())
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
    """Whether a person must listen, because the machine could not make out the words."""
    return any(take.state in FOR_A_PERSON for take in item.recordings)


def unsure(word: dict[str, object]) -> bool:
    """Whether the machine guessed at this word."""
    sure = word.get("confidence")
    return word.get("word") == UNKNOWN or (isinstance(sure, int | float) and sure < UNSURE)
