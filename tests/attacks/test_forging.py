"""Forged, guessed and replayed: sessions, tokens, signatures, hosts, and what time tells."""

import re
import statistics
import time
from urllib.parse import urlencode

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from twilio.request_validator import RequestValidator

from handlers import metrics
from store.alert_messages import new_token
from store.arrival_rows import Ledger
from store.models import Feedback
from store.staff import Role
from tests.conftest import ENVIRON
from tests.desk.conftest import PASSWORD, Seat, seated
from tests.driver import CALLER, NUMBER, Line
from triage import passwords

COOKIE = "__Host-session"


def with_cookie(line: Line, name: str, value: str) -> Seat:
    seat = Seat(line)
    seat.client.set_cookie(name, value, domain="line.example.org", secure=True)
    return seat


def signed_by(key: str, **held: object) -> str:
    """A session cookie as the app would sign it with this key."""
    app = Flask("forger")
    app.secret_key = key
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    return str(serializer.dumps(held))


@pytest.mark.parametrize(
    "value",
    [
        "",
        "x",
        "x" * 4000,
        signed_by("guess", _user_id="1"),
        signed_by(ENVIRON["SECRET_KEY"], _user_id="1"),
        signed_by(ENVIRON["SECRET_KEY"], _user_id="1.0" * 20),
        signed_by(ENVIRON["SECRET_KEY"], _user_id=""),
        signed_by(ENVIRON["SECRET_KEY"], half=[1, "x", time.time()]),
    ],
    ids=["empty", "x", "long", "wrong key", "number", "old shape", "none", "half"],
)
def test_no_made_up_cookie_opens_the_desk_even_with_the_key(desk, value):
    """Whoever steals SECRET_KEY still needs the random token of somebody's session."""
    desk.staff("Lea", Role.LEAD)
    assert with_cookie(desk.line, COOKIE, value).get("/").location.startswith("/sign-in")


def test_a_cookie_with_another_signature_opens_nothing(desk):
    sitting = seated(desk)
    value = sitting.client.get_cookie(COOKIE, domain="line.example.org").value
    assert with_cookie(desk.line, COOKIE, value).get("/").status_code == 200
    body, _, signature = value.rpartition(".")
    forged = f"{body}.{'A' * len(signature)}"
    assert with_cookie(desk.line, COOKIE, forged).get("/").status_code == 302


def test_a_forged_mark_makes_no_browser_known(desk):
    desk.staff()
    mark = URLSafeTimedSerializer("guess", salt="known browser").dumps(["x", "y"])
    stranger = with_cookie(desk.line, "__Host-known", str(mark))
    answers = [stranger.sign_in(password="no").status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]


def test_cookies_are_for_this_host_over_https_and_no_script(desk):
    desk.staff()
    answer = Seat(desk.line).sign_in()
    for cookie in answer.headers.getlist("Set-Cookie"):
        parts = set(cookie.split("; "))
        assert cookie.startswith("__Host-")
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= parts
        assert not any(part.startswith("Domain") for part in parts)


@pytest.mark.parametrize("role", Role)
def test_no_page_may_be_framed_kept_or_read_by_another_site(desk, role):
    sitting = seated(desk, role)
    for path in ("/", "/staff", "/figures", "/password", "/sessions", "/nothing"):
        headers = sitting.get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "Access-Control-Allow-Origin" not in headers


def test_audio_is_not_kept_by_the_browser(desk, seat):
    item, take = desk.voice()
    answer = seat().get(f"/feedback/{item.reference}/recordings/{take.id}.wav")
    assert answer.headers["Cache-Control"] == "no-store"


HOSTS = ["evil.example", "evil.example:443", "line.example.org.evil.example"]


@pytest.mark.parametrize("host", HOSTS)
def test_no_foreign_host_is_ever_repeated(desk, host):
    desk.staff()
    client = desk.line.app.test_client()
    for path in ("/", "/sign-in", "/figures", "/nothing", "/alerts/x"):
        answer = client.get(path, headers={"Host": host, "X-Forwarded-Host": host})
        assert host not in answer.text
        assert host not in str(answer.headers)


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/x\r\nSet-Cookie: a=b",
        "http:evil.example",
        "/%0d%0aSet-Cookie:a=b",
    ],
)
def test_no_address_after_sign_in_leads_away_or_writes_a_header(desk, address):
    desk.staff()
    answer = Seat(desk.line).sign_in(next=address)
    assert answer.location in ("/", "/%0d%0aSet-Cookie:a=b", "/%250d%250aSet-Cookie:a=b")
    assert "a=b" not in {cookie[:3] for cookie in answer.headers.getlist("Set-Cookie")}


@pytest.fixture
def slowly(monkeypatch):
    """Hashing as slow as it is for real: what the tests use otherwise tells nothing by its time."""
    monkeypatch.setattr(passwords, "hasher", PasswordHasher())


