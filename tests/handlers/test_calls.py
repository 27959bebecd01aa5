"""Calls as people make them: trembling hands, silence, hang-ups, withheld numbers, foul luck."""

import shutil

import pytest

from tests.conftest import ROOT
from tests.driver import Line
from tests.handlers.rows import ledger, rows

MENU = ["1", "2", "5"]


@pytest.fixture
def call(sqlite_line):
    return sqlite_line.ring()


def item(call):
    return call.line.items()[0]


def test_a_caller_who_presses_nothing_still_leaves_a_message(line):
    call = line.ring()
    assert call.waits == "keys"
    call.wait()
    assert call.waits == "message"
    call.speak(key="")
    for _ in range(2):
        call.wait()

    assert call.waits == "end"
    assert call.heard.count("Again") == 1
    assert [take.sid for take in line.items()[0].recordings] == [call.take]
    assert line.items()[0].complete


def test_zero_goes_to_the_tone_from_every_menu_before_it(sqlite_line):
    for keys in ([], ["1"], ["1", "2"]):
        call = sqlite_line.ring()
        call.press(*keys, "0")
        assert call.waits == "message"


@pytest.mark.parametrize("keys", [[], ["1"], ["1", "2"]])
def test_nine_says_it_again(call, keys):
    call.press(*keys)
    before = call.heard.split(". ")[-1]
    call.press("9")

    assert call.waits == "keys"
    assert call.heard.endswith(before)


def test_eight_says_how_words_are_used_and_asks_again(call):
    assert "make care better" in call.press("8")
    assert "press 1" in call.heard


def test_three_wrong_keys_lead_to_the_tone(call):
    call.press("7", "#", "5")
    assert call.waits == "message"


def test_whoever_presses_a_wrong_key_in_the_opening_hears_it_anew(call):
    assert "That key does nothing" in call.press("*")
    assert "We record this call" in call.heard
    assert call.waits == "keys"


def test_wrong_keys_after_the_message_keep_it_and_go_on(call):
    call.press("0")
    call.speak()
    call.press("7", "8", "#")

    assert "Who was the care for" in call.heard


def test_wrong_keys_before_do_not_end_the_call_when_it_asks_whether_ringing_is_safe(call):
    call.press("7", "7", "2")
    call.speak()
    call.press("1")

    assert "May we ring this number" in call.press("5")
    call.press("2")
    assert item(call).contact is False


def test_the_third_wrong_key_when_it_asks_whether_ringing_is_safe_is_a_no(call):
    call.press("2")
    call.speak()

    assert "No. Your reference" in call.press("1", "5", "*", "7")
    assert item(call).contact is False


def test_silence_at_the_first_question_skips_the_second(call):
    call.press("1")
    call.wait()
    assert call.waits == "message"


def test_a_choice_is_said_back_in_words_without_its_digit(call):
    call.press("1")
    assert call.press("3").startswith("Care home or care at home. Overall")


def test_half_a_second_of_silence_stands_before_every_menu(call):
    assert [verb.tag for verb in call.twiml][:2] == ["Pause", "Gather"]
    gather = call.twiml.find("Gather").attrib
    assert (gather["numDigits"], gather["finishOnKey"], gather["actionOnEmptyResult"]) == (
        "1",
        "",
        "true",
    )


def test_the_message_is_recorded_as_promised(call):
    call.press("0")
    record = call.twiml.find("Record").attrib

    assert (record["maxLength"], record["timeout"], record["finishOnKey"]) == ("300", "8", "#")
    assert record["recordingStatusCallbackEvent"] == "completed absent"


# --- hanging up


@pytest.mark.parametrize("keys", [[], ["1"], ["7"], ["8"], ["2"], ["0"]])
def test_a_call_with_neither_answer_nor_message_is_counted_and_not_queued(call, keys):
    call.press(*keys)
    call.hang_up()

    assert call.line.items() == []
    assert rows(call.line)["ledger"] == 2 + len(keys)


