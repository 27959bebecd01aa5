"""What a conversation does to an item: opens it, adds to it, reopens it, hides it."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from dialogue.answers import Keyword
from store import alerts, feedback, of_phone, removals, replies, single
from store.erasure_rows import Way
from store.known import decided, looked
from store.models import Caller, Conversation, Feedback, Status
from store.staff import Move
from tiers import URGENT, higher, rank

THE_CALLER = "the caller"
ADDED = "The caller added to it."
NO_WORDS = "The caller left a recording that has no words."
YES_OR_NO = ("contact", "safe")


def begun(talk: Conversation, *, line: str, notice: str, language: str, at: datetime) -> Feedback:
    """A new item of this conversation, linked to the one before it. `written` writes it."""
    return feedback.begun(
        received_at=at,
        channel=talk.channel,
        line=line,
        notice=notice,
        language=language,
        caller_id=talk.caller_id,
        linked_to=talk.feedback_id,
        purpose="feedback",
        complete=False,
        status=Status.NEW,
        tier_reasons=[],
        signals=[],
        themes=[],
        rank=rank(None, False),
    )


def written(session: Session, talk: Conversation, item: Feedback) -> None:
    """The conversation's item, written: if it is new, with all that is on it in one statement."""
    if item.id is None:
        feedback.opened(session, item)
        talk.feedback_id = item.id
    else:
        single.save(session, item)


def give(item: Feedback, gave: Mapping[str, str]) -> None:
    """Put answers on the item: what was asked, and what was chosen."""
    for question, option in gave.items():
        answer = option == "yes" if question in YES_OR_NO else option
        if item.given is not None and question in item.given:  # staff have coded it meanwhile
            item.given = {**item.given, question: answer}
            # But whoever says no to being texted or rung is believed over what staff wrote.
            answer = (answer is not False and getattr(item, question)) or answer
        setattr(item, question, answer)
    if gave.get("about") == "staff":
        signal(item, ("staff",))


def voiced(item: Feedback) -> None:
    """Somebody spoke: nobody knows yet what they said, so it stands above texts of its tier."""
    if item.rank % 10:  # said once, lest it undo what the words of an earlier take have raised
        item.rank = rank(item.tier, True)


def not_safe(session: Session, caller_id: int) -> None:
    """This phone is not safe: a text about anything that it ever told us would be read there."""
    of_phone.not_safe(session, caller_id)
    replies.take_back(session, caller_id, replies.NOT_SAFE)


def not_wanted(session: Session, caller_id: int, now: int | None) -> None:
    """A caller said no to being rung, and to that being safe: what they told us before, with a yes,
    is about the same phone. `now`: the item that they say it on, if there is one."""
    of_phone.not_wanted(session, caller_id, now)
    replies.take_back(session, caller_id, replies.NOT_WANTED)


def signal(item: Feedback, signals: Sequence[str]) -> None:
    """Put on the item what somebody's words or answers signal (see `signals.found`)."""
    item.signals = [*item.signals, *(s for s in signals if s not in item.signals)]


def flag(item: Feedback, tier: str | None, reasons: list[str], other_script: bool = False) -> None:
    """Raise the item's tier; nothing here ever lowers it."""
    before, item.tier = item.tier, higher(item.tier, tier)
    # Due times run from when the line knew: whoever cries again while nobody has come must not be
    # "due in an hour" once more.
    if tier and item.tier == tier and (tier != before or _dealt_with(item)):
        item.tier_at = datetime.now(UTC)
    if item.tier in URGENT:  # its words may land after its DELETE
        item.hidden_at = item.erase_at = None
    item.tier_reasons = [*item.tier_reasons, *(r for r in reasons if r not in item.tier_reasons)]
    first = other_script or item.rank % 10 == 0
    item.rank = rank(item.tier, first)


def _dealt_with(item: Feedback) -> bool:
    """Whether somebody has done what was promised for the words before, so that new ones count."""
    return item.status is Status.FINISHED or looked(item) or decided(item)


