"""The database is away: a caller hears the opening and the tone, and what is said is kept."""

from tests.driver import CALLER
from tests.handlers.rows import ledger, rows
from tests.shelter.spooled import Sheltered


def takes(line):
    return [take.sid for item in line.items() for take in item.recordings]


def test_a_call_hears_the_opening_then_the_tone_then_thanks_and_is_one_item(line):
    with line.away():
        call = line.ring()
        opening, waits, address = call.heard, call.waits, call.address()
        thanks = call.speak()
        call.hang_up()
        call.recorded()
    line.caught_up()

    assert opening.startswith("Because We All Care, run by Healthwatch.")
    assert "After the tone" in opening
    assert (waits, address) == ("message", "/voice/1")
    assert (call.waits, "is kept" in thanks, "reference" in thanks) == ("end", True, False)
    (item,) = line.items()
    assert (takes(line), item.complete) == ([call.take], True)
    assert item.caller is not None
    assert ledger(line) == [None] * 4
    assert line.files() == []


def test_silence_gets_the_tone_once_more_and_then_goodbye(line):
    with line.away():
        call = line.ring()
        assert (call.waits, "could not hear you" in call.wait()) == ("message", True)
        call.wait()
        assert (call.waits, "no message from you" in call.heard) == ("end", True)
    line.caught_up()
    assert rows(line)["feedback"] == 0


def test_a_call_that_began_before_gets_the_tone_and_keeps_what_was_pressed(line):
    call = line.ring()
    call.press("1")
    with line.away():
        call.press("2")
        assert (call.waits, call.address()) == ("message", "/voice/3")
        assert "run by" not in call.heard
        call.wait()
        call.wait()
        assert call.waits == "end"
        assert "no message" not in call.heard
    line.caught_up()
    assert line.items()[0].service == "hospital"


def test_a_call_goes_on_as_ever_when_the_database_is_back_after_the_tone(line):
    with line.away():
        call = line.ring()
    line.caught_up()
    heard = call.speak()

    assert "To keep it" in heard
    call.press("1")
    assert "Who was the care for?" in call.heard
    assert takes(line) == [call.take]


def test_a_hang_up_in_the_message_is_kept_and_answered_with_nothing(line):
    with line.away():
        call = line.ring()
        call.speak(key="hangup")
        assert call.heard == ""
    line.caught_up()
    assert takes(line) == [call.take]


def test_a_turn_that_comes_again_gets_the_same_answer_and_is_kept_once(line):
    with line.away():
        call = line.ring()
        first = call.body
        call.go("/voice")
        assert call.body == first
        assert len(line.files()) == 1


def test_a_withheld_caller_and_an_address_that_fits_nowhere_still_lead_to_the_tone(line):
    with line.away():
        call = line.ring(frm="anonymous")
        call.go("/voice/x/y")
        assert call.waits == "message"
        call.speak()
    line.caught_up()
    assert takes(line) == [call.take]


def test_a_number_that_is_not_ours_hears_so(line, environ, tmp_path):
    script = tmp_path / "script"
    script.mkdir()
    source = line.house.door.script.folder
    for file in source.glob("*.toml"):
        (script / file.name).write_text(file.read_text())
    with (script / "line.toml").open("a") as file:
        file.write('\n[[numbers]]\nnumber = "+441214960000"\n')
    settings = {**line.environ, "HEARD_SCRIPT": str(script)}
    with line.away(), Sheltered(settings) as ours:
        assert "not in use" in ours.ring(to="+441214960999").heard
        assert ours.text("hi there you") is not None
        lost = ours.post("/sms", MessageSid="SM7", From=CALLER, To="+441214960999", Body="hello")
        assert "<Message" not in lost.text


def test_a_call_that_nothing_can_keep_is_refused_and_its_fallback_leads_to_the_tone(line, tmp_path):
    (tmp_path / "spool").write_text("no folder")
    fields = {"CallSid": "CA1", "From": CALLER, "To": "+441214960000", "CallStatus": "ringing"}
    with line.away():
        assert line.post("/voice", **fields).status_code == 503
        fallback = line.post(
            "/voice/fallback", **fields, ErrorCode="11200", ErrorUrl="https://line/voice"
        )
    assert fallback.status_code == 200
    assert "run by Healthwatch" in fallback.text
    assert 'action="/voice/1"' in fallback.text
