"""The second factor: asked for, right once, replaced by recovery codes, taken away when lost."""

import re
import time
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from store.access_rows import RecoveryCode
from store.staff import Role, Staff
from tests.access.conftest import doubtful, rows
from tests.desk.conftest import PASSWORD, Desk, Seat, seated
from tests.driver import Line
from triage import factor

T = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(secret: str, steps: int = 0) -> str:
    """What the app shows, so many half minutes from now."""
    return pyotp.TOTP(secret).at(int(time.time()) + 30 * steps)


def set_up(seat: Seat) -> tuple[str, list[str]]:
    """Set a second factor up as a person does, by the key that the page shows. Its codes too."""
    page = seat.get("/factor").text
    secret = re.search(r'id="key">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    sealed = re.search(r'name="secret" value="([^"]+)"', page)[1]
    made = seat.post("/factor", secret=sealed, code=code(secret))
    assert made.status_code == 200
    return secret, re.findall(r"<li>((?:[2-9a-z]{4}-){3}[2-9a-z]{4})</li>", made.text)


@pytest.fixture
def sam(desk: Desk):
    """Sam has set up a second factor a minute ago: the secret, the recovery codes."""
    secret, codes = set_up(seated(desk))
    with desk.line.house.database.writing() as session:
        session.merge(rows(desk, Staff)[0]).factor_step = int(time.time()) // 30 - 2
    return secret, codes


def half_in(desk: Desk) -> Seat:
    seat = Seat(desk.line)
    assert seat.sign_in(next="/figures").location == "/sign-in/code?next=/figures"
    return seat


@pytest.mark.parametrize("early", [-30, 0, 30])
def test_a_clock_may_be_half_a_minute_early_or_late(early):
    given = pyotp.TOTP(SECRET).at(T + timedelta(seconds=early))
    assert factor.step(SECRET, given, T) == int(T.timestamp()) // 30 + early // 30


@pytest.mark.parametrize("given", ["", "12345", "1234567", "abcdef", "１２３４５６", "é" * 6])
def test_what_is_no_code_is_wrong(given):
    assert factor.step(SECRET, given, T) is None


@pytest.mark.parametrize("early", [-61, 61])
def test_a_code_of_a_minute_ago_is_wrong(early):
    assert factor.step(SECRET, pyotp.TOTP(SECRET).at(T + timedelta(seconds=early)), T) is None


def test_a_code_may_be_typed_with_a_space():
    shown = pyotp.TOTP(SECRET).at(T)
    assert factor.step(SECRET, f" {shown[:3]} {shown[3:]}", T)


def test_the_password_alone_opens_nothing_any_more(desk, sam):
    seat = half_in(desk)
    assert seat.get("/").location.startswith("/sign-in")


def test_password_and_code_open_the_page_that_was_wanted(desk, sam):
    seat = half_in(desk)
    assert seat.post("/sign-in/code", code=code(sam[0]), next="/figures").location == "/figures"
    assert seat.get("/figures").status_code == 200


def test_a_code_opens_once(desk, sam):
    shown = code(sam[0])
    assert half_in(desk).post("/sign-in/code", code=shown).status_code == 302
    again = half_in(desk).post("/sign-in/code", code=shown)
    assert again.status_code == 401
    assert "was used before" in again.text


def test_a_code_from_before_one_that_was_used_is_used_too(desk, sam):
    assert half_in(desk).post("/sign-in/code", code=code(sam[0])).status_code == 302
    assert half_in(desk).post("/sign-in/code", code=code(sam[0], -1)).status_code == 401


def test_the_code_that_set_it_up_does_not_open(desk):
    secret, _ = set_up(seated(desk))
    assert half_in(desk).post("/sign-in/code", code=code(secret)).status_code == 401


def test_codes_cannot_be_guessed_for_long(desk, sam):
    seat = half_in(desk)
    wrong = f"{(int(code(sam[0])) + 500_000) % 1_000_000:06}"
    answers = [seat.post("/sign-in/code", code=wrong).status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]
    assert half_in(desk).post("/sign-in/code", code=code(sam[0])).status_code == 429


def test_the_code_page_is_closed_without_a_password_and_to_a_forged_half(desk, sam):
    stranger = Seat(desk.line)
    assert stranger.get("/sign-in/code").location == "/sign-in"
    assert stranger.post("/sign-in/code", code=code(sam[0])).location == "/sign-in"


