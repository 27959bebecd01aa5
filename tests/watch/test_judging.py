"""What is wrong, from the facts alone; and when an errand is due."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store import rounds
from workers.errands import ERRANDS, is_due
from workers.watch import Facts, judge

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def ago(**much: float) -> datetime:
    return NOW - timedelta(**much)


WELL = Facts(
    now=NOW,
    overdue=0,
    unfinished=0,
    rounds={rounds.SWEEP: ago(seconds=10), rounds.CATCH_UP: ago(hours=1)},
    spooled_since=None,
    aside=0,
    nearly_full=None,
    queue=True,
    replies_failed=0,
    numbers_wrong=0,
)


def test_a_line_that_is_well_has_no_incident():
    assert judge(WELL) == {}


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("stuck", {"overdue": 2}),
        ("unfinished", {"unfinished": 1}),
        ("crisis reply", {"replies_failed": 1}),
        ("no sweep", {"rounds": {rounds.SWEEP: ago(minutes=3)}}),
        ("no catch-up", {"rounds": {rounds.CATCH_UP: ago(hours=2, minutes=1)}}),
        ("no catch-up", {"rounds": {rounds.CATCH_UP_RUNG: ago(hours=3)}}),
        ("contact", {"rounds": {rounds.CONTACT_RUNG: ago(minutes=6)}}),
        (
            "contact",
            {"rounds": {rounds.CONTACT_RUNG: ago(minutes=6), rounds.CONTACT: ago(minutes=66)}},
        ),
        ("numbers", {"numbers_wrong": 1}),
        ("queue", {"queue": False}),
        ("spool", {"spooled_since": ago(minutes=6)}),
        ("spool aside", {"aside": 1}),
        ("disk", {"nearly_full": Path("/var/lib/heard")}),
    ],
)
def test_each_thing_that_is_wrong_is_an_incident_of_its_own_kind(kind, facts):
    assert list(judge(replace(WELL, **facts))) == [kind]


@pytest.mark.parametrize(
    "facts",
    [
        {"spooled_since": ago(minutes=4)},
        {"rounds": {rounds.CONTACT_RUNG: ago(minutes=4)}},
        {"rounds": {rounds.CONTACT_RUNG: ago(minutes=6), rounds.CONTACT: ago(minutes=5)}},
        {"rounds": {}},
    ],
    ids=["replaying", "not yet answered", "answered", "just begun"],
)
def test_what_may_still_come_right_by_itself_is_none(facts):
    assert judge(replace(WELL, **facts)) == {}


def test_an_unanswered_contact_is_no_second_incident_while_redis_is_away():
    facts = replace(WELL, queue=False, rounds={rounds.CONTACT_RUNG: ago(minutes=6)})
    assert list(judge(facts)) == ["queue"]


CONTACT, CATCH_UP, _ = ERRANDS


@pytest.mark.parametrize(
    ("rung", "done", "here", "due"),
    [
        (None, None, None, True),
        (ago(minutes=59), ago(minutes=58), None, False),
        (ago(minutes=60), ago(minutes=59), None, True),
        (ago(minutes=3), None, ago(minutes=3), False),
        (ago(minutes=5), None, ago(minutes=5), True),
        (ago(minutes=3), None, None, True),
    ],
    ids=["first", "answered", "an hour on", "waits", "again", "another clock rang"],
)
def test_a_contact_is_rung_for_hourly_and_again_while_nobody_answers(rung, done, here, due):
    last = {CONTACT.rung: rung, CONTACT.done: done}
    assert is_due(CONTACT, {k: v for k, v in last.items() if v}, here, NOW) is due


def test_a_clock_catches_up_when_it_starts_however_lately_another_did():
    last = {CATCH_UP.rung: ago(minutes=2), CATCH_UP.done: ago(minutes=1)}
    assert is_due(CATCH_UP, last, None, NOW)
    assert not is_due(CATCH_UP, last, ago(minutes=2), NOW)
