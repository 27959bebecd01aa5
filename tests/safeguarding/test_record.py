"""The safeguarding record: what was decided, who was told, when, by whom; nothing is unwritten."""

from datetime import timedelta

from handlers.desk.words import moment
from hours import LONDON
from store.models import Feedback, Status
from store.safeguarding_rows import Entry, Sample, TierChange
from store.staff import Role
from tests.desk.conftest import NOW, seated
from tests.safeguarding.conftest import path, rows
from workers import erasure

TOLD = NOW.replace(second=0)
LINE = {"decision": "told_council", "told": "Dudley council, Mrs P", "words": "They visit today.",
        "done_at": f"{TOLD.astimezone(LONDON):%Y-%m-%dT%H:%M}"}  # fmt: skip


def test_a_line_says_what_who_when_and_by_whom(desk):
    item, lead = desk.item("he hits me", tier="R2"), seated(desk, Role.LEAD)
    desk.item("NOISE", tier="R2")
    answer = lead.post(f"{path(item)}/safeguarding", **LINE)
    assert answer.location == f"{path(item)}#record"
    entry = rows(desk, Entry)[0]
    assert (entry.feedback_id, entry.by, entry.told) == (item.id, "Sam", "Dudley council, Mrs P")
    assert entry.done_at == TOLD
    assert [row.decided_at for row in rows(desk, Feedback)] == [entry.at, None]
    page = lead.get(path(item)).text
    for says in ("Told the council (adult safeguarding)", "Mrs P", "They visit today.",
                 moment(TOLD), "Written by Sam"):  # fmt: skip
        assert says in page


def test_who_decides_that_nothing_more_is_needed(desk, seat):
    answers = {
        Role.READER: 403,
        Role.TRIAGER: 422,
        Role.LEAD: 302,
        Role.DEPUTY: 302,
        Role.ADMIN: 403,
    }
    given = {**LINE, "decision": "no_action"}
    for role, status in answers.items():
        item = desk.item("x", tier="R1")
        answer = seat(role, role.value).post(f"{path(item)}/safeguarding", **given)
        assert answer.status_code == status
    assert [entry.by for entry in rows(desk, Entry)] == ["lead", "deputy"]


def test_a_reader_sees_nothing_of_the_record(desk, seat):
    item = desk.item("x", tier="R1")
    seat(Role.LEAD).post(f"{path(item)}/safeguarding", **LINE)
    page = seat(Role.READER, "Rae").get(path(item)).text
    assert "Mrs P" not in page
    assert "Safeguarding record" not in page


def test_a_correction_is_a_new_line_and_the_old_one_stays(desk, seat):
    item, lead = desk.item("x", tier="R2"), seat(Role.LEAD)
    lead.post(f"{path(item)}/safeguarding", **LINE)
    first = rows(desk, Entry)[0]
    lead.post(f"{path(item)}/safeguarding", **{**LINE, "told": "Walsall council"},
              record_seen=str(first.id), corrects=str(first.id))  # fmt: skip
    assert [(e.told, e.corrects) for e in rows(desk, Entry)] == [
        ("Dudley council, Mrs P", None), ("Walsall council", first.id)]  # fmt: skip
    page = lead.get(path(item)).text
    assert "Put right below:" in page
    assert "puts line 1 right" in page


def test_a_correction_of_an_old_line_decides_nothing_about_newer_words(desk, seat):
    hour = timedelta(hours=1)
    item, lead = desk.item("x", tier="R1", tier_at=NOW - 3 * hour), seat(Role.LEAD)
    lead.post(f"{path(item)}/safeguarding", **LINE)
    first = rows(desk, Entry)[0]
    decided = rows(desk, Feedback)[0].decided_at
    right = {**LINE, "told": "Walsall council", "corrects": str(first.id)}
    lead.post(f"{path(item)}/safeguarding", **right, record_seen=str(first.id))
    assert len(rows(desk, Entry)) == 2
    assert rows(desk, Feedback)[0].decided_at == decided


def test_a_line_from_a_page_that_showed_another_urgency_decides_nothing(desk, seat):
    item = desk.item("x", tier="R1")
    answer = seat(Role.LEAD).post(f"{path(item)}/safeguarding", **LINE, tier_seen="R2")
    assert answer.status_code == 409
    assert "Its urgency changed while you had it open." in answer.text
    assert rows(desk, Entry) == []


def test_a_line_of_another_item_cannot_be_corrected_here(desk, seat):
    item, other, lead = desk.item("x", tier="R2"), desk.item("y", tier="R2"), seat(Role.LEAD)
    lead.post(f"{path(other)}/safeguarding", **LINE)
    answer = lead.post(f"{path(item)}/safeguarding", **LINE, corrects=str(rows(desk, Entry)[0].id))
    assert answer.status_code == 422


def test_who_raised_the_tier_writes_in_the_record_from_the_page_of_before(desk, seat):
    item, lead = desk.item("x", tier="R2"), seat(Role.LEAD)
    desk.item("y", tier="R2")
    lead.post(f"{path(item)}/tier", tier="R1", tier_seen="R2")
    assert lead.post(f"{path(item)}/safeguarding", **LINE, tier_seen="R2").status_code == 302


def test_of_two_who_write_at_once_the_second_reads_the_first_before_it_counts(both):
    item = both.item("x", tier="R2")
    sam, kim = seated(both, Role.LEAD), seated(both, Role.DEPUTY, "Kim")
    sam.get(path(item))
    kim.post(f"{path(item)}/safeguarding", **LINE, record_seen="0")
    answer = sam.post(f"{path(item)}/safeguarding", **{**LINE, "words": "mine"}, record_seen="0")
    assert answer.status_code == 409
    for says in ("Kim wrote in the record", "They visit today.", ">mine</textarea>"):
        assert says in answer.text
    assert len(rows(both, Entry)) == 1


