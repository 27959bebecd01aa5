"""Which moves of status are allowed, to whom, and with what reason. Pure."""

from store import known
from store.models import Feedback, Status
from store.staff import Role
from tiers import URGENT

ALLOWED = {
    Status.NEW: (Status.IN_PROGRESS, Status.WAITING, Status.FINISHED),
    Status.IN_PROGRESS: (Status.WAITING, Status.FINISHED, Status.NEW),
    Status.WAITING: (Status.IN_PROGRESS, Status.FINISHED),
    Status.FINISHED: (Status.IN_PROGRESS,),
}
SAFEGUARDING = (Role.LEAD, Role.DEPUTY)
WORKS = (Role.TRIAGER, *SAFEGUARDING)  # who works on feedback
LONGEST_REASON = 500


class Refused(Exception):
    """A move that may not be made; the message says why, and what to do instead."""


class Wrong(Refused):
    """What was filled in will not do: in which field of its form, and why."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


class Stale(Refused):
    """The item was moved by somebody else after this person's page was opened."""


def choices(now: Status, tier: str | None, role: Role) -> tuple[Status, ...]:
    """Where somebody of this role may move an item to; a reader, nowhere."""
    if role not in WORKS:
        return ()
    held = tier in URGENT and role not in SAFEGUARDING
    return tuple(s for s in ALLOWED[now] if not (held and s is Status.FINISHED))


def needs_reason(now: Status, after: Status) -> bool:
    """Whether the next colleague must be told why: it was finished, reopened or put back."""
    return after in (Status.FINISHED, Status.NEW) or now is Status.FINISHED


def check(item: Feedback, seen: str, after: str, reason: str, role: Role) -> Status:
    """The status to move to. Raises Stale when `seen` is not what it is now, or Refused.

    An R1 or R2 needs a decision in its safeguarding record to end.
    """
    now, urgent = item.status, item.tier in URGENT
    if seen != now:
        raise Stale(
            "Somebody moved this item while you had it open. Look at it as it is now, "
            "then choose again."
        )
    if after == Status.FINISHED and urgent and role not in SAFEGUARDING:
        raise Refused("Only the safeguarding lead or deputy can finish an R1 or R2 item.")
    if after == Status.FINISHED and urgent and not known.decided(item):
        raise Refused("First write in the safeguarding record what was decided. Then finish it.")
    if after not in choices(now, item.tier, role):
        raise Refused("Choose where to move this item.")
    if needs_reason(now, Status(after)) and not reason:
        raise Refused("Write why, so that the next person knows.")
    if len(reason) > LONGEST_REASON:
        raise Refused(
            f"Keep the reason to {LONGEST_REASON} characters. Longer thoughts fit in a note."
        )
    return Status(after)
