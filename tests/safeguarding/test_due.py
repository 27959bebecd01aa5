"""By when somebody must have looked, decided or dealt with it: on a night, a Monday, a holiday."""

from datetime import timedelta

import pytest

from hours import Hours
from store.models import Status
from tests.safeguarding.conftest import HOURS, NINE_TO_FIVE, item, london
from triage import due


def by(received: str, **more: object) -> str:
    found = due.due(item(received, **more), HOURS)
    assert found is not None
    return f"{found.what} {found.at.astimezone(london(received).tzinfo):%a %d %b %H:%M}"


@pytest.mark.parametrize(
    ("received", "looked_by"),
    [
        ("2026-11-23 11:00", "look Mon 23 Nov 12:00"),
        ("2026-11-23 16:40", "look Tue 24 Nov 09:40"),
        ("2026-11-23 02:00", "look Mon 23 Nov 10:00"),
        ("2026-11-21 15:00", "look Mon 23 Nov 10:00"),
        ("2026-12-24 16:30", "look Tue 29 Dec 09:30"),
        ("2026-12-25 03:00", "look Tue 29 Dec 10:00"),
    ],
    ids=["by day", "at the end of a day", "by night", "on a Saturday", "before a bank holiday",
         "on a bank holiday"],
)  # fmt: skip
def test_an_r1_is_looked_at_within_one_staffed_hour(received, looked_by):
    assert by(received, tier="R1") == looked_by


@pytest.mark.parametrize(
    ("received", "looked_by"),
    [
        ("2026-11-23 11:00", "look Mon 23 Nov 17:00"),
        ("2026-11-23 18:00", "look Tue 24 Nov 17:00"),
        ("2026-11-20 20:00", "look Mon 23 Nov 17:00"),
        ("2026-12-24 20:00", "look Tue 29 Dec 17:00"),
        ("2026-11-23 16:40", "look Tue 24 Nov 09:40"),
    ],
    ids=["by day", "in the evening", "on a Friday night", "before a holiday", "20 minutes left"],
)
def test_an_r2_is_looked_at_the_same_working_day_though_never_sooner_than_an_r1(
    received, looked_by
):
    assert by(received, tier="R2") == looked_by


@pytest.mark.parametrize(
    ("facts", "done_by"),
    [
        ({"tier": "R3"}, "deal Wed 25 Nov 17:00"),
        ({"tier": "R4"}, "deal Thu 26 Nov 17:00"),
        ({"purpose": "advice"}, "ring Tue 24 Nov 17:00"),
        ({}, "deal Mon 30 Nov 17:00"),
        ({"tier": "R3", "purpose": "advice"}, "ring Tue 24 Nov 17:00"),
        ({"tier": "R4", "purpose": "advice"}, "ring Tue 24 Nov 17:00"),
    ],
)
def test_the_rest_is_dealt_with_in_working_days(facts, done_by):
    assert by("2026-11-23 11:00", **facts) == done_by


def test_a_bank_holiday_is_no_working_day():
    assert by("2026-12-24 11:00", tier="R3") == "deal Wed 30 Dec 17:00"


@pytest.mark.parametrize("tier", ["R1", "R2"])
def test_once_looked_at_a_decision_is_due_in_a_day_by_the_clock(tier):
    found = due.due(item(tier=tier, looked_at=london("2026-11-27 16:00")), HOURS)
    assert (found.what, found.at, found.clock) == ("decide", london("2026-11-28 16:00"), True)


def test_once_decided_nothing_more_is_promised_of_an_r1():
    seen = london("2026-11-23 11:10")
    assert due.due(item(tier="R1", looked_at=seen, decided_at=seen), HOURS) is None


def test_more_words_after_a_decision_are_looked_at_though_no_phrase_knows_them():
    seen = london("2026-11-23 11:10")
    more = {"looked_at": seen, "decided_at": seen, "words_at": london("2026-11-24 10:00")}

    assert due.due(item(tier="R1", **more), HOURS) == due.Due("look", london("2026-11-24 11:00"))
    assert due.due(item(tier="R2", **more), HOURS) == due.Due("look", london("2026-11-24 17:00"))


def test_new_words_of_danger_must_be_looked_at_though_the_first_words_were():
    asked = item(
        tier="R1", looked_at=london("2026-11-23 11:10"), tier_at=london("2026-11-24 10:00")
    )
    assert due.due(asked, HOURS) == due.Due("look", london("2026-11-24 11:00"))


def test_what_waits_is_due_when_the_answer_is():
    until = london("2026-12-01 17:00")
    asked = item(tier="R3", status=Status.WAITING, waiting_until=until)
    assert due.due(asked, HOURS) == due.Due("answer", until)
    assert due.due(item(status=Status.WAITING), HOURS) is None


def test_what_is_finished_is_due_no_more():
    assert due.due(item(tier="R1", status=Status.FINISHED), HOURS) is None


def test_hours_that_never_open_make_everything_due_at_once():
    found = due.due(item(tier="R1"), Hours({}))
    assert due.words(found, Hours({}), london("2026-11-24 11:00")) == "overdue"


@pytest.mark.parametrize(
    ("now", "at", "clock", "says"),
    [
        ("2026-11-23 11:20", "2026-11-23 12:00", False, "due in 40 minutes"),
        ("2026-11-23 11:59", "2026-11-23 12:00", False, "due in 1 minute"),
        ("2026-11-23 16:50", "2026-11-24 09:20", False, "due in 30 working minutes"),
        ("2026-11-23 09:00", "2026-11-23 17:00", False, "due in 1 working day"),
        ("2026-11-23 10:00", "2026-11-23 17:00", False, "due in 7 working hours"),
        ("2026-11-21 10:00", "2026-11-23 10:00", False, "due in 1 working hour"),
        ("2026-11-23 10:00", "2026-11-30 17:00", False, "due in 5 working days"),
        ("2026-11-23 17:30", "2026-11-24 09:00", False, "due now"),
        ("2026-11-23 13:00", "2026-11-23 11:00", False, "overdue by 2 working hours"),
        ("2026-11-23 10:00", "2026-11-20 16:00", False, "overdue by 2 working hours"),
        ("2026-11-23 08:00", "2026-11-20 17:00", False, "overdue"),
        ("2026-11-30 17:00", "2026-11-23 17:00", False, "overdue by 5 working days"),
        ("2026-11-21 10:00", "2026-11-21 13:00", True, "due in 3 hours"),
        ("2026-11-23 10:00", "2026-11-21 09:00", True, "overdue by 2 days"),
    ],
)
def test_how_long_is_left_or_over_reads_in_words(now, at, clock, says):
    assert due.words(due.Due("look", london(at), clock), HOURS, london(now)) == says


def test_it_is_overdue_from_the_very_moment():
    found = due.Due("look", london("2026-11-23 12:00"))
    assert due.overdue(found, found.at)
    assert not due.overdue(found, found.at - timedelta(seconds=1))
    assert not due.overdue(None, found.at)


def test_summer_time_moves_no_promise():
    hours = Hours(NINE_TO_FIVE)
    found = due.due(item("2026-03-27 16:30", tier="R1"), hours)
    assert found.at == london("2026-03-30 09:30")
