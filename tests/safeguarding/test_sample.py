"""The weekly sample for missed flags: drawn once, at random, and read by people."""

import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete

from dialogue import items, urgent_items
from store import safeguarding, samples
from store.access_rows import Kept, Look
from store.arrival_rows import Channel
from store.models import Feedback, Kind, Recording, Status
from store.safeguarding_rows import Sample, TierChange
from store.staff import Role
from tests.desk.conftest import NOW, Seat, seated
from tests.safeguarding.conftest import london, path, rows, since
from triage import periods

LAST_WEEK = since("2026-11-25 10:00")


def drawn(desk) -> list[int]:
    return [sample.feedback_id for sample in rows(desk, Sample)]


def test_it_is_drawn_from_last_week_and_from_what_has_no_flag(both, monday):
    fits = [
        both.item("fits", minutes=LAST_WEEK),
        both.item("fits", minutes=LAST_WEEK, status=Status.FINISHED),
        both.item("fits", minutes=since("2026-11-23 00:00")),
    ]
    both.item("NOISE", minutes=LAST_WEEK, tier="R4")
    both.item("NOISE", minutes=LAST_WEEK, hidden_at=NOW)
    both.item("NOISE", minutes=since("2026-11-22 23:59"))
    both.item("NOISE", minutes=since("2026-11-30 00:00"))
    judged = both.item("NOISE", minutes=LAST_WEEK)
    both.add(TierChange(feedback_id=judged.id, at=NOW, by="Kim", before="R1", after=None,
                        machine="R1", reason="", reasons=[]))  # fmt: skip
    page = seated(both).get("/sample").text
    assert sorted(drawn(both)) == [item.id for item in fits]
    assert page.count(">fits<") == 3
    assert "NOISE" not in page


def test_calls_in_which_nothing_was_said_take_no_place_in_it(both, monday):
    heard, _ = both.voice(minutes=LAST_WEEK)
    both.item(channel=Channel.VOICE, minutes=LAST_WEEK)
    pressed = both.item("2", minutes=LAST_WEEK)
    with both.line.house.database.writing() as session:
        session.get_one(Feedback, pressed.id).texts[0].kind = Kind.ANSWER
    seated(both).get("/sample")
    assert drawn(both) == [heard.id]


def correct(sitting: Seat, item: Feedback, take: Recording, wording: str) -> None:
    """Put a take right as a whole."""
    seen = re.findall('name="seen" value="([^"]*)"', sitting.get(path(item)).text)[0]
    words = f"{path(item)}/recordings/{take.id}/words"
    assert sitting.post(words, seen=seen, phrase="", wording=wording).status_code == 302


def test_what_only_a_person_heard_the_program_had_missed(both, monday):
    item, take = both.voice("he was very kind to me", minutes=LAST_WEEK)
    sitting = seated(both, Role.LEAD)
    sitting.get("/sample")
    correct(sitting, item, take, "the carer hits me every day")
    assert [(s.missed, s.marked_by) for s in rows(both, Sample)] == [(True, "Sam")]
    sitting.post(f"{path(item)}/tier", tier="R2", tier_seen="R2")
    judged = [(row.by, row.before, row.after, row.machine) for row in rows(both, TierChange)]
    assert judged == [("Sam", None, "R2", None), ("Sam", "R2", "R2", None)]


def test_what_somebody_corrects_is_not_looked_at_by_that(both, monday):
    item, take = both.voice("he was very kind to me", minutes=LAST_WEEK)
    correct(seated(both), item, take, "the carer hits me every day")
    (row,) = rows(both, Feedback)
    assert row.tier == "R2"
    assert row.looked_at < row.tier_at


def test_a_take_reads_as_people_put_it_right(desk, seat, monday):
    item, take = desk.voice("he was very kind to me", minutes=LAST_WEEK)
    sitting = seat()
    correct(sitting, item, take, "he was very curt to me")
    page = sitting.get("/sample").text
    assert "he was very curt to me" in page
    assert "He was very kind" not in page


