"""A name is who it is however a keyboard writes it, and nobody looks like somebody else."""

import pytest
from sqlalchemy import create_engine, inspect, text

from store import accounts
from store.database import Database
from store.staff import Role, Staff, folded
from tests.access.conftest import rows
from tests.conftest import migrate
from tests.desk.conftest import Seat, seated

NAME = "Siobhán O'Brien"
WAYS = {
    "to the letter": NAME,
    "an iPad's apostrophe": "Siobhán O’Brien",
    "another case": "siobhán o'brien",
    "accents apart": "Siobha\u0301n O'Brien",
    "two spaces": "Siobhán  O'Brien",
}


@pytest.mark.parametrize("way", WAYS)
def test_a_colleague_comes_in_however_their_keyboard_writes_their_name(both, way):
    both.staff("Siobhán Brien")
    both.staff(NAME)
    sitting = Seat(both.line)
    assert sitting.sign_in(WAYS[way]).status_code == 302
    assert 'data-me="Siobhán O&#39;Brien"' in sitting.get("/").text


@pytest.mark.parametrize("way", WAYS)
def test_no_account_is_made_that_looks_like_another(both, way):
    both.staff(NAME)
    answer = seated(both, Role.ADMIN, "Ada").post("/staff", name=WAYS[way], role="reader")
    assert answer.status_code == 422
    assert "Siobhán O&#39;Brien" in answer.text
    assert len(rows(both, Staff)) == 2


def test_tries_at_one_account_count_together_however_its_name_is_written(desk):
    desk.staff(NAME)
    sitting = Seat(desk.line)
    answers = [sitting.sign_in(name, "wrong").status_code for name in (*WAYS.values(), NAME)]
    assert answers == [401] * 5 + [429]


def test_whoever_pressed_add_twice_is_told_where_the_password_is(desk):
    admin = seated(desk, Role.ADMIN, "Ada")
    admin.post("/staff", name="Asha", role="triager")
    again = admin.post("/staff", name="Asha", role="triager")
    assert again.status_code == 422
    assert "Asha is there already, added a moment ago." in again.text


@pytest.fixture(params=["sqlite", "postgresql"])
def before(request, tmp_path):
    """A database of the version before."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/before.db"
        migrate(url, to="0017")
        yield url
        return
    with request.getfixturevalue("cluster").empty() as url:
        migrate(url, to="0017")
        yield url


def test_an_upgrade_folds_the_names_there_are_and_two_who_are_alike_stop_nothing(before):
    engine = create_engine(before)
    with engine.begin() as here:
        for name in (NAME, "Sam", "Siobhán O’Brien"):
            here.execute(
                text(
                    "INSERT INTO staff (name, role, password, one_time, added_at)"
                    " VALUES (:name, 'reader', 'x', :no, '2026-01-01')"
                ),
                {"name": name, "no": False},
            )
    migrate(before)
    assert "uq_staff_folded" in {one["name"] for one in inspect(engine).get_indexes("staff")}
    engine.dispose()
    database = Database(before)
    with database.reading() as session:
        assert [one.folded for one in session.query(Staff).order_by(Staff.id)] == [
            folded(NAME),
            "sam",
            None,
        ]
        found = [accounts.named(session, name) for name in ("SAM", NAME, "Siobhán O’Brien")]
        assert [one.id for one in found] == [2, 1, 3]
    database.engine.dispose()