def test_a_new_password_ends_a_sign_in_that_is_half_done(desk, sam):
    seat = half_in(desk)
    with desk.line.house.database.writing() as session:
        session.merge(rows(desk, Staff)[0]).password = "another"
    assert seat.post("/sign-in/code", code=code(sam[0])).location == "/sign-in"


def test_a_recovery_code_opens_once_however_it_is_typed(desk, sam):
    first = sam[1][0]
    assert half_in(desk).post("/sign-in/code", code=first.upper().replace("-", " ")).location == "/"
    assert half_in(desk).post("/sign-in/code", code=first).status_code == 401


def test_whoever_used_a_recovery_code_is_told_how_many_are_left(desk, sam):
    seat = half_in(desk)
    seat.post("/sign-in/code", code=sam[1][0])
    assert "9 are left" in seat.get("/figures").text


def test_recovery_codes_are_ten_shown_once_and_kept_hashed(desk, sam):
    secret, codes = sam
    kept = {row.code for row in rows(desk, RecoveryCode)}
    assert (len(codes), len(kept)) == (10, 10)
    assert not kept & set(codes)
    assert secret.encode() not in rows(desk, Staff)[0].factor


def test_new_recovery_codes_end_the_old(desk):
    seat = seated(desk)
    _, old = set_up(seat)
    assert "10 recovery codes left" in seat.get("/factor").text
    seat.post("/factor/codes")
    assert half_in(desk).post("/sign-in/code", code=old[0]).status_code == 401


def test_setting_up_needs_a_right_code(desk, seat):
    sitting = seat()
    sealed = re.search(r'name="secret" value="([^"]+)"', sitting.get("/factor").text)[1]
    answer = sitting.post("/factor", secret=sealed, code="000000")
    assert answer.status_code == 422
    assert "not the code that the app shows" in answer.text
    assert rows(desk, Staff)[0].factor is None


def test_nobody_sets_up_with_a_secret_that_was_made_for_somebody_else(desk, seat):
    kim, sam = seat(name="Kim"), seat()
    page = kim.get("/factor").text
    sealed = re.search(r'name="secret" value="([^"]+)"', page)[1]
    assert sam.post("/factor", secret=sealed, code="000000").status_code == 400
    assert sam.post("/factor", secret="made up", code="000000").status_code == 400


def test_the_picture_is_an_image_that_the_content_policy_allows(seat):
    page = seat().get("/factor")
    assert 'src="data:image/svg+xml' in page.text
    assert "img-src 'self' data:" in page.headers["Content-Security-Policy"]


def test_a_factor_is_changed_only_by_somebody_who_just_typed_the_password(desk, seat):
    sitting = seat()
    set_up(sitting)
    doubtful(desk)
    assert sitting.post("/factor/remove").status_code == 401
    assert rows(desk, Staff)[0].factor is not None
    assert sitting.post("/factor/remove", password_again=PASSWORD).status_code == 302
    assert rows(desk, Staff)[0].factor is None


def test_where_a_role_needs_one_nothing_else_opens_until_it_is_set_up(sqlite_url, environ):
    needed = {**environ, "DATABASE_URL": sqlite_url, "SECOND_FACTOR": "lead,admin"}
    with Line(needed) as line:
        desk = Desk(line)
        lead, triager = seated(desk, Role.LEAD, "Lea"), seated(desk)
        assert (lead.get("/").location, triager.get("/").status_code) == ("/factor", 200)
        assert lead.get("/figures").location == "/factor"
        set_up(lead)
        assert lead.get("/").status_code == 200


def test_an_admin_takes_a_lost_phone_away_and_the_session_with_it(desk, sam, seat):
    number = rows(desk, Staff)[0].id
    theirs = half_in(desk)
    theirs.post("/sign-in/code", code=code(sam[0]))
    seat(Role.ADMIN, "Ada").post(f"/staff/{number}/factor")
    assert theirs.get("/").location.startswith("/sign-in")
    assert Seat(desk.line).sign_in().location == "/"


def test_the_command_takes_a_lost_phone_away(desk, sam, run_staff):
    assert "Sam  triager  second factor" in run_staff("list")
    run_staff("reset-factor", "Sam")
    assert Seat(desk.line).sign_in().location == "/"
