"""Threads of one process write to SQLite one after the other, as they came."""

import sqlite3
import threading
import time

import pytest
from sqlalchemy import exc, text

from store import engine
from store.database import Database


@pytest.fixture
def database(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "BUSY", 0.5)
    opened = Database(f"sqlite:///{tmp_path}/heard.db")
    yield opened
    opened.engine.dispose()


def written(database, said):
    with database.writing() as session:
        session.execute(text("create table if not exists said (word text)"))
        session.execute(text("insert into said values (:said)"), {"said": said})


def test_who_has_to_wait_leaves_the_database_alone_until_it_is_their_turn(database):
    waiting = threading.Thread(target=written, args=(database, "second"))
    with database.writing() as session:
        waiting.start()
        time.sleep(0.2)  # long enough to open a connection and to find the database busy
        opened = database.engine.pool.checkedout()
        session.execute(text("create table said (word text)"))
        session.execute(text("insert into said values ('first')"))
    waiting.join(10)

    with database.reading() as session:
        said = session.execute(text("select word from said order by rowid")).scalars().all()
    assert (opened, said) == (1, ["first", "second"])


def test_one_that_failed_gives_its_turn_away(database):
    with pytest.raises(exc.OperationalError), database.writing() as session:
        session.execute(text("nonsense"))

    written(database, "after it")


def test_who_waits_longer_than_sqlite_would_is_told_that_it_is_busy(database):
    with database.writing(), pytest.raises(exc.OperationalError, match="locked"):
        written(database, "never")


def test_a_database_that_another_process_writes_to_is_busy_all_the_same(database, tmp_path):
    other = sqlite3.connect(f"{tmp_path}/heard.db", isolation_level=None)
    other.execute("begin immediate")

    with pytest.raises(exc.OperationalError, match="locked"):
        written(database, "never")
    other.close()