@pytest.mark.parametrize(
    ("keys", "given"),
    [(["1", "2"], ("hospital", None)), (["1", "4", "1"], ("other", "very_good"))],
)
def test_what_was_pressed_before_the_hang_up_is_filed(call, keys, given):
    call.press(*keys)
    call.hang_up()

    assert (item(call).service, item(call).rating, item(call).complete) == (*given, True)


def test_hanging_up_while_speaking_keeps_the_message(call):
    call.press(*MENU)
    call.speak(key="hangup")
    call.hang_up()

    assert [take.sid for take in item(call).recordings] == [call.take]
    assert item(call).complete


@pytest.mark.parametrize("keys", [[], ["1"], ["1", "2"], ["3"], ["2"]])
def test_hanging_up_in_the_menus_after_the_message_keeps_it(call, keys):
    call.press("0")
    call.speak()
    call.press(*keys)
    call.hang_up()

    assert len(item(call).recordings) == 1
    assert item(call).complete


def test_a_key_that_comes_with_the_hang_up_still_counts(call):
    call.press("1")
    call.go(call.address(), Digits="2", CallStatus="completed")

    assert item(call).service == "hospital"


# --- messages


def test_silence_after_the_tone_is_asked_once_more_and_then_let_go(call):
    call.press("0")
    assert "could not hear" in call.wait()
    assert "no message from you" in call.wait()
    assert call.waits == "end"


def test_an_empty_recording_is_silence(call):
    call.press("0")
    call.speak(seconds=0, key="")

    assert "could not hear" in call.heard
    call.recorded(status="absent")
    assert call.line.items() == []


def test_at_the_limit_the_caller_may_carry_on_three_parts_at_most(call):
    call.press("0")
    heard = [call.speak(seconds=300, key="") for _ in range(3)]

    assert ["Carry on" in words for words in heard] == [True, True, False]
    assert "To add more" not in call.heard
    assert len(item(call).recordings) == 3


def test_recording_again_marks_what_it_replaces_and_keeps_both_until_heard(call):
    call.press("0")
    call.speak()
    first = call.take
    call.press("2")
    call.speak()

    assert [(take.sid, take.replaces) for take in item(call).recordings] == [
        (first, None),
        (call.take, first),
    ]


def test_recording_again_and_then_silence_keeps_the_first(call):
    call.press("0")
    call.speak()
    call.press("2")
    call.wait()

    assert "Who was the care for" in call.heard
    assert [take.replaces for take in item(call).recordings] == [None]


def test_advice_goes_to_its_own_queue_and_asks_for_a_number(call):
    assert "Samaritans" in call.press("2")
    assert call.waits == "message"
    call.speak()
    call.press("1", "1")

    assert (item(call).purpose, item(call).contact, item(call).about) == ("advice", True, None)


# --- who rings


@pytest.mark.parametrize(
    "frm",
    [
        "",
        "anonymous",
        "Anonymous",
        "+266696687",
        "RESTRICTED",
        "client:nan",
        "+999",
        "sip:relay@example.org",
    ],
)
def test_a_caller_who_cannot_be_rung_back_is_heard_and_not_asked(sqlite_line, frm):
    call = sqlite_line.ring(frm=frm)
    call.press(*MENU)
    call.speak()
    call.press("1", "1")

    assert call.waits == "end"
    assert item(call).contact is None


def test_two_withheld_callers_are_not_one(sqlite_line):
    for _ in range(2):
        call = sqlite_line.ring(frm="+266696687")
        call.press("0")
        call.speak()

    assert [found.caller_id for found in sqlite_line.items()] == [None, None]


# --- foul luck


def test_a_doubled_turn_gets_the_same_answer_byte_for_byte(line):
    call = line.ring()
    call.press("1")
    address, first = call.address(), call.go(call.address(), Digits="2")
    body = call.body
    call.go(address, Digits="3")

    assert (call.body, call.heard) == (body, first)
    assert line.items()[0].service == "hospital"


