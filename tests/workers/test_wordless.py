"""A voice without words reaches a person, also one who thought that its item was done with."""

import pytest
from sqlalchemy import select

from dialogue import items
from store import caught_up, desk
from store.models import Feedback, Heard, Status
from store.staff import Move
from tests.workers.conftest import KIND, BackRoom
from tests.workers.parts import spoken

SILENCE = spoken(KIND)[:44] + bytes(32_000)
WITHOUT_WORDS = [
    (SILENCE, Heard.NO_SPEECH),
    (b"RIFF" + bytes(400), Heard.FAILED),
    (b"<html>maintenance</html>", Heard.FAILED),
]


def finish(back: BackRoom, sid: str) -> None:
    """Staff are done with the item of this take."""
    with back.room.database.writing() as session:
        item = session.get_one(Feedback, back.take(sid).feedback_id)
        desk.move(session, item, Status.FINISHED, "Kim", "Nothing was said.", back.at)


def heard_out(back: BackRoom, sid: str) -> Heard:
    """The state in which this take ends, however often it is asked for."""
    while (take := back.hear(sid)).due_at:
        back.at = take.due_at
    return take.state


def status(back: BackRoom, sid: str) -> Status:
    return next(i.status for i in back.line.items() if i.id == back.take(sid).feedback_id)


@pytest.mark.parametrize(("sound", "state"), WITHOUT_WORDS, ids=["silent", "broken", "a page"])
def test_a_finished_item_comes_back_when_its_recording_ends_without_words(back, sound, state):
    sid = back.call(sound)
    finish(back, sid)
    assert (heard_out(back, sid), status(back, sid)) == (state, Status.NEW)
    with back.room.database.reading() as session:
        last = session.scalars(select(Move).order_by(Move.id.desc())).first()
    assert (last.by, last.reason) == (items.THE_CALLER, items.NO_WORDS)


def test_a_finished_item_comes_back_when_no_model_knows_the_language_of_its_voice(small):
    sid = small.call()
    finish(small, sid)
    small.furnish(models={})
    assert (heard_out(small, sid), status(small, sid)) == (Heard.UNCLEAR, Status.NEW)


def test_an_item_that_was_coded_is_to_be_coded_again_when_a_voice_without_words_comes(small):
    sid = small.call(SILENCE)
    small.hear(sid)
    assert next(iter(small.line.items())).words_at == small.at


@pytest.mark.parametrize("again", [desk.try_again, None], ids=["somebody asked", "catch-up"])
def test_what_failed_and_fails_once_more_does_not_come_back_twice(small, again):
    sid = small.call(b"<html>maintenance</html>")
    heard_out(small, sid)
    finish(small, sid)
    with small.room.database.writing() as session:
        take = session.merge(small.take(sid))
        assert again(take, small.at) if again else caught_up.fetch_again(session, [sid], small.at)
    assert small.hear(sid).reason == ("Once more: Twilio sent something that is not a sound file.")
    assert (heard_out(small, sid), status(small, sid)) == (Heard.FAILED, Status.FINISHED)


def test_a_voice_that_catch_up_finds_and_that_has_no_words_does_come_back(small):
    sid = small.call(b"<html>maintenance</html>")
    heard_out(small, sid)
    finish(small, sid)
    small.twilio.sounds[sid] = SILENCE
    with small.room.database.writing() as session:
        caught_up.fetch_again(session, [sid], small.at)
    assert (heard_out(small, sid), status(small, sid)) == (Heard.NO_SPEECH, Status.NEW)
