"""`doctor`: every finding a line, and exit 1 for what is wrong, not for what waits for staff."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from app import create_app
from commands.doctor import doctor
from commands.staff import staff
from commands.sweep import sweep
from commands.tier import tier
from dialogue.script import WrongScript
from store.copy_rows import TwilioCopy
from store.models import Recording
from store.recordings import Recordings, StoreAway
from store.staff import Staff
from triage.wrong_list import WrongList


@pytest.fixture
def look(run, monkeypatch, redis):
    """The doctor's findings by what was looked at, and its exit status."""
    monkeypatch.setenv("REDIS_URL", redis.url)

    def looked() -> tuple[dict[str, str], int]:
        said = run(doctor)
        assert not isinstance(said.exception, Exception), said.exception
        found = ([*line[9:].split(": ", 1), line[:8].strip()] for line in said.stdout.splitlines())
        return {what: level for what, _, level in found}, said.exit_code

    return looked


def test_a_line_that_lacks_nothing_is_well(look, run):
    run(staff, "add", "Asha", "--role", "lead")
    found, status = look()
    assert status == 0
    assert {what for what, level in found.items() if level != "ok"} == {"model en", "rota"}
    assert (found["model en"], found["rota"]) == ("warning", "warning")


def test_without_staff_it_warns_and_is_well(look):
    found, status = look()
    assert (found["staff"], status) == ("warning", 0)


def test_whoever_decides_without_a_second_factor_is_a_warning_where_one_must(
    look, run, monkeypatch, sqlite_line
):
    for name, role in (("Asha", "lead"), ("Tom", "triager")):
        run(staff, "add", name, "--role", role)
    assert "second factor" not in look()[0]
    monkeypatch.setenv("SECOND_FACTOR", "lead,deputy,admin")
    said = run(doctor).stdout
    assert "warning  second factor: not set up yet by Asha\n" in said
    change(sqlite_line, Staff, 1, factor_at=datetime.now(UTC))
    assert look()[0]["second factor"] == "ok"


def test_redis_away_is_wrong(look, monkeypatch, tmp_path):
    monkeypatch.setenv("REDIS_URL", f"unix://{tmp_path}/nothing")
    found, status = look()
    assert (found["queue"], status) == ("wrong", 1)


def test_a_missing_setting_is_wrong(look, monkeypatch):
    monkeypatch.setenv("HEARD_ENV", "production")
    monkeypatch.delenv("SECRET_KEY")
    assert look() == ({"settings": "wrong"}, 1)


@pytest.mark.parametrize("name", ["WEB_CONCURRENCY", "WORKER_CONCURRENCY"])
def test_a_number_of_processes_that_is_none_is_wrong(look, monkeypatch, name):
    monkeypatch.setenv(name, "two")
    assert look() == ({"settings": "wrong"}, 1)


def test_a_model_that_is_named_and_not_there_is_wrong(look, monkeypatch, tmp_path):
    script = tmp_path / "script"
    script.mkdir()
    for file in Path("script").glob("*.toml"):
        words = file.read_text()
        (script / file.name).write_text(words.replace('# en = "vosk', 'en = "vosk'))
    monkeypatch.setenv("HEARD_SCRIPT", str(script))
    found, status = look()
    assert (found["model en"], status) == ("wrong", 1)


@pytest.mark.parametrize("name", ["line", "en", "urgent.en", "themes", "redact.en"])
def test_a_list_with_which_the_web_does_not_start_is_wrong(look, run, monkeypatch, tmp_path, name):
    script = tmp_path / "script"
    shutil.copytree("script", script)
    with (script / f"{name}.toml").open("a") as file:
        file.write("\nno = [")
    monkeypatch.setenv("HEARD_SCRIPT", str(script))
    with pytest.raises((WrongScript, WrongList)) as why:
        create_app(os.environ)
    found, status = look()
    assert (found["script"], status) == ("wrong", 1)
    assert f"script: {why.value}\n" in run(doctor).stdout


@pytest.fixture
def copied(monkeypatch, tmp_path):
    """A folder of words like a charity's own, which the settings name."""
    shutil.copytree("script", tmp_path / "script")
    monkeypatch.setenv("HEARD_SCRIPT", str(tmp_path / "script"))
    return tmp_path / "script"


