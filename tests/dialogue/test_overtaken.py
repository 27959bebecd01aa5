"""Texts that are found when later ones were taken: kept, and no answer to what was asked since."""

import pytest

from store.arrival_rows import Caller
from store.models import Feedback

SURVEY = ("Nurse was rude", "1", "5", "1")


def test_an_answer_that_was_lost_is_none_to_the_question_that_is_open_now(door, say, found_later):
    for body in SURVEY:
        say(body)
    found_later("1", hours=2)

    (item,) = door.rows(Feedback)
    assert (item.service, item.rating, item.about, item.contact) == ("gp", "very_poor", "me", None)
    assert "1" in door.bodies(item)


def test_a_question_stays_open_for_an_answer_that_comes_now(door, say, found_later):
    for body in SURVEY:
        say(body)
    found_later("And she shouted at the whole waiting room, for a long time, about me", hours=2)

    assert "may text you" in say("1")
    assert [item.contact for item in door.rows(Feedback)] == [True]


def test_lost_words_are_on_the_item_that_was_in_hand_when_they_were_sent(door, say, found_later):
    for body in (*SURVEY, "2"):
        say(body)
    door.later(minutes=30)
    for body in ("NEW", "The dentist was kind", "4"):
        say(body)
    found_later("She was rude to my mum, too", minutes=10)

    first, second = door.rows(Feedback)
    assert "She was rude to my mum, too" in door.bodies(first)
    assert door.bodies(second) == ["The dentist was kind", "4"]


def test_lost_first_words_are_on_the_item_that_followed_them(door, say, found_later):
    say("They were kind at the dentist")
    say("Nurse was rude", days=20)
    found_later("Nurse at the Manor was rude to me", minutes=5)

    assert door.bodies(door.rows(Feedback)[1])[-1] == "Nurse at the Manor was rude to me"


def test_a_lost_delete_removes_nothing_that_was_told_after_it(door, say, found_later):
    say("The ward was cold")
    for body in ("NEW", "The dentist was kind"):
        say(body, hours=5)
    found_later("DELETE", minutes=3)

    assert [item.hidden_at is None for item in door.rows(Feedback)] == [False, True]


def test_a_lost_keep_undoes_no_delete_that_came_after_it(door, say, found_later):
    for body in ("The ward was cold", "DELETE"):
        say(body)
    found_later("KEEP", minutes=1, seconds=30)

    assert door.rows(Feedback)[0].hidden_at


@pytest.mark.parametrize(
    ("lost", "last", "out"), [("STOP", "START", False), ("START", "STOP", True)]
)
def test_the_last_of_stop_and_start_counts_whenever_the_other_is_found(
    door, say, found_later, lost, last, out
):
    for body in ("The ward was cold", last):
        say(body)
    found_later(lost, seconds=30)

    assert door.rows(Caller)[0].opted_out is out


def test_a_lost_stop_with_no_start_after_it_counts(door, say, found_later):
    for body in ("The ward was cold", "2"):
        say(body)
    found_later("STOP", seconds=30)

    assert say("5") is None


def test_a_lost_new_closes_nothing_that_was_said_since(door, say, found_later):
    for body in SURVEY:
        say(body)
    found_later("NEW", hours=2)

    assert "will not text" in say("2")


def test_a_lost_advice_makes_no_wish_to_be_rung_of_later_words(door, say, found_later):
    say("The ward was cold")
    found_later("ADVICE", hours=2)
    say("and nobody came")

    assert [(item.purpose, item.contact) for item in door.rows(Feedback)] == [("feedback", None)]


def test_a_lost_wish_not_to_be_texted_counts_and_a_lost_cry_brings_help(door, say, found_later):
    for body in SURVEY:
        say(body)
    found_later("And the tea was cold. Dont ring me", minutes=3)

    assert found_later("I want to die", minutes=2).startswith("You matter")
    assert door.rows(Feedback)[0].contact is False


@pytest.mark.parametrize(
    ("lost", "minutes", "safe"), [("2", 9, None), ("1", 1, None), ("2", 1, False)]
)
def test_whether_a_phone_is_safe_is_no_lost_answer_of_before_and_no_lost_yes(
    door, say, found_later, lost, minutes, safe
):
    for body in ("The ward was cold", "my carer hits me", "and she shouts"):
        say(body)
    found_later(lost, minutes=minutes)

    assert [item.safe for item in door.rows(Feedback)] == [safe]
