"""Nights, shifts and a rota asleep: who is told then, and when again."""

from datetime import timedelta
from itertools import pairwise

from hours import LONDON
from tests.alerts.conftest import ANN, BOB, BY_TEXT, LEA, NIGHT, PEOPLE, R1, R2, london


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


def test_a_day_asleep_is_told_anew_an_hour_after_each_turn(small):
    small.say(R1)
    small.goes_on()
    small.pass_by(45 + 100 * 2, 5)

    assert small.texted() == [ANN, BOB, LEA, LEA] * 3
    assert small.incidents() == {"alert"}


def test_a_night_asleep_is_told_anew_at_the_opening(small):
    small.at = london(2026, 11, 23, 7)
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


def test_an_empty_night_uses_up_no_turn_of_those_who_come_on_in_the_morning(small):
    away = {"leave": [{"from": "2026-11-16", "until": "2026-11-27"}]}
    by_day = ({**person, "when": ["open"]} for person in BY_TEXT[:2])
    small.rota(*by_day, {**BY_TEXT[2], **away})
    small.at = NIGHT
    small.say(R1)
    small.goes_on()
    small.pass_by(60 * 60, 10)  # until Monday, 15:00

    assert told_at(small)[:4] == [
        ("Ann", "Mon 09:00"),
        ("Bob", "Mon 09:10"),
        ("Ann", "Mon 10:20"),
        ("Bob", "Mon 10:30"),
    ]


def test_the_one_person_of_a_line_is_told_until_they_answer(small):
    small.rota({**BY_TEXT[0], "when": ["open"]})
    small.at = NIGHT
    small.say(R1)
    small.goes_on()
    small.pass_by(60 * 60, 10)
    assert [at for _, at in told_at(small)][:3] == ["Mon 09:00", "Mon 10:10", "Mon 11:20"]
    small.say("OK", frm=ANN)
    so_far = small.texted()
    small.pass_by(60 * 24, 30)

    assert small.texted() == so_far


def test_a_weekend_asleep_is_told_anew_every_two_hours_and_not_first_on_monday(small):
    small.rota(*BY_TEXT)
    small.at = london(2026, 11, 20, 17, 5)  # a Friday
    small.say(R1)
    small.goes_on()
    small.pass_by(64 * 60, 10)

    assert told_at(small)[:6] == [
        ("Ann", "Fri 17:05"),
        ("Bob", "Fri 17:15"),
        ("Lea", "Fri 17:25"),
        ("Lea", "Fri 17:35"),
        ("Ann", "Fri 19:45"),
        ("Bob", "Fri 19:55"),
    ]
    assert longest_silence(small) <= timedelta(hours=2, minutes=10)


def test_who_is_on_through_christmas_is_told_on_each_of_its_days(small):
    """Nobody took it on the first of them; who was away from their phone then may have it now."""
    by_day, by_night = {"when": ["open"]}, {"when": ["closed"], "name": "Nia"}
    small.rota({**BY_TEXT[0], **by_day}, {**BY_TEXT[1], **by_night}, BY_TEXT[2])
    small.at = london(2026, 12, 25, 11)
    small.say(R1)
    small.goes_on()
    small.pass_by(60 * 24 * 4, 20)

    days = {at[:3] for person, at in told_at(small) if person == "Nia"}
    assert days == {"Fri", "Sat", "Sun", "Mon", "Tue"}
    assert longest_silence(small) <= timedelta(hours=2, minutes=20)
    assert ("Ann", "Tue 09:00") in told_at(small)


def test_a_lead_who_is_off_is_not_left_asleep_until_the_opening(small):
    """Nobody is on at night, as in many a small organisation."""
    small.rota({**BY_TEXT[0], "when": ["open"]}, {**BY_TEXT[2], "when": ["open"]})
    small.at = london(2026, 11, 20, 17, 5)
    small.say(R1)
    small.goes_on()
    small.pass_by(64 * 60, 10)

    assert ("Lea", "Sat 09:35") in told_at(small)
    assert longest_silence(small) <= timedelta(hours=2, minutes=10)


def test_a_day_on_which_nobody_is_on_uses_up_no_turn_of_words_of_abuse(small):
    small.rota({**BY_TEXT[0], "days": ["tue"]})
    small.say(R2)
    small.goes_on()
    small.pass_by(60 * 24 * 2, 10)

    assert told_at(small) == [("Ann", "Tue 09:00"), ("Ann", "Tue 10:10")]


def test_words_of_abuse_are_told_in_two_turns_and_not_for_ever(small):
    small.rota(*BY_TEXT)
    small.say(R2)
    small.goes_on()
    small.pass_by(60 * 24 * 3, 10)

    assert [person for person, _ in told_at(small)] == ["Ann", "Bob", "Lea", "Lea"] * 2
    assert small.alerts()[0].due_at is None
    assert small.incidents() == {"alert"}


def told_at(duty):
    """Who was told when, by the clock on the wall."""
    return [(m.person, f"{m.made_at.astimezone(LONDON):%a %H:%M}") for m in duty.messages()]


def longest_silence(duty):
    moments = [message.made_at for message in duty.messages()]
    return max(later - before for before, later in pairwise([*moments, duty.at]))
