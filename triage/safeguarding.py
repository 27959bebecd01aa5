"""Rules about people at risk: who may contact them, what is recorded, who may record it. Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from hours import LONDON
from store.arrival_rows import Channel
from store.known import decided
from store.models import Feedback
from store.safeguarding_rows import Decision
from store.staff import Role
from tiers import URGENT
from triage.moves import SAFEGUARDING, WORKS, Refused, Wrong

CHILD, DEATH, STAFF = "child", "death", "staff"
LONGEST_TOLD, LONGEST_WORDS = 200, 2000
ONLY_LEAD = "Only the safeguarding lead or deputy may make contact."
RING = "They were not asked about texts, which others may read on that phone: ring instead."
DOUBT = (
    "They told of danger in another item, and have not answered whether this phone is safe to text."
)
ELSEWHERE = "Not this number: listen for another."
SLOW_CLOCK = timedelta(minutes=5)  # the desk's clock and ours may differ a little

TELLING = (Decision.COUNCIL, Decision.POLICE, Decision.CHILDREN, Decision.REGULATOR)
# Nobody waits for a lead while somebody is in danger: a triager tells these, and writes it down.
AT_ONCE = (Decision.POLICE, Decision.COUNCIL, Decision.CHILDREN)


@dataclass(frozen=True)
class Given:
    """A new line of the record, as it was filled in."""

    decision: str
    told: str
    done_at: datetime | None
    words: str


def recorded(item: Feedback) -> bool:
    """Whether an item has a safeguarding record: R1, R2, and whatever may be about a child."""
    return item.tier in URGENT or CHILD in item.signals


def unread(item: Feedback) -> bool:
    """Whether its person has said more since all was looked at and decided: no phrase may know it
    for danger, and yet it may change everything.
    """
    seen, said = item.looked_at, item.words_at
    return decided(item) and seen is not None and said is not None and said > seen


def may_contact(
    item: Feedback, role: Role, reason: str, by_text: bool = False, *, doubt: bool = False
) -> None:
    """Whether the person may be contacted now. Raises Refused, which says who may, and how.

    Without a "safe" answer to an urgent item, whoever holds the phone may be the danger
    (line.md, Urgent): lead or deputy, with a written reason. `doubt`: that item is another one of
    this phone (`store.of_phone.in_doubt`).
    """
    if role not in WORKS:
        raise Refused("Only those who work on feedback contact people.")
    if agreed(item, by_text, doubt=doubt):
        return
    answer = _answer(item, doubt)
    if role not in SAFEGUARDING:
        listen = elsewhere(item, doubt=doubt)
        instead = RING if agreed(item, doubt=doubt) else ELSEWHERE if listen else ONLY_LEAD
        raise Refused(f"{answer} {instead}")
    if not reason.strip():
        raise Refused(f"{answer} Write why contact is right all the same.")


def agreed(item: Feedback, by_text: bool = False, *, doubt: bool = False) -> bool:
    """Whether the person said that contact is safe; where nothing is urgent, that it is wanted.
    A caller is asked about being rung alone."""
    if doubt:
        return False
    if item.safe is not None or recorded(item):
        return item.safe is True
    if by_text and item.channel is Channel.VOICE:
        return False
    return item.contact is True or (item.contact is None and item.purpose == "advice")


def elsewhere(item: Feedback, *, doubt: bool = False) -> bool:
    """Whether whoever works on it rings another number, which its person may have said."""
    return item.safe is None and not recorded(item) and not doubt and not_this_number(item)


def for_lead(item: Feedback, role: Role, *, doubt: bool = False) -> bool:
    """Whether somebody who asked for advice waits for the lead, as this role may not ring them."""
    barred = not agreed(item, doubt=doubt) and not elsewhere(item, doubt=doubt)
    return item.purpose == "advice" and role not in SAFEGUARDING and barred


def not_this_number(item: Feedback) -> bool:
    """Whether somebody rang for advice and said that we may not ring the number they rang from.
    They were asked before to say one that is safe for us to ring; who said no in a later call and
    not in this one had no reason to."""
    called = item.channel is Channel.VOICE and item.purpose == "advice"
    own = (item.given or {}).get("contact", item.contact)
    return called and item.contact is False and own is False


def contact_words(item: Feedback, *, doubt: bool = False) -> str:
    """What the person answered, and who may make contact."""
    answer = _answer(item, doubt)
    if agreed(item, doubt=doubt):
        return answer
    if elsewhere(item, doubt=doubt):
        return f"{answer} {ELSEWHERE}"
    return f"{answer} Only the safeguarding lead may make contact, with a written reason."


def needs_reason(item: Feedback, role: Role, by_text: bool = False, *, doubt: bool = False) -> bool:
    """Whether only the lead's written reason makes this contact right."""
    return role in SAFEGUARDING and not agreed(item, by_text, doubt=doubt)


def choices(item: Feedback, role: Role) -> tuple[Decision, ...]:
    """What somebody of this role may record on this item; a reader, nothing.

    What a colleague in the service told us could cost them their work: it is the lead's to pass on.
    """
    if role in SAFEGUARDING:
        return tuple(Decision)
    if role is not Role.TRIAGER:
        return ()
    return (Decision.POLICE,) if STAFF in item.signals else AT_ONCE


def check(item: Feedback, given: Given, role: Role, now: datetime) -> Decision:
    """The decision, if this line may stand in the record. Raises Wrong: the field, and why."""
    if not recorded(item):
        raise Wrong("decision", "Only an R1 or R2 item has a record. Raise its urgency first.")
    if given.decision not in choices(item, role):
        raise Wrong(
            "decision",
            "Choose what was decided or done."
            if given.decision not in list(Decision)
            else "This decision is for the safeguarding lead or deputy.",
        )
    decision = Decision(given.decision)
    if decision in TELLING and not given.told:
        raise Wrong("told", "Write who was told: the team, and the person if you know the name.")
    if decision not in TELLING and not given.words:
        raise Wrong("words", "Write what was decided, and why.")
    _check_when(item, given.done_at, now)
    for field, most in (("told", LONGEST_TOLD), ("words", LONGEST_WORDS)):
        if len(getattr(given, field)) > most:
            raise Wrong(field, f"Keep this to {most:,} characters.")
    if decision is Decision.CONTACTED:
        may_contact(item, role, given.words)
    return decision


def _check_when(item: Feedback, done_at: datetime | None, now: datetime) -> None:
    if done_at is None or done_at > now + SLOW_CLOCK:
        raise Wrong("done_at", "Give the day and time when it was done, not one still to come.")
    day = item.received_at.astimezone(LONDON).date()
    if done_at < datetime.combine(day, time(), LONDON):
        raise Wrong(
            "done_at",
            "This is before this came. Give the day and time when it was done about this item; "
            "what was done before, write in words.",
        )


def _answer(item: Feedback, doubt: bool = False) -> str:
    if item.safe is None and item.channel is Channel.VOICE:
        asked, answer = "Ringing this number, and is it safe", item.contact
    elif item.safe is None and not recorded(item):
        asked, answer = "Contact", item.contact
    else:
        asked, answer = "Safe to text", item.safe
    said = f"{asked}: {'not answered' if answer is None else 'yes' if answer else 'no'}."
    return f"{said} {DOUBT}" if doubt else said