def test_whose_words_it_shows_is_kept_among_the_looks(both, monday):
    item, noise = (both.item("x", minutes=LAST_WEEK) for _ in range(2))
    sitting = seated(both)
    sitting.get("/sample")
    with both.line.house.database.writing() as session:
        session.execute(delete(Look))
        session.get_one(Feedback, noise.id).tier = "R1"  # behind its warning
    sitting.get("/sample")
    sitting.get("/sample")
    assert [(look.by, look.kind, look.feedback_id) for look in rows(both, Look)] == [
        ("Sam", Kept.ITEM, item.id)
    ]


def test_it_is_twenty_at_random_and_the_same_for_everybody(both, monday):
    for n in range(30):
        both.item(str(n), minutes=LAST_WEEK)
    seated(both).get("/sample")
    first = drawn(both)
    seated(both, Role.DEPUTY, "Kim").get("/sample")
    assert len(first) == len(set(first)) == 20
    assert first != sorted(first)
    assert drawn(both) == first


def test_of_two_who_draw_at_once_one_does(both, monday):
    for n in range(30):
        both.item(str(n), minutes=LAST_WEEK)
    week, (start, end) = periods.last_week(monday)

    def draw() -> None:
        with both.line.house.database.writing() as session:
            samples.draw(session, week, start, end, monday)

    two = [threading.Thread(target=draw) for _ in range(2)]
    for one in two:
        one.start()
    for one in two:
        one.join()
    assert len(drawn(both)) == 20


def test_who_may_say_that_no_flag_is_right(desk, seat, monday):
    answers = {
        Role.READER: 403,
        Role.TRIAGER: 302,
        Role.LEAD: 302,
        Role.DEPUTY: 302,
        Role.ADMIN: 403,
    }
    for place, (role, status) in enumerate(answers.items()):
        item = desk.item("x", minutes=LAST_WEEK)
        desk.add(Sample(week="2026-W48", place=place, feedback_id=item.id, drawn_at=NOW))
        assert seat(role, role.value).post(f"/sample/{item.reference}").status_code == status
    assert [s.missed for s in rows(desk, Sample)] == [None, False, False, False, None]


def test_a_second_reader_is_told_and_changes_nothing(desk, monday):
    item = desk.item("x", minutes=LAST_WEEK)
    sam, kim = seated(desk), seated(desk, name="Kim")
    sam.get("/sample")
    sam.post(f"/sample/{item.reference}")
    kim.post(f"/sample/{item.reference}")
    assert "Somebody has marked that one already." in kim.get("/sample").text
    assert [(s.missed, s.marked_by) for s in rows(desk, Sample)] == [(False, "Sam")]


def test_what_is_raised_was_missed_even_if_somebody_had_let_it_pass(desk, seat, monday):
    item, noise = (desk.item(text, minutes=LAST_WEEK) for text in "xy")
    sitting = seat()
    sitting.get("/sample")
    sitting.post(f"/sample/{item.reference}")
    sitting.post(f"{path(item)}/tier", tier="R3", tier_seen="none")
    assert {s.feedback_id: s.missed for s in rows(desk, Sample)} == {item.id: True, noise.id: None}
    assert "Missed: it was raised" in sitting.get("/sample").text


def test_what_was_raised_by_mistake_and_lowered_again_was_rightly_without_a_flag(
    desk, seat, monday
):
    item = desk.item("x", minutes=LAST_WEEK)
    sitting = seat()
    sitting.get("/sample")
    sitting.post(f"{path(item)}/tier", tier="R3", tier_seen="none")
    sitting.post(f"{path(item)}/tier", tier="none", tier_seen="R3", tier_reason="Wrong item")
    assert [(s.missed, s.marked_by) for s in rows(desk, Sample)] == [(False, "Sam")]


