"""The version before goes on serving while a migration runs, and after: only additions are made."""

import ast
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import MetaData, create_engine, inspect, select

from store.database import Database
from tests.conftest import ROOT, migrate
from tests.store.before import PREVIOUS, rows_of
from tests.workers.parts import until

pytestmark = pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")
VERSIONS = sorted((ROOT / "migrations" / "versions").glob("0*.py"))
# What may be done to a table in use. Everything else takes something from the version before.
ADDITIONS = {"create_table", "add_column", "create_index", "execute", "f"}
# Without an index the version before is slower, not wrong; what is looked at changes nothing.
HARMLESS = {"drop_index", "get_context", "get_bind", "batch_alter_table"}
FORBIDDEN_SQL = ("drop ", "rename", "alter table", "alter column", "set not null")
# These make an index over a table in use beside its readers and writers: one, and all from here on.
CONCURRENTLY = [p for p in VERSIONS if p.stem[:4] == "0012" or p.stem[:4] >= "0015"]


def on_the_way_up(path: Path) -> list[ast.AST]:
    """Every part of a migration but what takes it back: its upgrade, and what that calls."""
    tree = ast.parse(path.read_text())
    back = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "downgrade"]
    gone = {id(part) for function in back for part in ast.walk(function)}
    return [part for part in ast.walk(tree) if id(part) not in gone]


def calls(path: Path) -> list[tuple[str, ast.Call]]:
    """What a migration does on the way up, by the name of the operation."""
    return [
        (node.func.attr, node)
        for node in on_the_way_up(path)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("op", "batch_op")
    ]


def keywords(call: ast.Call) -> dict[str, str]:
    return {k.arg: ast.unparse(k.value) for k in call.keywords if k.arg}


def made_here(path: Path) -> set[str]:
    return {
        call.args[0].value
        for name, call in calls(path)
        if name == "create_table" and isinstance(call.args[0], ast.Constant)
    }


def unsafe(path: Path) -> list[str]:
    """The operations of one migration that the version before could not live with."""
    found = []
    for name, call in calls(path):
        words = ast.unparse(call)
        if name not in ADDITIONS | HARMLESS:
            found.append(words)
        if name == "add_column" and "nullable=False" in words and "server_default" not in words:
            found.append(f"{words}: the version before leaves it empty")
        if name == "execute" and any(sign in words.lower() for sign in FORBIDDEN_SQL):
            found.append(words)
    return found


def locking(path: Path) -> list[str]:
    """The indexes that hold up who writes to a table in use."""
    return [
        ast.unparse(call)
        for name, call in calls(path)
        if name == "create_index"
        and len(call.args) > 1
        and getattr(call.args[1], "value", None) not in made_here(path)
        and keywords(call).get("postgresql_concurrently") != "True"
    ]


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_a_migration_only_adds(path):
    assert unsafe(path) == []


@pytest.mark.parametrize("path", CONCURRENTLY, ids=lambda path: path.stem)
def test_an_index_over_a_table_in_use_is_made_beside_its_users(path):
    assert locking(path) == []


@pytest.mark.parametrize(
    "line",
    [
        "op.drop_column('feedback', 'place')",
        "op.alter_column('feedback', 'place', nullable=False)",
        "op.add_column('feedback', sa.Column('x', sa.Integer(), nullable=False))",
        "op.execute('ALTER TABLE feedback RENAME place TO location')",
        "op.rename_table('texts', 'messages')",
    ],
)
def test_what_takes_something_away_is_found(line, tmp_path):
    (tmp_path / "0099.py").write_text(f"def upgrade():\n    {line}\n")
    assert unsafe(tmp_path / "0099.py")


# --- with data


@pytest.fixture(params=["sqlite", "postgresql"])
def previous(request, tmp_path):
    """A database of the version before, with what people told it."""
    if request.param == "sqlite":
        yield _filled(f"sqlite:///{tmp_path}/previous.db")
        return
    cluster = request.getfixturevalue("cluster")
    with cluster.empty() as url:
        yield _filled(url)


