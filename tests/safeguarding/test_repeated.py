"""Three linked reports on one service in a fortnight raise a tier by one step, once."""

from datetime import UTC, datetime, timedelta

import pytest

from store.alert_rows import Alert
from store.models import Feedback, Status
from store.safeguarding_rows import TierChange
from store.staff import Role
from tests.desk.conftest import NOW, seated
from tests.safeguarding.conftest import path, rows
from triage import repeated

LAPAL = {"service": "care_home", "place": "Lapal House"}
DAY = 60 * 24


def run(desk, later: timedelta = timedelta()) -> int:
    with desk.line.house.database.writing() as session:
        return repeated.raise_due(session, datetime.now(UTC) + later)


def tiers(desk) -> list[str | None]:
    return [row.tier for row in rows(desk, Feedback)]


def test_three_reports_of_harm_on_one_place_raise_each_by_one_step(both):
    for tier in ("R4", "R3", "R2", "R1"):
        for place in (f"{tier} House", f"{tier.lower()} house ", f"{tier} HOUSE"):
            both.item("x", tier=tier, service="care_home", place=place)
    both.item("NOISE", tier="R4", service="care_home", place="Elsewhere")
    both.item("NOISE", tier="R4", service="hospital", place="R4 House")
    run(both)
    assert tiers(both) == ["R3"] * 3 + ["R2"] * 6 + ["R1"] * 3 + ["R4", "R4"]


def test_reports_on_one_provider_are_joined_however_the_place_is_written(both):
    for place in ("Lapal", "Lapal House", None):
        both.item("x", tier="R3", service="care_home", place=place, provider_id="1-123")
    for place in ("Lapal", "The Lapal"):
        both.item("NOISE", tier="R3", service="care_home", place=place, provider_id="1-456")
    assert run(both) == 3
    assert tiers(both) == ["R2"] * 3 + ["R3"] * 2


def test_a_report_whose_provider_nobody_chose_is_joined_by_its_place(both):
    for provider in ("1-123", "1-123", None):
        both.item("x", tier="R3", provider_id=provider, **LAPAL)
    assert run(both) == 3


def test_a_raise_is_a_row_with_its_reason_and_the_item_shows_it(desk, seat):
    items = [desk.item("x", tier="R3", **LAPAL) for _ in range(3)]
    assert run(desk) == 3
    kept = [(c.by, c.before, c.after, c.machine) for c in rows(desk, TierChange)]
    assert kept == [(None, "R3", "R2", "R2")] * 3
    assert {(a.feedback_id, a.why.value) for a in rows(desk, Alert)} == {
        (i.id, "R2") for i in items
    }
    page = seat().get(path(items[0])).text
    assert "by a rule of the line: “Three linked reports on this service in 14 days.”" in page


def test_each_is_raised_once_ever_and_people_have_the_last_word(desk):
    items = [desk.item("x", tier="R4", **LAPAL) for _ in range(3)]
    run(desk)
    seated(desk).post(f"{path(items[0])}/tier", tier="R4", tier_seen="R3", tier_reason="one matter")
    assert run(desk, later=timedelta(minutes=6)) == 0
    assert tiers(desk) == ["R4", "R3", "R3"]


def test_a_fourth_report_is_raised_when_it_comes(desk):
    for _ in range(3):
        desk.item("x", tier="R4", **LAPAL)
    run(desk)
    desk.item("y", tier="R4", **LAPAL)
    assert run(desk, later=timedelta(minutes=1)) == 0  # every five minutes is often enough
    assert run(desk, later=timedelta(minutes=6)) == 1
    assert tiers(desk) == ["R3"] * 4


def test_two_are_not_three(desk):
    thirds = ({"minutes": 15 * DAY}, {"hidden_at": NOW}, {"place": None}, {"service": None},
              {"tier": None})  # fmt: skip
    for n, third in enumerate(thirds):
        for more in ({}, {}, third):
            desk.item("x", **{"tier": "R4", "service": "care_home", "place": f"House {n}", **more})
    assert run(desk) == 0


def test_what_is_finished_counts_but_stays_finished(desk):
    desk.item("x", tier="R4", status=Status.FINISHED, **LAPAL)
    for _ in range(2):
        desk.item("x", tier="R4", **LAPAL)
    run(desk)
    assert tiers(desk) == ["R4", "R3", "R3"]


@pytest.mark.parametrize("shape", ["chain", "star"])
def test_linked_reports_count_without_a_tier(both, shape):
    first = both.item("x", service="gp")
    second = both.item("x", service="gp", linked_to=first.id)
    both.item("x", service="gp", linked_to=first.id if shape == "star" else second.id)
    both.item("NOISE", service="gp")
    run(both)
    assert tiers(both) == ["R4", "R4", "R4", None]


def test_linked_reports_on_other_services_and_praise_do_not_count(desk):
    thirds = ({"service": "hospital"}, {"rating": "good"}, {"sentiment": "positive"},
              {"minutes": 15 * DAY})  # fmt: skip
    for third in thirds:
        first = desk.item("x", service="gp")
        second = desk.item("x", service="gp", linked_to=first.id)
        desk.item("x", **{"service": "gp", "linked_to": second.id, **third})
    assert run(desk) == 0


def test_links_that_go_in_a_circle_end():
    one, two, three = (Feedback(id=n, linked_to=n % 3 + 1, service="gp", tier=None, rating=None,
                                sentiment=None, status=Status.NEW) for n in (1, 2, 3))  # fmt: skip
    assert repeated.to_raise([], [one, two, three]) == [one, two, three]


def test_the_rule_is_no_persons_judgement_in_the_rates(desk, seat, monday):
    for _ in range(3):
        desk.item("x", tier="R4", **LAPAL)
    run(desk)
    page = seat(Role.LEAD).get("/monday").text
    assert "3 of 3" not in page
