"""A caller who speaks after the tone, or does not."""

import pytest

from practice.call import WrongMomentError

CALLER = "+447700900123"
RECORD = (
    '<Record action="/recorded" recordingStatusCallback="/told" finishOnKey="#" timeout="8"'
    ' recordingStatusCallbackEvent="completed absent" maxLength="300"/><Say>Nothing heard</Say>'
)


@pytest.fixture(autouse=True)
def voicemail(line):
    line.says("/voice", "<Say>Speak</Say>" + RECORD)
    line.says("/recorded", "<Say>Thank you</Say>")


def test_a_call_waits_for_the_message(phone):
    call = phone.call(CALLER)

    assert (call.waiting, call.timeout) == ("message", 8)


def test_a_message_ended_by_a_key_asks_the_action(line, phone):
    call = phone.call(CALLER)

    call.speak("The nurse was kind", end="#")

    fields = line.asked("/recorded")[0]
    assert fields["Digits"] == "#"
    assert int(fields["RecordingDuration"]) >= 1
    assert fields["RecordingSid"] in fields["RecordingUrl"]
    assert call.heard == ["Thank you"]


def test_a_message_ended_by_silence_has_no_key(line, phone):
    phone.call(CALLER).speak("The nurse was kind", end="silence")

    assert "Digits" not in line.asked("/recorded")[0]


def test_the_silence_at_the_end_is_trimmed_from_the_file_but_not_from_the_action(line, phone):
    phone.call(CALLER).speak("The nurse was kind", end="silence")

    before_trimming = int(line.asked("/recorded")[0]["RecordingDuration"])
    assert before_trimming >= int(line.asked("/told")[0]["RecordingDuration"]) + 8


def test_hanging_up_after_the_message_asks_the_action_for_the_last_time(line, phone):
    call = phone.call(CALLER)

    call.speak("The nurse was kind", end="hangup")

    fields = line.asked("/recorded")[0]
    assert (fields["Digits"], fields["CallStatus"]) == ("hangup", "completed")
    assert (call.ended, call.heard) == (True, [])


def test_a_key_that_does_not_finish_leaves_the_recording_running(line, phone):
    call = phone.call(CALLER)

    call.press("5")

    assert call.waiting == "message"


def test_a_message_longer_than_the_limit_is_cut(line, phone):
    line.says("/voice", '<Record action="/recorded" maxLength="2"/>')
    call = phone.call(CALLER)

    call.speak("one two three four five six seven eight nine ten eleven twelve", end="#")

    fields = line.asked("/recorded")[0]
    assert (fields["RecordingDuration"], "Digits" in fields) == ("2", False)


def test_silence_leads_to_the_next_verb_and_an_absent_callback(line, phone):
    call = phone.call(CALLER)

    call.wait()

    assert call.heard == ["Nothing heard"]
    assert line.asked("/told")[0]["RecordingStatus"] == "absent"
    assert line.asked("/recorded") == []


def test_silence_may_ask_the_action_with_nothing(line, make_phone):
    call = make_phone(silent_record="empty action").call(CALLER)

    call.wait()

    assert line.asked("/recorded")[0]["RecordingDuration"] == "0"


def test_silence_may_be_kept_as_a_recording(line, make_phone):
    phone = make_phone(silent_record="silent recording")

    phone.call(CALLER).wait()

    recording = phone.recordings.get(line.asked("/recorded")[0]["RecordingSid"])
    assert recording.seconds == 8
    assert not recording.samples.any()


def test_hanging_up_at_the_tone_keeps_nothing(line, phone):
    call = phone.call(CALLER)

    call.hang_up()

    assert call.ended
    assert line.paths() == ["/voice", "/told", "/voice/status"]


def test_nobody_can_speak_before_the_tone(line, phone):
    line.says("/voice", "<Gather/>")
    call = phone.call(CALLER)

    with pytest.raises(WrongMomentError):
        call.speak("Hello?")
