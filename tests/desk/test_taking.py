"""Taking work: each gets another item, a lock runs out, and who has an item open is seen."""

import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from store import bulk, holding
from store.arrival_rows import Caller
from store.board_rows import Looking
from store.models import Feedback, Status
from store.needs import Need
from store.staff import Role
from tests.desk.conftest import NOW, Desk
from tests.desk.test_in_a_browser import path
from tests.desk.test_queue import ref
from tests.handlers.asked import asked_of
from tests.handlers.test_indexes import plan
from tests.overlap import done_while
from triage.needs import GIVEN_OUT

LATER = NOW + timedelta(minutes=10)


def took(
    desk: Desk, by: str, at: datetime = NOW, *needs: Need, decides: bool = False
) -> str | None:
    with desk.line.house.database.writing() as session:
        return holding.take(session, needs or [Need.CODE], by, at, decides=decides)


def row(desk: Desk, item: Feedback) -> Feedback:
    with desk.line.house.database.reading() as session:
        return session.get_one(Feedback, item.id)


def named(who: str, page: str) -> bool:
    """Whether somebody is named on a page; the letters may stand in a form's token, too."""
    return re.search(rf"(?<![\w-]){who}(?![\w-])", page) is not None


def test_the_most_pressing_that_nobody_has_is_given_out_first(both):
    late, early = both.item("late", minutes=1), both.item("early", minutes=9)
    life = both.item("life", tier="R1", minutes=1)
    both.item("removed", tier="R1", hidden_at=NOW)
    found = [took(both, name) for name in ("Ada", "Ben", "Cyd", "Dan")]
    assert found == [life.reference, early.reference, late.reference, None]


def test_whoever_takes_the_next_does_not_wait_with_it_for_who_changes_the_one_before(both):
    held, free = both.item("held", minutes=9), both.item("free")
    took(both, "Ada")
    taken = done_while(
        both.line.house.database,
        lambda session: bulk.chosen(session, [held.reference]),
        lambda session: bulk.chosen(session, [held.reference, free.reference]),
        lambda: took(both, "Ada"),
    )
    assert taken == free.reference


def test_a_claim_runs_out_and_anybody_may_have_it(both):
    item = both.item("x")
    assert took(both, "Ada") == item.reference
    assert took(both, "Ben", NOW + timedelta(minutes=14)) is None
    assert took(both, "Ben", NOW + timedelta(minutes=16)) == item.reference
    assert row(both, item).held_by == "Ben"


def test_what_somebody_works_on_is_left_to_them(both):
    both.item("Kim's", assigned_to="Kim", minutes=9)
    mine = both.item("mine", assigned_to="Ada")
    assert took(both, "Ada") == mine.reference


def test_words_of_danger_that_nobody_looked_at_are_given_out_whoever_has_them(both):
    both.item("looked at", tier="R1", tier_at=NOW, looked_at=NOW, assigned_to="Kim", minutes=9)
    since = NOW - timedelta(hours=1)
    item = both.item("x", tier="R1", tier_at=NOW, looked_at=since, assigned_to="Kim")
    assert took(both, "Ada", NOW, Need.URGENT) == item.reference
    assert took(both, "Ben", NOW, Need.URGENT) is None


def test_what_waits_is_not_given_out_before_its_day(both):
    waits = {"purpose": "advice", "status": Status.WAITING, "coded_at": NOW}
    item = both.item("ring me on Thursday", **waits)
    both.item("looked at", tier="R1", tier_at=NOW, looked_at=NOW, **waits)
    assert took(both, "Ada", NOW, *GIVEN_OUT) is None
    assert row(both, item).held_by is None


def test_new_words_of_danger_on_what_waits_are_given_out(both):
    since = NOW - timedelta(hours=1)
    item = both.item("x", tier="R1", tier_at=NOW, looked_at=since, status=Status.WAITING)
    assert took(both, "Ada", NOW, Need.URGENT) == item.reference


