"""Twilio turns here when one of our answers failed: never an error, and nothing twice."""

import pytest
from sqlalchemy import select, update

from handlers.fallback import failed_turn
from store.arrival_rows import Conversation, Ledger
from tests.driver import CALLER, NUMBER
from tests.handlers.rows import rows

FAILED = {"ErrorCode": "11205", "ErrorUrl": "https://line.example.org/sms"}
TEXT = {"MessageSid": "SM1", "From": CALLER, "To": NUMBER, "Body": "The ward was cold"}


def failed(call, path="", **more):
    """What Twilio posts after a turn of a call failed."""
    url = f"https://line.example.org/voice{path}"
    return call.go("/voice/fallback", ErrorCode="11205", ErrorUrl=url, **more)


def test_a_text_whose_answer_was_lost_gets_it_again_and_is_one_text(line):
    first = line.post("/sms", **TEXT)
    again = line.post("/sms/fallback", **TEXT, **FAILED)

    assert again.data == first.data
    assert rows(line)["texts"] == 1


def test_a_text_that_never_arrived_is_taken_like_any_other(line):
    assert "Which service?" in line.post("/sms/fallback", **TEXT, **FAILED).text
    assert rows(line)["texts"] == 1


def test_a_text_is_kept_without_its_database_and_once_though_both_addresses_had_it(line):
    with line.away():
        answers = {line.post(path, **TEXT).data for path in ("/sms", "/sms/fallback", "/sms")}
    line.caught_up()

    assert len(answers) == 1
    assert rows(line)["texts"] == 1


@pytest.mark.parametrize("committed", [True, False])
def test_a_call_whose_first_turn_failed_hears_what_this_is_and_then_the_tone(line, committed):
    call = line.ring()
    if not committed:
        call.sid = call.fields["CallSid"] = line.sid("CA")
    heard = failed(call)

    assert heard.startswith("Because We All Care, run by Healthwatch.")
    assert call.waits == "message"
    call.speak()
    assert [take.sid for take in line.items()[0].recordings] == [call.take]


def test_a_turn_that_failed_leads_to_the_tone_in_the_same_call_and_loses_no_answer(line):
    call = line.ring()
    call.press("1", "2")
    failed(call, "/2")
    assert call.waits == "message"
    call.speak()
    assert "To keep it" in call.heard

    (item,) = line.items()
    assert item.service == "hospital"
    assert [take.sid for take in item.recordings] == [call.take]


def test_a_take_whose_turn_failed_is_kept(line):
    call = line.ring()
    call.press("0")
    failed(call, "/2", RecordingSid="RE1", RecordingDuration="9", Digits="#")
    assert [take.sid for take in line.items()[0].recordings] == ["RE1"]


def test_whoever_spoke_and_did_not_hear_our_answer_goes_on_and_their_take_counts_once(line):
    call = line.ring()
    call.press("0")
    call.speak()
    failed(call, "/2", RecordingSid=call.take, RecordingDuration="9", Digits="#")

    assert "To keep it" in call.heard
    with line.house.database.reading() as session:
        assert session.scalars(select(Conversation.state)).one()["parts"] == 1


def test_the_key_of_a_turn_that_failed_counts(line):
    call = line.ring()
    call.press("2")
    call.speak()
    call.press("1")
    assert "is that safe" in call.heard
    failed(call, call.address().removeprefix("/voice"), Digits="2")

    (item,) = line.items()
    assert (item.purpose, item.contact) == ("advice", False)


ENDS = {"CallStatus": "completed", "From": CALLER, "To": NUMBER}
READY = {"RecordingSid": "RE9", "RecordingStatus": "completed", "RecordingDuration": "9"}


@pytest.mark.parametrize("order", [("recording", "status"), ("status", "recording")])
def test_who_rang_is_known_where_another_host_answered_the_call(line, order):
    said = {"recording": READY, "status": ENDS}
    for what in order:
        line.post(f"/voice/{what}", CallSid="CA" + "9" * 32, **said[what])
    line.text("My own words")

    rang, texted = line.items()
    assert rang.caller_id == texted.caller_id is not None


def test_a_recording_is_taken_though_nobody_can_open_what_was_told_of_its_call(line):
    line.post("/voice/status", CallSid="CA" + "9" * 32, **ENDS)
    with line.house.database.writing() as session:
        session.execute(update(Ledger).values(fields=b"of a key that was lost"))
    answer = line.post("/voice/recording", CallSid="CA" + "9" * 32, **READY)

    assert answer.status_code == 200
    assert line.items()[0].caller_id is None


def test_the_end_of_a_call_in_which_nothing_was_said_makes_no_phone_known(line):
    line.post("/voice/status", CallSid="CA" + "8" * 32, **ENDS)
    assert rows(line)["callers"] == 0


def test_a_fallback_that_comes_again_gets_the_same_answer(line):
    call = line.ring()
    failed(call, "/1")
    first = call.body
    failed(call, "/1")
    assert call.body == first


def test_a_call_goes_to_the_tone_without_its_database_and_failure_upon_failure_ends(line):
    call = line.ring()
    with line.away():
        failed(call, "/1")
        assert (call.waits, call.address()) == ("message", "/voice/2")
        failed(call, "/2")
        failed(call, "/3")
        assert call.waits == "end"


@pytest.mark.parametrize("path", ["/sms/fallback", "/voice/fallback"])
def test_an_error_of_our_own_reaches_nobody_who_texts_or_rings(line, path, caplog):
    for table in ("texts", "conversations"):
        with line.house.database.writing() as session:
            session.connection().exec_driver_sql(
                f"CREATE TRIGGER wrong_{table} BEFORE INSERT ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'no'); END"
            )
    answer = line.post(path, **TEXT, CallSid="CA1", CallStatus="ringing", ErrorUrl="x/voice")

    assert answer.status_code == 200
    assert line.spool.waiting()
    assert "thank you, we have that" in answer.text or "After the tone" in answer.text
    assert "IntegrityError" in caplog.text


@pytest.mark.parametrize(
    ("url", "turn"),
    [
        ("https://line.example.org/voice", "f0"),
        ("https://line.example.org/voice/7", "f7"),
        ("https://line.example.org/voice/7?x=1", "f7"),
        ("https://line.example.org/voice/7000", "f"),
        ("https://line.example.org/voice/prompts/en/opening.wav", "f"),
        ("http://[", "f"),
        ("", "f"),
    ],
)
def test_the_turn_of_a_fallback_is_that_of_the_address_that_failed(url, turn):
    assert failed_turn(url) == turn


@pytest.mark.parametrize("path", ["/sms/fallback", "/voice/fallback"])
def test_nonsense_that_is_rightly_signed_is_no_error(line, path):
    assert line.post(path).status_code == 200
    assert line.post(path, ErrorUrl="\x00" * 3000, From="?").status_code == 200


@pytest.mark.parametrize("path", ["/sms/fallback", "/voice/fallback"])
def test_what_is_not_signed_or_far_too_long_is_refused(line, path):
    assert line.client.post(path, data=TEXT).status_code == 403
    assert line.post(path, Body="x" * 66_000).status_code in (403, 413)
    assert rows(line)["ledger"] == 0
