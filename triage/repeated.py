"""Three linked reports on one service in 14 days raise a tier by one step (facts: care.md 10)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from store import alerts, repeated, rounds, safeguarding
from store.models import Feedback, Status

WINDOW = timedelta(days=14)
EVERY = timedelta(minutes=5)
ENOUGH = 3
# R2 stays R2: only words, or a person, say that a life is in danger.
STEP = {None: "R4", "R4": "R3", "R3": "R2"}
PRAISE = ("very_good", "good")
REASON = "Three linked reports on this service in 14 days."


def raise_due(session: Session, now: datetime) -> int:
    """Raise what the rule raises, each item once ever, in its order; how many were raised."""
    last = rounds.last(session).get(rounds.REPEATED)
    if last and now - last < EVERY:
        return 0
    since = now - WINDOW
    found = to_raise(repeated.flagged(session, since), repeated.linked(session, since))
    done = repeated.raised(session, found)
    raised = [_raised(session, item.id, now) for item in found if item.id not in done]
    rounds.ran(session, rounds.REPEATED, now, {"raised": sum(raised)})
    return sum(raised)


def to_raise(flagged: Sequence[Feedback], linked: Sequence[Feedback]) -> list[Feedback]:
    """The open items that three reports raise. Pure.

    By place or provider only what has a tier counts: three long waits at a large hospital in a
    fortnight are a theme, and would raise everything. What is linked counts without one, unless it
    is praise.
    """
    groups = [*_by_service(flagged), *(g for chain in _chains(linked) for g in _by_service(chain))]
    found = {
        item.id: item
        for group in groups
        if len(group) >= ENOUGH
        for item in group
        if item.status is not Status.FINISHED and item.tier in STEP
    }
    return [found[number] for number in sorted(found)]


def _by_service(items: Iterable[Feedback]) -> list[list[Feedback]]:
    """Reports that are no praise, by the service and place, and by the provider, that they are
    about.
    """
    groups: dict[tuple[str, str], list[Feedback]] = {}
    for item in items:
        if item.tier or not _praise(item):
            for about in _about(item):
                groups.setdefault(about, []).append(item)
    return list(groups.values())


def _about(item: Feedback) -> Iterator[tuple[str, str]]:
    if item.service:
        yield item.service, (item.place or "").strip().lower()
    if item.provider_id:
        yield "provider", item.provider_id


def _chains(items: Sequence[Feedback]) -> Iterable[list[Feedback]]:
    """Items that hang together by their links, however long the chain."""
    by_id = {item.id: item for item in items}
    chains: dict[int, list[Feedback]] = {}
    for item in items:
        chains.setdefault(_root(item, by_id), []).append(item)
    return chains.values()


def _root(item: Feedback, by_id: Mapping[int, Feedback]) -> int:
    """The first of a chain; links that go in a circle end where they began."""
    seen = {item.id}
    while item.linked_to is not None and item.linked_to not in seen:
        if item.linked_to not in by_id:
            return item.linked_to
        item = by_id[item.linked_to]
        seen.add(item.id)
    return min(seen) if item.linked_to else item.id


def _praise(item: Feedback) -> bool:
    return item.rating in PRAISE or item.sentiment == "positive"


def _raised(session: Session, number: int, now: datetime) -> bool:
    item = repeated.still_open(session, number)
    if item is None or item.tier not in STEP:
        return False
    after = STEP[item.tier]
    safeguarding.set_tier(session, item, after, by=None, machine=after, reason=REASON, at=now)
    if after == "R2":
        alerts.open_for(session, item, alerts.Why.R2, now)
    return True
