"""Thanks, an ok and a thumb: kept, without a reply and without work for anybody."""

import pytest

from dialogue import courtesy
from store.models import Feedback, Kind, Status, Text
from tests.dialogue.doorstep import SCRIPT
from tests.handlers.replied import kind

TOLD = ("Nurse was kind", "2 1 1 1")


def bodies(door):
    return [text.body for text in door.rows(Text)]


def become(door, status, **facts):
    with door.database.writing() as session:
        item = session.get(Feedback, door.rows(Feedback)[-1].id)
        item.status = status
        for name, fact in facts.items():
            setattr(item, name, fact)


@pytest.mark.parametrize(
    "text",
    [
        "ok thanks x",
        "Thank you so much 😊",
        "👍",
        "?",
        "...",
        "K",
        "Thanks again!",
        "ta very much",
        "Thanks for your help x",
        "thankyou",
        "Great, thanks",
        "Cheers, bye",
        "Thanks for letting me know",
    ],
)
def test_what_is_only_polite(text):
    assert courtesy.polite(SCRIPT, "en", text)


@pytest.mark.parametrize(
    "text",
    [
        "please",
        "ok please help",
        "Thanks for nothing",
        "thanks to nurse Jan",
        "2",
        "yes",
        "no",
        "",
        "number?",
        "good",
        "help",
        "so cold",
        "thank you letter",
    ],
)
def test_what_says_more(text):
    assert not courtesy.polite(SCRIPT, "en", text)


@pytest.mark.parametrize("end", ["", "zz", "but"])
def test_a_long_row_of_thanks_is_read_at_once(end):
    """Each "ta very much" is also "ta" and "very much": the row was cut in every way there is, for
    minutes, while everybody else waited."""
    assert courtesy.polite(SCRIPT, "en", "ta very much " * 125 + end) is not bool(end)


@pytest.mark.parametrize("body", ["Thank you x", "👍", "ok"])
def test_thanks_leave_finished_work_finished_and_bring_no_text(door, say, body):
    for said in TOLD:
        say(said)
    become(door, Status.FINISHED)

    assert say(body) is None
    [item] = door.rows(Feedback)
    assert (item.status, bodies(door)[-1]) == (Status.FINISHED, body)


def test_an_ok_is_what_a_colleague_may_wait_for(door, say):
    for said in TOLD:
        say(said)
    become(door, Status.WAITING)

    assert say("ok") is None
    assert door.rows(Feedback)[0].status is Status.NEW


def test_behind_words_of_danger_even_a_face_is_read(door, say):
    for said in TOLD:
        say(said)
    become(door, Status.FINISHED, tier="R2")
    say("😢")

    assert door.rows(Feedback)[0].status is Status.NEW


@pytest.mark.parametrize("pause", [{"minutes": 1}, {"hours": 30}, {"days": 9}])
def test_thanks_open_no_item_however_late(door, say, pause):
    for said in TOLD:
        say(said)

    assert say("ok thanks x", **pause) is None
    assert len(door.rows(Feedback)) == 1
    assert bodies(door)[-1] == "ok thanks x"


def test_thanks_for_a_delete_are_no_feedback(door, say):
    for said in (*TOLD, "DELETE"):
        say(said)

    assert [say("thank you"), say("ok")] == [None, None]
    assert len(door.rows(Feedback)) == 1


@pytest.mark.parametrize("body", ["?", "ok", "Thanks", "..."])
def test_a_first_text_that_says_nothing_is_asked_to_tell(door, say, body):
    assert "in your own words" in say(body)
    assert door.rows(Feedback) == []


def test_a_first_face_is_feedback(door, say):
    assert kind(say("😡")) == "service"


def test_a_question_that_is_open_is_asked_again(door, say):
    say("Nurse was kind")

    assert kind(say("thank you")) == "service"
    assert door.rows(Text)[-1].kind is Kind.WORDS


def test_from_a_phone_that_is_not_safe_thanks_open_nothing(door, say):
    for said in ("my carer hits me", "no"):
        say(said)

    assert say("thank you", days=3) is None
    assert len(door.rows(Feedback)) == 1
