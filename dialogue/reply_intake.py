"""What a person texts after a colleague's text to them belongs to the item that it was about."""

from datetime import datetime

from sqlalchemy.orm import Session

from dialogue.answers import ORDER
from dialogue.thread import ADVISED, ASKED, NO, STAFF, restored, stored
from store import talks
from store.models import Caller, Channel, Feedback


def await_words(
    session: Session, item: Feedback, caller: Caller, sender: str, at: datetime
) -> None:
    """The phone's conversation with that number of ours (`sender`) is about this item from now on.

    "Text us back when we may ring": their answer is not to open another item, nor bring a survey.
    Where a question of ours is still open there, or the phone is not safe, nothing changes, but
    that a yes to "Is this phone safe?" may be for the colleague from now on.
    """
    talk = talks.begun(session, Channel.TEXT, talks.key(caller.joined, sender), caller.id, at)
    thread = restored(talk.state)
    if thread.place in ORDER or thread.safe == NO:
        return
    if thread.safe == ASKED:
        talk.state = stored(thread._replace(between=STAFF))
    else:
        talk.state = stored(thread._replace(place=ADVISED, asked_again=False))
        talk.feedback_id, talk.touched_at = item.id, at
    talks.save(session, talk)
