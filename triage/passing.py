"""What may leave the desk for a provider, by whom, and what must be said about it. Pure."""

from datetime import datetime

from store.models import Feedback, Status
from store.staff import Role
from tiers import URGENT
from triage.moves import SAFEGUARDING, Wrong
from triage.safeguarding import CHILD, SLOW_CLOCK, STAFF

WAYS = {"email": "E-mail", "letter": "Letter", "phone": "Phone", "meeting": "In person"}
LONGEST_TO, LONGEST_COPY, LONGEST_PRAISE = 200, 5000, 1000
ONLY_LEAD = (
    "Only the safeguarding lead or deputy passes this on: it is about danger, a child, or "
    "somebody who works there and could be found out."
)


def barred(item: Feedback, role: Role) -> str | None:
    """Why somebody of this role may not pass this item on; None when they may."""
    grave = item.tier in URGENT or item.about == "staff" or {CHILD, STAFF} & {*item.signals}
    return ONLY_LEAD if grave and role not in SAFEGUARDING else None


def check(
    item: Feedback,
    role: Role,
    *,
    to: str,
    way: str,
    at: datetime | None,
    now: datetime,
    words: str,
    clean: bool,
) -> None:
    """Raises Wrong, with the field, when this copy may not go out. `clean`: the tick was given."""
    why = barred(item, role)
    if why:
        raise Wrong("copy", why)
    told(to, way, clean)
    if at is None or at > now + SLOW_CLOCK:
        raise Wrong("done_at", "Give the day and time when it was passed on, not one to come.")
    if not words or len(words) > LONGEST_COPY:
        raise Wrong("copy", f"Write what is passed on, in {LONGEST_COPY:,} characters or fewer.")


def told(to: str, way: str, clean: bool) -> None:
    """Raises Wrong when it is not said to whom it goes, how, or that nobody can be found in it."""
    if not to or len(to) > LONGEST_TO:
        raise Wrong("to", "Write to whom it goes: the team or person, and where.")
    if way not in WAYS:
        raise Wrong("way", "Choose how it goes to them.")
    if not clean:
        raise Wrong("clean", "Take out what tells who said it, then tick that you did.")


def done(item: Feedback) -> bool:
    """Whether praise that was passed on needs nothing else, and is finished with that."""
    unheard = any(take.checked_at is None and take.audio_key for take in item.recordings)
    return (
        item.status in (Status.NEW, Status.IN_PROGRESS)
        and item.purpose == "feedback"
        and item.tier is None
        and not item.signals
        and not unheard
    )