def _filled(url: str) -> str:
    migrate(url, to=PREVIOUS)
    _insert(url, rows_of("first"))
    return url


def _insert(url: str, rows: dict[str, list[dict]]) -> None:
    """As the version before does it: the columns that it knew, and no other."""
    engine = create_engine(url)
    tables = MetaData()
    tables.reflect(engine, only=list(rows))
    with engine.begin() as connection:
        for table in tables.sorted_tables:
            if rows[table.name]:
                connection.execute(table.insert(), rows[table.name])
    engine.dispose()


def _read(url: str, like: dict[str, list[dict]]) -> dict[str, list[dict]]:
    """As the version before does it."""
    engine = create_engine(url)
    tables = MetaData()
    tables.reflect(engine, only=list(like))
    with engine.connect() as connection:
        found = {
            name: [
                dict(row._mapping)
                for row in connection.execute(
                    select(*(tables.tables[name].c[column] for column in rows[0])).order_by("id")
                )
            ]
            for name, rows in like.items()
            if rows
        }
    engine.dispose()
    return found


def test_every_table_of_ours_is_known_to_whoever_needs_all_of_them():
    named = (ROOT / "store" / "tables.py").read_text()
    modules = [p.stem for p in (ROOT / "store").glob("*.py") if "(Base):" in p.read_text()]
    assert [name for name in modules if f"import store.{name}" not in named] == []


def test_an_upgrade_keeps_what_was_there_and_the_version_before_reads_and_writes_on(previous):
    first, second = rows_of("first"), rows_of("second")
    before = _read(previous, first)
    migrate(previous)
    assert _read(previous, first) == before
    _insert(previous, second)
    after = _read(previous, first)
    assert {name: len(rows) for name, rows in after.items()} == {
        name: 2 * len(rows) for name, rows in before.items()
    }


def test_two_upgrades_at_once_both_end_well(cluster):
    """A third holds them up until both are there, however slowly a busy machine starts them."""
    waits_for_it = "another upgrade is at work: waiting for it"
    with cluster.empty() as url:
        words = [sys.executable, "-m", "alembic", "-x", f"url={url}", "upgrade", "head"]
        with psycopg.connect(url.replace("postgresql+psycopg", "postgresql")) as third:
            third.execute("SELECT pg_advisory_lock(4327329)")
            both = [
                subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True)
                for _ in range(2)
            ]
            assert all(any(waits_for_it in line for line in one.stderr) for one in both)
        said = "".join(one.communicate(timeout=120)[1] for one in both)
        assert [one.returncode for one in both] == [0, 0], said


def test_an_upgrade_that_finds_a_table_locked_gives_way_and_goes_on_later(cluster):
    with cluster.empty() as url:
        migrate(url, to=PREVIOUS)
        with psycopg.connect(url.replace("postgresql+psycopg", "postgresql")) as busy:
            busy.execute("LOCK TABLE recordings IN ACCESS EXCLUSIVE MODE")
            with pytest.raises(Exception, match="exit status 1"):
                migrate(url)
        migrate(url)
        database = Database(url)
        names = {i["name"] for i in inspect(database.engine).get_indexes("recordings")}
        database.engine.dispose()
    assert "ix_recordings_audio_key" in names


def waits(busy: psycopg.Connection) -> bool:
    """Whether somebody waits for a lock."""
    asked = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    return busy.execute(asked).fetchone() != (0,)


def test_who_reads_an_item_and_then_writes_it_meets_no_deadlock_with_an_upgrade(cluster):
    with cluster.empty() as url:
        migrate(url, to="0011")
        with psycopg.connect(url.replace("postgresql+psycopg", "postgresql")) as busy:
            busy.execute("SELECT count(*) FROM feedback")
            words = [sys.executable, "-m", "alembic", "-x", f"url={url}", "upgrade", "0012"]
            upgrade = subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True)
            until(lambda: waits(busy))
            busy.execute("UPDATE feedback SET complete = true")
        assert upgrade.communicate(timeout=60)[1] == ""
        assert upgrade.returncode == 0
