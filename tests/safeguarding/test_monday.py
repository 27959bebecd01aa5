"""The lead's Monday: weekend urgents, alerts, late promises, colleagues away, and the rates."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, select

from hours import Hours
from store.alert_rows import Alert, How, Why
from store.models import Status
from store.safeguarding_rows import Entry, TierChange
from store.staff import Role, Staff
from tests.desk.conftest import NOW, seated
from tests.safeguarding.conftest import HOURS, london, path, since
from triage import periods


def section(page: str, name: str) -> str:
    return page.partition(f'<section aria-labelledby="{name}">')[2].partition("</section>")[0]


def count(page: str, name: str) -> str:
    return section(page, name).partition('class="count">')[2].partition("<")[0]


def test_monday_is_for_lead_and_deputy(desk, seat, monday):
    answers = {
        Role.READER: 403,
        Role.TRIAGER: 403,
        Role.LEAD: 200,
        Role.DEPUTY: 200,
        Role.ADMIN: 403,
    }
    got = {role: seat(role, role.value).get("/monday").status_code for role in answers}
    assert got == answers


def test_a_quiet_monday_says_so_in_every_section(desk, seat, monday):
    page = seat(Role.LEAD).get("/monday").text
    for says in ("Nothing urgent came since we closed.", "Every alert was answered.",
                 "No R1 or R2 is open.", "Every promise is kept.",
                 "Nobody who is away has open items.", "is not drawn yet"):  # fmt: skip
        assert says in page


def test_the_weekends_urgents_are_there_with_who_acted(both, monday):
    friday = both.item("x", tier="R1", minutes=since("2026-11-27 16:50"))
    saturday = both.item("SECRET", tier="R1", minutes=since("2026-11-28 03:00"))
    done = both.item("y", tier="R2", minutes=since("2026-11-29 12:00"), status=Status.FINISHED,
                     looked_by="Kim", looked_at=london("2026-11-29 12:30"))  # fmt: skip
    both.item("NOISE", tier="R3", minutes=since("2026-11-29 12:00"))
    both.add(Entry(feedback_id=done.id, at=NOW, by="Kim", decision="told_police", told="999",
                   done_at=london("2026-11-29 12:40"), words=""))  # fmt: skip
    page = seated(both, Role.LEAD).get("/monday").text
    weekend = section(page, "weekend")
    assert count(page, "weekend") == "2"
    assert path(friday) not in weekend
    assert "after 27 November 2026, 5pm" in weekend
    assert "Nobody yet" in weekend.partition(path(saturday))[2].partition("</tr>")[0]
    for says in ("Looked at by Kim, 29 November 2026, 12:30pm",
                 "Told the police, or called 999: Kim, 29 November 2026, 12:40pm"):  # fmt: skip
        assert says in weekend.partition(path(done))[2]
    assert "SECRET" not in page


def test_what_became_urgent_since_we_closed_is_there_though_it_came_before_or_was_lowered(
    both, monday
):
    night = london("2026-11-28 03:00")
    by_day = since("2026-11-27 11:00")
    looked = {"looked_by": "Kim", "looked_at": london("2026-11-27 12:00")}
    told = both.item("x", tier="R1", minutes=by_day, tier_at=night, **looked)
    done = both.item("x", tier="R2", minutes=by_day, tier_at=night, status=Status.FINISHED)
    lowered = both.item("x", minutes=since("2026-11-28 03:00"), tier_at=night)
    known = both.item("NOISE", minutes=by_day, tier_at=london("2026-11-27 11:00"))
    for item in (lowered, known):
        both.add(TierChange(feedback_id=item.id, at=london("2026-11-29 10:00"), by="Kim",
                            before="R1", machine="R1", reason="", reasons=[]))  # fmt: skip
    weekend = section(seated(both, Role.LEAD).get("/monday").text, "weekend")
    assert [path(one) in weekend for one in (told, done, lowered, known)] == [
        True, True, True, False
    ]  # fmt: skip
    assert "Nobody yet" in weekend.partition(path(told))[2].partition("</tr>")[0]


def test_open_urgents_say_what_is_due_and_who_has_the_alert(desk, seat, monday):
    late = desk.item("x", tier="R1", minutes=since("2026-11-26 10:00"))
    soon = desk.item("y", tier="R1", minutes=since("2026-11-30 09:10"))
    desk.add(
        Alert(key="a", why=Why.R1, feedback_id=late.id, opened_at=monday, turn=1),
        Alert(key="b", why=Why.R1, feedback_id=soon.id, opened_at=monday, turn=1, how=How.LINK,
              acknowledged_at=monday, acknowledged_by="A. Khan"),
    )  # fmt: skip
    page = section(seat(Role.LEAD).get("/monday").text, "urgent")
    for item, says in ((late, "Overdue by 1 working day: somebody must look"),
                       (late, "Nobody has it yet"), (soon, "Due in 40 minutes: somebody must look"),
                       (soon, "A. Khan has it")):  # fmt: skip
        assert says in page.partition(path(item))[2].partition("</tr>")[0]


def test_alerts_that_nobody_has_are_listed_with_their_item(desk, seat, monday):
    item = desk.item("x", tier="R2")
    desk.add(
        Alert(
            key="a", why=Why.R2, feedback_id=item.id, opened_at=monday, turn=1, given_up_at=monday
        ),
        Alert(key="b", why=Why.TEST, opened_at=monday, turn=1),
        Alert(key="c", why=Why.UNANSWERED, opened_at=monday, turn=1, acknowledged_at=monday),
    )
    page = seat(Role.LEAD).get("/monday").text
    assert count(page, "calls") == "2"
    for says in ("R2 abuse", path(item), "Nobody answered: told again", "The daily test"):
        assert says in section(page, "calls")


def test_broken_promises_are_there_the_longest_overdue_first(both, monday):
    facts = {
        "r3": {"tier": "R3", "minutes": since("2026-11-25 10:00")},
        "r4": {"tier": "R4", "minutes": since("2026-11-23 10:00")},
        "advice": {"purpose": "advice", "minutes": since("2026-11-26 10:00")},
        "plain": {"minutes": since("2026-11-18 10:00"), "status": Status.IN_PROGRESS},
        "answer": {"status": Status.WAITING, "waiting_until": london("2026-11-27 12:00"),
                   "minutes": since("2026-11-02 10:00")},
    }  # fmt: skip
    kept = [
        both.item("NOISE", tier="R3", minutes=since("2026-11-26 10:00")),
        both.item("NOISE", purpose="advice", minutes=since("2026-11-27 10:00")),
        both.item("NOISE", minutes=since("2026-11-23 10:00")),
        both.item("NOISE", tier="R3", minutes=since("2026-11-02 10:00"), status=Status.FINISHED),
        both.item("NOISE", tier="R3", minutes=since("2026-11-02 10:00"), hidden_at=NOW),
        both.item("NOISE", minutes=since("2026-11-02 10:00"), status=Status.WAITING,
                  waiting_until=london("2026-12-01 12:00")),
    ]  # fmt: skip
    late = {name: both.item("x", **more) for name, more in facts.items()}
    page = section(seated(both, Role.LEAD).get("/monday").text, "late")
    order = sorted(late, key=lambda name: page.find(path(late[name])))
    assert order == ["plain", "r4", "answer", "r3", "advice"]
    assert not [item for item in kept if path(item) in page]


def test_advice_that_waits_for_an_answer_hides_no_ring_back_that_is_overdue(desk, seat, monday):
    for n in range(22):
        desk.item(str(n), purpose="advice", minutes=since("2026-11-02 10:00") - n,
                  status=Status.WAITING, waiting_until=london("2026-12-01 12:00"))  # fmt: skip
        desk.item(str(n), purpose="advice", tier="R2", minutes=since("2026-11-03 10:00") - n)
        desk.item(str(n), minutes=since("2026-11-24 10:00") - n)
    late = desk.item("x", purpose="advice", minutes=since("2026-11-26 10:00"))
    page = section(seat(Role.LEAD).get("/monday").text, "late")
    assert path(late) in page
    assert page.count("<tr role") == 2  # its head, and this one


def test_items_of_those_who_left_or_stay_away_are_listed(desk, seat, monday):
    desk.add(
        Staff(name="Gone", role=Role.TRIAGER, password="x", added_at=london("2026-01-01 09:00"),
              left_at=london("2026-11-01 09:00"), signed_in_at=monday),
        Staff(name="Away", role=Role.TRIAGER, password="x", added_at=london("2026-01-01 09:00"),
              signed_in_at=london("2026-11-24 09:00")),
        Staff(name="Here", role=Role.TRIAGER, password="x", added_at=london("2026-01-01 09:00"),
              signed_in_at=london("2026-11-26 09:00")),
        Staff(name="Reads", role=Role.READER, password="x", added_at=london("2026-01-01 09:00"),
              signed_in_at=monday),
    )  # fmt: skip
    held = {who: desk.item("x", assigned_to=who, status=Status.IN_PROGRESS)
            for who in ("Gone", "Away", "Here", "Reads")}  # fmt: skip
    finished = desk.item("NOISE", assigned_to="Gone", status=Status.FINISHED)
    page = section(seat(Role.LEAD).get("/monday").text, "absent")
    assert {who for who, item in held.items() if path(item) in page} == {"Gone", "Away", "Reads"}
    assert path(finished) not in page
    for says in ("has left", "not signed in for 3 working days", "no longer works on feedback"):
        assert says in page


def test_signing_in_is_noted(desk, seat):
    desk.staff("Noise")
    seat()
    with desk.line.house.database.reading() as session:
        signed_in = dict(session.execute(select(Staff.name, Staff.signed_in_at)).all())
    assert signed_in["Noise"] is None
    assert signed_in["Sam"] is not None


def test_rates_stand_with_how_many_they_are_of(desk, seat, monday):
    for people in ("R1", "R1", None):
        item = desk.item("x")
        desk.add(TierChange(feedback_id=item.id, at=monday, by="Kim", before="R1", after=people,
                            machine="R1", reason="", reasons=[]))  # fmt: skip
    page = section(seat(Role.LEAD).get("/monday").text, "rates")
    for says in ("November 2026", "2 of 3 (67%)", "1 of 3 (33%)", "0 of 2 (0%)", "No data"):
        assert says in page


def test_older_abuse_pushes_no_life_off_the_page(both, monday):
    night = since("2026-11-29 03:00")
    for n in range(22):
        both.item(str(n), tier="R2", minutes=night + n)
    seen = {"looked_at": NOW, "tier_at": london("2026-11-29 03:00")}
    looked = both.item("x", tier="R1", minutes=night - 1, **seen)
    lives = [both.item("x", tier="R1", minutes=night - 2), looked]
    page = seated(both, Role.LEAD).get("/monday").text
    for name in ("weekend", "urgent"):
        rows = section(page, name).partition("<tbody")[2].split("<tr")[1:]
        assert [path(life) in row for life, row in zip(lives, rows, strict=False)] == [True, True]


def test_older_alerts_push_no_life_and_no_unsent_help_off_the_page(both, monday):
    for n in range(22):
        item = both.item(str(n), tier="R2")
        both.add(Alert(key=str(n), why=Why.R2 if n else Why.TEST, feedback_id=item.id,
                       opened_at=london("2026-11-29 03:00"), turn=1))  # fmt: skip
    for why in (Why.UNANSWERED, Why.R1):
        both.add(Alert(key=why, why=why, opened_at=monday, turn=1))
    page = section(seated(both, Role.LEAD).get("/monday").text, "calls")
    rows = page.partition("<tbody")[2].split("<tr")[1:]
    assert ["Help that was not sent" in rows[0], "R1 life" in rows[1]] == [True, True]
    assert "The daily test" not in page
    assert "The first 20 are shown." in page


def test_a_long_list_is_cut_and_says_where_the_rest_is(desk, seat, monday):
    for n in range(22):
        desk.item(str(n), tier="R2", minutes=since("2026-11-29 03:00"), status=Status.FINISHED)
        desk.item(str(n), tier="R2", minutes=since("2026-11-29 03:00"))
    lead = seat(Role.LEAD)
    page = lead.get("/monday?most=1000000").text
    assert count(page, "urgent") == "20+"
    assert 'href="/?need=urgent"' in section(page, "urgent")
    assert "The first 20 are shown." in section(page, "weekend")
    assert 'href="/monday?most=100#weekend"' in section(page, "weekend")
    assert count(lead.get("/monday?most=100").text, "weekend") == "44"


@pytest.fixture
def asked(desk) -> Iterator[list[tuple[str, object]]]:
    """Every statement that the database is asked from here on, with its values."""
    found: list[tuple[str, object]] = []

    def note(_connection, _cursor, statement, values, *_) -> None:
        if not statement.startswith("BEGIN"):
            found.append((statement, values))

    engine = desk.line.house.database.engine
    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def test_monday_takes_at_most_twelve_queries_however_much_there_is(desk, seat, monday, asked):
    lead = seat(Role.LEAD)
    asked.clear()
    lead.get("/monday")
    few = len(asked)
    for n in range(5):
        item = desk.item(str(n), tier="R1", minutes=since("2026-11-28 03:00"))
        desk.add(Alert(key=str(n), why=Why.R1, feedback_id=item.id, opened_at=monday, turn=1))
    asked.clear()
    lead.get("/monday")
    assert len(asked) == few <= 12


def test_nothing_on_monday_reads_every_item_that_there_ever_was(desk, seat, monday, asked):
    lead = seat(Role.LEAD)
    desk.item("x", tier="R1", assigned_to="Sam", status=Status.IN_PROGRESS)
    asked.clear()
    lead.get("/monday")
    plans = []
    with desk.line.house.database.engine.connect() as connection:
        for statement, values in tuple(asked):
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            plans += [row[3] for row in plan]
    whole = ("feedback", "alerts", "samples", "tier_changes", "safeguarding_entries")
    assert [p for p in plans if p in {f"SCAN {table}" for table in whole}] == []
    assert any("ix_feedback_tiered" in plan for plan in plans)


@pytest.mark.parametrize(
    ("now", "closed"),
    [
        ("2026-11-30 09:30", "2026-11-27 17:00"),
        ("2026-12-01 09:30", "2026-11-30 17:00"),
        ("2026-11-30 20:00", "2026-11-30 17:00"),
        ("2026-12-29 09:05", "2026-12-24 17:00"),
    ],
    ids=["a Monday", "a Tuesday", "an evening", "after Christmas"],
)
def test_the_weekend_is_whatever_passed_since_we_closed(now, closed):
    assert periods.closed_since(HOURS, london(now)) == london(closed)


def test_a_line_that_never_opens_looks_back_a_month():
    now = datetime(2026, 11, 30, tzinfo=UTC)
    assert periods.closed_since(Hours({}), now) == now - periods.LONGEST_CLOSED
