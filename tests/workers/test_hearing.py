"""A recording's way to words: each state honest, each failure with a reason that staff can read."""

from pathlib import Path
from unittest.mock import Mock

import numpy as np
from sqlalchemy import select

from speech.models import NoModel
from store import alerts, rounds
from store.alert_rows import Alert
from store.alerts import How, Why
from store.models import Feedback, Heard, Status
from tests.workers.conftest import KIND
from tests.workers.parts import says, spoken, stored_file
from triage import ears
from triage.urgency import Found
from workers import outcome, transcribing


def test_a_call_becomes_words_with_times_in_order(back):
    take = back.hear(back.call(KIND))
    heard = take.transcripts[0]
    times = [time for word in heard.words for time in (word["start"], word["end"])]
    assert (take.state, take.reason, take.attempts) == (Heard.WORDS, None, 1)
    assert (heard.text, heard.shown, heard.model) == (KIND, "The nurse was kind", "demo-en")
    assert times == sorted(times)
    assert back.take(back.noise).state is Heard.EXPECTED


def test_the_audio_lies_sealed_and_opens_to_the_very_bytes(back):
    sid = back.call()
    back.hear(sid)
    with back.room.recordings.open(back.take(sid).audio_key) as audio:
        assert audio.read() == spoken(KIND)
    assert b"RIFF" not in stored_file(back, sid).read_bytes()


def test_twilios_copy_goes_once_ours_is_stored_and_decoded(back):
    sid = back.call()
    back.hear(sid)
    assert set(back.twilio.sounds) == {back.noise}


def test_a_second_ring_hears_nothing_twice(back):
    sid = back.call()
    back.hear(sid)
    asked = len(back.twilio.asked)
    assert len(back.hear(sid).transcripts) == 1
    assert len(back.twilio.asked) == asked


def test_a_recording_that_somebody_holds_is_left_alone(back):
    sid = back.call()
    back.twilio.oddly.append(lambda request: (back.hear(sid), says(404)(request)))
    back.hear(sid)
    assert len(back.twilio.asked) == 1


def test_sound_that_cannot_be_played_reaches_a_person_and_stays_at_twilio(back):
    sid = back.call(b"RIFF\x24\x00\x00\x00WAVEnonsense")
    take = back.hear(sid)
    assert take.state is Heard.FAILED
    assert take.reason.startswith("It cannot be played: ")
    assert sid in back.twilio.sounds


def test_silence_is_no_speech_with_a_reason(back):
    take = back.hear(back.call(spoken(KIND)[:44] + bytes(32_000)))
    assert take.state is Heard.NO_SPEECH
    assert "silent" in take.reason
    assert take.transcripts == []


def test_r1_words_in_a_voice_raise_the_item_and_call_the_rota(back):
    sid = back.call("he has chest pain")
    back.hear(sid)
    tiers = {t.sid: item.tier for item in back.line.items() for t in item.recordings}
    assert tiers == {sid: "R1", back.noise: None}
    with back.line.house.database.reading() as session:
        assert [alert.why for alert in session.scalars(select(Alert))] == [Why.R1]


def test_words_of_abuse_heard_after_their_item_was_finished_call_the_rota(small):
    """It was R2 by another part of the call, and whoever finished it had not heard this one."""
    sid = small.call("the carer hits my mum")
    with small.room.database.writing() as session:
        item = session.get(Feedback, small.take(sid).feedback_id)
        alerts.open_for(session, item, Why.R2, small.at)
        alerts.acknowledge(session, session.scalars(select(Alert)).one(), "Lea", How.DESK, small.at)
        item.tier, item.status, item.closed_at = "R2", Status.FINISHED, small.at
    small.hear(sid)

    with small.room.database.reading() as session:
        assert [alert.acknowledged_by for alert in session.scalars(select(Alert))] == ["Lea", None]


def test_a_cry_in_a_recording_that_was_hardly_made_out_raises_the_item(back):
    cry, calm = (
        back.call(too_loud(words)) for words in ("nobody came to help", "the ward was clean")
    )
    heard = [back.hear(sid) for sid in (cry, calm)]
    found = {
        t.sid: (item.tier, item.tier_reasons) for item in back.line.items() for t in item.recordings
    }
    assert [(take.state, "distorted" in take.reason) for take in heard] == [
        (Heard.UNCLEAR, True)
    ] * 2
    assert found[cry][0] == "R1"
    assert found[cry][1][0].startswith("unclear audio with distress: ")
    assert found[calm][0] is None


def test_a_reason_that_ends_in_a_question_has_no_full_stop_after_it():
    assert outcome.sentence("another language?") == "Another language?"


def too_loud(words: str) -> bytes:
    """The words as a line that distorts them sends them: whatever is loud is at its loudest."""
    sound = spoken(words)
    samples = np.frombuffer(sound[44:], np.int16).astype(np.float32)
    return sound[:44] + np.clip(samples * 12, -32_768, 32_767).astype(np.int16).tobytes()


def test_nobody_waits_for_the_database_while_words_are_weighed(small, monkeypatch):
    written = []

    def weigh(*_):
        with small.room.database.writing() as session:
            rounds.ran(session, rounds.SWEEP, small.at)
        written.append(True)
        return Found(None, ())

    monkeypatch.setattr(ears, "tier", weigh)
    assert small.hear(small.call()).state is Heard.WORDS
    assert written


def test_what_a_voice_signals_is_on_its_item(back):
    sid = back.call("my mother died on the ward")
    back.hear(sid)
    signals = {t.sid: item.signals for item in back.line.items() for t in item.recordings}
    assert signals == {sid: ["death"], back.noise: []}


def test_a_language_without_a_model_is_for_people_to_hear(back):
    sid = back.call()
    back.furnish(models={})
    take = back.hear(sid)
    assert (take.state, take.reason, take.transcripts) == (
        Heard.UNCLEAR,
        "No model for English.",
        [],
    )
    assert sid not in back.twilio.sounds
    assert take.seconds > 1


def test_a_missing_model_keeps_recordings_waiting_however_long(back):
    sid = back.call()
    back.furnish(models={"en": None})
    for _ in range(5):
        take = back.hear(sid)
        assert (take.state, take.reason) == (Heard.STORED, "The speech model is missing.")
        back.at = take.due_at
    assert sid in back.twilio.sounds


def test_the_model_that_was_missing_hears_what_waited(back, model):
    sid = back.call()
    back.furnish(models={"en": None})
    back.at = back.hear(sid).due_at
    back.furnish(models={"en": model})
    take = back.hear(sid)
    assert (take.state, take.reason, take.attempts) == (Heard.WORDS, None, 1)


def test_a_recording_waits_for_a_model_that_has_names_for_all_its_words(small, monkeypatch):
    sid = small.call()
    monkeypatch.setattr(transcribing, "hear", Mock(side_effect=NoModel("no name")))
    for _ in range(5):
        take = small.hear(sid)
        assert (take.state, take.reason) == (Heard.STORED, "The speech model is damaged.")
        small.at = take.due_at


def test_a_full_disk_leaves_the_row_due_with_a_reason_and_twilios_copy(small):
    sid = small.call()
    folder = Path(small.line.environ["RECORDINGS_URL"].removeprefix("file://"))
    folder.rmdir()
    folder.write_text("a file where the folder should be")
    take = small.hear(sid)
    assert take.state is Heard.EXPECTED
    assert take.reason.startswith("There is no place to keep it (")
    assert take.due_at > small.at
    assert sid in small.twilio.sounds
