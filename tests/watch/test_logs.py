"""The logs: one line for each event, one trace for each call, and nothing that anybody said."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from store import logs
from store.queue import Bell
from tests.driver import CALLER, NUMBER
from tests.watch.conftest import Hook
from workers.alarms import Alarms
from workers.guard import Guard

OURS = ("handlers", "workers")
SAID = "the nurse was kind"
WROTE = "Zebedee shouted on ward nineteen"


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that any logger says, as production writes it."""
    logs.follow(None)
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.Line("tests", as_json=True))
    root = logging.getLogger()
    before = root.level
    root.setLevel(logging.DEBUG)
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)
    root.setLevel(before)
    logs.follow(None)


def test_a_call_is_followed_from_its_webhooks_to_its_words(small, logged):
    small.hear(small.call())
    events = [json.loads(line) for line in logged.getvalue().splitlines()]
    trace = logs.trace_id(small.take(small.sids()[0]).call_sid)
    # The HTTP library's own lines are below what we log.
    ours = [event for event in events if event["logger"].startswith(OURS)]
    followed = [event["event"] for event in ours if event.get("trace") == trace]
    assert followed[0] == "a webhook is answered: voice.call_arrives"
    assert followed[-2:] == ["a recording is kept", "a recording is heard"]
    assert {"time", "level", "event", "process"} <= set(events[0])


def test_no_number_and_no_word_of_anybody_gets_into_the_logs(back, hook: Hook, logged):
    back.line.text(WROTE)
    back.line.text("2")
    back.line.post("/sms", MessageSid="", From=CALLER, To=NUMBER, Body=WROTE)
    back.line.post("/sms", token="wrong", MessageSid="SM1", From=CALLER, Body=WROTE)
    back.hear(back.call(SAID))
    back.hear(back.call(b"RIFFnonsense"))
    back.later(hours=2)
    Guard(back.room, Bell(None), Alarms(None, None, hook.url)).look()
    written = logged.getvalue().lower()
    assert "a recording is heard" in written
    said = [*f"{SAID} {WROTE}".lower().split()]
    found = [word for word in said if len(word) > 4 and word in written]
    assert found == []
    assert [n for n in (CALLER, NUMBER) if n[1:] in written or n[-6:] in written] == []


def test_of_an_exception_only_its_kind_and_place_are_kept(logged):
    try:
        raise ValueError(WROTE)
    except ValueError:
        logging.getLogger("store.anything").exception("it broke\n%s", WROTE)
    (event,) = [json.loads(line) for line in logged.getvalue().splitlines()]
    assert event["event"] == "it broke"
    assert event["raised"].startswith("ValueError in test_logs:") or "ValueError" in event["raised"]
    assert WROTE not in logged.getvalue()


def test_on_a_laptop_a_line_is_plain(logged):
    record = logging.LogRecord("workers.clock", logging.INFO, "", 1, "it %s", ("ticks",), None)
    assert logs.Line("clock", as_json=False).format(record) == "workers.clock: it ticks"


def test_a_full_disk_is_told_from_a_database_that_is_away(small):
    with small.room.database.reading() as session:
        session.execute(text("PRAGMA max_page_count = 1"))  # as large as it is now
    with pytest.raises(OperationalError) as full, small.room.database.writing() as session:
        session.execute(text("CREATE TABLE more AS SELECT zeroblob(10000000)"))
    assert logs.fault(full.value) == "OperationalError (SQLITE_FULL)"


def test_a_fault_that_no_database_has_named_is_told_by_its_kind():
    assert logs.fault(OSError("the words of somebody")) == "OSError"