def test_a_line_whose_first_language_has_no_urgent_list_does_not_start(look, run, copied):
    (copied / "urgent.en.toml").rename(copied / "urgent.gb.toml")
    with pytest.raises(WrongList, match=r"urgent\.en\.toml: there is no such file"):
        create_app(os.environ)
    assert (look()[0]["script"], run(tier, given=b"he hits me").exit_code) == ("wrong", 1)


def test_a_further_language_without_an_urgent_list_is_a_warning(look, copied):
    shutil.copy(copied / "en.toml", copied / "cy.toml")
    line = (copied / "line.toml").read_text()
    line = line.replace('languages = ["en"]', 'languages = ["en", "cy"]')
    line = line.replace("[voices]", '[voices]\ncy = { voice = "woman", language = "cy-GB" }')
    (copied / "line.toml").write_text(line)
    found, status = look()
    assert (found["urgent list cy"], status) == ("warning", 0)
    assert "urgent list en" not in found


def test_an_old_database_is_wrong(look, sqlite_line):
    with sqlite_line.house.database.writing() as session:
        session.execute(text("update alembic_version set version_num = '0000'"))
    found, status = look()
    assert (found["migrations"], status) == ("wrong", 1)


def test_a_database_that_is_away_is_wrong(look, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@/nothing?host=/nowhere")
    found, status = look()
    assert (found["database"], status) == ("wrong", 1)


def take(line) -> int:
    call = line.ring()
    call.press("0")
    call.speak(key="hangup")
    return line.items()[0].recordings[0].id


def change(line, table, number, **values) -> None:
    with line.house.database.writing() as session:
        row = session.get(table, number)
        for name, value in values.items():
            setattr(row, name, value)


def test_a_recording_that_nobody_touches_is_wrong_although_the_sweep_rings(look, run, sqlite_line):
    number = take(sqlite_line)
    assert look()[0]["stuck rows"] == "ok"
    change(sqlite_line, Recording, number, received_at=datetime.now(UTC) - timedelta(minutes=6))
    assert run(sweep).exit_code == 0
    found, status = look()
    assert (found["stuck rows"], status) == ("wrong", 1)


def test_a_row_without_its_file_is_wrong_and_a_file_without_its_row_a_warning(look, sqlite_line):
    number = take(sqlite_line)
    sqlite_line.house.recordings.put("2026/11/here", b"sound")
    change(sqlite_line, Recording, number, audio_key="2026/11/here")
    assert look()[1] == 0
    change(sqlite_line, Recording, number, audio_key="2026/11/lost")
    found, status = look()
    assert (found["rows without files"], found["files without rows"], status) == (
        "wrong",
        "warning",
        1,
    )


def test_a_copy_that_twilio_keeps_for_good_is_wrong(look, sqlite_line):
    with sqlite_line.house.database.writing() as session:
        session.add(TwilioCopy(kind="Messages", sid="SM1", attempts=100, reason="403"))
    found, status = look()
    assert (found["to be deleted"], status) == ("wrong", 1)


def test_a_bucket_is_well_when_it_is_there_and_wrong_when_it_is_not(look, monkeypatch, bucket):
    monkeypatch.setenv("RECORDINGS_URL", bucket)
    assert look()[0]["rows without files"] == "ok"
    monkeypatch.setenv("RECORDINGS_URL", "s3://no-such-bucket/line")
    assert look()[0]["recordings"] == "wrong"


def test_recordings_that_cannot_be_reached_are_wrong(look, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("RECORDINGS_URL", f"file://{tmp_path}/file/recordings")
    found, status = look()
    assert (found["recordings"], status) == ("wrong", 1)


def test_a_store_that_breaks_away_while_sound_is_opened_is_wrong(look, monkeypatch, sqlite_line):
    number = take(sqlite_line)
    sqlite_line.house.recordings.put("2026/11/here", b"sound")
    change(sqlite_line, Recording, number, audio_key="2026/11/here", sha256="0" * 64)

    def away(_store: Recordings, _key: str) -> None:
        raise StoreAway("it broke")

    monkeypatch.setattr(Recordings, "open", away)
    found, status = look()
    assert (found["rows without files"], status) == ("ok", 1)
    assert (found["checksums"], found["sealing keys"]) == ("wrong", "wrong")
