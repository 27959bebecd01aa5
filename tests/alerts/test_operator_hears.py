"""What the operator is told of alerts that nobody answered: of each, once."""

import pytest

from tests.alerts.conftest import ANN, NIGHT, R1
from tests.watch.conftest import hook
from workers.alarms import Alarms

__all__ = ["hook"]

OTHER = "+447700900888"
WORDS = "{} urgent alerts were answered by nobody: look at the desk now."


@pytest.fixture
def operator(hook):
    """Alarms that go to a hook."""
    return Alarms(None, None, hook.url)


def unanswered(duty, *phones):
    """Words of crisis from each, and a rota asleep."""
    for phone in phones:
        duty.say(R1, frm=phone)
    duty.goes_on()
    duty.pass_by(45, 5)


def heard(hook):
    return [(post["state"], post["words"]) for post in hook.posts]


def test_the_operator_hears_of_the_second_alert_that_nobody_answered_too(duty, hook, operator):
    duty.at = NIGHT
    unanswered(duty, "+447700900123")
    duty.incidents(operator)
    unanswered(duty, OTHER)
    for _ in range(2):
        duty.incidents(operator)

    assert heard(hook) == [("open", WORDS.format(1)), ("open", WORDS.format(2))]


def one_of_two_is_answered(small, operator):
    small.at = NIGHT
    unanswered(small, "+447700900123", OTHER)
    small.incidents(operator)
    small.say("OK", frm=ANN)
    small.incidents(operator)


def test_that_one_of_two_was_answered_is_told_to_nobody(small, hook, operator):
    one_of_two_is_answered(small, operator)

    assert heard(hook) == [("open", WORDS.format(2))]


def test_one_more_after_one_was_answered_is_told(small, hook, operator):
    one_of_two_is_answered(small, operator)
    unanswered(small, "+447700900777")
    small.incidents(operator)

    assert heard(hook) == [("open", WORDS.format(2))] * 2


def test_that_all_were_answered_is_told_once(small, hook, operator):
    small.at = NIGHT
    unanswered(small, "+447700900123")
    small.incidents(operator)
    small.say("OK", frm=ANN)
    for _ in range(2):
        small.incidents(operator)

    assert [state for state, _ in heard(hook)] == ["open", "over"]
