"""What a backup is, and what it refuses."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count, takewhile
from pathlib import Path
from threading import Event, Thread
from time import sleep

import pytest
from sqlalchemy import delete, select, text

from store import engine
from store.backup_database import counts, moment
from store.database import Database
from store.models import Feedback, Recording, Text, Transcript
from tests.backup.conftest import OTHERS, WORDS
from tests.driver import Line


def test_a_backup_is_finished_when_its_manifest_is_there(sqlite_used):
    sqlite_used.backup()

    (place,) = sqlite_used.places()
    manifest = json.loads((place / "manifest.json").read_text())
    assert (manifest["recordings"], manifest["rows"]["feedback"]) == (2, 4)


def test_no_key_and_no_number_is_in_what_a_backup_writes_beside_the_database(sqlite_used):
    sqlite_used.backup()

    written = b"".join(f.read_bytes() for f in files(sqlite_used) if f.suffix != ".sqlite")
    secrets = (*(sqlite_used.line.environ[name] for name in ("SEALING_KEYS", "SECRET_KEY")), "4477")
    assert [secret for secret in secrets if secret.encode() in written] == []


def test_recordings_lie_in_a_backup_as_sealed_as_they_were(sqlite_used, tmp_path):
    sqlite_used.backup()

    def sealed(root: Path) -> dict[str, bytes]:
        return {f.name: f.read_bytes() for f in root.rglob("*") if f.is_file()}

    assert sealed(sqlite_used.folder / "recordings") == sealed(tmp_path / "recordings")


def test_a_second_backup_copies_only_what_is_new(sqlite_used):
    sqlite_used.backup()
    sqlite_used.tell("+447700900789", {"text": "a", "voice": "the porter sang"})

    done = sqlite_used.backup()

    assert "recordings: 1 new" in done.stderr


def test_a_recording_that_is_erased_while_a_backup_runs_is_noted(sqlite_used):
    key = next(iter(sqlite_used.audio()))
    sqlite_used.line.house.recordings.delete(key)

    done = sqlite_used.backup()

    assert f"missing in the line itself: {key}" in done.output


def test_a_backup_is_of_one_moment_although_people_go_on_texting(used, elsewhere):
    with texting(used.line):
        used.backup()

    elsewhere.restore()

    items = elsewhere.line.items()
    assert all(item.texts or item.recordings for item in items)
    assert OTHERS["text"] in elsewhere.everything()


def test_only_the_newest_backups_stay(sqlite_used):
    sqlite_used.backup()
    (first,) = sqlite_used.places()
    first.rename(first.with_name("2025-01-01T000000Z"))

    sqlite_used.backup("--keep", "1")

    assert [place.name[:4] for place in sqlite_used.places()] != ["2025"]
    assert len(sqlite_used.places()) == 1


def test_audio_that_was_erased_leaves_with_the_last_backup_that_had_it(sqlite_used):
    sqlite_used.backup()
    sqlite_used.erase(WORDS["voice"])
    (first,) = sqlite_used.places()
    first.rename(first.with_name("2025-01-01T000000Z"))

    sqlite_used.backup("--keep", "1")

    pool = [f for f in (sqlite_used.folder / "recordings").rglob("*") if f.is_file()]
    assert len(pool) == 1


def test_what_an_interrupted_backup_left_is_no_backup_and_goes_at_the_next(sqlite_used):
    left = sqlite_used.folder / "2026-01-01T000000Z.partial"
    left.mkdir(parents=True)

    sqlite_used.backup()

    assert not left.exists()


def test_a_line_that_lost_everything_does_not_push_its_good_backup_out(sqlite_used):
    sqlite_used.backup()
    with sqlite_used.database.writing() as session:
        for table in (Transcript, Recording, Text):
            session.execute(delete(table))
        session.connection().exec_driver_sql("DELETE FROM conversations")
        session.execute(delete(Feedback))

    done = sqlite_used.backup("--keep", "1", status=1)

    assert "the database has no feedback, but" in done.output
    assert len(sqlite_used.places()) == 1


def test_a_line_that_is_in_use_can_be_replaced(sqlite_used):
    sqlite_used.backup()

    with texting(sqlite_used.line):
        sqlite_used.restore("--over")

    assert OTHERS["text"] in sqlite_used.everything()


@contextmanager
def texting(line: Line) -> Iterator[None]:
    """People text, one after the other, without a pause."""
    stop = Event()

    def text() -> None:
        numbers = takewhile(lambda _: not stop.is_set(), count())
        for number in numbers:
            line.text(f"text {number}", frm=f"+4477009{number:05}")

    people = Thread(target=text)
    people.start()
    try:
        yield
    finally:
        stop.set()
        people.join()


def files(used) -> list[Path]:
    return [file for file in used.folder.rglob("*") if file.is_file()]


@pytest.mark.parametrize("damaged", ["database.sqlite", "recordings.jsonl", "recording"])
def test_a_damaged_backup_is_not_restored(sqlite_used, damaged):
    sqlite_used.backup()
    place = sqlite_used.folder / "recordings" if damaged == "recording" else sqlite_used.places()[0]
    file = next(f for f in place.rglob("*") if f.is_file() and damaged in (f.name, "recording"))
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    before = sqlite_used.rows()

    done = sqlite_used.restore("--over", status=1)

    assert "not what was written" in done.output
    assert sqlite_used.rows() == before


def test_a_line_with_rows_in_it_is_not_replaced_unasked(sqlite_used):
    sqlite_used.backup()

    done = sqlite_used.restore(status=1)

    assert "say --over to replace it" in done.output


def test_a_folder_without_a_backup_is_one_line_that_says_so(sqlite_used, tmp_path):
    done = sqlite_used.restore(status=1)

    assert f"there is no finished backup in {tmp_path}/backups" in done.output


def test_a_backup_of_another_kind_of_database_is_one_line_that_says_so(sqlite_used):
    sqlite_used.backup()
    (place,) = sqlite_used.places()
    manifest = json.loads((place / "manifest.json").read_text())
    (place / "database.sqlite").rename(place / "database.pgdump")
    written = json.dumps({**manifest, "database": "database.pgdump"})
    (place / "manifest.json").write_text(written)

    done = sqlite_used.restore("--over", status=1)

    assert "this backup is database.pgdump, but DATABASE_URL is sqlite" in done.output


def test_the_moment_of_a_backup_lasts_while_others_copy_it(postgres_used, monkeypatch):
    monkeypatch.setattr(engine, "HOLDS", 1)
    database = Database(postgres_used.line.environ["DATABASE_URL"])
    with moment(database) as session:
        sleep(2)
        assert session.scalar(select(1)) == 1
    database.engine.dispose()


def test_a_large_line_is_counted_however_long_that_takes(postgres_used):
    with postgres_used.database.reading() as session:
        assert counts(session.connection())["feedback"] == 4
        assert session.scalar(text("SHOW statement_timeout")) == "0"


def test_without_pg_dump_one_line_says_what_to_install(postgres_used, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    done = postgres_used.backup(status=1)

    assert "pg_dump is missing: install PostgreSQL's client programs" in done.output


def test_keys_that_do_not_open_what_came_back_are_named_at_once(sqlite_used):
    sqlite_used.backup()
    other = "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXoxMjM0NTY="  # pragma: allowlist secret
    sqlite_used.line.environ = {**sqlite_used.line.environ, "SEALING_KEYS": other}

    done = sqlite_used.restore("--over")

    assert "SEALING_KEYS do not open its recordings" in done.output


def test_a_restore_that_broke_off_is_to_be_run_again_before_the_next_backup(sqlite_used):
    sqlite_used.backup()
    (sqlite_used.folder / "restoring").touch()

    done = sqlite_used.backup(status=1)

    assert "broke off: run it again first" in done.output


def test_a_restore_that_broke_off_does_not_ask_half_restored_rows_whom_they_erased(sqlite_used):
    sqlite_used.line.text("DELETE", frm="+447700900123")
    sqlite_used.backup()
    sqlite_used.line.text("KEEP", frm="+447700900123")
    (sqlite_used.folder / "restoring").touch()

    sqlite_used.restore("--over")

    assert len([item for item in sqlite_used.line.items() if item.hidden_at]) == 1
