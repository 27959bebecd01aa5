"""What a caller pressed and said, on rows: where it stands, and what it is kept with."""

from datetime import timedelta

import pytest

from store.arrival_rows import Channel, Conversation
from store.models import Feedback, Heard, Recording

SPOKE = {"RecordingDuration": "9", "Digits": "#"}


@pytest.fixture
def noise(door):
    """Another's item in the same minute, which nobody removed."""
    door.recorded("CA9", "RE9", "completed", 9)


def takes(door, item):
    return [take.sid for take in door.rows(Recording) if take.feedback_id == item.id]


def by_rank(door):
    return [item.channel for item in sorted(door.rows(Feedback), key=lambda item: item.rank)]


def test_keys_alone_stand_with_the_texts_by_their_age(door):
    door.text("SM1", "I waited nine hours with my dad and nobody came to us")
    door.turn("CA1", "0")
    door.turn("CA1", "1", Digits="1")
    door.turn("CA1", "2", Digits="1")

    assert by_rank(door) == [Channel.TEXT, Channel.VOICE]
    assert len({item.rank for item in door.rows(Feedback)}) == 1


def test_a_voice_after_the_keys_stands_above_the_texts(door):
    door.text("SM1", "I waited nine hours with my dad and nobody came to us")
    door.turn("CA1", "0")
    for turn, key in enumerate("125", 1):
        door.turn("CA1", str(turn), Digits=key)
    door.turn("CA1", "4", RecordingSid="RE1", RecordingDuration="9", Digits="#")

    assert by_rank(door) == [Channel.VOICE, Channel.TEXT]


def test_a_voice_that_only_twilio_told_of_stands_above_the_texts(door):
    door.text("SM1", "I waited nine hours with my dad and nobody came to us")
    door.recorded("CA1", "RE1", "completed", 9)

    assert by_rank(door) == [Channel.VOICE, Channel.TEXT]


# --- removed by a text while the call goes on


def removed_before_they_spoke(door):
    """Keys 1, 2, 5, and then a DELETE by text, while the tone waits."""
    door.turn("CA1", "0")
    for turn, key in enumerate("125", 1):
        door.turn("CA1", str(turn), Digits=key)
    door.later(minutes=1)
    door.text("SM1", "DELETE")
    door.later(minutes=1)


@pytest.mark.usefixtures("noise")
@pytest.mark.parametrize("callback_first", [True, False])
def test_what_is_said_after_a_delete_is_another_item_that_does_not_vanish_with_it(
    door, callback_first
):
    removed_before_they_spoke(door)
    if callback_first:
        door.recorded("CA1", "RE1", "completed", 9)
    door.turn("CA1", "4", RecordingSid="RE1", **SPOKE)

    _, removed, told = door.rows(Feedback)
    assert (removed.service, removed.complete, takes(door, removed)) == ("hospital", True, [])
    assert (told.hidden_at, told.linked_to, takes(door, told)) == (None, removed.id, ["RE1"])


@pytest.mark.usefixtures("noise")
def test_the_reference_that_is_read_out_is_of_what_was_said_after_the_delete(door):
    removed_before_they_spoke(door)
    door.turn("CA1", "4", RecordingSid="RE1", **SPOKE)
    heard = [door.turn("CA1", str(turn), Digits="1") for turn in (5, 6, 7)][-1]

    _, _, told = door.rows(Feedback)
    assert ", ".join(told.reference) in heard
    assert (told.about, told.contact) == ("me", True)


def test_what_was_said_before_a_delete_stays_with_it_however_late_it_comes(door):
    door.turn("CA1", "0")
    door.turn("CA1", "1", Digits="0")
    door.turn("CA1", "2", RecordingSid="RE1", **SPOKE)
    door.later(minutes=1)
    spoke, door.now = door.now, door.now + timedelta(minutes=1)
    door.text("SM1", "DELETE")
    door.now = spoke  # it waited on the disk of another host
    door.turn("CA1", "3", RecordingSid="RE2", **SPOKE)

    (removed,) = door.rows(Feedback)
    assert takes(door, removed) == ["RE1", "RE2"]
    assert removed.hidden_at


# --- takes that only Twilio tells of


@pytest.mark.usefixtures("noise")
def test_that_somebody_spoke_and_twilio_could_not_record_it_is_known_to_a_person(door):
    door.turn("CA1", "0")
    door.turn("CA1", "1", Digits="0")
    door.recorded("CA1", "RE1", "failed", 0)
    door.ended("CA1")

    _, told = door.rows(Feedback)
    (take,) = [take for take in door.rows(Recording) if take.feedback_id == told.id]
    assert (take.sid, take.state, take.due_at) == ("RE1", Heard.FAILED, None)
    assert take.reason.startswith("Twilio could not record this")
    assert (told.complete, told.caller_id) == (True, door.rows(Conversation)[1].caller_id)


