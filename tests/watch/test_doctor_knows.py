"""`doctor` on checksums, clocks, rounds, the spool and what was given up."""

import gc
import runpy
import shutil
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from sqlalchemy import select

import config
from commands import doctor_clock, doctor_connections
from commands.doctor import doctor
from store import rounds
from store.arrival_rows import Caller
from store.models import Recording
from store.upkeep import Incident, Outgoing, Sending
from tests.driver import NUMBER, Line
from tests.workers.parts import process, until


@pytest.fixture
def look(monkeypatch, sqlite_line, redis, tmp_path):
    """The doctor's findings by what was looked at."""
    for name, value in {**sqlite_line.environ, "REDIS_URL": redis.url}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SPOOL_FOLDER", str(tmp_path / "spool"))

    def looked(*words: str) -> dict[str, str]:
        said = CliRunner().invoke(doctor, words)
        assert not isinstance(said.exception, Exception), said.exception
        lines = ([*line[9:].split(": ", 1), line[:8].strip()] for line in said.stdout.splitlines())
        return {what: level for what, _, level in lines}

    return looked


def test_a_recording_that_was_changed_is_wrong_unless_asked_to_be_quick(look, sqlite_line):
    call = sqlite_line.ring()
    call.press("0")
    call.speak(key="hangup")
    sqlite_line.house.recordings.put("2026/11/here", b"sound")
    with sqlite_line.house.database.writing() as session:
        session.query(Recording).update({"audio_key": "2026/11/here", "sha256": "0" * 64})
    assert look()["checksums"] == "wrong"
    assert "checksums" not in look("--quick")


def test_what_waits_on_this_host_warns_and_what_was_set_aside_is_wrong(look, tmp_path):
    (tmp_path / "spool").mkdir()
    (tmp_path / "spool" / f"{1:020d}-a-b-c.spool").touch()
    (tmp_path / "spool" / f"{2:020d}-a-b-c.aside").touch()
    found = look()
    assert (found["spool"], found["spool aside"]) == ("warning", "wrong")


def test_an_open_incident_and_quarantine_are_warnings(look, sqlite_line):
    sqlite_line.post("/sms", MessageSid="", From="", To="", Body="")
    with sqlite_line.house.database.writing() as session:
        session.add(Incident(kind="disk", words="Full.", opened_at=datetime.now(UTC), attempts=0))
    found = look()
    assert (found["incident disk"], found["quarantine"]) == ("warning", "warning")


def test_texts_and_calls_to_a_number_that_is_not_listed_are_a_warning(
    look, sqlite_line, monkeypatch, tmp_path
):
    script = tmp_path / "script"
    shutil.copytree(config.ROOT / "script", script)
    with (script / "line.toml").open("a") as listed:
        listed.write('\n[[numbers]]\nnumber = "+441214969999"\n')
    monkeypatch.setenv("HEARD_SCRIPT", str(script))
    with Line({**sqlite_line.environ, "HEARD_SCRIPT": str(script)}) as line:
        line.post("/sms", MessageSid="", From="", To="", Body="")
        assert look("--quick")["numbers"] == "ok"
        line.text("The ward was clean")
        assert look("--quick")["numbers"] == "warning"


@pytest.mark.parametrize(("key", "level"), [("reply:SM1", "warning"), ("alert:1", "ok")])
def test_a_text_that_failed_is_a_warning_unless_it_told_of_an_alert(look, sqlite_line, key, level):
    sqlite_line.text("The ward was clean")
    with sqlite_line.house.database.writing() as session:
        caller = session.scalars(select(Caller.id)).one()
        words = {"sender": NUMBER, "body": "Thank you", "made_at": datetime.now(UTC)}
        session.add(Outgoing(key=key, caller_id=caller, state=Sending.FAILED, attempts=1, **words))
    assert look("--quick")["texts"] == level


def test_clocks_that_agree_are_well(look):
    assert look()["clock"] == "ok"


def test_only_a_database_of_its_own_host_has_a_clock_of_its_own(line):
    with line.house.database.reading() as session:
        if session.get_bind().dialect.name == "sqlite":
            assert doctor_clock._database(session) is None
        else:
            assert abs(doctor_clock._database(session)) < 5


@pytest.mark.xdist_group("processes")
def test_a_contact_goes_from_the_clock_through_the_queue_to_a_worker(small, redis):
    settings = {
        **small.line.environ,
        "REDIS_URL": redis.url,
        "TWILIO_API_URL": small.twilio.url,
    }
    with process(settings, "-m", "workers", "clock"), process(settings, "-m", "workers"):
        until(lambda: rounds.CONTACT in ran(small))
    assert rounds.SWEEP in ran(small)
    assert small.line.items() == []


def ran(small) -> dict[str, datetime]:
    with small.room.database.reading() as session:
        return dict(rounds.last(session))


@pytest.fixture
def connections(line):
    """What the doctor says of connections to the database, at so many web processes a host."""

    def looked(webs: str) -> list[tuple[str, str]]:
        settings = config.read({**line.environ, "WEB_CONCURRENCY": webs})
        with line.house.database.reading() as session:
            found = doctor_connections.look(session, settings)
            return [(one.level, one.words) for one in found]

    return looked


def test_a_host_that_may_want_more_connections_than_postgresql_admits_is_a_warning(
    connections, line
):
    if line.house.database.engine.dialect.name == "sqlite":
        assert connections("64") == []
    else:
        assert [level for level, _ in connections("2")] == ["ok"]
        [(level, words)] = connections("64")
        assert level == "warning"
        assert "a host like this may want 519: raise max_connections" in words


def test_a_web_process_is_counted_with_the_threads_that_it_has():
    threads = runpy.run_path(str(config.ROOT / "gunicorn.conf.py"))["threads"]
    gc.enable()  # that file puts it off until all is loaded
    assert threads == doctor_connections.OF_A_WEB
