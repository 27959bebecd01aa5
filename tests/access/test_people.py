"""Staff at the desk: what an admin does there, and that no admin sees any feedback."""

import re

import pytest

from config import GUARDED, ROLES, WrongSetting, read
from store.access_rows import Look
from store.staff import Role, Staff
from tests.access.conftest import doubtful, rows
from tests.conftest import ENVIRON
from tests.desk.conftest import PASSWORD, Seat, seated


def person(desk, name: str) -> Staff:
    return next(row for row in rows(desk, Staff) if row.name == name)


def fresh(page: str) -> str:
    return re.search(r'class="key">([^<]+)<', page)[1]


@pytest.fixture
def admin(desk, seat) -> Seat:
    return seat(Role.ADMIN, "Ada")


def test_an_admin_adds_somebody_who_signs_in_once_and_chooses_a_password(both):
    page = seated(both, Role.ADMIN, "Ada").post("/staff", name=" Asha  Roy ", role="triager")
    asha = Seat(both.line)
    asha.sign_in("Asha Roy", fresh(page.text))
    assert asha.get("/").location == "/password"
    assert person(both, "Asha Roy").role is Role.TRIAGER


def test_a_fresh_password_is_shown_once(desk, admin):
    page = admin.post("/staff", name="Asha", role="triager")
    assert fresh(page.text) not in admin.get("/staff").text
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("name", "role", "words"),
    [
        ("", "lead", "Write their name"),
        ("x" * 81, "lead", "80 letters"),
        ("a\u202eb", "lead", "80 letters"),
        ("Ada", "lead", "already"),
        ("Asha", "king", "Choose a role"),
    ],
)
def test_who_cannot_be_added_is_told_why(desk, admin, name, role, words):
    answer = admin.post("/staff", name=name, role=role)
    assert answer.status_code == 422
    assert words in answer.text
    assert len(rows(desk, Staff)) == 1


def test_an_admin_gives_another_role_and_it_holds_at_once(desk, admin, seat):
    sam = seat()
    admin.post(f"/staff/{person(desk, 'Sam').id}/role", role="reader")
    assert sam.get("/").location.startswith("/sign-in")
    sam.sign_in()
    assert sam.get("/sample").status_code == 403


def test_an_admin_removes_somebody_and_brings_them_back(desk, admin, seat):
    sam, number = seat(), person(desk, "Sam").id
    admin.post(f"/staff/{number}/remove")
    assert (sam.get("/").status_code, Seat(desk.line).sign_in().status_code) == (302, 401)
    back = fresh(admin.post(f"/staff/{number}/password").text)
    assert Seat(desk.line).sign_in(password=back).status_code == 302


@pytest.mark.parametrize("act", ["role", "remove", "password", "factor"])
def test_no_admin_changes_their_own_account_here(desk, admin, act):
    answer = admin.post(f"/staff/{person(desk, 'Ada').id}/{act}", role="lead")
    assert answer.status_code == 409
    assert person(desk, "Ada").role is Role.ADMIN


@pytest.mark.parametrize("act", ["role", "remove", "password", "factor"])
def test_nobody_of_that_number_is_not_found(admin, act):
    assert admin.post(f"/staff/99/{act}", role="lead").status_code == 404


def test_a_stale_session_of_an_admin_makes_no_account(desk, admin):
    doubtful(desk)
    assert admin.post("/staff", name="Eve", role="lead").status_code == 401
    assert len(rows(desk, Staff)) == 1
    made = admin.post("/staff", name="Eve", role="lead", password_again=PASSWORD)
    assert fresh(made.text)


def test_an_admin_sees_whose_name_strangers_try(desk, admin):
    desk.staff()
    for _ in range(3):
        Seat(desk.line).sign_in(password="no")
    assert "3 wrong passwords" in admin.get("/staff").text


def test_the_lead_sees_what_an_admin_did(desk, admin, seat):
    admin.post("/staff", name="Eve", role="lead")
    assert "added Eve as lead" in seat(Role.LEAD, "Lea").get("/looks").text
    assert rows(desk, Look)[0].by == "Ada"


def test_an_admin_finds_no_feedback_anywhere(desk, admin):
    item, take = desk.voice("the nurse Zebedee was kind", tier="R1", place="Lapal House")
    ref = item.reference
    found = {}
    for rule in desk.line.app.url_map.iter_rules():
        if rule.endpoint.startswith("desk.") and "GET" in rule.methods:
            values = {"given": ref, "number": take.id}
            needed = {name: values[name] for name in rule.arguments}
            address = desk.line.app.url_map.bind("x").build(rule.endpoint, needed)
            text = admin.get(address).text
            if any(word in text for word in ("Zebedee", "Lapal", ref, ref[:4], "1 urgent")):
                found[address] = text
    assert found == {}
    assert admin.get("/search?q=Zebedee").status_code == 403
    assert admin.get("/live").status_code == 403


# --- which roles must have a second factor


def test_the_roles_of_the_settings_are_those_of_the_desk():
    assert {*ROLES} == {*Role}
    assert {*GUARDED} == {Role.LEAD, Role.DEPUTY, Role.ADMIN}


PRODUCTION = {**ENVIRON, "HEARD_ENV": "production"}


@pytest.mark.parametrize(
    ("environ", "needed"),
    [
        (ENVIRON, ()),
        (PRODUCTION, ("lead", "deputy", "admin")),
        ({**ENVIRON, "SECOND_FACTOR": "admin, triager"}, ("admin", "triager")),
    ],
    ids=["laptop", "production", "chosen"],
)
def test_who_must_have_a_second_factor(environ, needed):
    assert read(environ).second_factor == needed


@pytest.mark.parametrize(
    "environ",
    [{**ENVIRON, "SECOND_FACTOR": "king"}, {**PRODUCTION, "SECOND_FACTOR": "lead,admin"}],
    ids=["no such role", "production without deputies"],
)
def test_a_wrong_second_factor_stops_the_start(environ):
    with pytest.raises(WrongSetting, match="SECOND_FACTOR is wrong"):
        read(environ)


@pytest.mark.parametrize("value", ["-1", "x", "99"])
def test_a_wrong_number_of_proxies_stops_the_start(value):
    with pytest.raises(WrongSetting, match="PROXIES is wrong"):
        read({**ENVIRON, "PROXIES": value})
