"""Texts of alerts that are late: at night only what is a matter of life and death wakes anybody."""

import pytest

from store.upkeep import Outgoing, Sending
from tests.alerts.conftest import ANN, BOB, BY_TEXT, PEOPLE, R1, R2, london
from tests.catch_up.conftest import says, takes_but_says
from workers import alert_round
from workers.alert_post import Post

BEFORE_CLOSING, SUNDAY_NIGHT = london(2026, 11, 20, 16, 58), london(2026, 11, 22, 3)
OPENS = london(2026, 11, 23, 9)
BUSY = ("POST", says("429 TOO MANY"))


@pytest.fixture
def friday(small):
    """Two minutes before the line closes for the weekend; everybody is told by text alone."""
    small.rota(*BY_TEXT)
    small.at = BEFORE_CLOSING
    return small


def test_words_of_abuse_that_twilio_would_not_take_in_time_wait_for_the_opening(friday):
    friday.twilio.oddly += [BUSY] * 5
    friday.say(R2)
    friday.goes_on()
    friday.pass_by(180, 1)
    friday.twilio.oddly.clear()
    friday.pass_by(30, 1)
    assert friday.texted() == []
    friday.at = OPENS
    friday.goes_on()

    assert sorted(friday.texted()) == [ANN, BOB]  # Ann's late one, and whoever is next by now


def test_words_of_abuse_of_a_clock_that_comes_back_at_night_wait_and_say_so(friday):
    friday.say(R2)
    alert_round.advance(friday.room)  # and here it dies
    friday.at = SUNDAY_NIGHT
    friday.goes_on()

    (row,) = friday.rows(Outgoing)
    assert (friday.texted(), row.state, row.due_at) == ([], Sending.DUE, OPENS)
    assert row.reason == "It is no matter of life and death: it waits until the line opens."


def test_words_of_crisis_of_a_clock_that_comes_back_at_night_go_at_once(friday):
    friday.rota(PEOPLE[1])
    friday.say(R1)
    alert_round.advance(friday.room)
    friday.at = SUNDAY_NIGHT
    Post(friday.room).texts()

    assert friday.texted() == [BOB]


def test_words_of_abuse_that_may_have_gone_are_looked_up_at_night_too(friday):
    friday.twilio.oddly.append(("POST", takes_but_says("500 ERROR")))
    friday.say(R2)
    friday.goes_on()
    friday.pass_by(5)

    assert [row.state for row in friday.rows(Outgoing)] == [Sending.SENT]
    assert friday.texted() == [ANN]


@pytest.mark.parametrize("first", ["round", "post"])
def test_a_test_that_is_over_is_not_sent_any_more(small, first):
    small.rota(*BY_TEXT, test="10:00")
    small.at = london(2026, 11, 20, 10)
    alert_round.advance(small.room)
    small.at = london(2026, 11, 21, 3)
    if first == "round":
        alert_round.advance(small.room)
    Post(small.room).texts()

    assert small.texted() == []
    assert small.rows(Outgoing)[0].reason == "The test was over before it was sent."
