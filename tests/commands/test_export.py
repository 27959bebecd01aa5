"""`export`: the shape that other programs rely on, safe in a spreadsheet, however long."""

import csv
import io
import json
import re
import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from commands.export import IN_CSV, cell, export, records
from speech import models, transcriber
from store.arrival_rows import Channel
from store.models import Feedback, Kind, Status, Text
from tests.conftest import ROOT
from tests.workers.conftest import KIND, BackRoom
from tests.workers.parts import Twilio

ITEM = [
    *("reference", "received_at", "channel", "line", "language"),
    *("service", "place", "rating", "about", "contact", "purpose"),
    *("words", "complete", "opted_out", "notice"),
    *("recordings", "texts", "tier", "status", "sentiment", "themes", "assigned_to", "closed_at"),
    "provider",
]
TEXT = ["sid", "received_at", "body"]
RECORDING = ["sid", "seconds", "state", "reason", "attempts", "model", "transcript"]
TRANSCRIPT = ["text", "confidence", "words", "shown"]
PAGE = (ROOT / "docs" / "export.md").read_text()


@pytest.fixture
def back(sqlite_line):
    twilio = Twilio()
    model = transcriber.load(models.DEMO, models.DEMO_NAME)
    yield BackRoom(sqlite_line, twilio, model)
    twilio.close()


def lines(result) -> list[dict]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_call_has_the_keys_of_the_contract_in_their_order(run, back):
    call = back.line.ring()
    call.press("1", "2", "1")
    sid = back.call()
    back.hear(sid)
    item = lines(run(export))[-1]
    take = item["recordings"][0]
    assert list(item) == ITEM
    assert list(take) == RECORDING
    assert list(take["transcript"]) == TRANSCRIPT
    assert list(take["transcript"]["words"][0]) == ["word", "start", "end", "confidence"]
    assert (item["channel"], item["words"], item["complete"]) == ("voice", KIND, True)
    assert (take["sid"], take["state"], take["attempts"], take["model"]) == (
        sid,
        "words",
        1,
        "demo-en",
    )
    assert take["transcript"]["shown"] == "The nurse was kind"


def test_a_text_holds_what_was_said_and_every_text_that_came(run, sqlite_line):
    for body in ("The ward was clean", "2 Russells Hall Dudley", "1", "2", "YES", "STOP"):
        sqlite_line.text(body)
    (item,) = lines(run(export))
    assert list(item) == ITEM
    assert (item["words"], item["service"], item["place"], item["rating"]) == (
        "The ward was clean",
        "hospital",
        "Russells Hall Dudley",
        "very_good",
    )
    assert (item["about"], item["contact"], item["opted_out"]) == ("someone_else", True, True)
    assert [list(text) for text in item["texts"]] == [TEXT] * len(item["texts"])
    assert item["texts"][0]["body"] == "The ward was clean"
    assert item["recordings"] == []


def test_what_nobody_asked_or_answered_is_null(run, sqlite_line):
    sqlite_line.text("The ward was clean")
    (item,) = lines(run(export))
    empty = {key for key, value in item.items() if value is None}
    assert empty == {
        *("service", "place", "rating", "about", "contact"),
        *("tier", "sentiment", "assigned_to", "closed_at", "provider"),
    }


def test_no_number_of_a_caller_is_in_it(run, back):
    back.line.text("The ward was clean")
    back.call()
    for shape in ("jsonl", "csv"):
        assert "7700900123" not in run(export, "--format", shape).stdout


def test_what_its_person_removed_is_not_exported(run, sqlite_line):
    sqlite_line.text("The ward was clean")
    sqlite_line.text("Mine stays", frm="+447700900999")
    sqlite_line.text("DELETE")
    assert [item["words"] for item in lines(run(export))] == ["Mine stays"]


def many(line, count: int) -> None:
    """Items of one text each, a minute apart."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    row = {
        "channel": Channel.TEXT,
        "line": "x",
        "language": "en",
        "notice": "x",
        "purpose": "feedback",
        "complete": True,
        "tier_reasons": [],
        "themes": [],
        "rank": 59,
        "status": Status.NEW,
    }
    with line.house.database.writing() as session:
        session.execute(
            insert(Feedback),
            [
                {
                    **row,
                    "id": n,
                    "reference": f"{n:07}",
                    "received_at": start + timedelta(minutes=n),
                }
                for n in range(1, count + 1)
            ],
        )
        session.execute(
            insert(Text),
            [
                {
                    "feedback_id": n,
                    "sid": f"SM{n}",
                    "received_at": start,
                    "body": f"{n} " + "x" * 900,
                    "kind": Kind.WORDS,
                }
                for n in range(1, count + 1)
            ],
        )


def test_items_come_oldest_first_across_batches_each_once(run, sqlite_line):
    many(sqlite_line, 450)
    numbers = [int(item["words"].split()[0]) for item in lines(run(export))]
    assert numbers == list(range(1, 451))


def test_since_is_from_that_moment_and_until_is_before_it(run, sqlite_line):
    many(sqlite_line, 10)
    given = run(export, "--since", "2026-01-01T00:03:00Z", "--until", "2026-01-01T00:06:00Z")
    assert [int(item["words"].split()[0]) for item in lines(given)] == [3, 4, 5]


def test_thousands_of_items_take_no_more_memory_than_hundreds(sqlite_line):
    many(sqlite_line, 3000)
    peaks = []
    tracemalloc.start()
    for number, _ in enumerate(records(sqlite_line.house.database, None, None), 1):
        if number in (500, 3000):
            peaks.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]


@pytest.mark.parametrize("start", [*list("=+-@\t\r\n"), "＝", "＠"])
def test_a_spreadsheet_never_runs_what_a_stranger_sent(start):
    assert cell(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


def test_the_table_has_a_row_an_item_with_its_own_lines_and_quotes(run, sqlite_line):
    said = '=cmd|"/c calc"!A1, she said\nand "left"'
    sqlite_line.text(said)
    rows = list(csv.DictReader(io.StringIO(run(export, "--format", "csv").stdout, newline="")))
    assert list(rows[0]) == list(IN_CSV)
    assert [row["words"] for row in rows] == [f"'{said}"]


def test_the_page_has_a_row_for_each_field_in_its_order():
    rows = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert rows == [*ITEM, *TEXT, *RECORDING, *TRANSCRIPT]


def test_the_page_names_what_a_table_leaves_out():
    left_out = re.search(r"^A table has all of these but (.*?)\.", PAGE, re.MULTILINE)[1]
    assert re.findall(r"`(\w+)`", left_out) == [name for name in ITEM if name not in IN_CSV]
    assert set(IN_CSV) < set(ITEM)
