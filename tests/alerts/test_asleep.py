"""Nights, shifts and a rota asleep: who is told then, and when again."""

from tests.alerts.conftest import ANN, BOB, LEA, NIGHT, PEOPLE, R1, R2, london


def test_words_of_abuse_at_night_wake_nobody(small):
    small.at = NIGHT
    small.say(R2)
    small.goes_on()
    assert small.texted() == []
    small.at = london(2026, 11, 23, 9)
    small.goes_on()

    assert small.texted() == [ANN]


def test_words_of_abuse_that_nobody_took_before_closing_wait_for_the_morning(small):
    small.at = london(2026, 11, 27, 16, 55)  # a Friday
    small.say(R2)
    small.goes_on()
    small.pass_by(60, 5)
    assert small.texted() == [ANN]
    small.at = london(2026, 11, 30, 9)
    small.goes_on()

    assert small.texted() == [ANN, BOB]


def test_at_night_those_are_told_who_are_on_at_night(small):
    small.rota({**PEOPLE[0], "when": ["open"]}, {**PEOPLE[1], "when": ["closed"]})
    small.at = NIGHT
    small.say(R1)
    small.goes_on()

    assert small.texted() == [BOB]


def test_a_rota_asleep_is_told_one_after_the_other_and_then_it_is_an_incident(duty):
    duty.say(R1)
    duty.goes_on()
    assert duty.incidents() == set()
    duty.pass_by(42, 2)

    assert duty.texted() == [ANN, BOB, LEA, LEA]
    assert duty.incidents() == {"alert"}


def test_after_the_last_of_two_turns_nobody_is_told_any_more(small):
    small.say(R1)
    small.goes_on()
    small.pass_by(400, 10)

    assert small.texted() == [ANN, BOB, LEA, LEA] * 2
    assert small.alerts()[0].due_at is None
    assert small.incidents() == {"alert"}


def test_a_night_asleep_is_told_anew_at_the_opening(small):
    small.at = NIGHT
    small.say(R1)
    small.goes_on()
    small.pass_by(42, 2)
    assert small.alerts()[0].due_at == london(2026, 11, 23, 9)
    small.at = london(2026, 11, 23, 9)
    small.goes_on()

    assert small.texted()[4:] == [ANN]


def test_whoever_comes_on_next_is_told_of_what_came_while_nobody_was_on(small):
    small.rota({**PEOPLE[0], "when": ["open"]}, {**PEOPLE[1], "days": ["sat", "sun"]})
    small.at = london(2026, 11, 20, 23, 50)  # a Friday; the weekend's shift begins at midnight
    small.say(R1)
    small.goes_on()
    small.pass_by(20, 5)

    assert small.texted() == [BOB]


def test_whoever_comes_on_after_a_shift_that_slept_is_told_before_the_opening(small):
    small.rota(
        *({**person, "when": ["closed"]} for person in PEOPLE[:1]), {**PEOPLE[1], "days": ["sun"]}
    )
    small.at = london(2026, 11, 21, 23)
    small.say(R1)
    small.goes_on()
    small.pass_by(50, 5)
    assert small.texted() == [ANN]
    small.pass_by(30, 5)

    assert small.texted() == [ANN, BOB]


def test_a_lead_who_is_back_from_a_long_leave_hears_of_what_nobody_was_on_for(small):
    small.rota({**PEOPLE[2], "leave": [{"from": "2026-11-20", "until": "2027-01-04"}]})
    small.say(R1)
    small.goes_on()
    small.pass_by(60 * 24 * 44, 60 * 4)

    assert small.texted()[:1] == [LEA]


def test_an_alert_that_waits_for_the_next_shift_is_quiet_until_then(small, caplog):
    small.rota({**PEOPLE[0], "when": ["closed"]}, {**PEOPLE[1], "days": ["sun"]})
    small.say("STOP", frm=ANN)
    small.at = london(2026, 11, 21, 22)
    small.say(R1)
    small.goes_on()
    small.pass_by(60, 5)

    assert caplog.text.count("answered by nobody") == 1


def test_an_incident_is_over_once_somebody_has_it(small):
    small.say(R1)
    small.goes_on()
    small.pass_by(42, 2)
    assert small.incidents() == {"alert"}
    small.say("ok", frm=BOB)

    assert small.incidents() == set()


def test_an_empty_rota_is_an_incident_at_once(small):
    small.rota()
    small.say(R1)
    small.goes_on()

    assert small.incidents() == {"alert"}
    assert small.alerts()[0].reason == "Nobody is on."
