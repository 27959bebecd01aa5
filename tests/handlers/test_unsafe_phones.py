"""What is texted to "Is this phone safe for us to text?", and is a no in anybody's words."""

import shutil

import pytest

from tests.conftest import ROOT
from tests.driver import CALLER, NUMBER, Line
from tests.handlers.replied import kind

NOES = [
    *("he has my phone", "he checks my phone", "he reads my messages", "its his phone"),
    *("no this is my husbands phone", "no way", "never", "definitely not", "sorry no"),
    *("not really he looks at it", "not at night", "no 2", "👎"),
    *("NO NO NO", "nooo", "i dont think so", "probably not", "idk", "its a shared phone"),
]


@pytest.mark.parametrize("no", NOES)
def test_a_no_in_anybodys_words_is_heard(sqlite_line, no):
    sqlite_line.text("my carer hits me")

    assert kind(sqlite_line.text(no)) == "quiet"
    assert sqlite_line.items()[0].safe is False


FOUND = ["he saw your text", "he's got the phone", "not anymore", "hes home now", "changed my mind"]


@pytest.mark.parametrize("told", [*FOUND, "nooo"])
def test_a_yes_is_taken_back_by_what_people_say_when_it_was_found(sqlite_line, told):
    for body in ("my carer hits me", "yes"):
        sqlite_line.text(body)

    assert kind(sqlite_line.text(told)) == "quiet"
    assert sqlite_line.items()[0].safe is False


@pytest.mark.parametrize(
    "bodies",
    [
        ["cant talk he watches my phone. he hits me every day"],
        ["my husband hits me. please do not text back, he checks my phone"],
        ["I want to die", "he reads my phone"],
        ["I want to kill myself he beats me", "no", "he has my phone"],
    ],
)
def test_a_phone_that_is_said_to_be_watched_in_danger_is_left_alone(sqlite_line, bodies):
    replies = [kind(sqlite_line.text(body)) for body in bodies]

    assert replies[-1] == "quiet"
    assert sqlite_line.text("he hit me again") is None


READ_TO = ["my daughter reads my texts to me because im blind", "my carer reads my messages for me"]
READ_TO += ["my husband has my phone so text him", "my daughter has my phone"]


@pytest.mark.parametrize("told", READ_TO)
def test_who_may_be_helped_with_the_phone_is_asked_if_it_is_safe(sqlite_line, told):
    assert kind(sqlite_line.text(told)) == "neutral"
    assert sqlite_line.items()[0].safe is None


@pytest.mark.parametrize(
    "told",
    [
        "he watches my phone",
        "he has my phone",
        "my husband checks my phone",
        "my husband hits me, my husband has my phone",
        "my carer has my phone so please dont text",
    ],
)
def test_who_tells_that_they_are_watched_is_not_asked_on_that_phone(sqlite_line, told):
    assert kind(sqlite_line.text(told)) == "quiet"
    assert sqlite_line.items()[0].safe is False


def test_after_a_cry_who_reads_their_texts_to_them_is_no_no(sqlite_line):
    for body in ("I want to die", "my wife will read my texts to me"):
        sqlite_line.text(body)

    assert sqlite_line.items()[0].safe is None


@pytest.mark.parametrize("asks", ["safe?", "yes?", "It is ?"])
def test_a_question_is_no_consent_and_is_asked_back(sqlite_line, asks):
    sqlite_line.text("my carer hits me")

    assert kind(sqlite_line.text(asks)) == "neutral"
    assert kind(sqlite_line.text("yes")) == "thanks"


ENOUGH = ["stop please", "please stop texting", "leave me alone", "Go away!", "dont reply"]


@pytest.mark.parametrize("no", ENOUGH)
@pytest.mark.parametrize(
    "before", [["my carer hits me"], ["my carer hits me", "yes"], ["I want to die"]]
)
def test_whoever_only_tells_us_to_stop_is_obeyed_in_danger_too(sqlite_line, before, no):
    for body in before:
        sqlite_line.text(body)

    assert kind(sqlite_line.text(no)) == "quiet"
    assert sqlite_line.text("he is back") is None
    assert sqlite_line.items()[0].safe is False


def test_stop_itself_stays_a_keyword_in_danger(sqlite_line):
    for body in ("I want to die", "STOP"):
        sqlite_line.text(body)

    assert [item.safe for item in sqlite_line.items()] == [None]


CRIES = ["no i cut my wrists", "No. theres no point any more", "no my tablets are gone i took them"]
CRIES += [
    "no he hit me again and i want to die",
    "No. I will be gone by the time you read this",
    "not safe i want to die",
]


@pytest.mark.parametrize("no", CRIES)
def test_a_no_that_is_a_cry_brings_help_and_is_heard_as_a_no(sqlite_line, no):
    sqlite_line.text("my carer hits me")

    assert kind(sqlite_line.text(no)) == "crisis"
    assert sqlite_line.items()[0].safe is False


