"""Tiers by people: confirmed, raised, lowered; and how often the program was right. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from store.models import Feedback
from store.staff import Role
from tiers import TIERS, URGENT, rank
from triage.moves import LONGEST_REASON, SAFEGUARDING, WORKS, Refused, Stale

NONE = "none"


def choices(now: str | None, role: Role) -> tuple[str | None, ...]:
    """The tiers that somebody of this role may set, most urgent first; a reader, nothing."""
    if role not in WORKS:
        return ()
    return tuple(t for t in (*TIERS, None) if (t or now) and may(now, t, role))


def may(now: str | None, after: str | None, role: Role) -> bool:
    """Whether somebody who works on feedback may do this: only a lead lowers an R1 or R2."""
    return not lowers(now, after) or now not in URGENT or role in SAFEGUARDING


def lowers(now: str | None, after: str | None) -> bool:
    """Whether `after` is less urgent than `now`."""
    return rank(after, False) > rank(now, False)


def check(now: str | None, seen: str, after: str, reason: str, role: Role) -> str | None:
    """The tier to set. Raises Stale when `seen` is not what it is now, or Refused with why."""
    unchanged(now, seen)
    wanted = None if after == NONE else after
    if wanted is not None and wanted not in TIERS:
        raise Refused("Choose how urgent it is.")
    if not may(now, wanted, role):
        raise Refused("Only the safeguarding lead or deputy can lower an R1 or R2.")
    if wanted not in choices(now, role):
        raise Refused("It is marked as nothing urgent already. Choose a tier to raise it.")
    if lowers(now, wanted) and not reason:
        raise Refused("Write why it is less urgent, so that the next person can check it.")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Keep the reason to {LONGEST_REASON} characters.")
    return wanted


def unchanged(now: str | None, seen: str) -> None:
    """Raises Stale when the tier that somebody's page showed is not what it is now."""
    if seen != (now or NONE):
        raise Stale(
            "Its urgency changed while you had it open. Look at it as it is now, then choose again."
        )


def said_by_machine(now: Feedback, last: tuple[str | None, str | None] | None) -> str | None:
    """What the program says of an item. `last`: after and machine of the judgement before, if any.

    Where the tier is still what a person made it, the program's word is the one before that.
    """
    if last is None:
        return now.tier
    after, machine = last
    return machine if now.tier == after else now.tier


@dataclass(frozen=True)
class Rate:
    """One tier in one month: what people made of the program's flags, and what it missed."""

    flagged: int = 0
    confirmed: int = 0
    lowered: int = 0
    people: int = 0
    missed: int = 0


def rates(judged: Iterable[tuple[str | None, str | None, int]]) -> Mapping[str, Rate]:
    """(what the program said, what people say, how many) -> the rate of each tier.

    `flagged`: judged flags of the program; `people`: items that people put there; `missed`: those
    of them that the program had lower, or nowhere.
    """
    counted = list(judged)
    return {tier: _rate(tier, counted) for tier in TIERS}


def _rate(tier: str, judged: list[tuple[str | None, str | None, int]]) -> Rate:
    def total(fits: Iterable[bool]) -> int:
        return sum(n for (_, _, n), fit in zip(judged, fits, strict=True) if fit)

    return Rate(
        flagged=total(machine == tier for machine, _, _ in judged),
        confirmed=total(machine == tier == people for machine, people, _ in judged),
        lowered=total(machine == tier and lowers(machine, people) for machine, people, _ in judged),
        people=total(people == tier for _, people, _ in judged),
        missed=total(people == tier and lowers(people, machine) for machine, people, _ in judged),
    )
