"""A line that grows: its rows to the other database, its recordings to a bucket, and back."""

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select, update

from commands.copy_database import copy_database
from commands.migrate_storage import migrate_storage
from store.database import Database
from store.models import Caller, Feedback
from store.place import Place
from store.recordings import Recordings
from tests.backup.conftest import OTHERS, WORDS, Used
from tests.conftest import migrate
from tests.driver import Line

# The target takes everything but the last text.
REFUSE = {
    "postgresql": "ALTER TABLE texts ADD CONSTRAINT odd CHECK (body <> 'the soup was cold')",
    "sqlite": "CREATE TRIGGER odd BEFORE INSERT ON texts WHEN NEW.body = 'the soup was cold'"
    " BEGIN SELECT RAISE(ABORT, 'odd'); END",
}


@pytest.fixture
def other(used: Used, request, tmp_path) -> str:
    """The address of an empty, migrated database of the other kind."""
    if used.database.engine.dialect.name == "postgresql":
        path = tmp_path / "other.db"
        path.write_bytes(request.getfixturevalue("empty_sqlite").read_bytes())
        yield f"sqlite:///{path}"
        return
    with request.getfixturevalue("cluster").fresh() as url:
        yield url


def copied(used: Used, url: str, status: int = 0) -> Result:
    words = [used.line.environ["DATABASE_URL"], url]
    done = CliRunner().invoke(copy_database, words, env=used.line.environ)
    assert done.exit_code == status, done.output
    return done


def test_every_row_is_the_same_in_the_other_database(used, other):
    first, last = used.line.items()[0].id, used.line.items()[-1].id
    with used.database.writing() as session:  # an older item that points at a newer one
        session.execute(update(Feedback).where(Feedback.id == first).values(linked_to=last))
    before = used.rows()
    copied(used, other)
    with Line({**used.line.environ, "DATABASE_URL": other}) as line:
        there = Used(line, used.folder)
        assert there.rows() | {"search_due": []} == before | {"search_due": []}
        assert WORDS["voice"] in there.everything()
        with there.database.reading() as session:
            assert session.get(Feedback, first).linked_to == last


def test_the_line_goes_on_in_the_other_database_with_numbers_of_its_own(used, other):
    known = {item.id for item in used.line.items()}
    copied(used, other)
    with Line({**used.line.environ, "DATABASE_URL": other}) as line:
        line.text("a new voice", frm="+447700900999", sid="SM" + "9" * 32)
        assert len({item.id for item in line.items()} - known) == 1


def test_a_database_that_is_not_empty_is_left_alone(used, other):
    copied(used, other)
    done = copied(used, other, status=1)
    assert "heard: nothing is copied: the second has" in done.output
    assert len(done.output.splitlines()) == 1


def test_what_cannot_be_written_leaves_the_other_database_empty(used, other):
    there = Database(other)
    with there.writing() as session:
        session.connection().exec_driver_sql(REFUSE[there.engine.dialect.name])
    copied(used, other, status=1)
    with there.reading() as session:
        assert session.scalar(select(func.count()).select_from(Caller)) == 0
    there.engine.dispose()


def test_a_database_of_another_version_is_refused(sqlite_used, tmp_path):
    old = f"sqlite:///{tmp_path}/old.db"
    migrate(old, to="0009")
    done = copied(sqlite_used, old, status=1)
    assert "stands at migration" in done.output


def moved(used: Used, source: str, target: str, status: int = 0) -> Result:
    done = CliRunner().invoke(migrate_storage, [source, target], env=used.line.environ)
    assert done.exit_code == status, done.output
    return done


def test_recordings_go_to_a_bucket_and_back_and_open_there(sqlite_used, bucket, tmp_path):
    used, here = sqlite_used, sqlite_used.line.environ["RECORDINGS_URL"]
    before, back = used.audio(), f"file://{tmp_path}/back"
    assert "2 of them are new" in moved(used, here, bucket).output
    assert "0 of them are new" in moved(used, here, bucket).output
    moved(used, bucket, back)
    for url in (here, bucket, back):
        with Line({**used.line.environ, "RECORDINGS_URL": url}) as line:
            assert Used(line, used.folder).audio() == before


def test_a_recording_that_differs_is_named_and_the_exit_status_says_so(sqlite_used, bucket):
    here = sqlite_used.line.environ["RECORDINGS_URL"]
    moved(sqlite_used, here, bucket)
    key = next(iter(sqlite_used.audio()))
    there, whole = Place(bucket), Place(here).get(key)
    there.put(key, whole[:-1] + bytes([whole[-1] ^ 1]))
    assert (
        f"not the same at both places: {key}" in moved(sqlite_used, here, bucket, status=1).output
    )


def test_what_was_erased_after_it_was_copied_goes_from_the_target(sqlite_used, bucket):
    used, here = sqlite_used, sqlite_used.line.environ["RECORDINGS_URL"]
    moved(used, here, bucket)
    used.erase(WORDS["voice"])
    assert "removed again: 1" in moved(used, here, bucket).output
    assert sum(map(len, Recordings(bucket, used.line.house.seal).keys(9))) == 1


def test_a_missing_bucket_is_one_clear_line(sqlite_used, s3):
    here = sqlite_used.line.environ["RECORDINGS_URL"]
    done = moved(sqlite_used, here, "s3://no-such-bucket/x", status=1)
    assert "(there is no such bucket)" in done.output
    assert len(done.output.splitlines()) == 1


def test_a_line_whose_recordings_lie_in_a_bucket_is_backed_up_erased_and_restored(
    sqlite_url, environ, bucket, s3, tmp_path
):
    settings = {**environ, "DATABASE_URL": sqlite_url, "RECORDINGS_URL": bucket}
    with Line(settings) as line:
        used = Used(line, tmp_path / "backups")
        used.tell("+447700900123", WORDS)
        used.tell("+447700900456", OTHERS)
        before = used.audio()
        used.backup()
        used.erase(*WORDS.values())
        assert len(used.audio()) == 1
        assert sum(map(len, line.house.recordings.keys(9))) == 1
        used.line.environ["RECORDINGS_URL"] = elsewhere = s3.bucket("restored-elsewhere")
        used.restore("--over")
        restored = Recordings(elsewhere, line.house.seal)
        assert {key: restored.open(key).read() for key in before} == before
