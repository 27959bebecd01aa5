"""Twilio's copies: deleted after ours is safe, tried again when refused, and counted in the end."""

from sqlalchemy import select

from store import copies
from store.copy_rows import TwilioCopy
from tests.workers.parts import says
from workers import copying


def copy_of(back, sid):
    with back.room.database.reading() as session:
        return session.scalars(select(TwilioCopy).where(TwilioCopy.sid == sid)).one()


def test_a_deletion_that_was_refused_is_due_again_with_the_reason(back):
    sid = back.call()
    back.twilio.oddly += [says(200, back.twilio.sounds[sid]), says(500)]
    back.hear(sid)
    copy = copy_of(back, sid)
    assert (copy.deleted_at, copy.reason) == (None, "Twilio answered 500")
    assert copy.due_at > back.at
    copying.delete(back.room, copy.id)
    assert copy_of(back, sid).deleted_at == back.at
    assert set(back.twilio.sounds) == {back.noise}


def test_a_copy_that_twilio_never_lets_go_of_ends_as_a_persons_business(small):
    sid = small.call()
    small.hear(sid)
    with small.room.database.writing() as session:
        copy = session.get(TwilioCopy, copy_of(small, sid).id)
        copy.deleted_at, copy.due_at, copy.attempts = None, small.at, copies.MOST_ATTEMPTS - 1
    small.twilio.oddly.append(says(403))
    copying.delete(small.room, copy.id)
    copy = copy_of(small, sid)
    assert (copy.due_at, copy.deleted_at, copy.reason) == (None, None, "Twilio answered 403")


def test_what_is_due_is_rung_for_once_in_half_a_minute(back):
    with back.room.database.writing() as session:
        copies.to_delete(session, copies.MESSAGE, "SM1", back.at)
        assert copies.to_delete(session, copies.MESSAGE, "SM1", back.at) is None
    back.later(minutes=1)
    for expected in (1, 0):
        with back.room.database.writing() as session:
            assert len(copies.due(session, back.at, 10, ours=False)) == expected
