"""What is still owed when an item is coded: it stays open for that, whoever saves it. Pure."""

from collections.abc import Collection, Iterable

from store.doing_rows import Did
from store.history import Event
from store.models import Feedback, Status
from store.needs import Need
from store.upkeep import Sending
from triage.outcomes import SPOKE

ADVICE = (
    "It stays open, as they asked for advice: it stands in “Advice wanted” until somebody texts "
    "them, speaks to them, or says what became of it."
)
PRAISE = (
    "It stays open, as no service has had this praise yet: it stands in “Praise to pass on”. "
    "What should not go to anybody you finish with a reason under “Move it”."
)


def owed(item: Feedback, stands: Collection[Need], events: Iterable[Event]) -> str | None:
    """What is still to be done for a coded item, and how; None when nothing is."""
    if item.status is Status.FINISHED:
        return None
    if item.purpose == "advice" and not answered(item, events):
        return ADVICE
    return PRAISE if Need.PRAISE in stands else None


def answered(item: Feedback, events: Iterable[Event]) -> bool:
    """Whether somebody spoke to them, texted them, or said what became of it since they last said
    something. A text that failed is no answer.
    """
    since = [e for e in events if e.at >= (item.words_at or item.received_at)]
    lost = {e.key for e in since if e.kind == "text" and e.what == Sending.FAILED}
    return any(_answers(e) and e.key not in lost for e in since if e.kind == "deed")


def _answers(deed: Event) -> bool:
    spoke = deed.what == Did.CALL and deed.to == SPOKE
    return spoke or deed.what in (Did.REPLY, Did.OUTCOME)
