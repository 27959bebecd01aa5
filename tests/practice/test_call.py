"""How calls go on and how they end."""

import pytest

from practice.call import WrongMomentError
from practice.phone import WITHHELD
from practice.sound import silence, to_wav

CALLER = "+447700900123"


def test_a_document_that_ends_hangs_up(line, phone):
    line.says("/voice", "<Say>Goodbye</Say>")

    call = phone.call(CALLER)

    assert (call.heard, call.ended, call.error) == (["Goodbye"], True, None)


def test_the_end_of_a_call_is_told_with_its_length(line, phone):
    line.says("/voice", "<Pause length='61'/>")

    phone.call(CALLER)

    fields = line.asked("/voice/status")[0]
    assert (fields["CallStatus"], fields["CallDuration"]) == ("completed", "61")


def test_hanging_up_in_a_menu_tells_the_line_no_keys(line, phone):
    line.says("/voice", '<Gather action="/key"/>')
    call = phone.call(CALLER)
    call.press("12")

    call.hang_up()

    assert line.paths() == ["/voice", "/voice/status"]


def test_hanging_up_twice_is_hanging_up_once(line, phone):
    line.says("/voice", "<Gather/>")
    call = phone.call(CALLER)
    call.hang_up()

    call.hang_up()

    assert len(line.asked("/voice/status")) == 1


def test_nobody_can_press_keys_after_the_end(phone):
    call = phone.call(CALLER)

    with pytest.raises(WrongMomentError):
        call.press("1")


def test_150_words_take_a_minute(line, phone):
    line.says("/voice", f"<Say>{'word ' * 150}</Say>")

    assert phone.call(CALLER).seconds == pytest.approx(60)


def test_verbs_after_a_redirect_are_never_reached(line, phone):
    line.says("/voice", "<Redirect>next</Redirect><Say>Never</Say>")
    line.says("/next", "<Say>Instead</Say>")

    assert phone.call(CALLER).heard == ["Instead"]


def test_a_rejected_call_is_busy(line, phone):
    line.says("/voice", "<Reject/>")

    phone.call(CALLER)

    assert line.asked("/voice/status")[0]["CallStatus"] == "busy"


def test_a_withheld_number_is_the_one_that_twilio_gives(line, phone):
    phone.call()

    assert line.asked("/voice")[0]["From"] == WITHHELD == "+266696687"


def test_a_played_recording_is_heard_by_its_address(line, phone):
    tone = silence(1)
    tone[:] = 9000
    line.says("/voice", "<Play>/hello.wav</Play>")
    line.says("/hello.wav", to_wav(tone), kind="audio/x-wav")

    call = phone.call(CALLER)

    assert (call.heard, call.seconds) == (["(plays /hello.wav)"], 1)


def test_played_silence_takes_time_and_is_not_heard(line, phone):
    line.says("/voice", "<Play>/half.wav</Play>")
    line.says("/half.wav", to_wav(silence(0.5)), kind="audio/x-wav")

    call = phone.call(CALLER)

    assert (call.heard, call.seconds) == ([], 0.5)


@pytest.mark.parametrize(
    ("body", "status", "kind", "code"),
    [
        pytest.param("", 500, "text/xml", "11200", id="the line fails"),
        pytest.param("", 302, "text/xml", "11200", id="the line redirects"),
        pytest.param("<Response><Say>", 200, "application/xml", "12100", id="not well-formed"),
        pytest.param("<Answer/>", 200, "application/xml", "12100", id="no Response"),
        pytest.param("<Sing>la</Sing>", 200, "text/xml", "12200", id="unknown verb"),
        pytest.param("<Gather><Record/></Gather>", 200, "text/xml", "12200", id="wrongly nested"),
        pytest.param("<Pause length='x'/>", 200, "text/xml", "12200", id="no number"),
        pytest.param("<Play>/voice</Play>", 200, "text/xml", "13420", id="not audio"),
        pytest.param("{}", 200, "application/json", "12300", id="not TwiML"),
        pytest.param("<Say>" + "a" * 70_000 + "</Say>", 200, "text/xml", "11750", id="too large"),
        pytest.param("<Redirect>/voice</Redirect>", 200, "text/xml", "11215", id="endless"),
    ],
)
def test_what_twilio_cannot_use_ends_the_call(line, phone, body, status, kind, code):
    line.says("/voice", body, status, kind)

    call = phone.call(CALLER)

    assert call.ended
    assert call.error.startswith(code)


def test_a_line_that_does_not_answer_in_time_ends_the_call(line, make_phone):
    line.delay = 0.3

    call = make_phone(time_out=0.1).call(CALLER)

    assert call.error.startswith("11205")


def test_a_line_that_is_not_there_ends_the_call(make_phone):
    call = make_phone(line_url="http://127.0.0.1:9").call(CALLER)

    assert call.error.startswith("11200")


def test_a_failed_call_goes_on_at_the_fallback_address(line, make_phone):
    line.says("/voice", "", status=500)
    line.says("/fallback", "<Say>Please ring later</Say>")

    call = make_phone(fallback_url=f"{line.url}/fallback").call(CALLER)

    assert call.heard == ["Please ring later"]
    assert line.asked("/fallback")[0]["ErrorCode"] == "11200"


def test_plain_text_is_read_aloud(line, phone):
    line.says("/voice", "Hello there", kind="text/plain")

    assert phone.call(CALLER).heard == ["Hello there"]
