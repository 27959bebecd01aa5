"""What Twilio did not sign for us is refused, and nothing of it is kept."""

import shutil
from urllib.parse import urlencode

import pytest
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from tests.conftest import ENVIRON
from tests.driver import CALLER, NUMBER, Line
from tests.handlers.rows import rows

PATHS = [
    "/sms",
    "/sms/status",
    "/voice",
    "/voice/0",
    "/voice/7",
    "/voice/recording",
    "/voice/status",
    "/voice/x/y",
]
OURS = "AC" + "0" * 32
FIELDS = {
    "AccountSid": OURS,
    "MessageSid": "SM1",
    "CallSid": "CA1",
    "RecordingSid": "RE1",
    "From": CALLER,
    "To": NUMBER,
    "Body": "forged",
    "CallStatus": "in-progress",
    "RecordingStatus": "completed",
}
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def busy(empty_sqlite, tmp_path_factory):
    """A line that has an item and a call already: noise that must stay as it is."""
    folder = tmp_path_factory.mktemp("busy")
    shutil.copy(empty_sqlite, folder / "heard.db")
    urls = {"DATABASE_URL": f"sqlite:///{folder}/heard.db", "RECORDINGS_URL": f"file://{folder}/r"}
    with Line({**ENVIRON, **urls}) as line:
        line.text("The ward was clean")
        line.ring().press("1", "2")
        yield line


def signature(path, fields, token="token-of-the-tests"):
    return RequestValidator(token).compute_signature(f"https://line.example.org{path}", fields)


def send(line, path, body, signed, kind=FORM, method="POST"):
    return line.client.open(
        path,
        method=method,
        data=body,
        headers={"Content-Type": kind, **({"X-Twilio-Signature": signed} if signed else {})},
    )


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "signed",
    [
        None,
        "",
        "nonsense",
        "ü",
        "A" * 3000,
        lambda path: signature(path, FIELDS, "wrong token"),
        lambda path: signature(path + "?", FIELDS),
        lambda path: signature(path, {**FIELDS, "Body": "genuine"}),
    ],
    ids=[
        "unsigned",
        "empty",
        "nonsense",
        "not ascii",
        "long",
        "wrong token",
        "other address",
        "other words",
    ],
)
def test_what_is_not_rightly_signed_is_refused_and_nothing_is_kept(busy, path, signed):
    before = rows(busy)

    answer = send(busy, path, urlencode(FIELDS), signed(path) if callable(signed) else signed)

    assert (answer.status_code, answer.data) == (403, b"")
    assert rows(busy) == before


@pytest.mark.parametrize(
    "accounts",
    [["AC" + "1" * 32], [], [""], [OURS, "AC" + "1" * 32], ["AC" + "1" * 32, OURS]],
    ids=["foreign", "missing", "empty", "ours then foreign", "foreign then ours"],
)
@pytest.mark.parametrize("path", ["/sms", "/voice"])
def test_what_is_signed_for_another_account_is_refused(busy, path, accounts):
    before = rows(busy)
    fields = [(k, v) for k, v in FIELDS.items() if k != "AccountSid"]
    fields += [("AccountSid", account) for account in accounts]

    answer = send(busy, path, urlencode(fields), signature(path, MultiDict(fields)))

    assert answer.status_code == 403
    assert rows(busy) == before


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize("size", [66_000, 300_000])
def test_a_body_over_64_kb_is_refused(busy, size, signed):
    before = rows(busy)
    fields = {**FIELDS, "Body": "x" * size}

    answer = send(busy, "/sms", urlencode(fields), signature("/sms", fields) if signed else None)

    assert answer.status_code in (403, 413)
    assert rows(busy) == before


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", '{"Body": "forged"}'),
        ("text/plain", "Body=forged"),
        (FORM, b"\xff\xfe\x00=%zz&%ff=%"),
        (FORM, b"&&&==="),
        ("multipart/form-data", b"--x\r\nno boundary"),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data; name=Body\r\n\r\nhi",
        ),
        ("", b""),
    ],
    ids=["json", "text", "broken bytes", "empty names", "no boundary", "cut off", "nothing"],
)
@pytest.mark.parametrize("signed", [None, "empty form"])
def test_foul_bodies_are_refused(busy, kind, body, signed):
    before = rows(busy)

    answer = send(busy, "/sms", body, signed and signature("/sms", {}), kind)

    assert answer.status_code in (400, 403, 413)
    assert rows(busy) == before


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/sms", "/voice", "/voice/3", "/voice/recording"])
def test_only_posts_are_webhooks(busy, path, method):
    before = rows(busy)

    answer = send(busy, path, urlencode(FIELDS), signature(path, FIELDS), method=method)

    assert answer.status_code in (403, 404, 405)
    assert rows(busy) == before


def test_a_captured_body_is_refused_at_another_address(busy):
    before = rows(busy)

    answer = send(busy, "/voice", urlencode(FIELDS), signature("/sms", FIELDS))

    assert answer.status_code == 403
    assert rows(busy) == before


@pytest.mark.parametrize(
    "query",
    [
        "?x=1",
        "?x=%27%3A%40%2F%5B%7E",
        "?x=a+b&y=a%20b",
        "?x=%C3%A9",
        "?x=%00",
        "?bodySHA256=abc",
        "?AccountSid=ACother",
    ],
)
def test_a_genuine_request_is_taken_whatever_its_address_carries(sqlite_line, query):
    answer = sqlite_line.post(f"/sms{query}", MessageSid="SM1", From=CALLER, To=NUMBER, Body="hi")

    assert answer.status_code == 200
    assert rows(sqlite_line)["ledger"] == 1


def test_the_old_token_is_good_while_tokens_are_changed(sqlite_url, environ):
    with Line({**environ, "DATABASE_URL": sqlite_url, "TWILIO_AUTH_TOKEN_OLD": "older"}) as line:
        fields = {"MessageSid": "SM1", "From": CALLER, "To": NUMBER, "Body": "hi"}
        statuses = [
            line.post("/sms", token=token, **fields).status_code
            for token in ("token-of-the-tests", "older", "oldest")
        ]

    assert statuses == [200, 200, 403]


def test_repeated_and_empty_and_new_fields_are_signed_as_they_are(sqlite_line):
    fields = [*FIELDS.items(), ("New", ""), ("Twice", "b"), ("Twice", "a"), ("Smile", "👍 a+b&c=d")]

    answer = send(sqlite_line, "/sms", urlencode(fields), signature("/sms", MultiDict(fields)))

    assert answer.status_code == 200
    assert rows(sqlite_line)["texts"] == 1
