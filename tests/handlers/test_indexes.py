"""Every question that a webhook asks of the database goes by an index, however many rows it has.

A table that is read from end to end costs nothing on the first day, and the whole line later.
"""

import re

import pytest
from sqlalchemy import text

from store import removals
from tests.driver import Line
from tests.handlers.asked import asked_of

# Of these tables a webhook reads one row in millions.
LARGE = ("callers", "ledger", "conversations", "feedback", "texts", "recordings", "outgoing")


@pytest.fixture
def asked(line: Line):
    """Every statement that webhooks of all kinds make, with its values."""
    everything(line)  # connections are open, and first rows are there
    with asked_of(line.house.database.engine) as made:
        everything(line)
    return {words: values for words, values in made if re.match("SELECT|UPDATE", words)}


def everything(line: Line) -> None:
    """A conversation by text with its keywords, and a call with a recording, each answered."""
    for body in ("the nurse was kind", "2", "1", "yes", "ok", "STOP", "START", "DELETE", "KEEP"):
        line.text(body)
    line.text("I want to die")
    line.text("the nurse was kind", sid="SM" + "9" * 32)
    line.text("the nurse was kind", sid="SM" + "9" * 32)
    line.post("/sms/status/SM" + "9" * 32, MessageSid="SM1", MessageStatus="undelivered")
    call = line.ring()
    call.press("1", "2")
    call.recorded(sid="RE" + "8" * 32)
    call.recorded("absent", sid="RE" + "7" * 32)
    call.hang_up()


def test_no_question_of_a_webhook_reads_a_whole_table(asked, line):
    plans = {statement: plan(line, statement, values) for statement, values in asked.items()}

    assert len(plans) > 15
    assert not {statement: found for statement, found in plans.items() if reads_all(found)}


def plan(line: Line, statement: str, values: object) -> str:
    """What the database would do, told that no table is small."""
    with line.house.database.engine.connect() as rows:
        if rows.dialect.name == "postgresql":
            rows.execute(text("SET enable_seqscan = off"))
            explained = rows.exec_driver_sql(f"EXPLAIN {statement}", values)
        else:
            explained = rows.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple(values))
        return "\n".join(str(row) for row in explained)


def reads_all(plan: str) -> bool:
    return any(re.search(rf"(SCAN|Seq Scan on) {table}\b", plan) for table in LARGE)


def test_an_erasure_finds_its_conversations_by_an_index(line):
    line.text("the nurse was kind", frm="+447700900999")
    line.text("the nurse was kind")
    item = line.items()[-1]
    engine = line.house.database.engine
    with asked_of(engine) as made, line.house.database.writing() as session:
        removals.locked(session, item.id)

    plans = {words: plan(line, words, values) for words, values in made}
    assert len(plans) == 3
    assert not {words: found for words, found in plans.items() if reads_all(found)}


def test_the_guard_would_see_a_question_without_an_index(line):
    asked = "SELECT id FROM texts WHERE body = 'x'"

    assert reads_all(plan(line, asked, ()))
