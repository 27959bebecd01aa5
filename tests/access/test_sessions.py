"""Sessions: rows that can be ended, by age, idleness, sign-out, and whatever changes an account."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from werkzeug.test import TestResponse

from handlers.desk.words import reference
from store.access_rows import StaffSession
from store.staff import Role
from tests.access.conftest import doubtful, idle, later, rows
from tests.conftest import ROOT
from tests.desk.conftest import ORIGIN, PASSWORD, Seat, seated
from tests.doing.conftest import PHONE, told

HOUR = timedelta(hours=1)
CHOSEN = "moss harp kite"


def signed_in(seat: Seat) -> bool:
    return seat.get("/password").status_code == 200


def test_a_new_password_ends_every_other_session(desk, seat):
    here, there = seat(), Seat(desk.line)
    there.sign_in()
    here.post("/password", now=PASSWORD, chosen=CHOSEN, again=CHOSEN)
    assert (signed_in(here), signed_in(there)) == (True, False)


DONE = ["role Sam lead", "remove Sam", "password Sam", "reset-factor Sam"]


@pytest.mark.parametrize("words", DONE)
def test_what_is_done_to_an_account_ends_its_sessions(desk, seat, run_staff, words):
    kim, sam = seat(name="Kim"), seat()
    run_staff(*words.split())
    assert (signed_in(kim), signed_in(sam)) == (True, False)


def test_signing_out_ends_the_session_also_for_whoever_kept_its_cookie(desk, seat):
    sitting, thief = seat(), Seat(desk.line)
    kept = sitting.client.get_cookie("__Host-session", domain="line.example.org")
    sitting.post("/sign-out")
    thief.client.set_cookie("__Host-session", kept.value, domain="line.example.org", secure=True)
    assert not signed_in(thief)


def test_a_session_ends_an_hour_after_the_last_thing_that_was_done(desk, seat):
    sitting = seat()
    idle(desk, HOUR - timedelta(minutes=1))
    assert signed_in(sitting)
    idle(desk, HOUR - timedelta(minutes=1))
    assert signed_in(sitting)
    idle(desk, HOUR)
    assert not signed_in(sitting)


def test_what_an_open_page_asks_by_itself_keeps_nobody_signed_in(desk, seat):
    sitting, item = seat(), desk.item("hello")
    for _ in range(3):
        idle(desk, timedelta(minutes=25))
        sitting.get("/live")
        sitting.post(f"/feedback/{item.reference}/here")
    assert not signed_in(sitting)


def test_a_session_ends_after_twelve_hours_in_any_case(desk, seat):
    sitting = seat()
    later(desk, 12 * HOUR, StaffSession.made_at)
    assert not signed_in(sitting)


def test_sessions_that_are_over_by_age_leave_no_row(desk, seat):
    seat(name="Kim")
    later(desk, 12 * HOUR, StaffSession.made_at)
    seat()
    assert len(rows(desk, StaffSession)) == 1


def test_signing_in_anew_gives_another_session_and_ends_the_old(desk, seat):
    sitting = seat()
    (before,) = rows(desk, StaffSession)
    sitting.sign_in()
    (after,) = rows(desk, StaffSession)
    assert before.key != after.key


def test_nobody_can_be_given_a_session_before_they_sign_in(desk):
    """Fixation: what a browser held before sign-in is worth nothing after it."""
    desk.staff()
    victim, thief = Seat(desk.line), Seat(desk.line)
    victim.get("/sign-in")
    planted = victim.client.get_cookie("__Host-session", domain="line.example.org").value
    victim.sign_in()
    thief.client.set_cookie("__Host-session", planted, domain="line.example.org", secure=True)
    assert not signed_in(thief)


def test_people_see_where_they_are_signed_in_and_end_one(desk, seat):
    here, there = seat(), Seat(desk.line)
    there.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"
    there.sign_in()
    assert "Firefox on Windows" in here.get("/sessions").text
    here.post(f"/sessions/{rows(desk, StaffSession)[1].id}/end")
    assert (signed_in(here), signed_in(there)) == (True, False)


def test_people_end_all_their_other_sessions_at_once(desk, seat):
    here, kim, others = seat(), seat(name="Kim"), [Seat(desk.line) for _ in range(3)]
    for other in others:
        other.sign_in()
    here.post("/sessions/end")
    assert [signed_in(s) for s in (here, kim, *others)] == [True, True, False, False, False]


def test_nobody_ends_somebody_elses_session(desk, seat):
    kim, sam = seat(name="Kim"), seat()
    number = rows(desk, StaffSession)[0].id
    sam.post(f"/sessions/{number}/end")
    assert signed_in(kim)


def test_no_token_stands_in_the_rows(desk, seat):
    sitting = seat()
    with sitting.client.session_transaction(base_url=ORIGIN) as held:
        token = held["_user_id"]
    (row,) = rows(desk, StaffSession)
    assert token not in (row.key, row.browser)


TEMPLATES = "".join(page.read_text() for page in (ROOT / "templates/desk").glob("*.html"))
SENT = "".join(re.findall(r'<form[^>]* method="post".*?</form>', TEMPLATES, re.DOTALL))


def fields(within: str, *types: str) -> set[str]:
    """The names of the fields of these types; what people write has none."""
    found = set()
    for field in re.findall(r"<(?:textarea|input)\b[^>]*>", within):
        of, name = (re.search(rf' {it}="([a-z_]+)"', field) for it in ("type", "name"))
        if name and (of[1] if of else "") in types:
            found.add(name[1])
    return found


BY_HAND = fields(TEMPLATES, "") - {"code"}
NOT_BY_HAND = fields(SENT, "hidden") - BY_HAND | {"csrf_token"}
SECRET = fields(TEMPLATES, "password") | {"now", "chosen", "again", "code"}


def sent_too_late(
    desk, sitting: Seat, field: str, words: str, to: str = "/feedback/ABCD-2345/notes"
) -> TestResponse:
    """A form of a page that was open when its session ended."""
    token = sitting.get("/").text.partition('name="csrf_token" value="')[2].partition('"')[0]
    idle(desk, HOUR)
    return sitting.client.post(
        to,
        base_url=ORIGIN,
        headers={"Referer": f"{ORIGIN}/"},
        data={"csrf_token": token, field: words},
    )


@pytest.mark.parametrize("field", sorted(BY_HAND))
def test_what_was_written_when_a_session_ended_is_given_back(desk, seat, field):
    answer = sent_too_late(desk, seat(), field, "Rang the <ward>")
    assert answer.status_code == 400
    assert "Rang the &lt;ward&gt;" in answer.text


@pytest.mark.parametrize(
    ("sent_to", "back"),
    [
        ("/feedback/{}/coding?show=1", "/feedback/{}?show=1"),
        ("/feedback/{}/copy", "/feedback/{}/copy"),
        ("/feedback/{}/called", "/feedback/{}/ring"),
        ("/feedback/{}/number", "/feedback/{}/ring"),
        ("/praise", "/praise"),
        ("/bulk", None),
    ],
)
def test_signing_in_again_leads_back_to_where_a_form_was_sent_from(desk, seat, sent_to, back):
    mark = reference(desk.item("x").reference)
    page = sent_too_late(desk, seat(), "sentiment", "mixed", sent_to.format(mark))
    asked = parse_qs(urlsplit(page.location).query).get("next")
    assert asked == ([back.format(mark)] if back else None)


@pytest.mark.parametrize("field", sorted(NOT_BY_HAND | SECRET))
def test_passwords_and_what_a_page_filled_in_are_not_given_back(desk, seat, field):
    answer = sent_too_late(desk, seat(), field, "three wet otters at night")
    assert "otters" not in answer.text


def test_a_choice_is_not_given_back_as_if_it_had_been_written(desk, seat):
    answer = sent_too_late(desk, seat(), "after", "in_progress")
    assert urlsplit(answer.location).path == "/sign-in"


# --- the password again


def test_a_number_is_shown_only_after_the_password_of_the_last_ten_minutes(desk, seat):
    item = told(desk, purpose="advice", assigned_to="Sam")
    sitting, path = seat(), f"/feedback/{item.reference}/number"
    assert PHONE in sitting.post(path).text
    doubtful(desk)
    asked = sitting.post(path, ring_reason="because")
    assert asked.status_code == 401
    assert PHONE not in asked.text
    assert 'name="ring_reason" value="because"' in asked.text
    assert sitting.post(path, password_again="wrong").status_code == 401
    assert PHONE in sitting.post(path, password_again=PASSWORD).text
    assert PHONE in sitting.post(path).text


def test_the_password_again_cannot_be_guessed_for_long(desk, seat):
    sitting = seat(Role.LEAD)
    doubtful(desk)
    answers = [sitting.post("/sure", password_again="no").status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]


def test_a_page_that_needs_the_password_again_opens_after_it(desk, seat):
    lead = seat(Role.LEAD)
    doubtful(desk)
    assert lead.get("/looks?by=Kim").location == "/sure?next=/looks?by%3DKim"
    onward = lead.post("/sure?next=/looks?by%3DKim", password_again=PASSWORD)
    assert onward.location == "/looks?by=Kim"
    assert lead.get("/looks").status_code == 200


def test_nobody_is_sent_to_a_strangers_address_after_the_password(desk, seat):
    assert seat().post("/sure?next=//evil.example", password_again=PASSWORD).location == "/"


def test_both_databases_keep_sessions(both):
    sitting = seated(both)
    idle(both, HOUR)
    assert not signed_in(sitting)
