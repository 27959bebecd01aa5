"""The test alert of each day; and what doctor and the figures say."""

import pytest

from commands import doctor_rota
from dialogue.rota import Rota
from tests.alerts.conftest import ANN, BOB, PEOPLE, R1, london
from tests.dialogue.doorstep import SCRIPT
from workers.setup_findings import OK, WARNING, WRONG

TEN = {"test": "10:00"}


@pytest.fixture
def at_ten(small):
    """Ten o'clock on a Monday, and the test alert is sent."""
    return begun(small)


def begun(duty):
    duty.rota(*PEOPLE, **TEN)
    duty.at = london(2026, 11, 23, 10)
    duty.goes_on()
    return duty


def test_a_test_alert_goes_to_whoever_is_on_and_to_nobody_else(at_ten):
    at_ten.pass_by(55, 5)

    assert at_ten.texted() == [ANN]
    assert "a test" in at_ten.sent()[0]


def test_an_answered_test_is_no_incident(at_ten):
    assert at_ten.say("OK", frm=ANN).words == "Thank you: you have the test."
    at_ten.later(hours=2)
    at_ten.goes_on()

    assert at_ten.incidents() == set()


def test_a_missed_test_is_an_incident_until_one_is_answered(duty):
    at_ten = begun(duty)
    at_ten.pass_by(60, 5)
    assert at_ten.incidents() == {"test alert"}
    at_ten.at = london(2026, 11, 24, 10)
    at_ten.goes_on()
    assert at_ten.incidents() == {"test alert"}
    at_ten.say("OK", frm=ANN)

    assert at_ten.incidents() == set()
    assert at_ten.texted() == [ANN, ANN]


def test_there_is_one_test_a_day(at_ten):
    for _ in range(3):
        at_ten.goes_on()

    assert len(at_ten.alerts()) == 1


@pytest.mark.parametrize(
    "at",
    [
        london(2026, 11, 23, 9, 59),
        london(2026, 12, 25, 10),
        london(2026, 11, 23, 16),  # the clock was away: not made up for at the end of the day
    ],
)
def test_there_is_no_test_while_nobody_is_here(small, at):
    small.rota(*PEOPLE, **TEN)
    small.at = at
    small.goes_on()

    assert small.alerts() == []


def test_ok_to_a_test_does_not_take_what_is_urgent(small):
    small.rota(*PEOPLE, **TEN)
    small.at = london(2026, 11, 23, 10)
    small.say(R1)
    small.goes_on()
    words = small.say("OK", frm=ANN).words

    assert [(a.why, bool(a.acknowledged_at)) for a in small.alerts()] == [
        ("R1", False),
        ("test", True),
    ]
    assert "reply OK again" in words


def test_ok_at_night_is_not_for_a_test_that_was_missed_the_day_before(at_ten):
    at_ten.pass_by(65, 5)
    at_ten.at = london(2026, 11, 24, 3)
    at_ten.say(R1)
    at_ten.goes_on()
    at_ten.say("OK", frm=ANN)

    assert [(a.why, a.acknowledged_by) for a in at_ten.alerts()] == [("test", None), ("R1", "Ann")]


# --- what the doctor says


def gaps(*people):
    """Level and words of each finding about gaps, in production."""
    rota = Rota.model_validate({"people": people})
    line = SCRIPT.line.model_copy(update={"rota": rota})
    return [(found.level, found.words) for found in doctor_rota._gaps(line, WRONG)]


def test_a_rota_that_covers_every_hour_is_well():
    assert gaps(*PEOPLE) == [(OK, "somebody is on at every hour of the next 14 days")]


def test_a_gap_while_the_line_is_open_is_wrong_in_production():
    found = gaps({**PEOPLE[1], "days": ["mon", "tue", "wed", "thu"]})

    assert found[0][0] == WRONG
    assert "nobody is on while the line is open: from Fri" in found[0][1]


def test_nobody_at_night_is_a_warning():
    found = gaps({**PEOPLE[1], "when": ["open"]})

    assert [level for level, _ in found] == [WARNING]
    assert "nobody is on out of hours: an R1 then waits until somebody is" in found[0][1]


def test_a_lead_who_is_off_at_night_is_told_at_night_unless_on_leave():
    off = {**PEOPLE[2], "when": ["open"]}
    away = {**off, "leave": [{"from": "2020-01-01", "until": "2099-01-01"}]}

    assert "an R1 then goes to lead and deputy alone" in gaps(off)[0][1]
    assert "an R1 then waits" in gaps({**PEOPLE[1], "when": ["open"]}, away)[0][1]


def test_a_phone_that_said_stop_is_named_without_its_number(small):
    small.say("STOP", frm=BOB)
    with small.room.database.reading() as session:
        ways = doctor_rota._ways(session, small.room.settings, small.room.script.line, WRONG)
        found = " ".join(finding.words for finding in ways)

    assert "1 phones of the rota have said STOP" in found
    assert "7700" not in found


def test_a_test_that_nobody_answered_is_said(at_ten):
    at_ten.pass_by(65, 5)

    with at_ten.room.database.reading() as session:
        found = doctor_rota._test(session, at_ten.room.script.line)
    assert (found.level, found.words) == (WARNING, "not answered, Mon 23 Nov 10:00")


def test_the_figures_count_what_nobody_has(duty):
    duty.say(R1)
    page = duty.line.client.get("/metrics").text
    assert 'heard_alerts_open{why="R1"} 1.0' in page
    duty.goes_on()
    duty.say("OK", frm=ANN)

    assert 'heard_alerts_open{why="R1"} 0.0' in duty.line.client.get("/metrics").text
