"""Which take of a call counts: recorded again, absent at Twilio, or held by two hosts at once."""

from itertools import permutations

import pytest

from speech.hearing import Heard as Words
from speech.transcriber import Word
from store import holds, recordings_due
from store.erasure_rows import Way
from store.models import Feedback, Heard
from tests.workers.conftest import KIND
from tests.workers.parts import says, spoken
from tests.workers.test_hearing import stored_file
from triage.urgency import Found
from workers import erasure, hearing, landing, outcome


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


def test_a_first_take_that_nobody_heard_yet_is_heard_before_it_goes(back):
    old, new = recorded_again(back, "the food was cold", KIND)
    back.hear(new)
    assert back.sids() == [back.noise, old, new]
    hearing.hear(back.room, back.take(old).id)
    back.delete_what_is_due()
    assert back.sids() == [back.noise, new]
    assert set(back.twilio.sounds) == {back.noise}


CRY = "i want to die"


@pytest.mark.parametrize("last", ["the cry", "what was said instead"])
def test_words_of_danger_stay_though_the_caller_recorded_again(back, last):
    old, new = recorded_again(back, CRY, KIND)
    for sid in (old, new) if last == "what was said instead" else (new, old):
        back.hear(sid)
    back.delete_what_is_due()
    assert back.take(old).transcripts[0].text == CRY
    assert stored_file(back, old).exists()
    assert [item.tier for item in back.line.items()] == [None, "R1"]


@pytest.mark.parametrize("held", [True, False])
def test_what_is_on_hold_stays_though_the_caller_recorded_again(small, held):
    old, new = recorded_again(small, "the food was cold", KIND)
    item, other = (small.hear(sid).feedback_id for sid in (old, small.call()))
    with small.room.database.writing() as session:
        on_hold = session.get_one(Feedback, item if held else other)
        holds.put(session, on_hold, "Lea", "The police asked", small.at)
    small.hear(new)
    assert (old in small.sids()) is held


def test_a_first_take_that_no_machine_makes_out_stays_for_a_person(small):
    old, new = recorded_again(small, "the food was cold", KIND)
    small.twilio.sounds[old] = cut_off(small.twilio.sounds[old])
    small.hear(new)
    assert small.hear(old).state is Heard.UNCLEAR
    assert new in small.sids()


def test_three_takes_leave_the_last_that_has_words(small):
    call = small.line.ring()
    call.press("0")
    takes = []
    for words in ("the food was cold", "nobody came", KIND):
        call.speak()
        call.press("2")
        takes.append(call.take)
        small.twilio.sounds[call.take] = spoken(words)
    call.hang_up()
    for sid in takes:
        small.hear(sid)
    assert small.sids() == takes[2:]


def test_a_silent_second_take_removes_nothing(back):
    old, new = recorded_again(back, "the food was cold", KIND)
    back.twilio.sounds[new] = spoken(KIND)[:44] + bytes(32_000)
    back.hear(new)
    assert back.sids() == [back.noise, old, new]


def in_parts_recorded_again(back) -> tuple[str, str, str]:
    """A part that we cut off at the limit, how it went on, and all of it said again."""
    call = back.line.ring()
    call.press("0")
    call.speak(seconds=300, key="")
    first = call.take
    call.speak()
    second = call.take
    call.press("2")
    call.speak(key="hangup")
    back.twilio.sounds.update({first: spoken("the food was cold"), second: spoken(KIND)})
    back.twilio.sounds[call.take] = spoken(KIND)
    return first, second, call.take


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_recording_again_removes_every_part_of_a_message_that_we_cut_off(small, order):
    takes = in_parts_recorded_again(small)
    for one in order:
        hearing.hear(small.room, small.take(takes[one]).id)
    assert small.sids() == [takes[2]]


def test_the_parts_of_a_message_that_was_recorded_again_go_from_twilio_too(back):
    *parts, new = in_parts_recorded_again(back)
    for sid in (*parts, new):
        back.hear(sid)
    back.delete_what_is_due()
    assert back.sids() == [back.noise, new]
    assert set(back.twilio.sounds) == {back.noise}


def test_a_part_that_is_heard_last_removes_no_part_before_it(back):
    first, second, new = in_parts_recorded_again(back)
    back.twilio.sounds[new] = spoken(KIND)[:44] + bytes(32_000)
    back.hear(new)
    back.hear(second)
    assert back.sids() == [back.noise, first, second, new]


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
