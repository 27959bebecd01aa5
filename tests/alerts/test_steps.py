"""What comes next for an alert, from the rota and the hours alone."""

from datetime import timedelta

import pytest

from dialogue.opening import WEEKDAYS
from dialogue.rota import Rota
from hours import Hours
from store.alert_rows import Why
from tests.alerts.conftest import MONDAY, NIGHT, PEOPLE, london
from workers import alert_steps
from workers.alert_steps import GiveUp, Tell, Wait

HOURS = WEEKDAYS.hours()
LONG_LEAVE = {"from": "2026-11-20", "until": "2027-02-01"}
ROTA = Rota.model_validate({"people": PEOPLE})
EVERYBODY = ["Ann", "Bob", "Lea", "Lea"]
NONE_OF_THREE = "Nobody of 3 said that they have it."


def decide(*state, reached=True):
    return alert_steps.decide(*state, reached=reached)


def told(step):
    return step.person.name if isinstance(step, Tell) else None


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        (NIGHT, london(2026, 11, 23, 9)),
        (london(2026, 12, 24, 17, 1), london(2026, 12, 29, 9)),  # Christmas Day, Boxing Day, Monday
        (london(2027, 3, 29, 11), london(2027, 3, 30, 9)),  # Easter Monday
        (london(2027, 3, 28, 0, 30), london(2027, 3, 30, 9)),  # the clocks go forward
        (london(2026, 10, 24, 23), london(2026, 10, 26, 9)),  # the clocks go back
    ],
)
def test_words_of_abuse_wait_for_the_next_opening(at, opens):
    assert decide(ROTA, HOURS, Why.R2, 1, [], at) == Wait(opens)
    assert told(decide(ROTA, HOURS, Why.R2, 1, [], opens)) == "Ann"


@pytest.mark.parametrize("why", [Why.R1, Why.UNANSWERED])
@pytest.mark.parametrize("at", [NIGHT, london(2026, 12, 25, 12), MONDAY])
def test_danger_to_life_and_help_that_did_not_arrive_call_at_any_hour(why, at):
    assert told(decide(ROTA, HOURS, why, 1, [], at)) == "Ann"


def test_people_are_told_in_the_order_of_the_list_and_then_the_lead_again():
    so_far = []
    while (step := decide(ROTA, HOURS, Why.R1, 1, so_far, MONDAY)) and told(step):
        so_far.append(told(step))

    assert so_far == ["Ann", "Bob", "Lea", "Lea"]


def test_a_lead_who_is_off_at_night_is_the_last_to_be_told_at_night():
    rota = Rota.model_validate({"people": [{**PEOPLE[2], "when": ["open"]}, PEOPLE[1]]})

    assert told(decide(rota, HOURS, Why.R1, 1, [], NIGHT)) == "Bob"
    assert told(decide(rota, HOURS, Why.R1, 1, ["Bob"], NIGHT)) == "Lea"


def test_nobody_on_leave_is_told_not_even_the_lead():
    away = {"leave": [{"from": "2026-11-20", "until": "2026-11-23"}]}
    rota = Rota.model_validate({"people": [{**person, **away} for person in PEOPLE]})

    assert isinstance(decide(rota, HOURS, Why.R1, 1, [], MONDAY), GiveUp)
    assert told(decide(rota, HOURS, Why.R1, 1, [], MONDAY + timedelta(days=1))) == "Ann"


@pytest.mark.parametrize(
    ("at", "turn", "again"),
    [
        (NIGHT, 1, NIGHT + timedelta(hours=2)),
        (NIGHT, 2, NIGHT + timedelta(hours=2)),
        (london(2026, 11, 23, 8), 9, london(2026, 11, 23, 9)),
        (MONDAY, 1, MONDAY + timedelta(hours=1)),
        (MONDAY, 2, MONDAY + timedelta(hours=1)),
    ],
)
@pytest.mark.parametrize("why", [Why.R1, Why.UNANSWERED])
def test_a_danger_to_life_that_nobody_took_begins_anew_until_somebody_has_it(why, at, turn, again):
    assert decide(ROTA, HOURS, why, turn, EVERYBODY, at) == GiveUp(NONE_OF_THREE, again)


