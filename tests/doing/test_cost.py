"""The dearest pages of doing stay within twelve queries, and two at once do one thing once."""

import threading

import pytest
from sqlalchemy import event

from store import search
from store.coding_rows import Coding, Correction, Reading
from store.models import Feedback
from store.safeguarding_rows import Decision, Entry
from store.staff import Move, Role
from tests.desk.conftest import NOW, Desk, Seat, seated
from tests.doing.conftest import change, key, many, path, rows, send, sent, told
from tests.doing.test_doing import COPY

TEXT = "Because We All Care: thank you"


def laden(desk: Desk) -> Feedback:
    """A voice item that carries everything that an item can carry."""
    first = told(desk, service="gp", place="Lapal House")
    item, take = desk.voice("the nurse was kind", tier="R1", service="gp", place="Lapal House")
    with desk.line.house.database.writing() as session:
        row = session.get_one(type(take), take.id)
        row.corrected = "The nurse was kind"
        search.due(session, item.id)
    change(desk, item, coded_at=NOW, decided_at=NOW, caller_id=first.caller_id, looked_at=NOW)
    desk.add(
        Correction(recording_id=take.id, phrase=0, by="Kim", at=NOW, before="a", after="b",
                   transcript_id=take.transcripts[0].id),
        Coding(feedback_id=item.id, by="Kim", at=NOW, reading=Reading.FIRST, coded={}),
        Entry(feedback_id=item.id, at=NOW, by="Lea", decision=Decision.COUNCIL, told="x",
              done_at=NOW, words="y"),
    )  # fmt: skip
    return item


@pytest.mark.parametrize("role", [Role.TRIAGER, Role.LEAD])
def test_the_fullest_item_and_queue_ask_twelve_times_at_most(desk, role):
    item = laden(desk)
    for n in range(3):
        desk.voice(minutes=n)
        desk.item("x", minutes=n, purpose="advice", place="Lapal")
    lead, sitting = seated(desk, Role.LEAD, "Lea"), seated(desk, role)
    send(lead, f"{path(item)}/reply", reply=TEXT, reply_reason="why")
    send(lead, f"{path(item)}/copy", **COPY)
    many(lead, "mine", item)
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_) -> None:
        # The row of who looked is written, not asked for; every other statement counts.
        if not statement.startswith(("BEGIN", "PRAGMA", "INSERT INTO looks")):
            asked.append(statement)

    engine, dear = desk.line.house.database.engine, {}
    event.listen(engine, "before_cursor_execute", note)
    for address in (f"{path(item)}?show=1", "/?place=lapal", "/ring-back", "/praise"):
        asked.clear()
        assert sitting.get(address).status_code == 200
        dear[address] = len(asked)
    event.remove(engine, "before_cursor_execute", note)
    assert {address: count for address, count in dear.items() if count > 12} == {}


def at_once(seats: list[Seat], what) -> None:
    """Everybody presses at the same moment."""
    gate = threading.Barrier(len(seats))
    threads = [
        threading.Thread(target=lambda s=one: (gate.wait(), what(s))) for one in seats
    ]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_one_form_sent_twice_at_once_makes_one_text(both):
    item, mark = told(both), key()
    sitting = [seated(both), seated(both, name="Kim")]
    at_once(sitting, lambda s: send(s, f"{path(item)}/reply", reply=TEXT, key=mark))
    assert sent(both) == [TEXT]


def test_two_people_who_finish_the_same_items_at_once_finish_each_once(both):
    items = [both.item("a") for _ in range(4)]
    sitting = [seated(both), seated(both, name="Kim")]
    at_once(sitting, lambda s: many(s, "finished", *items, reason="Old"))
    assert [move.after for move in rows(both, Move)] == ["finished"] * 4