@pytest.mark.parametrize("flagged", [True, False], ids=["it was flagged", "it was not"])
def test_what_was_said_after_the_drawing_makes_no_missed_flag(desk, seat, monday, flagged):
    item = desk.item("x", minutes=LAST_WEEK)
    sitting = seat()
    sitting.get("/sample")
    sitting.post(f"/sample/{item.reference}")
    later = monday + timedelta(hours=1)
    with desk.line.house.database.writing() as session:
        row = session.get_one(Feedback, item.id)
        if flagged:
            urgent_items.flag(row, "R4", ["late"], datetime.now(UTC))
        items.reopen(session, row, later)
    seen = {"tier_seen": "R4" if flagged else "none", "words_seen": later.isoformat()}
    assert sitting.post(f"{path(item)}/tier", tier="R3", **seen).status_code == 302
    assert [s.missed for s in rows(desk, Sample)] == [False]


def test_what_was_flagged_since_the_drawing_is_not_to_be_marked(desk, seat, monday):
    item = desk.item("x", minutes=LAST_WEEK)
    sitting = seat(Role.LEAD)
    sitting.get("/sample")
    with desk.line.house.database.writing() as session:
        urgent_items.flag(session.get_one(Feedback, item.id), "R2", ["hits me"], datetime.now(UTC))
    page = sitting.get("/sample").text
    assert "Flagged since it was drawn" in page
    assert "Rightly no flag" not in page
    assert "0 items left to read, of 0." in page
    sitting.post(f"/sample/{item.reference}")
    assert [s.marked_at for s in rows(desk, Sample)] == [None]
    assert "Last week: 0 of 0 read." in sitting.get("/monday").text


def test_a_week_of_which_all_was_erased_unread_is_not_drawn_anew(both, monday):
    first = both.item("x", minutes=LAST_WEEK)
    sitting = seated(both, Role.LEAD)
    sitting.get("/sample")
    second = both.item("y", minutes=LAST_WEEK)
    with both.line.house.database.writing() as session:
        session.get_one(Feedback, first.id).hidden_at = monday
        safeguarding.forget(session, session.get_one(Feedback, first.id))
    assert path(second) not in sitting.get("/sample").text
    assert drawn(both) == [first.id]
    assert "Last week: 0 of 0 read." in sitting.get("/monday").text


def test_words_that_turned_out_urgent_stay_behind_their_warning(desk, seat, monday):
    item = desk.item("SECRET", minutes=LAST_WEEK)
    sitting = seat()
    sitting.get("/sample")
    with desk.line.house.database.writing() as session:
        session.get_one(Feedback, item.id).tier = "R1"
    assert "SECRET" not in sitting.get("/sample").text


def test_a_week_without_anything_says_so(desk, seat, monday):
    assert "there is nothing to draw" in seat().get("/sample").text


def test_missed_flags_stand_on_monday_by_week_of_those_that_were_read(desk, seat, monday):
    for place, (week, missed) in enumerate(
        [("2026-W48", True), ("2026-W48", False), ("2026-W48", None), ("2026-W46", False)]
    ):
        item = desk.item("x")
        desk.add(Sample(week=week, place=place, feedback_id=item.id, drawn_at=NOW, missed=missed,
                        marked_at=None if missed is None else NOW))  # fmt: skip
    page = seat(Role.LEAD).get("/monday").text
    for says in ("Last week: 2 of 3 read.", "1 of 2 (50%)", "0 of 1 (0%)", "Not drawn"):
        assert says in page


@pytest.mark.parametrize(
    ("now", "week"),
    [("2026-11-30 09:30", "2026-W48"), ("2027-01-04 00:00", "2026-W53"),
     ("2027-01-11 00:00", "2027-W01"), ("2026-11-29 23:59", "2026-W47")],
)  # fmt: skip
def test_the_week_that_is_over_has_its_name(now, week):
    assert periods.last_week(london(now))[0] == week
    assert periods.weeks(london(now), 8)[0] == week