WATCHED = ["no he will kill me if he sees", "no my mum will see", "dont text me he is back"]
WATCHED += [
    "not safe he has a knife",
    "no hes going to kill me",
    "its not safe actually, he is back",
    "please dont ring me",
    "its not safe now",
    "its still not safe",
    "not safe any more",
    "no it isnt safe im scared",
    "no i am not safe",
]


@pytest.mark.parametrize("no", WATCHED)
def test_a_no_for_fear_of_somebody_names_no_help_lines_to_them(sqlite_line, no):
    sqlite_line.text("my carer hits me")

    assert kind(sqlite_line.text(no)) == "quiet"
    assert sqlite_line.items()[0].safe is False


AGAIN = ["dont text me he is back", "please dont text me he is back", "its not safe now"]


@pytest.mark.parametrize("again", AGAIN)
def test_a_no_that_is_said_again_brings_nothing_to_that_phone(sqlite_line, again):
    for body in ("my carer hits me", "no"):
        sqlite_line.text(body)

    assert sqlite_line.text(again) is None
    assert [(item.tier, item.safe) for item in sqlite_line.items()] == [("R1", False)]


@pytest.mark.parametrize("cry", ["I want to die", "dont text me i want to die"])
def test_a_cry_from_a_phone_that_is_not_safe_is_answered(sqlite_line, cry):
    for body in ("my carer hits me", "no"):
        sqlite_line.text(body)

    assert kind(sqlite_line.text(cry)) == "crisis"


# --- what such a phone tells us by a call


@pytest.fixture
def unsafe(line):
    """The line, told by a phone that it is not safe to text; another phone has said that it is."""
    for frm, safe in ((CALLER, "no"), ("+447700900999", "yes")):
        line.text("my carer hits me", frm=frm)
        line.text(safe, frm=frm)
    return line


def test_a_call_from_a_phone_that_is_not_safe_is_not_safe_to_answer(unsafe):
    call = unsafe.ring()
    call.press("2")
    call.speak()
    call.press("1", "1")

    assert [item.safe for item in unsafe.items()] == [False, True, False]


def test_a_call_from_another_phone_is_as_safe_as_it_was(unsafe):
    call = unsafe.ring(frm="+447700900999")
    call.press("2")
    call.speak()

    assert unsafe.items()[-1].safe is None


def test_who_texts_start_asks_for_our_texts_again_and_their_next_call_is_as_any(unsafe):
    unsafe.text("START")
    call = unsafe.ring()
    call.press("0")
    call.speak()

    assert unsafe.items()[-1].safe is None


def test_a_recording_that_came_before_its_caller_is_not_safe_to_answer_either(unsafe):
    call = unsafe.ring()
    call.sid = call.fields["CallSid"] = unsafe.sid("CA")
    call.recorded(sid=unsafe.sid("RE"))
    call.go("/voice")

    assert unsafe.items()[-1].safe is False


def test_a_recording_of_which_only_the_end_of_the_call_was_told_is_not_safe_either(unsafe):
    call = unsafe.ring()
    call.sid = call.fields["CallSid"] = unsafe.sid("CA")
    call.hang_up()
    call.recorded(sid=unsafe.sid("RE"))

    assert unsafe.items()[-1].safe is False


OTHER = "+441214960001"


def test_what_a_phone_texted_to_another_number_of_ours_counts_too(sqlite_url, environ, tmp_path):
    script = shutil.copytree(ROOT / "script", tmp_path / "script")
    with (script / "line.toml").open("a") as file:
        file.write("".join(f'\n[[numbers]]\nnumber = "{ours}"\n' for ours in (NUMBER, OTHER)))
    settings = {**environ, "DATABASE_URL": sqlite_url, "HEARD_SCRIPT": str(script)}
    with Line(settings) as line:
        line.text("my carer hits me")
        line.text("no")
        call = line.ring(to=OTHER)
        call.press("0")
        call.speak()

        assert line.items()[-1].safe is False


@pytest.mark.parametrize(
    ("first", "last"), [("The ward was cold", "STOP"), ("my carer hits me", "no")]
)
def test_a_text_that_twilio_brings_once_more_after_a_no_is_not_answered_again(line, first, last):
    sids = ["SM" + "a" * 32, "SM" + "b" * 32]
    replies = [line.text(body, sid=sid) for body, sid in zip((first, last), sids, strict=True)]
    noise = line.text(first, frm="+447700900999", sid="SM" + "c" * 32)

    assert line.text(first, sid=sids[0]) is None
    assert line.text(last, sid=sids[1]) == replies[1]
    assert line.text(first, frm="+447700900999", sid="SM" + "c" * 32) == noise


def test_a_crisis_reply_is_given_again_all_the_same(line):
    sid = "SM" + "a" * 32
    help_named = line.text("I want to die", sid=sid)
    line.text("STOP")

    assert line.text("I want to die", sid=sid) == help_named
