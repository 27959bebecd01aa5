"""A colleague texts somebody: what they text back is on the item that it was about."""

import pytest

from dialogue import reply_intake
from store.arrival_rows import Caller
from store.models import Feedback
from tests.dialogue.doorstep import NUMBER

RING_ME = "Yes, ring me Thursday after 3 please, mornings are no good for me"


@pytest.fixture
def staff_text(door):
    """A colleague texts about the first item."""

    def text():
        with door.database.writing() as session:
            item = session.get(Feedback, door.rows(Feedback)[0].id)
            caller = session.get(Caller, item.caller_id)
            reply_intake.await_words(session, item, caller, NUMBER, door.now)

    return text


def bodies(door, number):
    return door.bodies(door.rows(Feedback)[number])


def test_a_question_that_was_left_days_ago_takes_no_answer_that_is_for_a_colleague(
    door, say, staff_text
):
    for body in ("Great GP", "1 1 1 1", "NEW", "The pharmacy was slow"):
        say(body)
    door.later(days=3)
    staff_text()

    assert "Which service" not in say(RING_ME)
    assert bodies(door, 0)[-1] == RING_ME
    assert len(door.rows(Feedback)) == 2


@pytest.mark.parametrize("body", ["Yes", "1", "ok", "No", "2"])
def test_what_may_be_for_a_colleague_is_no_word_on_contact(door, say, staff_text, body):
    for said in ("Great GP", "1 1 1 1", "NEW", "The pharmacy was slow", "4 4 1"):
        say(said)
    staff_text()
    say(body)

    assert bodies(door, 0)[-1] == body
    assert [(item.contact, item.complete) for item in door.rows(Feedback)] == [
        (True, True),
        (None, True),
    ]


@pytest.mark.parametrize("cry", ["I want to die", "my husband hits me"])
@pytest.mark.parametrize("days", [0, 3])
def test_words_behind_a_cry_stay_with_it_though_a_colleague_texts_of_something_else(
    door, say, staff_text, cry, days
):
    for body in ("Great GP", "1 1 1 1", "NEW", cry):
        say(body)
    staff_text()

    assert "NEW" not in (say("nobody would even notice", days=days, minutes=61) or "")
    assert bodies(door, 1)[-1] == "nobody would even notice"
    assert len(door.rows(Feedback)) == 2


def test_keep_brings_back_that_a_colleague_waits_for_words(door, say, staff_text):
    for body in ("Great GP", "1 1 1 1"):
        say(body)
    staff_text()
    for body in ("DELETE", "KEEP", "After 5 today please"):
        say(body)

    assert bodies(door, 0)[-1] == "After 5 today please"
    assert len(door.rows(Feedback)) == 1


def test_whoever_had_their_latest_item_removed_answers_a_colleague_on_another(
    door, say, staff_text
):
    for body in ("Great GP", "1 1 1 1", "NEW", "The pharmacy was slow", "DELETE"):
        say(body)
    staff_text()

    assert "Which service" not in say(RING_ME)
    assert bodies(door, 0)[-1] == RING_ME


def test_a_question_that_is_open_today_stays_open(door, say, staff_text):
    for body in ("Great GP", "1 1 1 1", "NEW", "The pharmacy was slow"):
        say(body)
    staff_text()
    say("4")

    assert [item.service for item in door.rows(Feedback)] == ["gp", "other"]


@pytest.mark.parametrize(
    ("body", "contact"),
    [
        ("no thanks he will see", False),
        ("dont ring he will see", False),
        ("No he listens", False),
        ("no thanks", True),
        ("dont ring the landline", True),
        ("no, ring me after 2", True),
        ("dont ring mum, ring me", True),
    ],
)
def test_a_no_for_the_sake_of_others_is_one_to_a_colleague_too(
    door, say, staff_text, body, contact
):
    for said in ("Great GP", "1 1 1 1", "NEW", "The pharmacy was slow", "4 4 1 1"):
        say(said)
    door.later(days=3)
    staff_text()
    say(body)

    assert door.rows(Feedback)[0].contact is contact
    assert bodies(door, 0)[-1] == body
