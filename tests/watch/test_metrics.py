"""`/metrics`: everything known, to whoever may read it, also while the database is away."""

import os
import re

import pytest

from store import rounds
from store.models import Feedback
from tests.driver import CALLER, Line


def read(line: Line, **headers: str) -> dict[str, float]:
    answer = line.client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    return {
        name: float(value)
        for name, value in (row.rsplit(" ", 1) for row in answer.text.splitlines() if row[0] != "#")
    }


def test_it_counts_what_there_is(line):
    line.text("The food was cold")
    line.text("The ward was clean", frm="+447700900124")
    call = line.ring()
    call.press("0")
    call.speak(key="hangup")
    line.post("/sms", MessageSid="", From="", To="", Body="")
    line.post("/sms", token="wrong", MessageSid="SM1")
    with line.house.database.writing() as session:
        session.query(Feedback).filter_by(id=line.items()[0].id).update({"tier": "R1"})
        rounds.ran(session, rounds.SWEEP, line.items()[0].received_at)
    found = read(line)
    assert found["heard_up"] == 1
    assert found['heard_feedback{status="new",tier="R1"}'] == 1
    assert found['heard_feedback{status="new",tier="none"}'] == 2
    assert found['heard_recordings{state="expected"}'] == 1
    assert found["heard_oldest_unheard_seconds"] >= 0
    assert found["heard_quarantine"] == 1
    assert found["heard_webhooks_refused_total"] == 1
    assert found['heard_round_timestamp_seconds{round="sweep"}'] > 1e9
    assert found["heard_disk_free_bytes"] > 0
    assert found["heard_queue_up"] == 0


def test_no_label_holds_a_number_or_a_word(line):
    line.text("the nurse was kind")
    said = line.client.get("/metrics").text
    assert not re.search(r"nurse|kind|7700900|\+44", said)
    assert CALLER[1:] not in said
    assert line.items()[0].reference not in said


def test_while_the_database_is_away_it_says_so_and_what_else_it_knows(environ, tmp_path, caplog):
    with Line({**environ, "DATABASE_URL": f"sqlite:///{tmp_path}/no/heard.db"}) as line:
        found = read(line)
    assert found["heard_up"] == 0
    assert "no figures of the rows: OperationalError" in caplog.text
    assert "heard_spool_depth" in found
    assert not any(name.startswith("heard_recordings") for name in found)


def test_every_process_that_was_forked_counts_into_one(sqlite_line):

    child = os.fork()
    if child == 0:
        sqlite_line.app.extensions["heard.refused"].add()
        os._exit(0)
    os.waitpid(child, 0)
    sqlite_line.client.post("/sms")
    assert read(sqlite_line)["heard_webhooks_refused_total"] == 2


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "Via"])
def test_what_came_through_a_proxy_did_not_come_from_here(sqlite_line, name):
    assert sqlite_line.client.get("/metrics", headers={name: "x"}).status_code == 403


def test_without_a_token_only_this_machine_may_read(sqlite_line):
    asked = {"REMOTE_ADDR": "203.0.113.9"}
    assert sqlite_line.client.get("/metrics", environ_base=asked).status_code == 403


def test_with_a_token_whoever_shows_it_may_read(sqlite_url, environ):
    with Line({**environ, "DATABASE_URL": sqlite_url, "METRICS_TOKEN": "sesame"}) as line:
        assert line.client.get("/metrics").status_code == 403
        assert line.client.get("/metrics", headers={"Authorization": "Bearer x"}).status_code == 403
        assert read(line, Authorization="Bearer sesame")["heard_up"] == 1
