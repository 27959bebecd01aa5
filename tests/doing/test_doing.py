"""Giving away, waiting, passing on, outcomes, links; all of it in one list afterwards."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from dialogue import items
from hours import LONDON
from store import doing
from store.access_rows import Look
from store.doing_rows import Deed
from store.models import Status
from store.staff import Move, Role
from tests.desk.conftest import NOW, seated
from tests.doing.conftest import change, deeds, path, ref, row, rows, send, told


def tomorrow() -> str:
    return (datetime.now(LONDON) + timedelta(days=1)).date().isoformat()


def wake(at, days: float = 0) -> int:
    with at.line.house.database.writing() as session:
        return doing.wake(session, datetime.now(UTC) + timedelta(days=days), 50)


def test_an_item_goes_to_a_colleague_and_back_to_nobody(desk, seat):
    item, sitting = desk.item("x"), seat()
    desk.staff("Kim")
    sitting.post(f"{path(item)}/assign", to="Kim", seen="")
    assert row(desk, item).assigned_to == "Kim"
    sitting.post(f"{path(item)}/assign", to="", seen="Kim")
    assert row(desk, item).assigned_to is None
    assert deeds(desk, item) == ["assigned", "assigned"]


def test_who_took_an_item_is_not_told_of_it_when_they_give_it_on_from_an_older_page(desk, seat):
    item, sitting = told(desk), seat()
    seated(desk, name="Kim")
    for to in ("Sam", "Kim"):
        assert sitting.post(f"{path(item)}/assign", to=to, seen="").status_code == 302
    assert row(desk, item).assigned_to == "Kim"


def test_of_two_who_take_an_item_at_once_the_second_is_told(desk, seat):
    item, sam, kim = desk.item("x"), seat(), seat(name="Kim")
    sam.post(f"{path(item)}/assign", to="Sam", seen="")
    answer = kim.post(f"{path(item)}/assign", to="Kim", seen="")
    assert answer.status_code == 409
    assert "It is with Sam by now" in answer.text
    assert row(desk, item).assigned_to == "Sam"


def test_nobody_gets_an_item_who_may_not_work_on_it(desk, seat):
    item = desk.item("x")
    desk.staff("Rea", Role.READER)
    assert seat().post(f"{path(item)}/assign", to="Rea", seen="").status_code == 422
    assert row(desk, item).assigned_to is None


def test_letting_go_frees_the_claim_too(desk, seat):
    item, sitting = desk.item("x", assigned_to="Sam"), seat()
    change(desk, item, held_by="Sam", held_until=datetime.now(UTC) + timedelta(minutes=9))
    sitting.post(f"{path(item)}/assign", to="", seen="Sam")
    assert row(desk, item).held_by is None


def test_what_waits_comes_back_by_itself_when_its_day_comes(both):
    item = both.item("x", assigned_to="Kim")
    noise = both.item("y", status=Status.WAITING, waiting_until=NOW + timedelta(days=9))
    seated(both).post(
        f"{path(item)}/wait", until=tomorrow(), wait_reason="PALS answers", seen="new"
    )
    waits = row(both, item)
    assert waits.status is Status.WAITING
    assert waits.waiting_until.astimezone(LONDON).strftime("%F %H:%M") == f"{tomorrow()} 00:00"
    assert wake(both) == 0
    assert wake(both, days=2) == 1
    back = row(both, item)
    assert (back.status, back.assigned_to, back.waiting_until) == (
        Status.IN_PROGRESS, "Kim", None)  # fmt: skip
    assert row(both, noise).status is Status.WAITING


def test_what_is_moved_to_waiting_without_a_day_comes_back_after_two_weeks(both):
    item, noise, sam = both.item("x"), both.item("y"), seated(both)
    send(sam, f"{path(item)}/moves", after="waiting", seen="new")
    assert row(both, item).waiting_until - datetime.now(UTC) > timedelta(days=13.9)
    assert "Moved to Waiting. It comes back by itself on " in sam.get(path(item)).text
    assert (wake(both, days=13), wake(both, days=15)) == (0, 1)
    assert [row(both, one).status for one in (item, noise)] == [Status.NEW] * 2


def test_what_a_former_version_left_waiting_without_a_day_gets_one(both):
    item = both.item("x", status=Status.WAITING)
    kept = both.item("y", status=Status.WAITING, waiting_until=NOW + timedelta(days=90))
    assert wake(both) == 0
    assert wake(both, days=15) == 1
    assert [row(both, one).status for one in (item, kept)] == [Status.NEW, Status.WAITING]


@pytest.mark.parametrize(
    "wrong", [{"until": "2020-01-01"}, {"until": "x"}, {"until": "9000-01-01"}, {"wait_reason": ""}]
)
def test_a_wait_has_a_day_to_come_and_a_why(desk, seat, wrong):
    item = desk.item("x")
    given = {"until": tomorrow(), "wait_reason": "why", "seen": "new", **wrong}
    assert seat().post(f"{path(item)}/wait", **given).status_code == 422
    assert row(desk, item).status is Status.NEW


@pytest.mark.parametrize(
    ("assigned_to", "status"), [("Kim", Status.IN_PROGRESS), (None, Status.NEW)]
)
def test_what_is_texted_to_an_item_that_waits_is_read_now(both, assigned_to, status):
    waits = {"status": Status.WAITING, "waiting_until": NOW + timedelta(days=14)}
    item = told(both, "The ward was clean", assigned_to=assigned_to, coded_at=NOW, **waits)
    both.line.text("Tomorrow at ten please, then I am in hospital")
    now, (move,) = row(both, item), rows(both, Move)
    assert (now.status, now.assigned_to, now.waiting_until) == (status, assigned_to, None)
    assert (move.by, move.before, move.after, move.reason) == (
        items.THE_CALLER, "waiting", status.value, items.ADDED,
    )  # fmt: skip


def test_a_finished_item_that_comes_back_by_new_words_is_nobodys(both):
    item = told(both, status=Status.FINISHED, closed_at=NOW, assigned_to="Kim")
    both.line.text("i want to kill myself")
    now = row(both, item)
    assert (now.tier, now.status, now.assigned_to) == ("R1", Status.NEW, None)


def test_whoever_takes_a_waiting_item_up_ends_its_wait(desk, seat):
    item = desk.item("x", status=Status.WAITING, waiting_until=NOW + timedelta(days=9))
    send(seat(), f"{path(item)}/moves", seen="waiting", after="in_progress")
    assert row(desk, item).waiting_until is None


COPY = {"copy": "A nurse was kind", "to": "PALS", "way": "email", "clean": "1",
        "done_at": "2026-01-05T10:00"}  # fmt: skip


def test_a_copy_is_kept_as_it_went_out_to_whom_and_how(desk, seat):
    item, sitting = desk.item("Ann was kind. Ring me: 07700 900456"), seat()
    draft = sitting.get(f"{path(item)}/copy").text
    assert "was kind" in draft
    assert "900456" not in draft
    answer = send(sitting, f"{path(item)}/copy", **COPY)
    page = sitting.get(answer.location).text
    assert "A nurse was kind" in page
    assert not re.search(r"(?<![\w-])Ann(?![\w-])", page)  # a form's token may hold the letters
    assert "To PALS, 5 January 2026" in page
    assert row(desk, item).passed_on_at
    assert "passed it on to PALS by e-mail" in sitting.get(path(item)).text


def test_a_copy_is_not_shown_under_another_items_reference(desk, seat):
    item, other, sitting = desk.item("a"), desk.item("b"), seat()
    send(sitting, f"{path(item)}/copy", **COPY)
    assert sitting.get(f"{path(other)}/copy/1").status_code == 404


@pytest.mark.parametrize("wrong", [{"clean": ""}, {"to": ""}, {"way": ""}, {"copy": ""}])
def test_a_copy_without_tick_or_record_is_not_kept_and_what_was_typed_stays(desk, seat, wrong):
    item = desk.item("x")
    answer = send(seat(), f"{path(item)}/copy", **{**COPY, **wrong})
    assert answer.status_code == 422
    assert ("A nurse was kind" in answer.text) == ("copy" not in wrong)
    assert row(desk, item).passed_on_at is None


def test_words_of_danger_are_copied_only_past_their_warning_and_the_look_is_noted(desk, seat):
    item, lead = desk.item("he hits me", tier="R2"), seat(Role.LEAD)
    page = lead.get(f"{path(item)}/copy").text
    assert "This may be hard to read." in page
    assert "he hits me" not in page
    assert row(desk, item).looked_by is None
    assert "he hits me" in lead.get(f"{path(item)}/copy?show=1").text
    assert row(desk, item).looked_by == "Sam"
    assert [(look.by, look.feedback_id) for look in rows(desk, Look)] == [("Sam", item.id)]
    wrong = send(lead, f"{path(item)}/copy?show=1", **{**COPY, "to": ""})
    assert "A nurse was kind" in wrong.text


def test_what_somebody_who_works_there_said_only_the_lead_passes_on(desk, seat):
    item = desk.item("We falsify the charts", signals=["staff"])
    sam = seat()
    assert "falsify" not in sam.get(f"{path(item)}/copy").text
    assert send(sam, f"{path(item)}/copy", **COPY).status_code == 422
    lead = seat(Role.LEAD, "Lea")
    assert send(lead, f"{path(item)}/copy", **COPY).status_code == 302
    assert sam.get(f"{path(item)}/copy/1").status_code == 404


def test_an_outcome_stands_on_the_item_and_may_finish_it(desk, seat):
    item, sitting = desk.item("x"), seat()
    given = {"outcome": "complaint_signposted", "seen": "new", "do": "finish"}
    sitting.post(f"{path(item)}/outcome", **given)
    done = row(desk, item)
    assert (done.outcome, done.status) == ("complaint_signposted", Status.FINISHED)


def test_of_two_who_keep_an_outcome_at_once_the_second_is_told(desk, seat):
    item, other = desk.item("x"), desk.item("y")
    sitting, kim = seat(), seated(desk, name="Kim")
    given = {"outcome": "noted", "seen": "new", "outcome_seen": ""}
    kim.post(f"{path(other)}/outcome", **given)
    kim.post(f"{path(item)}/outcome", **given)
    answer = sitting.post(f"{path(item)}/outcome", **{**given, "outcome": "advised"})
    assert answer.status_code == 409
    assert "Kim kept an outcome while you had it open." in answer.text
    assert row(desk, item).outcome == "noted"


def test_you_said_we_did_has_its_words_day_and_stage(desk, seat):
    item, sitting = desk.item("x"), seat()
    given = {"outcome": "changed", "did": "Bells at each bed", "stage": "planned"}
    assert sitting.post(f"{path(item)}/outcome", **given).status_code == 422
    sitting.post(f"{path(item)}/outcome", **given, did_on="2026-12-01")
    [deed] = rows(desk, Deed)
    assert (deed.to, deed.way, deed.words) == ("changed", "planned", "Bells at each bed")
    assert "(planned, 1 December 2026)" in sitting.get(path(item)).text


def test_an_outcome_finishes_no_life_without_its_record(desk, seat):
    item = desk.item("x", tier="R1")
    given = {"outcome": "noted", "seen": "new", "do": "finish"}
    assert seat(Role.LEAD).post(f"{path(item)}/outcome", **given).status_code == 422
    assert (row(desk, item).status, row(desk, item).outcome) == (Status.NEW, None)


def test_two_items_are_linked_with_a_reason_and_both_stay(both):
    one, two, noise = both.item("a"), both.item("b"), both.item("c")
    sitting = seated(both)
    sitting.post(f"{path(two)}/join", **{"with": ref(one), "join_reason": "Same ward", "say": "x"})
    assert row(both, two).linked_to == one.id
    assert [deeds(both, i) for i in (one, two, noise)] == [["linked"], ["linked"], []]
    for here, there in ((one, two), (two, one)):
        page = sitting.get(path(here)).text
        assert ref(there) in page
        assert "Same ward" in page
        assert ref(noise) not in page


def test_another_person_on_the_same_phone_is_kept_apart(desk, seat):
    one = told(desk)
    two, sitting = told(desk, "From her son"), seat()
    assert row(desk, two).linked_to == one.id
    assert ref(one) in sitting.get(path(two)).text
    given = {"with": ref(one), "join_reason": "Her son wrote", "say": "apart"}
    sitting.post(f"{path(two)}/join", **given)
    assert row(desk, two).linked_to is None
    assert "kept apart: another person" in sitting.get(path(one)).text
    sitting.post(f"{path(two)}/join", **{**given, "say": "together"})
    assert "kept apart: another person" not in sitting.get(path(one)).text


@pytest.mark.parametrize("wrong", [{"with": ""}, {"with": "2222-222"}, {"join_reason": ""}])
def test_a_link_needs_another_item_and_a_reason(desk, seat, wrong):
    one, two = desk.item("a"), desk.item("b")
    given = {"with": ref(one), "join_reason": "why", "say": "x", **wrong}
    assert seat().post(f"{path(two)}/join", **given).status_code == 422
    assert rows(desk, Deed) == []


def test_repeated_reports_on_one_place_are_pointed_out_on_both_databases(both):
    facts = {"service": "gp", "place": "Lapal House"}
    told(both, "One thing", **facts)
    item = told(both, "Another", **facts)
    told(both, "Mine", frm="+447700900999", service="gp", place="lapal house")
    told(both, "Elsewhere", frm="+447700900777", service="gp", place="Other House")
    assert "2 of 3 about this place in 90 days came from 1 phone." in (
        seated(both).get(path(item)).text
    )


def test_reports_on_one_provider_repeat_however_callers_name_the_place(both):
    facts = {"service": "gp", "provider_id": "1-102"}
    told(both, "One thing", place="the one in lapal", **facts)
    item = told(both, "Another", **facts)
    told(both, "Mine", frm="+447700900999", **facts)
    told(both, "Elsewhere", frm="+447700900777", service="gp", provider_id="1-109")
    said = seated(both).get(path(item)).text
    assert "2 of 3 about this place in 90 days came from 1 phone." in said


def test_everything_that_was_done_stands_in_one_list_in_order(desk, seat):
    item, sitting = told(desk), seat(Role.LEAD, "Lea")
    sitting.post(f"{path(item)}/assign", to="Lea", seen="")
    send(sitting, f"{path(item)}/notes", body="Rang the ward")
    send(sitting, f"{path(item)}/moves", seen="new", after="in_progress")
    send(sitting, f"{path(item)}/tier", tier_seen="none", tier="R3", tier_reason="harm")
    send(sitting, f"{path(item)}/reply", reply="Because We All Care: thank you")
    send(sitting, f"{path(item)}/copy", **COPY)
    page = sitting.get(path(item)).text.partition("Everything that was done")[2]
    lines = ["gave it to Lea", "wrote a note", "from New to In progress", "judged it R3 harm",
             "replied by text", "passed it on to PALS"]  # fmt: skip
    places = [page.find(line) for line in lines]
    assert places == sorted(places)
    assert places[0] > 0


def test_a_reader_sees_none_of_what_was_done(desk, seat):
    item, reader = told(desk), seat(Role.READER, "Rea")
    send(seat(), f"{path(item)}/reply", reply="Because We All Care: hello there")
    page = reader.get(path(item)).text
    assert "hello there" not in page
    assert "Everything that was done" not in page
    for address in ("/praise", "/ring-back", f"{path(item)}/copy", f"{path(item)}/ring"):
        assert reader.get(address).status_code == 403


def test_hostile_words_are_shown_as_words(desk, seat):
    item, sitting = desk.item("<script>alert(1)</script>", purpose="advice"), seat()
    send(sitting, f"{path(item)}/copy", **{**COPY, "to": "<b>PALS", "copy": "<script>x"})
    for address in (path(item), f"{path(item)}/copy", f"{path(item)}/copy/1", "/ring-back"):
        page = sitting.get(address).text
        assert "<script>x" not in page
        assert "<script>alert" not in page
        assert "<b>PALS" not in page
