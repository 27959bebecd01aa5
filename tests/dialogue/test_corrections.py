"""An answer taken back while the next question is open: changed where it is sure, else asked."""

import pytest

from store.models import Feedback, Text


def given(door):
    (item,) = door.rows(Feedback)
    return item.service, item.rating, item.about, item.contact


@pytest.mark.parametrize(
    "body",
    [
        "sorry I meant 2 hospital",
        "Sorry, hospital",
        "I meant hospital",
        "hospital sorry",
        "no sorry hospital",
    ],
)
def test_the_service_is_changed_by_its_own_words_and_the_rating_is_asked_again(door, say, body):
    for before in ("Nurse was rude at the Manor", "1"):
        say(before)

    assert say(body).startswith("Hospital. Overall, how was your experience")
    assert say("5").startswith("Very poor.")
    assert given(door) == ("hospital", "very_poor", None, None)


@pytest.mark.parametrize("body", ["sorry 2", "No 2", "no, 2", "actually 2", "2 sorry"])
def test_a_bare_number_that_may_be_meant_for_either_is_asked_about_and_never_guessed(
    door, say, body
):
    for before in ("Nurse was rude at the Manor", "1"):
        say(before)

    assert ["Overall, how was" in say(body) for _ in range(3)] == [True] * 3
    assert given(door) == ("gp", None, None, None)


def test_a_place_beside_the_right_number_is_kept_as_it_was_typed(door, say):
    for body in ("The ward was cold", "1", "Sorry, 2 Good Hope, Sutton"):
        say(body)

    assert [(i.service, i.place) for i in door.rows(Feedback)] == [
        ("hospital", "Good Hope, Sutton")
    ]


def test_a_correction_does_not_use_up_the_repeat(door, say):
    for body in ("Nurse was rude at the Manor", "1", "sorry 2", "sorry I meant 2 hospital"):
        say(body)

    assert "Overall, how was" in say("the ward was cold")
    assert "Who was the care for" in say("5")


def test_a_rating_is_changed_by_its_words_and_whom_it_was_about_is_asked_again(door, say):
    for body in ("Nurse was lovely at the Manor", "2", "5"):
        say(body)

    assert say("sorry I meant 1 very good").startswith("Very good. Who was the care for?")
    assert given(door) == ("hospital", "very_good", None, None)


def test_a_number_that_only_the_question_before_has_is_meant_for_it(door, say):
    for body in ("Nurse was lovely at the Manor", "2", "4"):
        say(body)
    say("sorry 5")

    assert given(door) == ("hospital", "very_poor", None, None)
    assert [text.question for text in door.rows(Text)][-1] == "rating"


def test_at_the_closing_a_no_is_a_no_and_a_yes_is_never_made_of_a_correction(door, say):
    for body in ("Nurse was lovely at the Manor", "2 1 1"):
        say(body)

    assert say("sorry I meant someone else").startswith("Someone I care for. Thank you.")
    assert "May we text you back?" in say("sorry 1")
    say("sorry ok")
    assert given(door) == ("hospital", "very_good", "someone_else", None)


def test_nobody_is_put_down_as_having_rated_a_death(door, say):
    for body in ("My nan died on ward 6", "2"):
        say(body)
    say("sorry I meant very poor")

    assert given(door)[1] is None


@pytest.mark.parametrize(
    "body", ["sorry I forgot to say the food was cold", "sorry", "actually the doctor was kind"]
)
def test_what_only_begins_like_a_correction_is_more_feedback(door, say, body):
    for before in ("Nurse was rude at the Manor", "1"):
        say(before)

    assert "we have added that" in say(body)
    assert given(door) == ("gp", None, None, None)


@pytest.mark.parametrize("body", ["Sorry I meant 2", "No sorry 2", "sorry i pressed 1 i meant 2"])
def test_that_we_may_text_is_taken_back_by_number_too(door, say, body):
    for before in ("Nurse was rude at the Manor", "2 4 1 1", body):
        said = say(before)

    assert "we will not text" in said
    assert given(door)[3] is False


@pytest.mark.parametrize("before", [["1"], []])
@pytest.mark.parametrize("body", ["sorry 2", "no sorry 2", "sorry no 2"])
def test_that_a_phone_is_safe_is_taken_back_by_number_too(door, say, before, body):
    for text in ("My husband hits me", *before, body):
        said = say(text)

    assert "We will not text back" in said
    assert [item.safe for item in door.rows(Feedback)] == [False]


@pytest.mark.parametrize("body", ["sorry 2 weeks", "sorry 2", "sorry I meant 2 pm"])
def test_a_time_to_ring_whoever_needs_advice_is_no_refusal(door, say, body):
    for text in ("ADVICE", "My dad needs a stairlift", body):
        say(text)

    assert given(door)[3] is True
