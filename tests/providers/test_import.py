"""`providers import`: again and again, on both databases, whatever the file is like."""

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from commands.providers import providers as command
from store.provider_rows import Provider, ProviderWord
from store.provider_words import beginnings, words
from tests.providers.conftest import directory, line


@pytest.fixture
def run(line_env, tmp_path):
    """Imports a file of these contents; its result."""

    def go(text, *options):
        path = tmp_path / "directory.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return CliRunner().invoke(command, ["import", str(path), *options], env=line_env)

    return go


@pytest.fixture
def line_env(line, monkeypatch):
    for name, value in line.environ.items():
        monkeypatch.setenv(name, value)
    return line.environ


def rows(line):
    with line.house.database.reading() as session:
        return {row.id: row for row in session.scalars(select(Provider))}


def indexed(line, number):
    with line.house.database.reading() as session:
        wanted = select(ProviderWord.word).where(ProviderWord.provider_id == number)
        return set(session.scalars(wanted))


ONE = line("1-201", "Lapal House")
TWO = line("1-202", "Oak Surgery", council="Walsall", address="Oak Road")


def test_reading_the_directory_twice_changes_nothing(run, line):
    assert "2 new, 0 changed, 0 same, 0 closed" in run(directory(ONE, TWO)).output
    assert "0 new, 0 changed, 2 same, 0 closed, 0 lines kept out" in run(directory(ONE, TWO)).output
    assert {row.name for row in rows(line).values()} == {"Lapal House", "Oak Surgery"}


def test_a_new_name_is_found_by_its_new_words_only(run, line):
    run(directory(ONE, TWO))
    assert "0 new, 1 changed, 1 same" in run(directory(line_of("1-201", "Elm Lodge"), TWO)).output
    assert "lapal" not in indexed(line, "1-201")
    assert {"elm", "lodge", "dudley"} <= indexed(line, "1-201")
    assert "oak" in indexed(line, "1-202")


def test_a_place_that_is_gone_is_closed_and_open_again_when_it_is_back(run, line):
    run(directory(ONE, TWO))
    assert "1 closed" in run(directory(ONE)).output
    assert {k: bool(v.closed_at) for k, v in rows(line).items()} == {"1-201": False, "1-202": True}
    assert "0 closed" in run(directory(ONE, TWO)).output
    assert not any(row.closed_at for row in rows(line).values())


def test_a_file_that_was_cut_off_closes_nothing_unless_somebody_says_so(run, line):
    many = [line_of(f"1-4{n:02}", f"House {n}") for n in range(9)]
    run(directory(*many))
    cut = run(directory(*many[:2]))
    assert cut.exit_code == 1
    assert "none was closed" in cut.output
    assert not any(row.closed_at for row in rows(line).values())
    assert "7 closed" in run(directory(*many[:2]), "--close-many").output


def test_bad_lines_are_told_with_their_number_and_all_others_are_in(run, line):
    done = run(directory(ONE, line_of("", "Nobody"), TWO))
    assert done.exit_code == 1
    assert "line 7 has no location number" in done.output
    assert "2 new" in done.output
    assert "1 line kept out" in done.output
    assert len(rows(line)) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_whatever_program_wrote_the_file_names_are_whole(run, line, encoding):
    run(directory(line_of("1-201", "Café d’Été")).encode(encoding))
    assert rows(line)["1-201"].name == "Café d’Été"
    assert {"cafe", "dete"} <= indexed(line, "1-201")


def test_another_file_is_one_line_of_error_and_no_row(run, line):
    done = run("a,b\n1,2\n")
    assert (done.exit_code, len(rows(line))) == (1, 0)
    assert "directory.csv: no row of column names" in done.output


def test_a_line_without_an_end_does_not_fill_memory(run, line):
    done = run(directory(ONE) + "x" * 3_000_000)
    assert "kept out" in done.output
    assert set(rows(line)) == {"1-201"}


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("Russels Hall, Dudley", ["russe", "hall", "dudl"]),
        ("the care home in Halesowen", ["halesow"]),
        ("care home", ["ca", "ho"]),
        ("St Mary's DY9 8", ["mar", "dy9"]),
        ("’ % _ ' \x00", []),
    ],
)
def test_beginnings_of_telling_words_are_looked_for(said, begins):
    found = beginnings(said)
    assert [one[: len(b)] for one, b in zip(found, begins, strict=True)] == begins


def test_what_a_place_is_found_by_has_no_accents_and_no_common_words():
    assert words("St Mary's Café", "The Care Home, Dudley") == {"marys", "cafe", "dudley"}


def line_of(number, name):
    return line(number, name)