def test_a_line_that_is_sent_twice_stands_once_and_nobody_is_told_of_their_own(both):
    item, sam = both.item("x", tier="R2"), seated(both, Role.LEAD)
    seated(both, Role.LEAD, "Kim").post(f"{path(both.item('y', tier='R2'))}/safeguarding", **LINE)
    for words in ("mine", "mine", "and more"):
        line = {**LINE, "words": words, "record_seen": "0"}
        assert sam.post(f"{path(item)}/safeguarding", **line).status_code == 302
    assert [entry.words for entry in rows(both, Entry)][1:] == ["mine", "and more"]


def test_a_moment_that_cannot_be_is_asked_for_again(desk, seat):
    item, lead = desk.item("x", tier="R2"), seat(Role.LEAD)
    for done_at in ("", "yesterday", "9999-99-99T00:00", "9999-12-31T23:59", "2999-01-01T00:00",
                    "0001-01-01T00:00", "0001-01-01T00:00+00:00"):  # fmt: skip
        answer = lead.post(f"{path(item)}/safeguarding", **{**LINE, "done_at": done_at})
        assert answer.status_code == 422
    assert rows(desk, Entry) == []


def test_a_year_that_is_wrong_comes_back_with_what_to_do(desk, seat):
    item, lead = desk.item("x", tier="R2"), seat(Role.LEAD)
    answer = lead.post(f"{path(item)}/safeguarding", **{**LINE, "done_at": "2020-12-01T10:15"})
    assert answer.status_code == 422
    for says in ("before this came", ">They visit today.</textarea>"):
        assert says in answer.text


def test_contact_without_a_safe_answer_wants_its_reason_in_the_record(desk, seat):
    item, lead = desk.item("x", tier="R2", contact=True), seat(Role.LEAD)
    contacted = {**LINE, "decision": "contacted", "told": ""}
    assert lead.post(f"{path(item)}/safeguarding", **{**contacted, "words": ""}).status_code == 422
    assert lead.post(f"{path(item)}/safeguarding", **contacted).status_code == 302


def test_an_r1_is_finished_only_once_something_is_decided(desk):
    item, lead = desk.item("x", tier="R1"), seated(desk, Role.LEAD)
    finish = {"seen": "new", "after": "finished", "reason": "The council has it."}
    refused = lead.post(f"{path(item)}/moves", **finish)
    assert refused.status_code == 422
    assert "First write in the safeguarding record what was decided." in refused.text
    lead.post(f"{path(item)}/safeguarding", **LINE)
    assert lead.post(f"{path(item)}/moves", **finish).status_code == 302
    assert rows(desk, Feedback)[0].status is Status.FINISHED


def test_signals_show_the_route_of_a_child_and_of_a_colleague(desk, seat):
    item = desk.item("x", tier="R2", signals=["child", "staff"])
    noise = desk.item("NOISE", tier="R2")
    sitting = seat()
    page = sitting.get(path(item)).text
    for says in ("This may be about a child.", "children’s services",
                 "They say that they work there.",
                 "Safe to text: not answered. Only the safeguarding lead may make contact, "
                 "with a written reason."):  # fmt: skip
        assert says in page
    assert "about a child" not in sitting.get(path(noise)).text


def test_the_record_says_what_may_be_finished_without_a_line(desk, seat):
    abuse, child = desk.item("x", tier="R2"), desk.item("y", signals=["child"])
    lead = seat(Role.LEAD)
    assert "It cannot be finished before." in lead.get(path(abuse)).text
    assert "It may be finished without: if a child is at risk" in lead.get(path(child)).text
    done = {"seen": "new", "after": "finished", "reason": "praise"}
    codes = [lead.post(f"{path(one)}/moves", **done).status_code for one in (abuse, child)]
    assert codes == [422, 302]


def test_what_strangers_and_colleagues_wrote_is_escaped(desk, seat):
    item, lead = desk.item("x", tier="R2"), seat(Role.LEAD)
    lead.post(f"{path(item)}/safeguarding", **{**LINE, "told": "<b>x", "words": "<script>"})
    assert "<script>" not in lead.get(path(item)).text.replace('<script type="module"', "")


def test_erasing_an_item_blanks_what_people_wrote_about_it(both):
    item, kept = both.item("x", tier="R2"), both.item("y", tier="R2")
    for one in (item, kept):
        both.add(
            Entry(feedback_id=one.id, at=NOW, by="Sam", decision="told_council", told="Mrs P",
                  done_at=NOW, words="her name"),
            TierChange(feedback_id=one.id, at=NOW, by="Sam", before="R2", after="R2",
                       machine="R2", reason="her words", reasons=["he hits"]),
            Sample(week="2026-W01", place=one.id, feedback_id=one.id, drawn_at=NOW),
        )  # fmt: skip
    with both.line.house.database.writing() as session:
        erasure.safeguarding.forget(session, session.get_one(Feedback, item.id))
    assert [(e.told, e.words) for e in rows(both, Entry)] == [("", ""), ("Mrs P", "her name")]
    assert [c.reason for c in rows(both, TierChange)] == ["", "her words"]
    assert [s.feedback_id for s in rows(both, Sample)] == [item.id, kept.id]  # it was drawn