LOOKED = {"tier": "R2", "tier_at": NOW, "looked_at": NOW, "coded_at": NOW}


def test_a_life_on_which_all_is_decided_is_not_given_out_again(both):
    both.item("decided", decided_at=NOW, minutes=9, **LOOKED)
    people = [both.item("x", minutes=3).reference, both.item("x", minutes=2).reference]
    assert [took(both, "Ada", NOW, *GIVEN_OUT) for _ in people] == people


@pytest.mark.parametrize("decided_at", [None, NOW - timedelta(hours=1)])
def test_a_life_on_which_nothing_is_decided_since_is_given_to_who_decides(both, decided_at):
    item = both.item("x", decided_at=decided_at, **LOOKED)
    assert took(both, "Ada", NOW, *GIVEN_OUT, decides=True) == item.reference


@pytest.mark.parametrize("coded_at", [None, NOW])
def test_who_cannot_decide_gets_past_lives_that_wait_for_the_lead(both, coded_at):
    seen = LOOKED | {"coded_at": coded_at}
    both.item("waits for the lead", purpose="advice", minutes=9, **seen)
    both.item("the lead has it", assigned_to="Kim", minutes=8, **seen)
    people = [both.item("nobody looked", tier="R2", coded_at=NOW).reference]
    people += [both.item("x", minutes=3).reference, both.item("x", minutes=2).reference]
    assert [took(both, name, NOW, *GIVEN_OUT) for name in ("Ada", "Ben", "Cyd")] == people
    assert took(both, "Dan", NOW, *GIVEN_OUT) is None


def test_who_cannot_decide_is_given_what_is_theirs_and_codes_what_is_decided(both):
    decided = both.item("x", decided_at=NOW, **LOOKED | {"coded_at": None})
    mine = both.item("x", assigned_to="Ada", **LOOKED)
    assert took(both, "Ada", NOW, *GIVEN_OUT) == mine.reference
    assert took(both, "Ben", NOW, *GIVEN_OUT) == decided.reference


def test_take_next_leads_a_triager_past_what_it_leads_the_lead_to(desk, seat):
    life, other = desk.item("x", **LOOKED), desk.item("x")
    assert seat().post("/take").location.startswith(path(other))
    assert seat(Role.LEAD, "Kim").post("/take").location.startswith(path(life))


def test_a_triager_hands_a_life_to_the_lead_and_finds_who_that_is(desk, seat):
    life, other = desk.item("x", tier="R1"), desk.item("x")
    triager, lead = seat(), seat(Role.LEAD, "Zoe")
    there = f"{path(life)}/assign"
    assert f'href="{there}">Hand to the safeguarding lead' in triager.get(path(life)).text
    assert "Hand to the safeguarding lead" not in lead.get(path(life)).text
    assert "Hand to the safeguarding lead" not in triager.get(path(other)).text
    page = triager.get(there).text
    assert page.index("Zoe, safeguarding lead or deputy") < page.index("Sam (you)")


def test_who_leads_is_said_to_whoever_gives_any_item_away(desk, seat):
    item, triager, _ = desk.item("x"), seat(), seat(Role.LEAD, "Zoe")
    assert "Zoe, safeguarding lead or deputy" in triager.get(f"{path(item)}/assign").text


def test_who_cannot_decide_gets_past_advice_that_only_the_lead_may_give(both):
    asked = {"purpose": "advice", "coded_at": NOW}
    for n in range(2):
        phone = in_danger(both, n)
        both.item("in doubt", caller_id=phone, minutes=9, **asked)
    both.item("not safe", safe=False, minutes=8, **asked)
    mine = both.item("hers", safe=False, assigned_to="Ada", minutes=7, **asked)
    free, act = both.item("x", minutes=6, **asked), both.item("x", coded_at=NOW)
    found = [took(both, name, NOW, *GIVEN_OUT) for name in ("Ada", "Ben", "Cyd", "Dan")]
    assert found == [mine.reference, free.reference, act.reference, None]
    assert took(both, "Zoe", NOW, *GIVEN_OUT, decides=True)