def test_a_name_takes_as_long_whether_somebody_has_it_or_not(desk, slowly):
    row = desk.staff()
    with desk.line.house.database.writing() as session:
        session.merge(row).password = passwords.hash(PASSWORD)
    took: dict[str, list[float]] = {"Sam": [], "Nob": []}
    for _ in range(5):
        for name, times in took.items():
            seat = Seat(desk.line)
            begun = time.process_time()
            assert seat.sign_in(name, "no").status_code == 401
            times.append(time.process_time() - begun)
    sam, nobody = (statistics.median(times[1:]) for times in took.values())
    assert 0.7 < sam / nobody < 1.4


# --- webhooks

FIELDS = {
    "AccountSid": ENVIRON["TWILIO_ACCOUNT_SID"],
    "MessageSid": "SM1",
    "From": CALLER,
    "To": NUMBER,
    "Body": "The ward was clean",
}


def webhook(line: Line, sent: str, signed: str, fields=FIELDS, **headers: str) -> int:
    made = RequestValidator(ENVIRON["TWILIO_AUTH_TOKEN"]).compute_signature(signed, fields)
    return line.client.post(
        sent, data=fields, headers={"X-Twilio-Signature": made, **headers}
    ).status_code


@pytest.mark.parametrize(
    ("sent", "signed"),
    [
        ("/sms", "http://line.example.org/sms"),
        ("/sms", "https://line.example.org/sms/"),
        ("/sms", "https://line.example.org/SMS"),
        ("/sms", "https://line.example.org/%73ms"),
        ("/%73ms", "https://line.example.org/sms"),
        ("/sms", "https://line.example.org:8443/sms"),
        ("/sms", "https://evil.example/sms"),
        ("/sms?x=1", "https://line.example.org/sms"),
        ("/sms", "https://line.example.org/sms?x=1"),
        ("//sms", "https://line.example.org/sms"),
    ],
)
def test_a_signature_of_another_address_is_refused(sqlite_line, sent, signed):
    assert webhook(sqlite_line, sent, signed) in (403, 404)
    assert rows_of(sqlite_line, Ledger) == 0


MOVING = ["X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Proto", "X-HTTP-Method-Override"]


@pytest.mark.parametrize("header", MOVING)
def test_no_header_moves_a_signature(sqlite_line, header):
    signed = "https://line.example.org/voice"
    assert webhook(sqlite_line, "/sms", signed, **{header: "/voice"}) == 403


@pytest.mark.parametrize(
    "body",
    [
        "&Body=forged",
        "&From=%2B447700900999",
        "&AccountSid=AC1",
        "&Extra=1",
    ],
)
def test_a_field_that_was_added_or_doubled_breaks_the_signature(sqlite_line, body):
    made = RequestValidator(ENVIRON["TWILIO_AUTH_TOKEN"]).compute_signature(
        "https://line.example.org/sms", FIELDS
    )
    answer = sqlite_line.client.post(
        "/sms",
        data=urlencode(FIELDS) + body,
        headers={
            "X-Twilio-Signature": made,
            "Content-Type": "application/x-www-form-urlencoded",
        },
    )
    assert answer.status_code == 403
    assert rows_of(sqlite_line, Ledger) == 0


def test_a_webhook_that_is_replayed_adds_nothing(line):
    first = [webhook(line, "/sms", "https://line.example.org/sms") for _ in range(5)]
    assert first == [200] * 5
    assert (rows_of(line, Feedback), rows_of(line, Ledger)) == (1, 1)


def rows_of(line: Line, table: type) -> int:
    with line.house.database.reading() as session:
        return session.query(table).count()


# --- tokens in addresses


def test_the_token_of_an_alert_has_more_than_a_hundred_random_bits():
    made = {new_token() for _ in range(1000)}
    assert len(made) == 1000
    assert all(re.fullmatch(r"[\w-]{22}", token) for token in made)  # 128 bits


@pytest.mark.parametrize("token", ["", "x", "1", "%", "' OR 1=1--", "../x", "\x00", "x" * 5000])
def test_no_made_up_alert_is_found(sqlite_line, token):
    assert sqlite_line.client.get(f"/alerts/{token}").status_code in (404, 308)


SHOWN = ["", "Bearer", "Bearer ", "Bearer secre", "Bearer secrets", "bearer secret", "secret", "é"]


@pytest.mark.parametrize("given", SHOWN)
def test_metrics_are_closed_to_whoever_has_not_the_whole_token(sqlite_url, environ, given):
    with Line({**environ, "DATABASE_URL": sqlite_url, "METRICS_TOKEN": "secret"}) as line:
        refused = line.client.get("/metrics", headers={"Authorization": given})
        taken = line.client.get("/metrics", headers={"Authorization": "Bearer secret"})
    assert (refused.status_code, taken.status_code) == (403, 200)


def test_the_metrics_token_is_compared_in_constant_time():
    names = metrics.admitted.__code__.co_names
    assert "compare_digest" in names
