"""One item: what it shows, notes, moves, and a recording that is tried again."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import event, select

from handlers.desk.words import reference
from store.arrival_rows import Caller
from store.models import Feedback, Heard, Kind, Recording, Status
from store.staff import Move, Note, Role
from tests.desk.conftest import Desk, Seat, seated


def path(item: Feedback) -> str:
    return f"/feedback/{reference(item.reference)}"


def row(desk: Desk, item: Feedback) -> Feedback:
    with desk.line.house.database.reading() as session:
        return session.get_one(Feedback, item.id)


def log(desk: Desk, table: type[Move] | type[Note]) -> list[Move] | list[Note]:
    with desk.line.house.database.reading() as session:
        return list(session.scalars(select(table)))


@pytest.mark.parametrize("write", [str.upper, str.lower, reference])
def test_a_reference_opens_its_item_however_it_is_written(both, write):
    item = both.item("The ward was clean")
    both.item("NOISE")
    page = seated(both).get(f"/feedback/{write(item.reference)}")
    assert page.status_code == 200
    assert "The ward was clean" in page.text
    assert "NOISE" not in page.text


@pytest.mark.parametrize("given", ["2222222", "nothing", "%00", "222-2222", "é"])
def test_a_reference_of_nobody_gets_a_kind_page(seat, given):
    answer = seat().get(f"/feedback/{given}")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text


@pytest.mark.parametrize("role", [Role.TRIAGER, Role.LEAD])
def test_what_a_person_asked_to_remove_is_gone_for_everybody(desk, seat, role):
    item, take = desk.voice(hidden_at=datetime.now(UTC))
    sitting = seat(role)
    asked = [
        sitting.get(path(item)),
        sitting.get(f"{path(item)}/recordings/{take.id}.wav"),
        sitting.post(f"{path(item)}/notes", body="x"),
        sitting.post(f"{path(item)}/moves", seen="new", after="waiting"),
    ]
    assert [answer.status_code for answer in asked] == [404] * 4


def test_the_facts_read_in_plain_words(desk, seat):
    caller = Caller(joined="0" * 32, number=b"sealed", reachable=True, opted_out=True,
                    first_seen=datetime.now(UTC))  # fmt: skip
    desk.add(caller)
    item = desk.item("x", service="hospital", rating="dont_know", about="staff", contact=False,
                     place="Russells Hall", complete=True, caller_id=caller.id)  # fmt: skip
    page = seat().get(path(item)).text
    for says in ("Hospital", "Don&#39;t know", "I work there", "Not wanted", "Russells Hall",
                 "Opted out of texts", "Version 2026-11", "FFT-style"):  # fmt: skip
        assert says in page


def test_urgent_words_open_only_when_asked_for(desk, seat):
    item = desk.item("SECRET words", tier="R1")
    sitting = seat()
    closed, opened = sitting.get(path(item)).text, sitting.get(path(item) + "?show=1").text
    assert "This may be hard to read" in closed
    assert "SECRET" not in closed
    assert "i want to die" not in closed
    assert "SECRET" in opened


def test_a_text_says_what_it_was_taken_for(desk, seat):
    item = desk.item("The ward", "2", "STOP")
    with desk.line.house.database.writing() as session:
        _, answer, keyword = [session.merge(text) for text in item.texts]
        answer.kind, answer.question, keyword.kind = Kind.ANSWER, "service", Kind.KEYWORD
    page = seat().get(path(item)).text
    assert "Taken for an answer to the question about the service." in page
    assert "Taken for a keyword." in page


def test_guessed_words_are_marked_in_words_too(desk, seat):
    item, _ = desk.voice("the ward [unk] was kind")
    page = seat().get(path(item)).text
    assert 'unsure" data-start="0.4" data-end="0.7">ward' in page
    assert "[unsure]" in page
    assert page.count("[unclear]") == 2


def test_an_older_transcript_stays_to_be_read(desk, seat):
    item, take = desk.voice("the nurse was blind")
    newer = desk.transcript("the nurse was kind", "a-better-model")
    newer.recording_id = take.id
    desk.add(newer)
    page = seat().get(path(item)).text
    assert page.index("the nurse was kind") < page.index("The nurse was blind")
    assert "Earlier versions (1)" in page


def test_other_items_of_the_same_phone_are_listed_without_words_or_number(desk, seat):
    caller = Caller(joined="0" * 32, number=b"sealed", reachable=True, first_seen=datetime.now(UTC))
    desk.add(caller)
    item = desk.item("this", caller_id=caller.id)
    other = desk.item("SECRET", tier="R1", caller_id=caller.id, linked_to=item.id)
    gone = desk.item("gone", caller_id=caller.id, hidden_at=datetime.now(UTC))
    strange = desk.item("NOISE")
    page = seat().get(path(item)).text
    assert path(other) in page
    assert "linked" in page
    assert not any(words in page for words in ("SECRET", path(gone), path(strange), caller.joined))


def test_an_urgent_item_says_that_its_person_asked_for_removal(desk, seat):
    item = desk.item("x", tier="R1", erasure_asked_at=datetime.now(UTC))
    assert "asked for this to be removed: for the safeguarding lead" in seat().get(path(item)).text


def test_a_note_may_be_as_long_as_browsers_let_it_be_however_many_lines_it_has(desk, seat):
    """Browsers count the end of a line once, and send it as two characters."""
    item, body = desk.item("hello"), "ward\r\n" * 999 + "quiet"
    assert seat().post(f"{path(item)}/notes", body=body).status_code == 302


def test_a_note_is_kept_with_who_and_when(both):
    item, sitting = both.item("x"), seated(both)
    assert sitting.post(f"{path(item)}/notes", body="Rang the ward\n").status_code == 302
    assert [(n.feedback_id, n.by, n.body) for n in log(both, Note)] == [
        (item.id, "Sam", "Rang the ward")
    ]
    assert "Rang the ward" in sitting.get(path(item)).text


def test_a_note_that_is_sent_twice_is_written_once(both):
    item, other, sitting = both.item("x"), both.item("y"), seated(both)
    kim = seated(both, name="Kim")
    for at in (item, other, item):
        assert sitting.post(f"{path(at)}/notes", body="Rang the ward").status_code == 302
    kim.post(f"{path(item)}/notes", body="Rang the ward")
    sitting.post(f"{path(item)}/notes", body="Rang the ward again")
    assert [n.by for n in log(both, Note) if n.feedback_id == item.id] == ["Sam", "Kim", "Sam"]


@pytest.mark.parametrize("body", ["", "  ", "a" * 5001], ids=["nothing", "spaces", "too long"])
def test_a_note_that_will_not_do_stays_in_the_form(desk, seat, body):
    item = desk.item("x")
    answer = seat().post(f"{path(item)}/notes", body=body)
    assert answer.status_code == 422
    assert "Error: " in answer.text
    assert body in answer.text
    assert log(desk, Note) == []


def test_taking_an_item_makes_it_mine(both):
    item, sitting = both.item("x"), seated(both)
    sitting.post(f"{path(item)}/moves", seen="new", after="in_progress")
    now = row(both, item)
    assert (now.status, now.assigned_to) == (Status.IN_PROGRESS, "Sam")
    assert [(m.by, m.before, m.after) for m in log(both, Move)] == [("Sam", "new", "in_progress")]


def test_finishing_and_reopening_keep_their_reasons(desk, seat):
    item, sitting = desk.item("x"), seat()
    sitting.post(f"{path(item)}/moves", seen="new", after="finished", reason="Passed on")
    assert row(desk, item).closed_at is not None
    sitting.post(f"{path(item)}/moves", seen="finished", after="in_progress", reason="They rang")
    assert row(desk, item).closed_at is None
    assert [m.reason for m in log(desk, Move)] == ["Passed on", "They rang"]


def test_a_move_without_its_reason_keeps_what_was_chosen(desk, seat):
    item = desk.item("x")
    answer = seat().post(f"{path(item)}/moves", seen="new", after="finished", reason=" ")
    assert answer.status_code == 422
    assert 'value="finished" required checked' in answer.text
    assert row(desk, item).status is Status.NEW


def test_of_two_who_move_an_item_the_second_is_told_and_loses_nothing(both):
    item, sam = both.item("x"), seated(both)
    kim = seated(both, name="Kim")
    kim.post(f"{path(item)}/moves", seen="new", after="waiting", reason="Asked the ward")
    answer = sam.post(f"{path(item)}/moves", seen="new", after="finished", reason="My long words")
    assert answer.status_code == 409
    for says in ("it was <strong>New", "Now it is <strong>Waiting", "Kim moved it",
                 "Asked the ward", "You wanted <strong>Finished", "My long words"):  # fmt: skip
        assert says in answer.text
    assert row(both, item).status is Status.WAITING


def test_a_move_that_is_sent_twice_is_done_once_and_nobody_is_blamed(both):
    item, sitting = both.item("x"), seated(both)
    given = {"seen": "new", "after": "in_progress"}
    sitting.post(f"{path(item)}/moves", **given)
    assert sitting.post(f"{path(item)}/moves", **given).status_code == 302
    assert [(m.by, m.after) for m in log(both, Move)] == [("Sam", "in_progress")]


def test_whoever_moved_an_item_goes_on_from_there_on_their_older_page(both):
    item, sitting = both.item("x"), seated(both)
    kim = seated(both, name="Kim")
    sitting.post(f"{path(item)}/moves", seen="new", after="in_progress")
    older = {"seen": "new", "after": "finished", "reason": "Passed on"}
    assert kim.post(f"{path(item)}/moves", **older).status_code == 409
    assert sitting.post(f"{path(item)}/moves", **older).status_code == 302
    assert row(both, item).status is Status.FINISHED


def test_after_a_move_an_opened_warning_stays_open(desk, seat):
    item = desk.item("x", tier="R1")
    answer = seat().post(f"{path(item)}/moves?show=1", seen="new", after="waiting")
    assert answer.location == f"{path(item)}?show=1#moves"


def test_a_reason_that_ends_in_a_question_has_no_full_stop_after_it(desk, seat):
    item, _ = desk.voice(state=Heard.UNCLEAR, reason="Another language?", tier=None)
    assert "Another language? Please listen to it." in " ".join(seat().get(path(item)).text.split())


def test_a_failed_recording_is_tried_again(both):
    item, take = both.voice(state=Heard.FAILED, reason="Twilio answered 404", tier=None)
    rung = ring(both)
    seated(both).post(f"{path(item)}/recordings/{take.id}/again")
    with both.line.house.database.reading() as session:
        now = session.get_one(Recording, take.id)
    assert (now.state, now.attempts, now.reason) == (
        Heard.STORED,
        0,
        "Once more: somebody asked for it.",
    )
    assert now.due_at is not None
    assert rung == [take.id]


def test_a_recording_that_did_not_fail_is_left_alone(desk, seat):
    item, take = desk.voice()
    rung = ring(desk)
    answer = seat().post(f"{path(item)}/recordings/{take.id}/again")
    assert (answer.status_code, rung) == (302, [])


def ring(desk: Desk) -> list[int]:
    """A bell that only remembers what it was rung for, and that the row was there by then."""
    rung: list[int] = []

    class Remembers:
        def ring(self, _job: str, number: int, _seconds: float | None = None) -> bool:
            with desk.line.house.database.reading() as session:
                assert session.get_one(Recording, number).state is not Heard.FAILED
            rung.append(number)
            return True

    object.__setattr__(desk.line.house, "bell", Remembers())
    return rung


def test_an_item_takes_as_many_queries_however_much_hangs_on_it(desk, seat):
    item, _ = desk.voice()
    sitting = seat()
    sitting.get(path(item))  # the first look is noted, once
    few = queries(desk, sitting, item)
    for n in range(5):
        desk.add(Note(feedback_id=item.id, by="Kim", at=datetime.now(UTC), body=f"note {n}"))
    assert queries(desk, sitting, item) == few <= 12


def queries(desk: Desk, sitting: Seat, item: Feedback) -> int:
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(desk.line.house.database.engine, "before_cursor_execute", note)
    sitting.get(path(item))
    event.remove(desk.line.house.database.engine, "before_cursor_execute", note)
    return len(asked)


@pytest.mark.parametrize("item", [{"body": "x" * 70_000}], ids=["70 kB"])
def test_too_much_at_once_gets_a_kind_page(desk, seat, item):
    kept = desk.item("x")
    answer = seat().post(f"{path(kept)}/notes", **item)
    assert answer.status_code == 413
    assert "send less text" in answer.text


def test_when_the_database_is_away_the_page_says_that_nothing_is_lost(desk, seat):
    sitting = seat()
    with desk.line.house.database.writing() as session:
        session.connection().exec_driver_sql("DROP TABLE moves")
    answer = sitting.get(path(desk.item("x")))
    assert answer.status_code == 500
    assert "What callers and texters send is kept." in answer.text
