"""Whether a person may be answered by text, and with what words. Pure."""

from store.arrival_rows import Caller
from store.models import Feedback
from store.staff import Role
from store.upkeep import Outgoing, Sending
from triage import safeguarding
from triage.moves import LONGEST_REASON, Refused, Wrong

MOST_SEGMENTS = 3


def barred(item: Feedback, caller: Caller | None, role: Role, *, doubt: bool = False) -> str | None:
    """Why nobody of this role can text this person now, and what to do instead; None: they may."""
    if caller is None:
        return "They rang from a withheld number: there is nowhere to text."
    if caller.opted_out:
        return "They texted STOP: we text them no more. If they asked for advice, ring instead."
    if not caller.reachable:
        return "This number cannot get texts. If they asked for advice, ring them instead."
    try:
        safeguarding.may_contact(item, role, "asked below", by_text=True, doubt=doubt)
    except Refused as why:
        return str(why)
    return None


def check(
    item: Feedback,
    caller: Caller | None,
    role: Role,
    *,
    reason: str,
    body: str,
    segments: int,
    line: str,
    doubt: bool = False,
) -> None:
    """Raises Wrong, with the field, when this text may not go to this person.

    It must name the line: whoever holds the phone may have forgotten that they texted one
    (facts: care.md 8, "SMS copy").
    """
    why = barred(item, caller, role, doubt=doubt)
    if why:
        raise Wrong("reply", why)
    try:
        safeguarding.may_contact(item, role, reason, by_text=True, doubt=doubt)
    except Refused as refused:
        raise Wrong("reply_reason", str(refused)) from None
    if len(reason) > LONGEST_REASON:
        raise Wrong("reply_reason", f"Keep the reason to {LONGEST_REASON} characters.")
    if not body:
        raise Wrong("reply", "Write the text first, then send it.")
    if line.casefold() not in body.casefold():
        raise Wrong("reply", f"Name the line: begin with “{line}”.")
    if segments > MOST_SEGMENTS:
        raise Wrong("reply", f"This fills {segments} texts. Keep it to {MOST_SEGMENTS}.")


def check_new(item: Feedback, body: str, last: Outgoing | None) -> None:
    """Raises Wrong when this text says what the `last` one about the item did, unless that failed,
    or its person wrote since: whoever presses twice, from a page that they came back to, has not
    seen that it went.
    """
    if last is None or last.body != body or last.state is Sending.FAILED:
        return
    if last.made_at >= (item.words_at or item.received_at):
        raise Wrong(
            "reply", "The last text about this item says the same. Send other words, or none."
        )