@pytest.mark.usefixtures("noise")
def test_a_take_that_twilio_could_not_record_is_one_row_though_its_turn_comes_after(door):
    door.turn("CA1", "0")
    door.turn("CA1", "1", Digits="0")
    door.recorded("CA1", "RE1", "failed", 0)
    door.turn("CA1", "2", RecordingSid="RE1", **SPOKE)

    assert [take.state for take in door.rows(Recording)] == [Heard.EXPECTED, Heard.FAILED]


@pytest.mark.usefixtures("noise")
def test_silence_that_twilio_did_not_keep_is_no_item(door):
    door.turn("CA1", "0")
    door.turn("CA1", "1", Digits="0")
    door.recorded("CA1", "RE1", "absent", 0)

    assert len(door.rows(Feedback)) == 1


# --- first turns that wait on another host's disk


@pytest.mark.usefixtures("noise")
def test_whoever_spoke_after_the_tone_of_another_host_goes_on_as_ever(door):
    assert "To keep it" in door.turn("CA1", "1", RecordingSid="RE1", **SPOKE)
    door.turn("CA1", "0")
    heard = [door.turn("CA1", str(turn), Digits="1") for turn in (2, 3, 4)]

    assert ["Who was the care for?" in heard[0], "is that safe?" in heard[1]] == [True, True]
    assert ", ".join(door.rows(Feedback)[1].reference) in heard[2]


@pytest.mark.usefixtures("noise")
@pytest.mark.parametrize("late", ["0", "1", "2"])
def test_a_turn_that_comes_behind_those_after_it_moves_nobody(door, late):
    door.turn("CA1", "3", RecordingSid="RE1", **SPOKE)
    before = door.state()
    door.turn("CA1", late, Digits="1")

    assert door.state() == before
    assert "Who was the care for?" in door.turn("CA1", "4", Digits="1")


# --- recorded again


def said_in_parts(door, *seconds):
    """A message that we cut off at the limit, and that was carried on; then the menu after it."""
    door.turn("CA1", "0")
    door.turn("CA1", "1", Digits="0")
    for part, long in enumerate(seconds, 1):
        took = {"RecordingSid": f"RE{part}", "RecordingDuration": str(long)}
        door.turn("CA1", str(part + 1), **took, Digits="" if long == 300 else "#")
    return len(seconds) + 2


def replaced(door):
    return {take.sid: take.replaces for take in door.rows(Recording) if take.call_sid == "CA1"}


@pytest.mark.usefixtures("noise")
def test_recording_again_takes_back_all_parts_of_a_message_that_we_cut_off(door):
    turn = said_in_parts(door, 300, 40)
    door.turn("CA1", str(turn), Digits="2")
    door.turn("CA1", str(turn + 1), RecordingSid="RE3", **SPOKE)

    assert replaced(door) == {"RE1": None, "RE2": "RE1", "RE3": "RE2"}


@pytest.mark.usefixtures("noise")
def test_parts_stand_each_for_itself_until_another_take_is_there(door):
    turn = said_in_parts(door, 300, 40)
    door.turn("CA1", str(turn), Digits="2")
    door.turn("CA1", str(turn + 1))

    assert replaced(door) == {"RE1": None, "RE2": None}


@pytest.mark.usefixtures("noise")
def test_recording_again_takes_back_what_was_added_and_not_what_it_was_added_to(door):
    turn = said_in_parts(door, 40)
    door.turn("CA1", str(turn), Digits="3")
    door.turn("CA1", str(turn + 1), RecordingSid="RE2", **SPOKE)
    door.turn("CA1", str(turn + 2), Digits="2")
    door.turn("CA1", str(turn + 3), RecordingSid="RE3", **SPOKE)

    assert replaced(door) == {"RE1": None, "RE2": None, "RE3": "RE2"}


def test_the_parts_that_are_taken_back_may_be_said_again(door):
    turn = said_in_parts(door, 300, 300, 300)
    door.turn("CA1", str(turn), Digits="2")

    cut_off = {"RecordingDuration": "300", "Digits": ""}
    heard = [door.turn("CA1", str(turn + n), RecordingSid=f"RE1{n}", **cut_off) for n in (1, 2, 3)]
    assert ["Carry on" in words for words in heard] == [True, True, False]