@pytest.mark.parametrize(("turn", "again"), [(1, MONDAY + timedelta(hours=1)), (2, None)])
def test_words_of_abuse_that_nobody_took_are_told_once_more(turn, again):
    assert decide(ROTA, HOURS, Why.R2, turn, EVERYBODY, MONDAY) == GiveUp(NONE_OF_THREE, again)


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.parametrize("at", [NIGHT, MONDAY])
def test_a_turn_that_reached_nobody_does_not_count_and_goes_on_in_an_hour(at, turn):
    step = decide(ROTA, HOURS, Why.R1, turn, EVERYBODY, at, reached=False)

    reason = "None of 3 could be reached."
    assert step == GiveUp(reason, at + timedelta(hours=1), turns=alert_steps.TURNS)


def test_whoever_comes_on_within_the_hour_is_not_kept_waiting_for_those_out_of_reach():
    rota = Rota.model_validate({"people": [PEOPLE[0], {**PEOPLE[1], "days": ["sun"]}]})
    step = decide(rota, HOURS, Why.R1, 1, ["Ann"], london(2026, 11, 21, 23, 20), reached=False)

    assert step == GiveUp("None of 1 could be reached.", london(2026, 11, 22, 0), turns=0)


def test_hours_that_never_open_hold_nobody_back():
    never = Hours({})

    assert told(decide(ROTA, never, Why.R2, 1, [], MONDAY)) == "Ann"
    again = decide(ROTA, never, Why.R1, 1, EVERYBODY, MONDAY)
    assert again == GiveUp(NONE_OF_THREE, MONDAY + timedelta(hours=1))


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.parametrize("people", [[], [{**PEOPLE[2], "leave": [LONG_LEAVE]}]])
@pytest.mark.parametrize(("at", "hours"), [(MONDAY, 1), (NIGHT, 2)])
def test_where_nobody_is_on_it_is_looked_again_and_no_turn_is_used_up(people, turn, at, hours):
    """The rota may be written anew before the shift that it names now."""
    rota = Rota.model_validate({"people": people})
    step = decide(rota, HOURS, Why.R1, turn, [], at)

    assert step == GiveUp("Nobody is on.", at + timedelta(hours=hours), turns=0)


def test_where_nobody_is_on_a_shift_that_begins_sooner_is_not_kept_waiting():
    rota = Rota.model_validate({"people": [{**PEOPLE[0], "days": ["tue"]}]})
    step = decide(rota, HOURS, Why.R1, 1, [], london(2026, 11, 23, 23, 20))

    assert step == GiveUp("Nobody is on.", london(2026, 11, 24, 0), turns=0)


def test_after_two_turns_words_of_abuse_are_told_to_those_whom_none_told():
    back = {"from": "2026-11-20", "until": "2026-11-25"}
    rota = Rota.model_validate({"people": [PEOPLE[0], {**PEOPLE[1], "leave": [back]}]})
    step = decide(rota, HOURS, Why.R2, 2, ["Ann"], MONDAY)

    assert step == GiveUp("Nobody of 1 said that they have it.", london(2026, 11, 26, 9), turns=0)


def test_a_leave_that_ends_beyond_what_one_looks_at_is_looked_at_each_day():
    rota = Rota.model_validate({"people": [PEOPLE[0], {**PEOPLE[1], "leave": [LONG_LEAVE]}]})
    step = decide(rota, HOURS, Why.R2, 2, ["Ann"], MONDAY)

    one = "Nobody of 1 said that they have it."
    assert step == GiveUp(one, MONDAY + timedelta(days=1), turns=0)


def test_a_test_goes_to_one_person_and_is_then_missed():
    assert told(decide(ROTA, HOURS, Why.TEST, 1, [], MONDAY)) == "Ann"
    assert decide(ROTA, HOURS, Why.TEST, 1, ["Ann"], MONDAY) == GiveUp("Nobody answered the test.")
