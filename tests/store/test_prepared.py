"""Statements that go to the driver: their values, their defaults and their errors."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import exc, select, text

from store.arrival_rows import Caller
from store.database import Database, plainly
from store.inserts import insert_once
from store.models import Feedback
from store.prepared import Prepared

AT = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
SEALED = b"\x00sealed"
CALLERS = Prepared(select(Caller.__table__))


@pytest.fixture
def database(database_url):
    opened = Database(database_url)
    yield opened
    opened.engine.dispose()


def phone(session, joined="a" * 32):
    values = {"number": SEALED, "reachable": True, "first_seen": AT}
    return insert_once(session, Caller, joined=joined, **values)


def test_values_come_back_as_sqlalchemy_reads_them(database):
    with database.writing() as session:
        phone(session, "b" * 32)
        phone(session)
        read = CALLERS.run(plainly(session), {})
        same = session.execute(select(Caller.__table__)).mappings().all()

    assert read == [dict(row) for row in same]
    assert (read[0]["first_seen"], read[0]["number"]) == (AT, SEALED)


def test_a_column_that_nobody_names_gets_its_default(database):
    with database.writing() as session:
        phone(session)
        (row,) = CALLERS.run(plainly(session), {})

    assert row["opted_out"] is False


def test_a_default_is_made_anew_for_each_row(database):
    values = {"received_at": AT, "channel": "sms", "line": "x", "language": "en", "notice": "1"}
    with database.writing() as session:
        for reference in ("2345678", "2345679"):
            insert_once(session, Feedback, reference=reference, **values)
        one, other = session.scalars(select(Feedback)).all()

    assert one.signals == other.signals == []
    assert one.signals is not other.signals


def write_to_a_table_that_went(database):
    """One row is written, then its table goes, then another is to be."""
    with database.writing() as session:
        phone(session)
        plainly(session).execute(text("ALTER TABLE callers RENAME TO gone"))
        phone(session, "my husband hits me")


def write_by_a_connection_that_is_cut(database):
    with database.writing() as session, database.engine.connect() as other:
        number = plainly(session).execute(text("SELECT pg_backend_pid()")).scalar()
        other.execute(text(f"SELECT pg_terminate_backend({number})"))
        phone(session)


def test_a_driver_error_is_sqlalchemys_and_quotes_no_value(database):
    with pytest.raises(exc.DBAPIError) as why:
        write_to_a_table_that_went(database)

    assert isinstance(why.value, exc.OperationalError | exc.ProgrammingError)
    assert "husband" not in str(why.value)


def test_what_was_written_before_an_error_is_undone(database):
    with pytest.raises(exc.DBAPIError):
        write_to_a_table_that_went(database)

    with database.reading() as session:
        assert session.scalars(select(Caller)).all() == []


def test_a_connection_that_is_lost_is_given_up(cluster):
    with cluster.fresh() as url:
        database = Database(url)
        with pytest.raises(exc.OperationalError) as why:
            write_by_a_connection_that_is_cut(database)

        assert why.value.connection_invalidated
        with database.writing() as session:
            assert phone(session) is not None
        database.engine.dispose()