def over(item: Feedback) -> bool:
    """Whether thanks leave an item where it is. After words of danger even a 😢 is to be read."""
    return item.status is Status.FINISHED and item.tier not in URGENT


def news_to(item: Feedback) -> str | None:
    """The tier that whoever deals with an item knows of: none, where they think that it is over."""
    return None if item.status is Status.FINISHED else item.tier


def summon(
    session: Session, item: Feedback, tier: str | None, before: str | None, at: datetime
) -> None:
    """Call the rota for words that cannot wait: R1 whenever they come, R2 when they are news.

    `before`: the tier that was known (`news_to`). Whoever has an item for its words of crisis was
    told nothing of abuse; while nobody has those, whoever takes them reads both.
    """
    if tier == "R1" or (tier == "R2" and _first_abuse(alerts.calls(session, item), before)):
        alerts.open_for(session, item, alerts.Why(tier), at)


def _first_abuse(calls: Sequence[tuple[alerts.Why, bool]], before: str | None) -> bool:
    if (alerts.Why.R1, False) in calls:
        return False
    return before not in URGENT or alerts.Why.R2 not in [why for why, _ in calls]


def unanswered(session: Session, text_sid: str, at: datetime) -> None:
    """The reply that named help did not arrive: somebody on the rota is told instead."""
    item = feedback.of_text(session, text_sid)
    if item:
        alerts.open_for(session, item, alerts.Why.UNANSWERED, at)


def reopen(session: Session, item: Feedback, at: datetime, why: str = ADDED) -> None:
    """New words, or a voice without: not coded yet, and what is over or waits goes back to be read.

    What waits comes back as on its day, to whoever had it: the answer may be what they wait for.
    What is over is nobody's: whoever finished it may have left, and looks at it no more.
    """
    item.words_at = max(at, item.words_at or at)
    if item.status in (Status.FINISHED, Status.WAITING):
        if item.status is Status.FINISHED:
            item.assigned_to = None
        after = Status.IN_PROGRESS if item.assigned_to else Status.NEW
        _back(session, item, after, at, why)


def _back(session: Session, item: Feedback, after: Status, at: datetime, why: str) -> None:
    """Move an item back among the open ones. Its day has no more to say."""
    session.add(
        Move(
            feedback_id=item.id,
            by=THE_CALLER,
            at=at,
            before=item.status.value,
            after=after.value,
            reason=why,
        )
    )
    item.status, item.closed_at, item.waiting_until = after, None, None


def delete(
    session: Session, caller: Caller, word: Keyword, at: datetime, days: int
) -> Feedback | None:
    """Hide a phone's item at once and erase it in `days`; an urgent one goes to the lead.

    The latest is the latest: a DELETE that a shaking hand sends twice takes no second item. One
    that was lost and found takes nothing that was told after it.
    """
    item = of_phone.latest(session, caller.id, False, word.reference, until=at)
    gone = of_phone.latest(session, caller.id, True, word.reference, until=at)
    if item is None or (gone and gone.id > item.id):
        return gone
    stays = item.tier in URGENT or removals.held(session, item) is not None
    removals.ask(session, item, Way.TEXT, at, for_the_lead=stays)
    if not stays:
        removals.hide(item, at, at + timedelta(days=days))
    return item


def keep(session: Session, caller: Caller, word: Keyword, at: datetime) -> None:
    """Undo the latest DELETE of this phone up to `at`, while there is still something to keep."""
    both = (of_phone.latest(session, caller.id, h, word.reference) for h in (True, False))
    asked = [i for i in both if i and i.erasure_asked_at and i.erasure_asked_at <= at]
    if asked:
        item = max(asked, key=lambda one: one.erasure_asked_at or one.received_at)
        removals.take_back(session, item)


def other_script(text: str) -> bool:
    """Whether most letters are not Latin: a person who reads that language should see it first."""
    letters = [c for c in text if c.isalpha()]
    foreign = [c for c in letters if not unicodedata.name(c, "").startswith("LATIN")]
    return len(foreign) * 2 > len(letters)
