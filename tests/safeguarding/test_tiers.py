"""How urgent people say an item is, at the desk: each judgement a row, and what follows from it."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from handlers.desk.words import TIERS
from store import needs, safeguarding
from store.alert_rows import Alert
from store.known import decided
from store.models import Feedback, Status
from store.safeguarding_rows import TierChange
from store.staff import Move, Role
from tests.desk.conftest import NOW, seated
from tests.safeguarding.conftest import path, rows
from triage.tiers import rates


def test_a_judgement_is_a_row_and_keeps_what_the_program_said(both):
    item = both.item("I could have died laughing", tier="R1")
    noise = both.item("NOISE", tier="R1")
    lead = seated(both, Role.LEAD)
    answer = lead.post(f"{path(item)}/tier", tier="none", tier_seen="R1", tier_reason="a joke")
    assert answer.location == f"{path(item)}#tier-now"
    kept = [
        (c.by, c.before, c.after, c.machine, c.reason, c.reasons) for c in rows(both, TierChange)
    ]
    assert kept == [("Sam", "R1", None, "R1", "a joke", ["i want to die"])]
    now = {row.id: (row.tier, row.rank) for row in rows(both, Feedback)}
    assert now == {item.id: (None, 59), noise.id: ("R1", 19)}
    assert "R1 life to Nothing urgent, by Sam: “a joke”" in lead.get(path(item)).text


def test_a_triager_raises_and_the_rota_is_called(desk, seat):
    item = desk.item("he hits me")
    seat().post(f"{path(item)}/tier", tier="R2", tier_seen="none")
    raised = rows(desk, Feedback)[0]
    assert (raised.tier, raised.looked_by) == ("R2", "Sam")
    assert raised.tier_at is not None
    assert [(a.feedback_id, a.why.value) for a in rows(desk, Alert)] == [(item.id, "R2")]


def test_nobody_is_called_for_what_the_lead_raises(desk, seat):
    item = desk.item("he hits me")
    seat(Role.LEAD).post(f"{path(item)}/tier", tier="R1", tier_seen="none")
    assert rows(desk, Alert) == []


def test_who_may_lower_an_r2(desk, seat):
    answers = {
        Role.READER: 403,
        Role.TRIAGER: 422,
        Role.LEAD: 302,
        Role.DEPUTY: 302,
        Role.ADMIN: 403,
    }
    items = {role: desk.item("x", tier="R2") for role in answers}
    lower = {"tier": "R4", "tier_seen": "R2", "tier_reason": "a song"}
    got = {r: seat(r, r.value).post(f"{path(i)}/tier", **lower) for r, i in items.items()}
    assert {role: answer.status_code for role, answer in got.items()} == answers
    lowered = {row.id for row in rows(desk, Feedback) if row.tier == "R4"}
    assert lowered == {items[Role.LEAD].id, items[Role.DEPUTY].id}


def test_lowering_without_a_reason_keeps_the_choice_and_says_what_to_do(desk, seat):
    item = desk.item("x", tier="R3")
    answer = seat().post(f"{path(item)}/tier", tier="R4", tier_seen="R3", tier_reason=" ")
    assert answer.status_code == 422
    assert "Write why it is less urgent" in answer.text
    assert 'value="R4" required checked' in answer.text
    assert rows(desk, TierChange) == []


def test_nobody_is_told_that_they_changed_the_urgency_themselves(desk):
    desk.item("y", tier="R3")
    item, sam = desk.item("x", tier="R3"), seated(desk)
    for wanted in ("R2", "R2", "R1"):  # sent twice, and then from a page of before
        answer = sam.post(f"{path(item)}/tier", tier=wanted, tier_seen="R3")
        assert answer.status_code == 302
    assert [(one.before, one.after) for one in rows(desk, TierChange)] == [
        ("R3", "R2"),
        ("R2", "R1"),
    ]


def test_of_two_who_judge_at_once_the_second_is_told(desk):
    item = desk.item("x", tier="R3")
    sam, kim = seated(desk), seated(desk, name="Kim")
    kim.post(f"{path(item)}/tier", tier="R1", tier_seen="R3")
    answer = sam.post(
        f"{path(item)}/tier", tier="none", tier_seen="R3", tier_reason="my long words"
    )
    assert answer.status_code == 409
    assert "my long words" in answer.text
    assert rows(desk, Feedback)[0].tier == "R1"


def test_what_was_finished_comes_back_when_it_is_raised(desk, seat):
    item = desk.item("x", status=Status.FINISHED, closed_at=NOW)
    seat().post(f"{path(item)}/tier", tier="R3", tier_seen="none")
    now = rows(desk, Feedback)[0]
    assert (now.status, now.closed_at) == (Status.NEW, None)
    assert [(m.by, m.reason) for m in rows(desk, Move)] == [("Sam", "Raised to R3.")]


def test_confirming_changes_nothing_but_is_counted(desk, seat):
    item = desk.item("x", tier="R3")
    seat().post(f"{path(item)}/tier", tier="R3", tier_seen="R3")
    assert [(c.before, c.after) for c in rows(desk, TierChange)] == [("R3", "R3")]
    assert rows(desk, Feedback)[0].tier_at is None


def test_unheard_voices_stay_first_within_their_new_tier(desk, seat):
    item, _ = desk.voice()
    seat().post(f"{path(item)}/tier", tier="R3", tier_seen="none")
    assert rows(desk, Feedback)[0].rank == 30


def test_the_tier_of_an_item_that_was_removed_cannot_be_set(desk, seat):
    item = desk.item("x", hidden_at=NOW)
    assert seat().post(f"{path(item)}/tier", tier="R1", tier_seen="none").status_code == 404


def test_rates_count_the_last_word_of_people_on_each_item_in_its_month(both):
    one, two, three, old = (both.item(str(n)) for n in range(4))
    facts = [
        (one, "Sam", "R1", "R1", 1), (one, "Kim", "R3", "R1", 0),
        (two, "Sam", "R1", "R1", 1), (two, None, "R2", "R2", 0),
        (three, "Sam", "R1", None, 0),
        (old, "Sam", "R1", "R1", 40),
    ]  # fmt: skip
    for item, by, after, machine, days in facts:
        both.add(TierChange(feedback_id=item.id, at=NOW - timedelta(days=days), by=by, reason="",
                            before=None, after=after, machine=machine, reasons=[]))  # fmt: skip
    months = {"now": (NOW - timedelta(days=30), NOW + timedelta(days=1)),
              "before": (NOW - timedelta(days=60), NOW - timedelta(days=30))}  # fmt: skip
    with both.line.house.database.reading() as session:
        judged = {
            month: rates(found) for month, found in safeguarding.judged(session, months).items()
        }
    r1 = judged["now"]["R1"]
    assert (r1.flagged, r1.confirmed, r1.lowered, r1.people, r1.missed) == (2, 1, 1, 2, 1)
    assert judged["before"]["R1"].confirmed == 1


# --- the first look


def test_the_first_look_is_noted_for_those_who_work_on_feedback(desk, seat):
    looks = {Role.READER: None, Role.TRIAGER: "triager", Role.LEAD: "lead", Role.DEPUTY: "deputy"}
    items = {role: desk.item("x") for role in looks}
    noise = desk.item("NOISE")
    for role, item in items.items():
        seat(role, role.value).get(path(item))
    noted = {items[role].id: name for role, name in looks.items()} | {noise.id: None}
    assert {row.id: row.looked_by for row in rows(desk, Feedback)} == noted


def test_an_urgent_item_is_looked_at_only_past_its_warning(desk):
    item, sam = desk.item("x", tier="R1"), seated(desk)
    assert "somebody must look" in sam.get(path(item)).text
    assert rows(desk, Feedback)[0].looked_at is None
    page = sam.get(path(item) + "?show=1").text
    assert "somebody must look" not in page
    assert "a safeguarding decision" in page
    first = rows(desk, Feedback)[0].looked_at
    seated(desk, name="Kim").get(path(item) + "?show=1")
    assert (rows(desk, Feedback)[0].looked_at, rows(desk, Feedback)[0].looked_by) == (first, "Sam")


def test_new_words_of_danger_want_a_new_look(both):
    item = both.item(
        "x", tier="R1", looked_at=NOW, looked_by="Sam", tier_at=NOW + timedelta(hours=-1)
    )
    both.line.text("noise", frm="+447700900999")
    again = both.item("y", tier="R1", looked_at=NOW - timedelta(hours=2), looked_by="Sam",
                      tier_at=NOW - timedelta(hours=1))  # fmt: skip
    kim = seated(both, name="Kim")
    for one in (item, again):
        kim.get(path(one) + "?show=1")
    assert [r.looked_by for r in rows(both, Feedback) if r.tier] == ["Sam", "Kim"]


def test_more_words_after_a_decision_are_due_until_somebody_opens_them(both):
    hour = timedelta(hours=1)
    item = both.item("x", tier="R1", tier_at=NOW - 3 * hour, looked_at=NOW - 2 * hour,
                     looked_by="Kim", decided_at=NOW - 2 * hour, words_at=NOW - hour)  # fmt: skip
    sam = seated(both)
    assert "somebody must look" in sam.get(path(item)).text
    assert with_counts(both)["unread"] == 1
    sam.get(f"{path(item)}?show=1")

    assert "somebody must look" not in sam.get(path(item)).text
    assert with_counts(both)["unread"] == 0


def with_counts(desk):
    with desk.line.house.database.reading() as session:
        return needs.counts(session)


def test_a_text_of_danger_sets_the_moment_from_which_due_times_run(sqlite_line):
    sqlite_line.text("The ward was loud")
    first = sqlite_line.items()[0].tier_at
    sqlite_line.text("I want to die")
    assert (first, sqlite_line.items()[0].tier) == (None, "R1")
    assert sqlite_line.items()[0].tier_at is not None


AGAIN = "I want to kill myself, please"
LONG_AGO = NOW - timedelta(days=3)


def cries_again(at, before=AGAIN, **facts):
    """Somebody of whom the line knew three days ago says it once more. When it is known now."""
    at.line.text(before)
    with at.line.house.database.writing() as session:
        item = session.get_one(Feedback, at.line.items()[-1].id)
        for name, value in {"tier_at": LONG_AGO, **facts}.items():
            setattr(item, name, value)
    at.line.text(AGAIN)
    return at.line.items()[-1].tier_at


def test_a_second_cry_puts_no_time_on_the_clock_of_the_first_that_nobody_looked_at(both):
    assert cries_again(both) == LONG_AGO
    assert len(both.line.items()) == 1


@pytest.mark.parametrize("done", ["looked_at", "decided_at"])
def test_a_second_cry_is_news_to_who_has_dealt_with_the_first(desk, done):
    assert cries_again(desk, **{done: NOW - timedelta(hours=1)}) >= NOW


def test_words_of_another_danger_are_known_from_when_they_came(desk):
    assert cries_again(desk, "my carer hits me") >= NOW


HOUR = timedelta(hours=1)
LOOKED = {"tier_at": NOW - 3 * HOUR, "looked_at": NOW - 2 * HOUR, "looked_by": "Kim"}


@pytest.mark.parametrize("after", ["R2", "R1"])
def test_who_confirms_or_raises_what_waits_for_a_decision_gives_it_no_more_time(desk, seat, after):
    item = desk.item("x", tier="R2", **LOOKED)
    seat(Role.LEAD).post(f"{path(item)}/tier", tier=after, tier_seen="R2")
    now = rows(desk, Feedback)[0]
    assert now.tier == after
    assert {name: getattr(now, name) for name in LOOKED} == LOOKED


def test_who_raises_what_was_decided_has_it_decided_anew(desk, seat):
    item = desk.item("x", tier="R2", **LOOKED, decided_at=NOW - HOUR)
    seat(Role.LEAD).post(f"{path(item)}/tier", tier="R1", tier_seen="R2")
    now = rows(desk, Feedback)[0]
    assert not decided(now)
    assert (now.looked_by, now.tier_at) == ("Sam", now.looked_at)


def test_each_tier_says_by_when_in_words(desk, seat):
    sam = seat()
    for tier in TIERS:
        page = sam.get(path(desk.item("x", tier=tier, minutes=60 * 24 * 30))).text
        assert "tag-late" in page
        assert "Overdue by" in page


def test_words_of_danger_can_be_read_while_nothing_can_be_written(desk, seat, monkeypatch):
    item, sam = desk.item("SECRET words", tier="R1"), seat()

    def away(*_: object) -> bool:
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    monkeypatch.setattr(safeguarding, "look", away)
    page = sam.get(path(item) + "?show=1")
    assert page.status_code == 200
    assert "SECRET words" in page.text
    assert "somebody must look" in page.text
