"""The order in which callbacks come, which Twilio does not promise."""

import pytest

CALLER = "+447700900123"


@pytest.fixture(autouse=True)
def voicemail(line):
    line.says("/voice", '<Record action="/recorded" recordingStatusCallback="/told"/>')


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        pytest.param("in order", ["/recorded", "/told", "/voice/status"], id="in-order"),
        pytest.param("before", ["/told", "/recorded", "/voice/status"], id="before"),
        pytest.param("late", ["/recorded"], id="late"),
        pytest.param(
            "doubled",
            ["/recorded", "/told", "/told", "/voice/status", "/voice/status"],
            id="doubled",
        ),
        pytest.param("missing", ["/recorded"], id="missing"),
        pytest.param("reversed", ["/recorded", "/voice/status", "/told"], id="reversed"),
    ],
)
def test_callbacks_come_as_they_were_told_to(line, make_phone, order, expected):
    make_phone(callbacks=order).call(CALLER).speak("Thank you")

    assert line.paths()[1:] == expected


def test_late_callbacks_come_when_they_are_delivered(line, make_phone):
    phone = make_phone(callbacks="late")
    phone.call(CALLER).speak("Thank you")

    phone.deliver()

    assert line.paths()[-2:] == ["/told", "/voice/status"]


def test_the_callback_comes_even_when_the_action_failed(line, phone):
    line.says("/recorded", "", status=500)

    phone.call(CALLER).speak("Thank you")

    assert line.asked("/told")[0]["RecordingStatus"] == "completed"


def test_a_callback_that_the_line_refuses_is_only_a_warning(line, phone):
    line.says("/told", "", status=403)

    call = phone.call(CALLER)
    call.speak("Thank you")

    assert call.error is None
    assert "403" in phone.warnings[0]
