"""Rightly signed nonsense: never an error, always kept; a person who rings hears the tone."""

import shutil
from xml.etree import ElementTree

import pytest

from tests.conftest import ROOT
from tests.driver import CALLER, NUMBER, Line
from tests.handlers.rows import ledger, rows

TURNS = [
    "999",
    "abc",
    "-1",
    "1/2",
    "1.5",
    "%C2%B2",
    "%D9%A3",
    "007",
    "%00",
    "x" * 1900,
    "status/",
    "recording/1",
    "0",
    "%F0%9F%91%8D",
    "1 ",
    "1%27",
]
ODD = [
    "",
    "\x00",
    "a\x00b",
    "x" * 5000,
    "👍",
    "\u202eabc",
    "'; DROP TABLE ledger; --",
    "-1",
    "1e9",
    "٣",
    "²",
]


@pytest.mark.parametrize("turn", TURNS)
def test_a_step_that_fits_nowhere_leads_to_the_tone(line, turn):
    call = line.ring()

    answer = line.post(f"/voice/{turn}", **call.fields, Digits="1")

    assert answer.status_code == 200
    assert turn == "0" or b"<Record" in answer.data
    assert rows(line)["ledger"] == (1 if turn == "0" else 2)


def test_from_the_tone_that_a_stray_step_led_to_a_message_can_be_left(sqlite_line):
    call = sqlite_line.ring()
    call.go("/voice/999")
    call.speak()

    assert [take.sid for take in sqlite_line.items()[0].recordings] == [call.take]
    assert call.waits == "end"


@pytest.mark.parametrize("field", ["MessageSid", "From", "To", "Body", "NumMedia", "Extra"])
def test_odd_texts_are_answered_and_kept(line, field):
    for number, value in enumerate(ODD):
        fields = {"MessageSid": f"SM{number}", "From": CALLER, "To": NUMBER, "Body": "2 the ward"}
        answer = line.post("/sms", **{**fields, field: value})
        assert answer.status_code == 200
        ElementTree.fromstring(answer.text)

    assert rows(line)["ledger"] == len(ODD)


@pytest.mark.parametrize(
    "field",
    [
        "CallSid",
        "From",
        "To",
        "Digits",
        "CallStatus",
        "RecordingSid",
        "RecordingDuration",
        "RecordingStatus",
    ],
)
@pytest.mark.parametrize("path", ["/voice", "/voice/1", "/voice/status", "/voice/recording"])
def test_odd_calls_are_answered_and_kept(sqlite_line, path, field):
    for number, value in enumerate(ODD):
        fields = {"CallSid": f"CA{number}", "RecordingSid": f"RE{number}", "From": CALLER}
        more = {"To": NUMBER, "RecordingStatus": "completed"}
        answer = sqlite_line.post(path, **{**fields, **more, field: value})
        assert answer.status_code == 200
        ElementTree.fromstring(answer.text)

    assert rows(sqlite_line)["ledger"] == len(ODD)


@pytest.mark.parametrize("path", ["/voice", "/voice/1", "/voice/status", "/voice/recording"])
def test_nul_bytes_are_no_error_on_either_database(line, path):
    odd = dict.fromkeys(
        ["CallSid", "From", "To", "Digits", "CallStatus", "RecordingSid", "RecordingStatus"],
        "a\x00",
    )

    assert line.post(path, **odd).status_code == 200


@pytest.mark.parametrize(
    "path", ["/sms", "/sms/status", "/voice", "/voice/1", "/voice/status", "/voice/recording"]
)
def test_a_signed_request_that_says_nothing_is_kept_once(sqlite_line, path):
    answers = [sqlite_line.post(path) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].data == answers[1].data
    assert rows(sqlite_line)["ledger"] == 1
    assert rows(sqlite_line)["feedback"] == 0


def test_texts_without_a_sid_or_a_sender_are_put_aside_for_a_person(sqlite_line):
    for fields in (
        {"Body": "a"},
        {"MessageSid": "SM1", "Body": "b"},
        {"From": CALLER, "Body": "c"},
    ):
        sqlite_line.post("/sms", To=NUMBER, **fields)

    assert all(ledger(sqlite_line))
    assert rows(sqlite_line)["feedback"] == 0


@pytest.fixture
def one_number(sqlite_url, environ, tmp_path):
    """A line that lists its number: others are not this line."""
    shutil.copytree(ROOT / "script", tmp_path / "script")
    words = (tmp_path / "script" / "line.toml").read_text()
    (tmp_path / "script" / "line.toml").write_text(
        f'{words}\n[[numbers]]\nnumber = "{NUMBER}"\n'
        '[[numbers]]\nnumber = "+441214960001"\nmenu = false\nsilence = 20\n'
    )
    with Line(
        {**environ, "DATABASE_URL": sqlite_url, "HEARD_SCRIPT": str(tmp_path / "script")}
    ) as opened:
        yield opened


def test_a_call_to_a_number_that_is_not_ours_hears_a_sentence_and_goodbye(one_number):
    call = one_number.ring(to="+441214969999")

    assert "not in use" in call.heard
    assert call.waits == "end"
    assert ledger(one_number) == ["a call to a number that is not in line.toml"]


def test_a_text_to_a_number_that_is_not_ours_is_put_aside_in_silence(one_number):
    answer = one_number.post("/sms", MessageSid="SM1", From=CALLER, To="+441214969999", Body="hi")

    assert b"<Message" not in answer.data
    assert ledger(one_number) == ["a text to a number that is not in line.toml"]


def test_the_number_without_a_menu_opens_says_the_tone_and_waits_for_slow_speakers(one_number):
    call = one_number.ring(to="+441214960001")
    record = call.twiml.find("Record")

    assert "We record this call" in call.heard
    assert record.attrib["timeout"] == "20"
    assert call.speak().count("Your reference is") == 1
    assert call.waits == "end"


def test_a_relay_caller_who_fills_five_minutes_may_carry_on(one_number):
    call = one_number.ring(to="+441214960001")

    assert "Carry on" in call.speak(seconds=300, key="")
    assert call.waits == "message"
