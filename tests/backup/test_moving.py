"""A line that grows: its rows to the other database, its recordings to a bucket, and back."""

import re

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select, update

from commands.copy_database import copy_database
from commands.migrate_storage import migrate_storage
from store import moving
from store.arrival_rows import Caller
from store.database import Database
from store.models import Feedback
from store.place import Place
from store.recordings import Recordings
from store.seal import Seal
from tests.backup.conftest import NEWER, OTHERS, WORDS, Used
from tests.conftest import KEY, migrate
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
    said = copied(used, other, status=1).output
    assert re.search(r"nothing is copied: texts, id \d+ to \d+: \w+(Violation|Error)\n$", said)
    with there.reading() as session:
        assert session.scalar(select(func.count()).select_from(Caller)) == 0
    there.engine.dispose()


def test_a_line_that_still_takes_in_texts_is_not_copied(used, other, monkeypatch):
    def searchable(after):
        used.line.text("one more", frm="+447700900777", sid="SM" + "7" * 32)

    monkeypatch.setattr("store.transfer._make_searchable", searchable)
    said = copied(used, other, status=1).output
    assert re.search(r"the first took in \d+ rows meanwhile and lost 0: stop web", said)
    there = Database(other)
    with there.reading() as session:
        assert session.scalar(select(func.count()).select_from(Caller)) == 0
    there.engine.dispose()


@pytest.mark.parametrize("mistyped", ["source", "target"])
def test_a_mistyped_name_of_a_database_is_said_and_no_file_is_made(sqlite_used, tmp_path, mistyped):
    here, wrong = sqlite_used.line.environ["DATABASE_URL"], tmp_path / "haerd.db"
    words = [f"sqlite:///{wrong}", here]
    words = words if mistyped == "source" else words[::-1]
    done = CliRunner().invoke(copy_database, words, env=sqlite_used.line.environ)
    assert (done.exit_code, wrong.exists()) == (1, False)
    assert done.output == f"heard: nothing is copied: there is no database {wrong}\n"


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


def spoil(url: str, key: str) -> None:
    """The last byte is another, the length is the same: as a power cut leaves a file."""
    place = Place(url)
    whole = place.get(key)
    place.put(key, whole[:-1] + bytes([whole[-1] ^ 1]))


def test_a_recording_that_is_spoiled_at_both_places_is_named_and_the_exit_status_says_so(
    sqlite_used, bucket
):
    here = sqlite_used.line.environ["RECORDINGS_URL"]
    moved(sqlite_used, here, bucket)
    key = next(iter(sqlite_used.audio()))
    spoil(here, key)
    there = Place(bucket)
    there.put(key, there.get(key)[:-1])
    said = moved(sqlite_used, here, bucket, status=1).output
    assert f"not the same at both places: {key}" in said


def test_a_recording_that_is_spoiled_at_the_target_is_put_right(sqlite_used, bucket):
    here = sqlite_used.line.environ["RECORDINGS_URL"]
    moved(sqlite_used, here, bucket)
    key = next(iter(sqlite_used.audio()))
    spoil(bucket, key)
    assert "put right: 1" in moved(sqlite_used, here, bucket).output
    assert Place(bucket).get(key) == Place(here).get(key)


def test_a_recording_that_is_spoiled_at_the_source_stays_as_the_target_has_it(sqlite_used, bucket):
    here = sqlite_used.line.environ["RECORDINGS_URL"]
    moved(sqlite_used, here, bucket)
    key = next(iter(sqlite_used.audio()))
    good = Place(bucket).get(key)
    Place(here).put(key, good[: len(good) // 2])
    assert "put right: 0" in moved(sqlite_used, here, bucket).output
    assert Place(bucket).get(key) == good


def resealed(used, where, bucket):
    """What the second run says, where one place was sealed anew before it; both must then open
    with the new key at the target."""
    here, before = used.line.environ["RECORDINGS_URL"], used.audio()
    moved(used, here, bucket)
    used.seal_anew(where)
    said = moved(used, here, bucket).output
    there = Recordings(bucket, Seal([NEWER], KEY))
    assert {key: there.open(key).read() for key in before} == before
    return said


def test_what_was_sealed_anew_between_the_runs_opens_at_the_target_with_the_new_key(
    sqlite_used, bucket
):
    here = sqlite_used.line.environ["RECORDINGS_URL"]
    assert "put right: 2" in resealed(sqlite_used, here, bucket)


def test_what_was_sealed_anew_at_the_target_is_not_sealed_back(sqlite_used, bucket):
    assert "put right: 0" in resealed(sqlite_used, bucket, bucket)


def test_what_came_in_while_the_others_were_copied_is_brought(sqlite_used, bucket):
    here = Place(sqlite_used.line.environ["RECORDINGS_URL"])
    there = Place(bucket)
    assert moving.lacking(sqlite_used.database, here, there) == 0
    assert all(there.get(key) == here.get(key) for key in sqlite_used.audio())


def test_a_source_that_has_nothing_is_no_success(sqlite_used, bucket, s3):
    elsewhere = s3.bucket("mistyped")
    said = moved(sqlite_used, elsewhere, bucket, status=1).output
    assert "2 recordings that the database names are at neither place" in said


def test_a_folder_that_is_mistyped_is_one_clear_line_and_is_not_made(sqlite_used, bucket, tmp_path):
    wrong = tmp_path / "recordigns"
    said = moved(sqlite_used, f"file://{wrong}", bucket, status=1).output
    assert said == f"heard: nothing is moved: file://{wrong}: there is no such folder\n"
    assert not wrong.exists()


def test_once_the_line_has_moved_it_is_told_that_the_old_place_still_holds_every_voice(
    sqlite_used, bucket
):
    used, here = sqlite_used, sqlite_used.line.environ["RECORDINGS_URL"]
    assert "SOURCE is as it was" in moved(used, here, bucket).output
    used.line.environ["RECORDINGS_URL"] = bucket
    assert "SOURCE still holds 2, and no erasure reaches it" in moved(used, here, bucket).output


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
