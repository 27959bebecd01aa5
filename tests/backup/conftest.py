"""A line that people have used, a folder for its backups, and an empty line elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click import Command
from click.testing import CliRunner, Result
from sqlalchemy import Table, select, update

import config
from commands.backup import backup, restore
from commands.reseal import reseal
from store.arrival_rows import Ledger
from store.columns import Base
from store.models import Feedback, Heard, Recording, Transcript
from store.queue import Bell
from tests.conftest import KEY
from tests.driver import Line
from tests.postgres import Cluster
from workers.room import furnish
from workers.sweep import sweep

WORDS = {"text": "the corridor smelled of paint", "voice": "nurse ermintrude held my hand"}
NEWER = "bmV3ZXIga2V5IG9mIHRoZSBtb3ZpbmcgdGVzdHMhISE="  # pragma: allowlist secret
OTHERS = {"text": "the soup was cold", "voice": "they found my glasses"}


class Used:
    """A line with four items: a text and a voice message of each of two people."""

    def __init__(self, line: Line, folder: Path) -> None:
        self.line, self.folder = line, folder
        self.database = line.house.database

    def tell(self, phone: str, said: dict[str, str]) -> None:
        """Somebody texts, rings, and is transcribed."""
        self.line.text(said["text"], frm=phone)
        call = self.line.ring(phone)
        call.press("0")
        call.speak(key="hangup")
        self.hear(call.take, said["voice"])

    def hear(self, sid: str, words: str) -> None:
        """A take's audio is ours, and its words are there, as the worker leaves them."""
        key, sound = f"2026/11/{sid}", (words * 3000).encode()
        self.line.house.recordings.put(key, sound)
        digest = sha256(sound).hexdigest()
        with self.database.writing() as session:
            take = session.scalars(select(Recording).where(Recording.sid == sid)).one()
            take.state, take.audio_key, take.sha256, take.due_at = Heard.WORDS, key, digest, None
            session.add(
                Transcript(
                    recording_id=take.id,
                    made_at=datetime.now(UTC),
                    model="m",
                    model_hash="h",
                    text=words,
                    shown=words,
                    confidence=0.9,
                    words=[],
                )
            )

    def reference(self, words: str) -> str:
        """The item in which this was said."""
        for item in self.line.items():
            said = [text.body for text in item.texts]
            said += [t.text for take in item.recordings for t in take.transcripts]
            if words in said:
                return item.reference
        raise AssertionError(words)

    def delete(self, reference: str) -> None:
        """Its person asks for it to go, and their days to change their mind pass."""
        past = datetime.now(UTC) - timedelta(days=1)
        with self.database.writing() as session:
            session.execute(
                update(Feedback)
                .where(Feedback.reference == reference)
                .values(hidden_at=past, erase_at=past, erasure_asked_at=past)
            )

    def sweep(self) -> None:
        """What the clock does every ten seconds."""
        room = furnish(config.read(self.line.environ), with_models=False)
        sweep(room, Bell(None))
        room.database.engine.dispose()

    def erase(self, *said: str) -> None:
        for words in said:
            self.delete(self.reference(words))
        self.sweep()

    def item(self, reference: str) -> Feedback:
        return next(one for one in self.line.items() if one.reference == reference)

    def rows(self, without: tuple[str, ...] = ()) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table, as the database gives it, but those of these items."""
        gone = [item for item in self.line.items() if item.reference in without]
        ids = {item.id for item in gone}
        with self.database.reading() as session:
            return {
                table.name: [
                    tuple(row)
                    for row in session.execute(select(table).order_by(*table.primary_key))
                    if not _belongs(table, row._mapping, ids)
                ]
                for table in Base.metadata.sorted_tables
                if table.name not in ("turns", "ledger", "twilio_copies")
            }

    def everything(self) -> str:
        """All that anybody could read out of the database with our keys in hand."""
        seal = self.line.house.seal
        with self.database.reading() as session:
            fields = [seal.open(row.fields) for row in session.scalars(select(Ledger))]
        return f"{self.rows()} {fields}"

    def audio(self) -> dict[str, bytes]:
        """Every recording that a row names, opened."""
        keys = [t.audio_key for item in self.line.items() for t in item.recordings if t.audio_key]
        found = {}
        for key in keys:
            with self.line.house.recordings.open(key) as sound:
                found[key] = sound.read()
        return found

    def backup(self, *words: str, status: int = 0) -> Result:
        return self._run(backup, words, status)

    def restore(self, *words: str, status: int = 0) -> Result:
        return self._run(restore, words, status)

    def _run(self, command: Command, words: tuple[str, ...], status: int) -> Result:
        done = CliRunner().invoke(command, [str(self.folder), *words], env=self.line.environ)
        assert done.exit_code == status, done.output
        return done

    def seal_anew(self, recordings: str) -> None:
        """A newer key goes before ours, and `reseal` runs where the recordings lie just then."""
        self.line.environ["SEALING_KEYS"] = f"{NEWER},{KEY}"
        environ = {**self.line.environ, "RECORDINGS_URL": recordings}
        done = CliRunner().invoke(reseal, env=environ)
        assert done.exit_code == 0, done.output

    def places(self) -> list[Path]:
        """The backups, oldest first."""
        return sorted(place for place in self.folder.iterdir() if place.name.startswith("2"))


def _belongs(table: Table, row: Any, ids: set[int]) -> bool:
    return row["id"] in ids if table.name == "feedback" else row.get("feedback_id") in ids


@pytest.fixture
def used(line: Line, tmp_path: Path) -> Used:
    return _used(line, tmp_path)


@pytest.fixture
def sqlite_used(sqlite_line: Line, tmp_path: Path) -> Used:
    """For what no database changes."""
    return _used(sqlite_line, tmp_path)


@pytest.fixture
def postgres_used(cluster: Cluster, environ: dict[str, str], tmp_path: Path) -> Iterator[Used]:
    """For what only PostgreSQL needs."""
    with cluster.fresh() as url, Line({**environ, "DATABASE_URL": url}) as line:
        yield _used(line, tmp_path)


@pytest.fixture
def elsewhere(used: Used, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Used]:
    """Another machine with the same keys and nothing else: no row, no recording."""
    if used.database.engine.dialect.name == "sqlite":
        with _empty(used, tmp_path, f"sqlite:///{tmp_path}/elsewhere.db") as found:
            yield found
        return
    running: Cluster = request.getfixturevalue("cluster")
    with running.fresh() as url, _empty(used, tmp_path, url) as found:
        yield found


@pytest.fixture
def sqlite_elsewhere(sqlite_used: Used, tmp_path: Path) -> Iterator[Used]:
    with _empty(sqlite_used, tmp_path, f"sqlite:///{tmp_path}/elsewhere.db") as found:
        yield found


@contextmanager
def _empty(used: Used, tmp_path: Path, url: str) -> Iterator[Used]:
    environ = {**used.line.environ, "RECORDINGS_URL": f"file://{tmp_path}/elsewhere"}
    with Line({**environ, "DATABASE_URL": url}) as line:
        yield Used(line, used.folder)


def _used(line: Line, tmp_path: Path) -> Used:
    found = Used(line, tmp_path / "backups")
    found.tell("+447700900123", WORDS)
    found.tell("+447700900456", OTHERS)
    return found
