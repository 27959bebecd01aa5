"""Which take of a call counts: recorded again, absent at Twilio, or held by two hosts at once."""

from speech.hearing import Heard as Words
from speech.transcriber import Word
from store import recordings_due
from store.erasure_rows import Way
from store.models import Feedback, Heard
from tests.workers.conftest import KIND
from tests.workers.parts import says, spoken
from tests.workers.test_hearing import stored_file
from triage.urgency import Found
from workers import copying, erasure, hearing, landing, outcome


def recorded_again(back, first: str, second: str) -> tuple[str, str]:
    call = back.line.ring()
    call.press("0")
    call.speak()
    old = call.take
    call.press("2")
    call.speak(key="hangup")
    back.twilio.sounds.update({old: spoken(first), call.take: spoken(second)})
    return old, call.take


def test_recording_again_removes_the_first_take_everywhere(back):
    old, new = recorded_again(back, "the food was cold", KIND)
    back.hear(old)
    file = stored_file(back, old)
    back.hear(new)
    back.delete_what_is_due()
    assert back.sids() == [back.noise, new]
    assert not file.exists()
    assert set(back.twilio.sounds) == {back.noise}


def test_a_first_take_that_nobody_heard_yet_goes_from_twilio_too(back):
    old, new = recorded_again(back, "the food was cold", KIND)
    back.hear(new)
    back.later(minutes=2)
    rung = [copy for copy in range(1, 9) if copying.delete(back.room, copy)]
    assert rung
    assert old not in back.twilio.sounds


def test_a_silent_second_take_removes_nothing(back):
    old, new = recorded_again(back, "the food was cold", KIND)
    back.twilio.sounds[new] = spoken(KIND)[:44] + bytes(32_000)
    back.hear(new)
    assert back.sids() == [back.noise, old, new]


def cut_off(sound: bytes) -> bytes:
    """The file as it arrives when the way to us breaks off: its header promises all of it."""
    return sound[: 2 * len(sound) // 3]


def test_a_second_take_of_which_only_a_part_came_removes_nothing(back):
    old, new = recorded_again(back, "the food was cold", f"{KIND}. {KIND}")
    back.hear(old)
    back.twilio.oddly.append(says(200, cut_off(back.twilio.sounds[new])))
    take = back.hear(new)
    back.delete_what_is_due()
    assert (take.state, take.transcripts[0].text[: len(KIND)]) == (Heard.UNCLEAR, KIND)
    assert back.sids() == [back.noise, old, new]
    assert set(back.twilio.sounds) == {back.noise, new}


def test_twilios_copy_of_a_take_of_which_only_a_part_came_goes_with_its_item(small):
    sid = small.call(cut_off(spoken(KIND)))
    small.hear(sid)
    with small.room.database.writing() as session:
        item = session.get_one(Feedback, small.take(sid).feedback_id)
        erasure.erase(session, small.room, item, Way.DESK, small.at)
    small.delete_what_is_due()
    assert sid not in small.twilio.sounds


def test_twilio_keeps_a_part_of_a_voice_in_a_language_that_no_model_knows(small):
    small.furnish(models={})
    sid = small.call(cut_off(spoken(KIND)))
    assert small.hear(sid).reason == "No model for English."
    small.delete_what_is_due()
    assert sid in small.twilio.sounds


def test_a_take_replaced_while_it_was_fetched_leaves_no_file(back):
    old, new = recorded_again(back, "the food was cold", KIND)

    def meanwhile(request):
        back.hear(new)
        says(200, spoken("the food was cold"))(request)

    back.twilio.oddly.append(meanwhile)
    number = back.take(old).id
    hearing.hear(back.room, number)
    back.delete_what_is_due()
    keys = [key for keys in back.room.recordings.keys(50) for key in keys]
    assert keys == [back.take(new).audio_key]


def test_twilios_word_that_it_kept_nothing_yields_to_the_audio_that_we_have(back):
    call = back.line.ring()
    call.press("0")
    call.speak(key="hangup")
    back.twilio.sounds[call.take] = spoken(KIND)
    back.twilio.oddly.append(
        lambda request: (call.recorded("failed"), says(200, spoken(KIND))(request))
    )
    assert back.hear(call.take).state is Heard.WORDS


def test_a_take_that_twilio_has_not_ends_and_is_not_asked_for_again(back):
    call = back.line.ring()
    call.press("0")
    call.speak(key="hangup")
    back.twilio.oddly.append(lambda request: (call.recorded("absent"), says(404)(request)))
    take = back.hear(call.take)
    assert (take.state, take.due_at) == (Heard.NO_SPEECH, None)


def test_a_host_that_was_cut_off_in_mid_job_comes_back_to_a_row_that_is_anothers(back):
    """Its late words, its failure and its "later" change nothing; the other's words count."""
    sid = back.call()
    back.furnish(models={"en": None})
    back.at = back.hear(sid).due_at  # stored; it waits for a model
    late, mine = (claimed_a_minute_later(back, sid) for _ in range(2))
    words = (Word("late", 0.0, 1.0, 1.0),)
    heard = Words("words", None, "late", "late", 1.0, words, 1.0, "model", "hash")
    with back.room.database.writing() as session:
        assert landing.landed(session, back.room, late, heard, Found(None, ())) is None
        outcome.failed(session, back.room, late, "It came to nothing.")
        outcome.waits(session, late, "Not this time.", back.at)
    take = back.take(sid)
    assert (take.state, take.claimed_until) == (Heard.STORED, mine.claimed_until)
    assert take.transcripts == []


def claimed_a_minute_later(back, sid: str):
    back.later(minutes=1)
    with back.room.database.writing() as session:
        return recordings_due.claim(session, back.take(sid).id, back.at)
