"""What became of an item in the end, and of a call to somebody who wanted one. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hours import Hours
from store.arrival_rows import Channel
from store.models import Feedback, Status
from tiers import URGENT
from triage.moves import Refused, Wrong

OUTCOMES = {
    "passed_on": "Passed on to the service",
    "advised": "Advice or signposts given",
    "complaint_signposted": "Complaint signposted, not feedback",
    "changed": "Service changed: you said, we did",
    "no_change": "Service answered, nothing changes",
    "noted": "Noted for the figures",
    "not_feedback": "Not feedback: a test, a wrong number or nonsense",
}
PLANNED, MADE = "planned", "made"
STAGES = {PLANNED: "Planned", MADE: "Made"}
SPOKE = "spoke"
CALLS = {
    SPOKE: "We spoke",
    "no_answer": "No answer",
    "no_message": "Voicemail: left no message",
    "wrong_number": "Wrong number",
}
LONGEST = 1000
SOON = timedelta(hours=2)  # opening time between two tries


@dataclass(frozen=True)
class Given:
    """An outcome as it was filled in; of a change also what is done, when, and how far it is."""

    outcome: str
    words: str
    stage: str
    day: date | None


def check(given: Given, today: date) -> None:
    """Raises Wrong, with the field, when this will not do.

    A change is told with its date, and whether it is made or only planned: people check such
    claims (facts: care.md 10, "Loop").
    """
    if given.outcome not in OUTCOMES:
        raise Wrong("outcome", "Choose what became of it.")
    if len(given.words) > LONGEST:
        raise Wrong("did", f"Keep this to {LONGEST:,} characters.")
    if given.outcome != "changed":
        return
    if not given.words:
        raise Wrong("did", "Write what the service did, as anybody may read it.")
    if given.stage not in STAGES:
        raise Wrong("stage", "Choose whether the change is made or planned.")
    if given.day is None:
        raise Wrong("did_on", "Give the day of the change.")
    if given.stage == MADE and given.day > today:
        raise Wrong("did_on", "That day is still to come: choose “Planned”, or another day.")


def rung(item: Feedback) -> bool:
    """Whether an item is one that people are rung about."""
    wanted = item.channel is Channel.VOICE and item.contact is True
    return wanted or item.purpose == "advice" or item.tier in URGENT


def may_ring(item: Feedback, by: str, now: datetime) -> None:
    """Raises Refused unless `by` has an item that people are rung about: so two never ring.

    Whose work it is rings, whoever has it open; of what is nobody's, whoever holds it.
    """
    if not rung(item):
        raise Refused(
            "A number is shown only where advice was asked for, where a caller said that we may "
            "ring, or on urgent items."
        )
    held = item.held_by if item.held_until and item.held_until > now else None
    has = item.assigned_to or held
    if has is None:
        raise Refused("Take the item first: only whoever has it rings.")
    if has != by:
        doing = "has this item to do" if item.assigned_to else "has this item open"
        raise Refused(f"{has} {doing}. Only whoever has it rings.")
    if item.status is Status.FINISHED:
        raise Refused("It is finished. Move it back to In progress first.")


def next_try(hours: Hours, outcome: str, now: datetime) -> datetime | None:
    """When to ring again; None when there is no use, or no need."""
    return hours.after(now, SOON) if outcome in ("no_answer", "no_message") else None