def in_danger(desk: Desk, n: int) -> int:
    """A phone that told of danger, and did not answer whether it is safe."""
    phone = Caller(joined=f"{n}", number=b"", reachable=True, first_seen=NOW, seen_at=NOW)
    desk.add(phone)
    desk.item("decided", caller_id=phone.id, decided_at=NOW, status=Status.FINISHED, **LOOKED)
    return phone.id


def test_a_triager_hands_whom_only_the_lead_may_ring_to_the_lead(desk, seat):
    item = desk.item("x", purpose="advice", caller_id=in_danger(desk, 1))
    other = desk.item("x", purpose="advice")
    triager, lead = seat(), seat(Role.LEAD, "Zoe")
    hand, ring = "Hand to the safeguarding lead", ">Ring them<"
    shown = [triager.get(path(item)).text, triager.get(path(other)).text, lead.get(path(item)).text]
    assert [(hand in page, ring in page) for page in shown] == [
        (True, False),
        (False, True),
        (False, True),
    ]


@pytest.mark.parametrize("decides", [True, False], ids=["lead", "triager"])
@pytest.mark.parametrize("need", GIVEN_OUT)
def test_the_next_of_a_queue_is_found_along_its_index(both, need, decides):
    engine = both.line.house.database.engine
    with asked_of(engine) as made:
        took(both, "Ada", NOW, need, decides=decides)
    [(statement, values)] = [one for one in made if "SET held_by" in one[0]]
    found = plan(both.line, statement, values)
    assert f"ix_feedback_open_{need.value}" in found
    assert "TEMP B-TREE" not in found
    assert "Sort" not in found


def test_taking_the_next_lets_go_of_the_one_before(both):
    first, second = both.item("x", minutes=9), both.item("x", minutes=1)
    others = both.item("x", minutes=8)
    with both.line.house.database.writing() as session:
        holding.hold(session, others.id, "Kim", NOW)
    assert [took(both, "Ada"), took(both, "Ada")] == [first.reference, second.reference]
    assert [row(both, i).held_by for i in (first, second, others)] == [None, "Ada", "Kim"]


def test_a_life_comes_before_the_queue_that_was_not_asked_for(desk, seat):
    desk.item("code", minutes=99)
    life = desk.item("life", tier="R1", coded_at=NOW)
    assert seat().post("/take").location.startswith(path(life))


def test_the_queue_that_was_asked_for_is_the_one(desk, seat):
    desk.item("life", tier="R1", coded_at=NOW)
    advice = desk.item("advice", purpose="advice", coded_at=NOW)
    assert seat().post("/take", need="advice").location.startswith(path(advice))


def test_with_nothing_left_there_is_a_word_and_the_queue_again(desk, seat):
    sitting = seat()
    desk.item("x", status=Status.WAITING)
    answer = sitting.post("/take", need="advice")
    assert answer.location == "/?need=advice"
    assert "Nothing here waits for anybody" in sitting.get(answer.location).text


