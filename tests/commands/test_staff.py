"""`staff`: who may sign in; a password is shown once and never stored."""

import re

import pytest
from sqlalchemy import select

from commands.staff import staff
from store.staff import Staff
from triage import passwords


def person(line, name):
    with line.house.database.reading() as session:
        return session.scalars(select(Staff).where(Staff.name == name)).one_or_none()


def test_a_colleague_gets_a_password_for_once(run, sqlite_line):
    said = run(staff, "add", "Asha", "--role", "triager")
    password = said.stdout.rsplit(": ", 1)[1].strip()
    asha = person(sqlite_line, "Asha")
    assert (said.exit_code, asha.role.value, asha.one_time) == (0, "triager", True)
    assert password not in asha.password
    assert passwords.right(asha.password, password)


def test_everybody_is_listed_and_leavers_are_marked(run):
    run(staff, "add", "Asha", "--role", "triager")
    run(staff, "add", "Ben", "--role", "lead")
    run(staff, "remove", "Ben")
    lines = run(staff, "list").stdout.splitlines()
    assert lines[0] == "Asha  triager"
    assert re.fullmatch(r"Ben  lead  left \d{4}-\d\d-\d\d", lines[1])


def test_a_leaver_comes_back_with_a_new_password(run, sqlite_line):
    run(staff, "add", "Asha", "--role", "triager")
    before = person(sqlite_line, "Asha").password
    run(staff, "remove", "Asha")
    assert run(staff, "password", "Asha").exit_code == 0
    asha = person(sqlite_line, "Asha")
    assert (asha.left_at, asha.one_time) == (None, True)
    assert asha.password != before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(("add", "Asha", "--role", "lead"), "Asha is there already", id="twice"),
        pytest.param(("remove", "Nobody"), "nobody called Nobody", id="remove nobody"),
        pytest.param(("password", "Nobody"), "nobody called Nobody", id="password of nobody"),
        pytest.param(("add", "", "--role", "lead"), "NAME is missing", id="no name"),
        pytest.param(("add", " \t", "--role", "lead"), "NAME is missing", id="blank name"),
        pytest.param(("add", "Ben", "--role", "king"), "'king' is not one of", id="no such role"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(run, sqlite_line, words, told):
    run(staff, "add", "Asha", "--role", "triager")
    before = person(sqlite_line, "Asha").password
    said = run(staff, *words)
    assert said.exit_code != 0
    assert told in said.output
    assert person(sqlite_line, "Asha").password == before
    assert person(sqlite_line, "Ben") is None


def test_a_name_is_kept_with_one_space_between_its_words(run, sqlite_line):
    run(staff, "add", "  Asha  Khan ", "--role", "triager")
    assert person(sqlite_line, "Asha Khan")


def test_a_password_from_the_environment_is_not_shown(run, sqlite_line, monkeypatch):
    monkeypatch.setenv("THEIRS", "a long enough one")
    said = run(staff, "add", "Asha", "--role", "lead", "--password-from", "THEIRS")
    assert "a long enough one" not in said.output
    assert passwords.right(person(sqlite_line, "Asha").password, "a long enough one")


def test_a_short_password_is_refused(run, sqlite_line, monkeypatch):
    monkeypatch.setenv("THEIRS", "short")
    said = run(staff, "add", "Asha", "--role", "lead", "--password-from", "THEIRS")
    assert "THEIRS is missing, or shorter than 12 characters." in said.output
    assert person(sqlite_line, "Asha") is None
