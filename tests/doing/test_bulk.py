"""Several items at once: what is left out is named, a double click counts once, undo is kind."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from hours import LONDON
from store.doing_rows import Bulk
from store.models import Status
from store.staff import Move, Role
from tests.desk.conftest import NOW, Seat, seated
from tests.doing.conftest import change, deeds, key, many, path, ref, row, rows, send

LATER = NOW + timedelta(days=1)


def test_several_items_go_to_a_colleague_and_the_rest_stays(both):
    both.staff("Kim")
    one, two, noise = both.item("a"), both.item("b"), both.item("c")
    many(seated(both), "colleague", one, two, to="Kim")
    assert [row(both, i).assigned_to for i in (one, two, noise)] == ["Kim", "Kim", None]
    assert deeds(both, one) == ["assigned"]


def test_what_a_colleague_has_open_is_left_out_and_named(desk, seat):
    mine, theirs = desk.item("a"), desk.item("b")
    change(desk, theirs, held_by="Kim", held_until=datetime.now(UTC) + timedelta(minutes=9))
    sitting = seat()
    many(sitting, "mine", mine, theirs)
    assert [row(desk, i).assigned_to for i in (mine, theirs)] == ["Sam", None]
    assert f"Left out: {ref(theirs)} (Kim has it open)." in sitting.get("/").text


def test_finishing_needs_a_reason_and_never_takes_a_life_with_it(desk, seat):
    plain, life = desk.item("a"), desk.item("b", tier="R1", decided_at=NOW)
    lead = seat(Role.LEAD, "Lea")
    many(lead, "finished", plain, life)
    assert row(desk, plain).status is Status.NEW
    many(lead, "finished", plain, life, reason="A test")
    assert [row(desk, i).status for i in (plain, life)] == [Status.FINISHED, Status.NEW]


def made(sitting: Seat) -> str:
    """The time at which a page of a queue says that it was made."""
    return re.search('name="made" value="([^"]+)"', sitting.get("/").text)[1]


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"words_at": LATER}, "they have said more since"),
        ({"tier": "R3", "tier_at": LATER}, "it was marked as more urgent since"),
    ],
    ids=["said more", "more urgent"],
)
def test_what_has_more_to_read_than_the_page_showed_is_left_out_and_named(both, facts, why):
    grown, other, sam = both.item("a"), both.item("b"), seated(both)
    page = made(sam)
    change(both, grown, **facts)
    many(sam, "finished", grown, other, reason="Old", made=page)
    assert [row(both, i).status for i in (grown, other)] == [Status.NEW, Status.FINISHED]
    assert f"Left out: {ref(grown)} ({why})." in sam.get("/").text


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("moves", {"seen": "new", "after": "waiting"}),
        ("assign", {"seen": "", "to": "Lea"}),
        ("assign", {"seen": "", "to": "Kim"}),
        ("wait", {"seen": "new", "until": f"{LATER:%Y-%m-%d}", "wait_reason": "Asked the ward"}),
    ],
    ids=["moved", "given away", "taken", "let wait"],
)
def test_what_a_colleague_did_since_the_page_was_made_is_not_undone_by_it(both, act, fields):
    item, other, sam = both.item("a"), both.item("b"), seated(both)
    kim = seated(both, name="Kim")
    both.staff("Lea")
    page = made(sam)
    send(kim, f"{path(item)}/{act}", **fields)
    before = row(both, item)
    many(sam, "in_progress", item, other, made=page)
    now = row(both, item)
    assert (now.status, now.assigned_to) == (before.status, before.assigned_to)
    assert row(both, other).assigned_to == "Sam"
    assert f"Left out: {ref(item)} (Kim changed it since)." in sam.get("/").text


def test_of_two_who_take_the_same_item_from_their_lists_the_first_has_it(desk, seat):
    item, sam, kim = desk.item("a"), seat(), seat(name="Kim")
    pages = {sitting: made(sitting) for sitting in (sam, kim)}
    for sitting in (sam, kim):
        many(sitting, "mine", item, made=pages[sitting])
    assert row(desk, item).assigned_to == "Sam"


def test_what_somebody_did_themselves_since_is_left_to_them(desk, seat):
    item, sam = desk.item("a"), seat()
    page = made(sam)
    many(sam, "mine", item, made=page)
    many(sam, "in_progress", item, made=page)
    assert row(desk, item).status is Status.IN_PROGRESS


def test_a_list_that_comes_back_for_a_missing_reason_keeps_the_time_of_its_ticks(desk, seat):
    item, sam = desk.item("a"), seat()
    page = made(sam)
    assert f'name="made" value="{page}"' in many(sam, "finished", item, made=page).text


@pytest.mark.parametrize("given", ["", "soon"])
def test_a_list_without_the_time_of_its_page_is_taken_as_it_is(desk, seat, given):
    item = change(desk, desk.item("a"), words_at=LATER)
    many(seat(), "mine", item, made=given)
    assert row(desk, item).assigned_to == "Sam"


def test_a_double_click_does_it_once(desk, seat):
    item, sitting, mark = desk.item("a"), seat(), key()
    for _ in range(2):
        many(sitting, "in_progress", item, key=mark)
    assert len(rows(desk, Move)) == 1
    assert len(rows(desk, Bulk)) == 1


def test_undo_puts_back_what_nobody_changed_since_and_names_the_rest(both):
    sam, kim = seated(both), seated(both, name="Kim")
    one, two = both.item("a", assigned_to="Kim"), both.item("b")
    many(sam, "finished", one, two, reason="Old")
    send(kim, f"{path(two)}/moves", seen="finished", after="in_progress", reason="Not so")
    sam.post("/bulk/1/undo")
    now = row(both, one)
    assert (now.status, now.assigned_to, now.closed_at) == (Status.NEW, "Kim", None)
    assert (row(both, two).status, row(both, two).assigned_to) == (Status.IN_PROGRESS, "Kim")
    page = sam.get("/").text
    assert "Undone: 1 item as before." in page
    assert f"may finish them: {ref(two)}." in page
    assert deeds(both, one) == ["undone"]


def test_undo_finishes_nothing_whose_person_has_said_more_since(desk, seat):
    item, sam = desk.item("a", status=Status.FINISHED, closed_at=NOW), seat()
    many(sam, "in_progress", item, reason="Look again")
    change(desk, item, tier="R1", tier_at=datetime.now(UTC))
    sam.post("/bulk/1/undo")

    assert row(desk, item).status is Status.IN_PROGRESS


ENDED = {"status": Status.FINISHED, "closed_at": NOW, "tier": "R2", "tier_at": NOW}
DECIDED = {**ENDED, "decided_at": NOW}


@pytest.mark.parametrize(
    ("role", "facts", "status"),
    [
        (Role.TRIAGER, DECIDED, Status.IN_PROGRESS),
        (Role.LEAD, ENDED, Status.IN_PROGRESS),
        (Role.LEAD, DECIDED, Status.FINISHED),
    ],
    ids=["a triager", "nothing decided", "the lead"],
)
def test_undo_finishes_an_r2_only_for_who_could_finish_it_by_hand(both, role, facts, status):
    item, sitting = both.item("a", **facts), seated(both, role)
    many(sitting, "in_progress", item, reason="Look again")
    sitting.post("/bulk/1/undo")
    assert row(both, item).status is status
    kept = f"or only the lead may finish them: {ref(item)}" in sitting.get("/").text
    assert kept == (status is Status.IN_PROGRESS)


def test_undo_finishes_nothing_whose_record_has_grown_since(desk, seat):
    item, lead = desk.item("a", **DECIDED), seat(Role.LEAD)
    many(lead, "in_progress", item, reason="Look again")
    at = f"{datetime.now(LONDON):%Y-%m-%dT%H:%M}"
    line = {"decision": "other", "words": "They ring us", "done_at": at}
    assert lead.post(f"{path(item)}/safeguarding", **line).status_code == 302
    lead.post("/bulk/1/undo")
    assert row(desk, item).status is Status.IN_PROGRESS


def test_an_act_is_undone_once_by_whoever_did_it_or_the_lead_within_ten_minutes(desk, seat):
    item, sam, kim, lead = desk.item("a"), seat(), seat(name="Kim"), seat(Role.LEAD, "Lea")
    many(sam, "mine", item)
    assert kim.post("/bulk/1/undo").status_code == 403
    assert "Undo" not in kim.get("/").text
    assert "Undo" in sam.get("/").text
    lead.post("/bulk/1/undo")
    assert row(desk, item).assigned_to is None
    sam.post("/bulk/1/undo")
    assert "Lea undid it already." in sam.get("/").text
    assert deeds(desk, item) == ["assigned", "undone"]
    many(sam, "mine", item)
    with desk.line.house.database.writing() as session:
        session.execute(update(Bulk).values(at=NOW - timedelta(minutes=11)))
    sam.post("/bulk/2/undo")
    assert row(desk, item).assigned_to == "Sam"


def test_an_item_whose_person_took_it_back_is_not_put_back(desk, seat):
    item, sitting = desk.item("a"), seat()
    many(sitting, "mine", item)
    change(desk, item, hidden_at=NOW)
    sitting.post("/bulk/1/undo")
    assert row(desk, item).assigned_to == "Sam"


def test_nothing_ticked_an_unknown_act_or_colleague_changes_nothing(desk, seat):
    item, sitting = desk.item("a"), seat()
    desk.staff("Rea", Role.READER)
    many(sitting, "mine")
    many(sitting, "explode", item)
    many(sitting, "colleague", item, to="Rea")
    many(sitting, "mine", item, key="no mark")
    assert row(desk, item).assigned_to is None
    assert rows(desk, Bulk) == []


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("finished", "Write why they are finished"),
        ("colleague", "Choose the colleague"),
        ("", "Choose what to do"),
    ],
    ids=str,
)
def test_without_a_script_what_is_missing_is_asked_for_beside_the_ticks(desk, seat, act, words):
    one, two = desk.item("a"), desk.item("b")
    answer = many(seat(), act, two, query="need=code")
    page = answer.text
    assert (answer.status_code, "There is a problem" in page, words in page) == (422, True, True)
    ticked = [f'value="{ref(item)}" form="bulk" checked' in page for item in (one, two)]
    assert ticked == [False, True]
    assert (f'value="{act}" selected' in page) == bool(act)


def test_what_was_done_leads_back_to_the_page_of_the_queue_where_it_was_done(desk, seat):
    items = [desk.item(f"n{n}", minutes=60 - n) for n in range(27)]
    sitting = seat()
    after = re.search("after=([-0-9]+)", sitting.get("/?need=code").text)[1]
    query = f"need=code&after={after}"
    assert ref(items[-1]) in sitting.get(f"/?{query}").text
    assert many(sitting, "mine", items[-1], query=query).location == f"/?{query}"


def test_a_reader_has_no_bar_and_may_not_use_it(desk, seat):
    item, reader = desk.item("a"), seat(Role.READER, "Rea")
    assert many(reader, "mine", item).status_code == 403
    assert 'id="bulk"' not in reader.get("/").text


def test_praise_is_passed_on_with_its_cleaned_words_and_finished(both):
    facts = {"coded_at": NOW, "sentiment": "positive", "service": "gp", "place": "Lapal House"}
    one, two = both.item("Dr Lee was kind", **facts), both.item("Lovely", **facts)
    noise = both.item("Dreadful", coded_at=NOW, sentiment="negative")
    sitting = seated(both)
    assert "Lapal House" in sitting.get("/praise").text
    fields = {f"words-{ref(one)}": "A doctor was kind", f"words-{ref(noise)}": "x"}
    given = {"items": [ref(one), ref(noise)], "to": "Lapal House", "way": "email", "clean": "1"}
    send(sitting, "/praise", **given, **fields)
    done = row(both, one)
    assert (done.status, done.outcome) == (Status.FINISHED, "passed_on")
    assert done.passed_on_at
    assert row(both, two).passed_on_at is None
    assert row(both, noise).passed_on_at is None
    assert "A doctor was kind" in sitting.get(f"{path(one)}/copy/1").text
    sitting.post("/bulk/1/undo")
    back = row(both, one)
    assert (back.status, back.passed_on_at, back.outcome) == (Status.NEW, None, None)


def test_praise_without_the_tick_stays_where_it_is(desk, seat):
    item = desk.item("Kind", coded_at=NOW, sentiment="positive")
    given = {"items": [ref(item)], "to": "PALS", "way": "email", f"words-{ref(item)}": "Kind"}
    assert send(seat(), "/praise", **given, group="1").status_code == 422
    assert row(desk, item).passed_on_at is None