def test_people_who_press_at_once_never_get_the_same(both):
    put = {both.item(f"x {n}", minutes=n % 3).reference for n in range(24)}
    found: list[str | None] = []
    start = threading.Barrier(4)

    def press(name: str) -> None:
        start.wait()
        found.extend(took(both, f"{name} {n}") for n in range(6))

    threads = [threading.Thread(target=press, args=(name,)) for name in "ABCD"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 24
    assert set(found) == put


def test_the_queue_and_the_item_say_who_has_it_open(desk, seat):
    item = desk.item("x")
    ada, ben = seat(name="Ada"), seat(name="Ben")
    ada.post("/take")
    assert "Ada has it open" in ben.get("/").text
    assert "Ada has this open until" in ben.get(path(item)).text
    assert "You have this open until" in ada.get(path(item)).text


def test_an_open_page_claims_what_is_free_and_sees_others_come(desk, seat):
    item = desk.item("x")
    ada, ben = seat(name="Ada"), seat(name="Ben")
    assert "You have this open" in ada.post(f"{path(item)}/here").text
    assert "Ada has this open" in ben.post(f"{path(item)}/here").text
    assert "Also looking at it: Ben." in ada.post(f"{path(item)}/here").text
    ben.post(f"{path(item)}/leave")
    assert not named("Ben", ada.post(f"{path(item)}/here").text)
    assert row(desk, item).held_by == "Ada"


def test_an_open_page_keeps_its_claim(both):
    item = both.item("x")
    for minutes in (0, 10, 20):
        with both.line.house.database.writing() as session:
            assert holding.hold(session, item.id, "Ada", NOW + timedelta(minutes=minutes)) == "Ada"
    assert took(both, "Ben", NOW + timedelta(minutes=30)) is None


def test_taking_over_is_said_on_the_other_page(desk, seat):
    item = desk.item("x")
    ada, ben = seat(name="Ada"), seat(name="Ben")
    ada.post(f"{path(item)}/here")
    ben.post(f"{path(item)}/take-over")
    assert "Ben has this open" in ada.post(f"{path(item)}/here").text


def test_who_moves_an_item_lets_go_of_it(desk, seat):
    item = desk.item("x")
    ada = seat(name="Ada")
    ada.post("/take")
    ada.post(f"{path(item)}/moves", seen="new", after="waiting", reason="they ring back")
    assert row(desk, item).held_by is None


def test_who_leaves_an_item_lets_go_of_it_unless_they_are_back_at_once(desk, seat):
    first, second = desk.item("x", minutes=9), desk.item("x", minutes=1)
    ada = seat(name="Ada")
    for item in (first, second):
        ada.post(f"{path(item)}/here")
        ada.post(f"{path(item)}/leave")
    ada.post(f"{path(first)}/here")
    in_a_minute = datetime.now(UTC) + timedelta(minutes=1)
    assert took(desk, "Ben", datetime.now(UTC)) is None
    assert took(desk, "Ben", in_a_minute) == second.reference


def test_leaving_takes_nothing_from_a_colleague(desk, seat):
    item = desk.item("x")
    ada, ben = seat(name="Ada"), seat(name="Ben")
    ada.post("/take")
    ben.post(f"{path(item)}/leave")
    assert row(desk, item).held_by == "Ada"


@pytest.mark.parametrize("act", ["here", "take-over", "leave"])
def test_an_item_that_is_gone_cannot_be_held(desk, seat, act):
    item = desk.item("x", hidden_at=NOW)
    assert seat().post(f"{path(item)}/{act}").status_code == 404


@pytest.mark.parametrize("act", ["/take", "/feedback/K7RW3X2/here", "/feedback/K7RW3X2/take-over"])
def test_who_only_reads_takes_nothing(desk, seat, act):
    assert seat(Role.READER).post(act).status_code == 403


def test_who_closed_their_page_long_ago_is_forgotten(both):
    item = both.item("x")
    with both.line.house.database.writing() as session:
        holding.look(session, item.id, "Ada", NOW - timedelta(hours=1))
        holding.look(session, item.id, "Ben", NOW)
        assert holding.others(session, item.id, "Cyd", NOW) == ["Ben"]
        holding.forget(session, NOW)
        assert session.scalar(select(func.count()).select_from(Looking)) == 1


def test_the_page_of_a_free_item_names_nobody(desk, seat):
    item = desk.item("x", held_by="Ada", held_until=datetime.now(UTC) - timedelta(minutes=1))
    page = seat().get(path(item)).text
    assert not named("Ada", page)
    assert ref(item) in page
