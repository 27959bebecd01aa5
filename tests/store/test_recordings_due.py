"""Recordings by what is left to do: who may take which, and when it is due again."""

from datetime import UTC, datetime, timedelta

import pytest

from store import feedback, recordings_due
from store.arrival_rows import Channel
from store.database import Database
from store.models import Heard, Recording

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def database(database_url):
    opened = Database(database_url)
    with opened.writing() as session:
        item = feedback.begun(
            received_at=NOW,
            channel=Channel.VOICE,
            line="x",
            language="en",
            notice="x",
            signals=[],
            tier_reasons=[],
            themes=[],
        )
        feedback.opened(session, item)
        for sid, state, due_at in (
            ("REdone", Heard.WORDS, None),
            ("REearly", Heard.EXPECTED, NOW - 5 * SECOND),
            ("RElater", Heard.EXPECTED, NOW + 60 * SECOND),
            ("REstored", Heard.STORED, NOW - 9 * SECOND),
        ):
            session.add(
                Recording(
                    feedback_id=item.id,
                    sid=sid,
                    call_sid="CA1",
                    received_at=NOW,
                    language="en",
                    state=state,
                    attempts=0,
                    due_at=due_at,
                )
            )
    yield opened
    opened.engine.dispose()


def number(database, sid):
    with database.reading() as session:
        return session.query(Recording).filter_by(sid=sid).one().id


def claim(database, sid, at=NOW):
    with database.writing() as session:
        return recordings_due.claim(session, number(database, sid), at)


def due(database, at):
    with database.writing() as session:
        takes = recordings_due.due(session, at, 10)
        return [session.get(Recording, take.id).sid for take in takes]


def test_what_is_due_is_rung_for_longest_waiting_first_and_not_twice(database):
    assert due(database, NOW) == ["REstored", "REearly"]
    assert due(database, NOW) == []


def test_a_lost_ring_is_due_again_after_half_a_minute(database):
    due(database, NOW)
    assert sorted(due(database, NOW + 30 * SECOND)) == ["REearly", "REstored"]


def test_one_of_two_gets_a_recording(database):
    assert claim(database, "REearly").attempts == 1
    assert claim(database, "REearly") is None


def test_what_a_dead_worker_held_is_due_again_within_ninety_seconds(database):
    claim(database, "REearly")
    assert "REearly" not in due(database, NOW + 39 * SECOND)
    assert "REearly" in due(database, NOW + recordings_due.LEASE + 10 * SECOND)
    assert claim(database, "REearly", NOW + 50 * SECOND).attempts == 2


def test_a_finished_recording_cannot_be_claimed(database):
    assert claim(database, "REdone") is None


def test_work_that_goes_on_keeps_the_recording(database):
    take = claim(database, "REearly")
    with database.writing() as session:
        assert recordings_due.renew(session, take, NOW + 90 * SECOND)
    assert claim(database, "REearly", NOW + 60 * SECOND) is None


def test_a_late_sign_of_life_does_not_open_what_is_finished(database):
    with database.writing() as session:
        done = session.get(Recording, number(database, "REdone"))
        assert not recordings_due.renew(session, done, NOW)
        recordings_due.settle(session, done, due_at=NOW)
    assert "REdone" not in due(database, NOW + 90 * SECOND)


def test_who_was_cut_off_and_comes_back_late_changes_nothing(database):
    late = claim(database, "REstored")
    mine = claim(database, "REstored", NOW + 50 * SECOND)
    with database.writing() as session:
        assert not recordings_due.renew(session, late, NOW + 99 * SECOND)
        recordings_due.settle(session, late, state=Heard.FAILED, due_at=None)
        row = session.get(Recording, mine.id)
    assert (row.state, row.claimed_until) == (Heard.STORED, mine.claimed_until)


def stuck(database, at):
    with database.reading() as session:
        return recordings_due.stuck(session, at, timedelta(minutes=5))


def test_unfinished_recordings_that_nobody_touches_are_counted_though_the_clock_rings(database):
    assert stuck(database, NOW + timedelta(minutes=4)) == 0
    due(database, NOW + timedelta(minutes=6))
    assert stuck(database, NOW + timedelta(minutes=6)) == 3


def test_one_that_is_in_hand_or_waits_with_a_reason_is_not_stuck(database):
    late = NOW + timedelta(minutes=6)
    due(database, late)
    claim(database, "REearly", late)
    waits = claim(database, "REstored", late)
    with database.writing() as session:
        recordings_due.settle(session, waits, reason="No model.", due_at=late)
    assert stuck(database, late) == 1