def test_a_prompt_in_a_human_voice_is_played_and_public(sqlite_url, environ, tmp_path):
    script = tmp_path / "script"
    shutil.copytree(ROOT / "script", script)
    (script / "prompts" / "en").mkdir(parents=True)
    (script / "prompts" / "en" / "opening.wav").write_bytes(b"RIFF")
    with Line({**environ, "DATABASE_URL": sqlite_url, "HEARD_SCRIPT": str(script)}) as line:
        play = line.ring().twiml.find(".//Play").text
        with line.client.get(play) as heard:
            assert heard.data == b"RIFF"
        with line.client.get("/voice/prompts/%2E%2E/line.toml") as outside:
            assert outside.status_code == 404


# --- words from Twilio about recordings and calls


def test_a_recording_is_one_row_whichever_word_of_it_comes_first(line):
    call = line.ring()
    call.press("0")
    early = line.sid("RE")
    call.recorded(sid=early)
    call.speak(sid=early)
    call.recorded()
    call.recorded()

    assert [take.sid for take in line.items()[0].recordings] == [early]


def test_a_recording_that_twilio_never_kept_is_no_speech_whichever_word_comes_first(sqlite_line):
    for absent_first in (True, False):
        call = sqlite_line.ring()
        call.press("0")
        take = sqlite_line.sid("RE")
        if absent_first:
            call.recorded("absent", take)
        call.speak(sid=take)
        if not absent_first:
            call.recorded("absent", take)

    assert [found.recordings[0].state for found in sqlite_line.items()] == ["no_speech"] * 2


def test_a_recording_of_a_call_that_nobody_told_of_is_kept(sqlite_line):
    call = sqlite_line.ring()
    call.sid = sqlite_line.sid("CA")
    call.recorded(sid=sqlite_line.sid("RE"))

    assert len(sqlite_line.items()[0].recordings) == 1


def test_the_caller_of_a_recording_that_came_first_is_known_later(sqlite_line):
    call = sqlite_line.ring()
    call.sid = call.fields["CallSid"] = sqlite_line.sid("CA")
    call.recorded(sid=sqlite_line.sid("RE"))
    call.go("/voice")

    assert item(call).caller is not None


@pytest.mark.parametrize(
    "status", ["completed", "busy", "failed", "no-answer", "canceled", "ringing"]
)
def test_the_end_of_a_call_that_never_began_is_only_noted(sqlite_line, status):
    sid = sqlite_line.sid("CA")
    assert sqlite_line.post("/voice/status", CallSid=sid, CallStatus=status).status_code == 200

    assert (sqlite_line.items(), ledger(sqlite_line)) == ([], [None])


def test_the_delivery_of_our_texts_is_noted_once_for_each_status(sqlite_line):
    for status in ("sent", "delivered", "delivered", "failed"):
        sqlite_line.post("/sms/status", MessageSid="SM1", MessageStatus=status)

    assert ledger(sqlite_line, "turn") == ["sent", "delivered", "failed"]


def test_the_numbers_of_callers_lie_sealed(sqlite_line):
    sqlite_line.text("It was cold, ring me on 07700 900123")
    call = sqlite_line.ring()
    call.press(*MENU)

    stored = sqlite_line.house.database.engine.url.database
    with open(stored, "rb") as raw:
        assert b"+447700900123" not in raw.read()


def test_a_recorded_goodbye_does_not_hide_the_reference(sqlite_url, environ, tmp_path):
    script = shutil.copytree(ROOT / "script", tmp_path / "script")
    (script / "prompts" / "en").mkdir(parents=True)
    (script / "prompts" / "en" / "end.wav").write_bytes(b"RIFF")
    with Line({**environ, "DATABASE_URL": sqlite_url, "HEARD_SCRIPT": str(script)}) as line:
        call = line.ring()
        call.press("0")
        call.speak()
        call.press("1", "1", "1")

        assert ", ".join(line.items()[0].reference) in call.heard
