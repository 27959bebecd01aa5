"""Who gets in, and that every door of the web has somebody at it."""

import pytest

from handlers.signature import WEBHOOKS
from store.staff import Role
from tests.desk.conftest import ORIGIN, PASSWORD, Seat, seated


def test_every_webhook_refuses_what_is_not_signed(sqlite_line):
    posts = [
        rule.rule.replace("<path:turn>", "1.choice")
        for rule in sqlite_line.app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] in WEBHOOKS
    ]
    assert [sqlite_line.client.post(path).status_code for path in posts] == [403] * len(posts)


@pytest.mark.parametrize("path", ["/", "/password", "/feedback/K7RW3X2", "/?status=waiting"])
def test_a_stranger_is_sent_to_sign_in_and_back_again(desk, path):
    sent = Seat(desk.line).get(path)
    assert sent.status_code == 302
    assert sent.location.startswith("/sign-in")


def test_signing_in_leads_to_the_page_that_was_asked_for(desk):
    desk.staff()
    seat = Seat(desk.line)
    asked = seat.get("/feedback/K7RW3X2?show=1").location
    assert asked == "/sign-in?next=/feedback/K7RW3X2?show%3D1"
    assert seat.sign_in(next="/feedback/K7RW3X2?show=1").location == "/feedback/K7RW3X2?show=1"


@pytest.mark.parametrize(
    "address",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "evil", ""],
)
def test_nobody_is_sent_to_a_strangers_address_after_signing_in(desk, address):
    desk.staff()
    assert Seat(desk.line).sign_in(next=address).location == "/"


@pytest.mark.parametrize(
    ("name", "password"),
    [("Sam", "wrong"), ("Nobody", PASSWORD), ("Sam", ""), ("Leaver", PASSWORD), ("S\x00am", "x")],
)
def test_a_wrong_sign_in_never_says_which_half_was_wrong(both, name, password):
    both.staff()
    leaver = both.staff("Leaver")
    with both.line.house.database.writing() as session:
        session.merge(leaver).left_at = leaver.added_at
    answer = Seat(both.line).sign_in(name, password)
    assert answer.status_code == 401
    assert "That name and password do not go together." in answer.text


def test_right_sign_ins_of_one_office_are_never_throttled(desk):
    desk.staff()
    assert [Seat(desk.line).sign_in().status_code for _ in range(7)] == [302] * 7


def test_a_form_without_its_token_changes_nothing(desk):
    desk.staff()
    answer = Seat(desk.line).client.post("/sign-in", base_url=ORIGIN, data={"name": "Sam"})
    assert answer.status_code == 400
    assert "That form had been open too long" in answer.text


def test_what_was_written_in_an_old_form_is_given_back(desk, seat):
    item = desk.item("hello")
    sitting = seat()
    answer = sitting.client.post(
        f"/feedback/{item.reference}/notes", base_url=ORIGIN, data={"body": "Rang the ward <b>"}
    )
    assert answer.status_code == 400
    assert "Rang the ward &lt;b&gt;" in answer.text


def test_a_one_time_password_opens_nothing_but_the_choice_of_another(desk):
    desk.staff(one_time=True)
    seat = Seat(desk.line)
    seat.sign_in()
    assert seat.get("/").location == "/password"
    assert seat.post("/password", chosen="my own long one", again="my own long one").location == "/"
    assert seat.get("/").status_code == 200
    assert Seat(desk.line).sign_in(password="my own long one").status_code == 302


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"now": "no", "chosen": "a" * 12, "again": "a" * 12}, "not your password now"),
        ({"now": PASSWORD, "chosen": "a" * 11, "again": "a" * 11}, "at least 12"),
        ({"now": PASSWORD, "chosen": "a" * 201, "again": "a" * 201}, "at most 200"),
        ({"now": PASSWORD, "chosen": "moss harp kite", "again": "moss harp kites"}, "not the same"),
        ({"now": PASSWORD, "chosen": PASSWORD, "again": PASSWORD}, "Choose another"),
    ],
    ids=["wrong now", "short", "long", "unlike", "same"],
)
def test_a_password_that_will_not_do_is_refused_with_what_to_do(seat, fields, words):
    answer = seat().post("/password", **fields)
    assert answer.status_code == 422
    assert words in answer.text


def test_signing_out_ends_the_session(seat):
    sitting = seat()
    sitting.post("/sign-out")
    assert sitting.get("/").status_code == 302


def test_an_admin_sees_no_feedback(desk, seat):
    item = desk.item("The ward was clean")
    admin = seat(Role.ADMIN)
    assert admin.get("/").location == "/staff"
    assert "It shows no feedback." in admin.get("/staff").text
    assert admin.get(f"/feedback/{item.reference}").status_code == 403


def test_a_reader_may_look_and_no_more(desk, seat):
    item, take = desk.voice()
    page, reader = f"/feedback/{item.reference}", seat(Role.READER)
    assert "<audio" not in reader.get(page).text
    refused = [
        reader.get(f"{page}/recordings/{take.id}.wav"),
        reader.post(f"{page}/recordings/{take.id}/again"),
        reader.post(f"{page}/notes", body="x"),
        reader.post(f"{page}/moves", seen="new", after="waiting"),
    ]
    assert [answer.status_code for answer in refused] == [403] * 4


def test_every_page_carries_what_keeps_callers_words_safe(desk):
    answer = Seat(desk.line).get("/sign-in")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert {
        name: answer.headers[name]
        for name in ("X-Content-Type-Options", "Referrer-Policy", "Cache-Control")
    } == {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    assert answer.headers["Strict-Transport-Security"]
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(answer.headers["Set-Cookie"].split("; "))


def test_a_session_lasts_one_long_shift(sqlite_line):
    assert sqlite_line.app.permanent_session_lifetime.total_seconds() == 12 * 3600


def test_both_databases_know_their_staff(both):
    assert seated(both).get("/").status_code == 200
