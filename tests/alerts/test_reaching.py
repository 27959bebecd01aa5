"""Twilio is away or refuses: an alert that reached nobody goes on each hour until it does."""

from datetime import timedelta

import pytest

from store.upkeep import Outgoing, Sending
from tests.alerts.conftest import ANN, BOB, BY_TEXT, LEA, MONDAY, R1, london
from tests.catch_up.conftest import says

REFUSED = ("POST", says("400 BAD", b'{"code": 21408}'))
NO_SUCH_ACCOUNT = ("POST", says("401 NO", b'{"code": 20003}'))


@pytest.fixture
def texts(small):
    """Everybody is told by text alone."""
    small.rota(*BY_TEXT)
    return small


def cries(duty, at, *oddly):
    """Words of crisis at this moment, while Twilio answers as it is told; a few rounds of it."""
    duty.at = at
    duty.twilio.oddly += oddly
    duty.say(R1)
    for _ in range(5):
        duty.goes_on()
        duty.later(seconds=10)


def test_a_twilio_that_refused_for_a_minute_at_christmas_is_asked_again_in_an_hour(duty):
    duty.rota(*BY_TEXT)
    cries(duty, london(2026, 12, 24, 18), *[REFUSED] * 4)
    assert (duty.texted(), duty.incidents()) == ([], {"alert"})
    duty.pass_by(65, 5)

    assert duty.texted() == [ANN]


def test_once_twilio_is_back_in_the_night_everybody_hears_of_it_in_minutes(texts):
    cries(texts, london(2026, 11, 20, 20), *[NO_SUCH_ACCOUNT] * 400)
    texts.pass_by(8 * 60, 5)
    texts.twilio.oddly.clear()
    texts.pass_by(30, 5)

    assert sorted(texts.texted()[:3]) == [ANN, BOB, LEA]


def test_what_waits_for_a_person_is_one_text_however_long_twilio_is_away(texts):
    """Not one for each hour of it: an older one makes room."""
    cries(texts, london(2026, 11, 20, 20), *[NO_SUCH_ACCOUNT] * 400)
    texts.pass_by(8 * 60, 5)

    waiting = [row for row in texts.rows(Outgoing) if row.state is Sending.DUE]
    assert len(waiting) == len({row.caller_id for row in waiting}) == 3


def test_refusals_in_both_turns_of_a_day_are_not_the_end(texts):
    cries(texts, MONDAY, *[REFUSED] * 8)
    texts.pass_by(130, 1)
    assert texts.texted() == [ANN]

    texts.pass_by(30, 5)
    assert texts.texted() == [ANN, BOB, LEA, LEA]


def test_an_alert_that_reached_nobody_is_not_tried_more_often_than_each_hour(texts):
    cries(texts, MONDAY, *[REFUSED] * 400)
    left = len(texts.twilio.oddly)
    texts.pass_by(58, 1)

    assert len(texts.twilio.oddly) == left


def test_one_who_was_reached_is_enough_for_a_night_to_rest_for_two_hours(texts):
    cries(texts, london(2026, 11, 21, 3), *[REFUSED] * 2)
    texts.pass_by(40, 1)

    assert texts.texted() == [LEA, LEA]
    assert rests(texts) == timedelta(hours=2)


def test_a_cry_while_nobody_could_be_reached_begins_the_list_at_once(texts):
    cries(texts, london(2026, 11, 21, 3), *[REFUSED] * 4)
    texts.later(minutes=5)
    texts.say(R1)
    texts.goes_on()

    assert texts.texted() == [ANN]


def test_a_mail_server_that_took_a_mail_counts_as_reached(small):
    cries(small, london(2026, 11, 21, 3), *[REFUSED] * 8)
    small.pass_by(60, 5)

    assert small.mailed() == ["ann@example.org", "lea@example.org", "lea@example.org"]
    assert rests(small) == timedelta(hours=2)


def test_an_alert_that_nobody_could_be_told_of_says_so(texts):
    cries(texts, MONDAY, *[REFUSED] * 4)

    assert texts.alerts()[0].reason == "None of 3 could be reached."
    assert rests(texts) == timedelta(hours=1)


def rests(duty):
    """For how long nobody is told, after everybody was told for the first time."""
    (alert,) = duty.alerts()
    return alert.due_at - alert.given_up_at
