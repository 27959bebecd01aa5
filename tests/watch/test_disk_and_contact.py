"""A disk that is nearly full loses nothing; a contact that nobody made counts nowhere."""

from store import rounds
from store.copy_rows import TwilioCopy
from store.models import Heard
from store.queue import Bell
from workers import copying
from workers.contact import answer
from workers.errands import Errands

FULL = 10**12  # megabytes: no disk has that much


def copies(back) -> list[TwilioCopy]:
    with back.room.database.reading() as session:
        return session.query(TwilioCopy).order_by(TwilioCopy.id).all()


def fill(back, tmp_path) -> None:
    back.furnish(places=(tmp_path,), least_free_mb=FULL)


def test_with_little_disk_recordings_wait_at_twilio_and_come_in_later(back, tmp_path):
    fill(back, tmp_path)
    sid = back.call()
    for _ in range(120):
        back.later(minutes=2)
        take = back.hear(sid)
    assert (take.state, take.attempts) == (Heard.EXPECTED, 0)
    assert take.reason == "The disk is nearly full: it waits at Twilio."
    assert back.twilio.asked == []
    back.furnish(least_free_mb=0)
    back.later(minutes=2)
    assert back.hear(sid).state is Heard.WORDS


def test_with_little_disk_nothing_of_ours_is_deleted_at_twilio(back, tmp_path):
    sid = back.call()
    back.twilio.oddly += []
    take = back.take(sid)
    with back.room.database.writing() as session:
        session.add(TwilioCopy(kind="Recordings", sid=sid, due_at=back.at, attempts=0))
    fill(back, tmp_path)
    (row,) = copies(back)
    copying.delete(back.room, row.id)
    (row,) = copies(back)
    assert (row.attempts, row.deleted_at) == (0, None)
    assert row.reason == "The disk is nearly full: Twilio keeps its copy."
    assert take.sid in back.twilio.sounds
    back.furnish(least_free_mb=0)
    copying.delete(back.room, row.id)
    assert sid not in back.twilio.sounds


def test_what_somebody_asked_to_have_erased_goes_all_the_same(small, tmp_path):
    small.twilio.sounds["REgone"] = b"RIFF"
    with small.room.database.writing() as session:
        session.add(TwilioCopy(kind="Recordings", sid="REgone", due_at=small.at, attempts=0))
    fill(small, tmp_path)
    copying.delete(small.room, copies(small)[0].id)
    assert "REgone" not in small.twilio.sounds


def test_texts_and_calls_still_come_in(small, tmp_path):
    fill(small, tmp_path)
    assert "Ref " in small.line.text("The ward was clean")
    small.call()
    assert len(small.line.items()) == 2


def test_a_contact_is_answered_and_leaves_no_item(back):
    before = len(back.line.items())
    answer(back.room)
    with back.room.database.reading() as session:
        assert rounds.CONTACT in rounds.last(session)
    assert len(back.line.items()) == before


def test_a_ring_that_the_queue_did_not_take_is_tried_again(small, redis):
    errands, bell = Errands(), Bell(redis.url)
    errands.ring(small.room, Bell(None))
    assert bell.depth() == 0
    errands.ring(small.room, bell)
    assert bell.depth() == 3
    errands.ring(small.room, bell)
    assert bell.depth() == 3


def test_while_nobody_answers_the_first_ring_is_what_is_waited_for(back):
    with back.room.database.reading() as session:
        assert rounds.last(session) == {}
    errands, began = Errands(), back.at
    errands.ring(back.room, Bell(None))
    back.later(minutes=6)
    errands.ring(back.room, Bell(None))
    with back.room.database.reading() as session:
        assert rounds.last(session)[rounds.CONTACT_RUNG] == began
