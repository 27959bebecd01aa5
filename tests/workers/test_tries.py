"""What did not go well is tried again, ever less often, and ends with a reason: none too early."""

from dataclasses import replace
from unittest.mock import Mock

import pytest
from sqlalchemy.exc import DataError, OperationalError, SQLAlchemyError

from store.models import Heard
from store.seal import Seal
from tests.workers.parts import says, stored_file
from workers import fetching, landing


def test_a_file_that_is_not_there_yet_is_asked_for_again(back):
    sid = back.call()
    back.twilio.oddly += [says(404)] * 3
    for _ in range(3):
        take = back.hear(sid)
        assert (take.state, take.reason) == (Heard.EXPECTED, "Twilio does not have it yet.")
        back.at = take.due_at
    assert back.hear(sid).state is Heard.WORDS


def test_each_wait_for_twilio_is_longer_up_to_a_quarter_of_an_hour(back):
    sid, waits = back.call(), []
    del back.twilio.sounds[sid]
    for _ in range(12):
        waits.append((back.hear(sid).due_at - back.at).total_seconds())
        back.at = back.take(sid).due_at
    assert waits[:4] == [2, 4, 8, 16]
    assert waits == sorted(waits)
    assert waits[-1] == 900


def test_a_file_that_never_comes_ends_as_failed_with_the_reason(small):
    sid = small.call()
    del small.twilio.sounds[sid]
    while small.take(sid).due_at:
        small.hear(sid)
        small.later(minutes=20)
    take = small.take(sid)
    assert take.state is Heard.FAILED
    assert take.reason == f"After {fetching.MOST_TRIES} tries: Twilio does not have it yet."


def test_what_twilio_sends_that_is_no_sound_is_never_stored(back):
    sid = back.call()
    back.twilio.oddly.append(says(200, b"<html>maintenance</html>"))
    take = back.hear(sid)
    assert (take.state, take.audio_key) == (Heard.EXPECTED, None)
    assert take.reason == "Twilio sent something that is not a sound file."


def test_what_stays_no_sound_reaches_a_person_within_a_minute(small):
    sid = small.call(b"<html>maintenance</html>")
    began = small.at
    while (take := small.hear(sid)).state is Heard.EXPECTED:
        small.at = take.due_at
    assert take.state is Heard.FAILED
    assert take.reason == "After 4 tries: Twilio sent something that is not a sound file."
    assert (small.at - began).total_seconds() < 60
    assert sid in small.twilio.sounds


def away(back, sid: str, times: int) -> None:
    """So often Twilio says that it cannot just now."""
    back.twilio.oddly += [says(503)] * times
    for _ in range(times):
        back.at = back.hear(sid).due_at


def test_one_error_page_at_the_end_of_an_outage_ends_nothing(small):
    sid = small.call()
    away(small, sid, 5)
    small.twilio.oddly.append(says(200, b"<html>back soon</html>"))
    take = small.hear(sid)
    assert (take.state, take.attempts) == (Heard.EXPECTED, 1)
    small.at = take.due_at
    assert small.hear(sid).state is Heard.WORDS


def test_what_stays_no_sound_after_an_outage_has_as_many_tries_as_ever(small):
    sid = small.call(b"<html>maintenance</html>")
    away(small, sid, 5)
    while (take := small.hear(sid)).state is Heard.EXPECTED:
        small.at = take.due_at
    assert take.reason == "After 4 tries: Twilio sent something that is not a sound file."


def test_one_stop_of_the_program_after_an_outage_ends_nothing(small, monkeypatch):
    sid = small.call()
    away(small, sid, 5)
    monkeypatch.setattr(small.room.carrier, "audio", Mock(side_effect=MemoryError))
    with pytest.raises(MemoryError):
        small.hear(sid)
    monkeypatch.undo()
    small.at = small.take(sid).due_at
    assert small.hear(sid).state is Heard.WORDS


def test_one_look_at_an_empty_place_after_two_stops_ends_nothing(small, model):
    sid = small.call()
    small.furnish(models={"en": replace(model, rate=4000)})  # Vosk raises a bare Exception
    for _ in range(2):
        with pytest.raises(Exception, match="Failed to process waveform"):
            small.hear(sid)
        small.at = small.take(sid).due_at
    stored_file(small, sid).unlink()
    take = small.hear(sid)
    assert (take.state, take.reason) == (Heard.STORED, "The audio is not where it was stored.")


def tampered(back, sid: str) -> None:
    """A recording that waits for its model, and somebody changes a byte of it."""
    model = back.room.models
    back.furnish(models={"en": None})
    back.at = back.hear(sid).due_at
    back.furnish(models=model)
    file = stored_file(back, sid)
    sealed = bytearray(file.read_bytes())
    sealed[1000] ^= 1
    file.write_bytes(sealed)


def test_audio_that_was_changed_is_never_transcribed_and_ends_as_failed(back):
    sid = back.call()
    tampered(back, sid)
    for _ in range(3):
        take = back.hear(sid)
        back.later(minutes=6)
    assert take.state is Heard.FAILED
    assert take.reason == "The audio cannot be opened: this recording was changed on the disk."
    assert sid in back.twilio.sounds


def test_audio_that_vanished_ends_as_failed(small):
    sid = small.call()
    tampered(small, sid)
    stored_file(small, sid).unlink()
    for _ in range(3):
        take = small.hear(sid)
        small.later(minutes=6)
    assert (take.state, take.reason) == (Heard.FAILED, "The audio is not where it was stored.")


def test_a_lost_key_is_told_and_the_recording_heard_when_the_key_is_back(small):
    sid = small.call()
    small.furnish(models={"en": None})
    small.at = small.hear(sid).due_at
    other = Seal(["b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVyb3Q="], small.line.environ["JOIN_KEY"])
    right = small.room.recordings
    small.furnish(
        models={"en": small.model},
        recordings=type(right)(small.line.environ["RECORDINGS_URL"], other),
    )
    take = small.hear(sid)
    assert take.reason == (
        "The audio cannot be opened: no key in SEALING_KEYS opens this recording."
    )
    small.at = take.due_at
    small.furnish(recordings=right)
    assert small.hear(sid).state is Heard.WORDS


def refused(back, monkeypatch, sid: str, why: SQLAlchemyError) -> None:
    """Three times the database takes the claim of a take, and not its words."""
    with monkeypatch.context() as broken:
        broken.setattr(landing, "landed", Mock(side_effect=why))
        for _ in range(3):
            with pytest.raises(type(why)):
                back.hear(sid)
            back.later(seconds=45)


def test_a_recording_whose_words_a_full_disk_refused_is_heard_once_there_is_room(back, monkeypatch):
    sid = back.call()
    refused(back, monkeypatch, sid, OperationalError("", None, Exception("disk is full")))
    assert back.hear(sid).state is Heard.WORDS


def test_a_recording_whose_words_no_database_takes_reaches_a_person(small, monkeypatch):
    sid = small.call()
    refused(small, monkeypatch, sid, DataError("", None, Exception("no such letter")))
    assert small.hear(sid).state is Heard.FAILED


def test_a_bug_is_kept_as_the_reason_and_ends_after_three_times(small, model):
    sid = small.call()
    small.furnish(models={"en": replace(model, rate=4000)})  # Vosk raises a bare Exception
    for turn in range(3):
        with pytest.raises(Exception, match="Failed to process waveform"):
            small.hear(sid)
        take = small.take(sid)
        assert (take.due_at is None) == (turn == 2)
        small.at = take.due_at or small.at
    assert take.state is Heard.FAILED
    assert take.reason == "The program stopped on it (Exception): please listen."
