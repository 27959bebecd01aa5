"""Words land: on the row of their recording, and on the item, which hears of what cannot wait."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from dialogue import items, signals, urgent_items
from speech.hearing import Heard as Words
from store import copies, safeguarding, search, single
from store.database import plainly
from store.inserts import insert_once
from store.models import Feedback, Heard, Recording, Transcript
from store.prepared import Prepared
from store.recordings_due import ended_before
from tiers import higher
from triage import ears
from triage.urgency import Found
from workers.dropping import drop_replaced
from workers.outcome import in_hand, sentence, wordless
from workers.room import Room

HAS_WORDS = Prepared(
    select(Transcript.id).where(Transcript.recording_id == bindparam("take")).limit(1)
)


def weigh(room: Room, language: str, heard: Words) -> Found:
    """What cannot wait in the words. It takes its time, so no transaction is open meanwhile."""
    unclear = Heard(heard.state) is Heard.UNCLEAR
    return ears.tier([room.urgent.get(language, ears.Ear())], heard.text, unclear)


def landed(
    session: Session, room: Room, claimed: Recording, heard: Words, urgent: Found
) -> int | None:
    """The words, or their absence, onto the row; the `urgent` ones (see `weigh`) up the queue.

    Twilio's copy goes only now: ours is on the disk, its checksum holds, and it decodes. Of a file
    that was cut off Twilio's may be the only whole one: it goes with its item, or in its time.
    The id of that deletion, or None.
    """
    take = in_hand(session, claimed)
    if take is None:
        return None
    take.state, take.reason, take.seconds = (
        Heard(heard.state),
        sentence(heard.reason),
        round(heard.seconds, 2),
    )
    take.due_at = take.claimed_until = None
    single.save(session, take)
    if heard.words:
        first = not has_words(session, take)
        _write_down(session, room, take, heard)
        search.due(session, take.feedback_id)
        _tell(session, room, take, heard.text, urgent, first)
    else:
        wordless(session, room, claimed)
    # What is heard once more, people have worked with meanwhile, and with what it stands for.
    if not ended_before(claimed):
        drop_replaced(session, room, take)
    if heard.cut_short:
        return None
    return copies.to_delete(session, copies.RECORDING, take.sid, room.now())


def has_words(session: Session, take: Recording) -> bool:
    """Whether a model has heard words in it before."""
    return HAS_WORDS.row(plainly(session), {"take": take.id}) is not None


def _write_down(session: Session, room: Room, take: Recording, heard: Words) -> None:
    insert_once(
        session,
        Transcript,
        recording_id=take.id,
        made_at=room.now(),
        model=heard.model,
        model_hash=heard.model_hash,
        text=heard.text,
        shown=heard.shown,
        confidence=round(heard.confidence, 4),
        words=[vars(word) for word in heard.words],
        shown_words=[vars(word) for word in heard.shown_words],
    )


def _tell(
    session: Session, room: Room, take: Recording, text: str, found: Found, first: bool
) -> None:
    """The item hears of words: flagged, and back in the queue unless they are old words anew.

    What is heard again flags only by what it adds: what a person lowered for what the program
    heard in it before is not raised for that again, and what was decided stays decided.
    """
    item = single.row(session, Feedback, take.feedback_id, lock=True)
    if item is None:
        return
    before, news_to = item.tier, urgent_items.news_to(item)
    if first or _adds(session, item, found):
        urgent_items.flag(item, found.tier, list(found.phrases), room.now())
    items.signal(item, signals.found(room.script, text, found.tier))
    if first or item.tier != before:
        items.reopen(session, item, room.now())
        urgent_items.summon(session, item, found.tier, news_to, room.now())
    single.save(session, item)


def _adds(session: Session, item: Feedback, found: Found) -> bool:
    """Whether words that are heard again say more than was known: a higher tier than the item has
    or a person who judged it knew of, or other words than they read of a tier that they lowered.
    """
    last = safeguarding.last_change(session, item)
    known = higher(item.tier, last.machine if last and last.by else None)
    other = higher(found.tier, item.tier) != item.tier and any(
        phrase not in item.tier_reasons for phrase in found.phrases
    )
    return other or higher(found.tier, known) != known
