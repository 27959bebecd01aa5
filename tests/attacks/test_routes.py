"""Every address of the web, asked by every role and by a stranger, with every method."""

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from handlers.desk.may import MAY
from handlers.signature import WEBHOOKS
from store.models import Feedback, Recording
from store.staff import Role
from tests.desk.conftest import ORIGIN, Desk, Seat, seated
from tests.driver import Line

OTHERS = ("PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")

# What is open to people who are not signed in, and why: no address may be so unawares.
OPEN = {
    "entrance.sign_in": "the way in",
    "entrance.code": "its second step, after the right password only",
    "static": "styles and scripts, nothing of anybody",
    "bootstrap.static": "styles, nothing of anybody",
    "health.alive": "that the process lives",
    "health.ready": "that a row can be taken",
    "metrics.metrics": "counts: by its token, or from this machine",
    "alerts.alert": "by a token that cannot be guessed: that there is an alert, no feedback",
    "alerts.have": "by the same token",
    "prompts.recorded": "what the line says to everybody",
}


def rules(line: Line) -> list[Rule]:
    return list(line.app.url_map.iter_rules())


def filled(line: Line, rule: Rule, item: Feedback, take: Recording) -> str:
    """The rule's address with a real item's reference and a real recording's number in it."""
    values = {"given": item.reference, "number": take.id, "token": "x", "name": "x"}
    needed = {name: values[name] for name in rule.arguments}
    return line.app.url_map.bind("line.example.org").build(rule.endpoint, needed)


def doors(desk: Desk) -> list[tuple[str, str, str]]:
    """Endpoint, method and address of everything on the desk."""
    item, take = desk.voice()
    return [
        (rule.endpoint, method, filled(desk.line, rule, item, take))
        for rule in rules(desk.line)
        if rule.endpoint.startswith("desk.")
        for method in sorted({"GET", "POST"} & (rule.methods or set()))
    ]


def knock(seat: Seat, method: str, address: str) -> TestResponse:
    return seat.get(address) if method == "GET" else seat.post(address)


def to_sign_in(answer: TestResponse) -> bool:
    return answer.status_code == 302 and answer.location.startswith("/sign-in")


def test_every_address_is_in_the_table_and_the_table_has_no_other(sqlite_line):
    found = {rule.endpoint for rule in rules(sqlite_line)}
    assert {name for name in found if name.partition(".")[0] not in WEBHOOKS} == {*MAY, *OPEN}


@pytest.mark.parametrize("role", Role)
def test_a_role_opens_what_the_table_gives_it_and_nothing_else(desk, role):
    sitting, wrong = seated(desk, role, "Kim"), {}
    for endpoint, method, address in doors(desk):
        answer = knock(sitting, method, address)
        if to_sign_in(answer) or endpoint == "desk.sign_out":
            assert sitting.sign_in("Kim").status_code == 302
        nothing_shown = role is Role.ADMIN and endpoint == "desk.board"
        if (answer.status_code != 403) != (role in MAY[endpoint] or nothing_shown):
            wrong[method, address] = answer.status_code
    assert wrong == {}


def test_a_stranger_opens_nothing_of_the_desk_by_any_method(desk):
    stranger, opened = Seat(desk.line), {}
    for _, method, address in doors(desk):
        for tried in (method, *OTHERS):
            answer = stranger.client.open(
                address, method=tried, base_url=ORIGIN, headers={"Referer": f"{ORIGIN}/"}
            )
            refused = answer.status_code in (400, 405)  # no token; no such method
            if not refused and not to_sign_in(answer):
                opened[tried, address] = answer.status_code
    assert opened == {}


@pytest.mark.parametrize("role", Role)
def test_no_other_method_goes_round_the_guard(desk, role):
    sitting, opened, known = seated(desk, role), {}, doors(desk)
    may_look = {a for name, method, a in known if method == "GET" and role in MAY[name]} | {"/"}
    for endpoint, _, address in known:
        for tried in OTHERS:
            answer = sitting.client.open(
                address, method=tried, base_url=ORIGIN, headers={"Referer": f"{ORIGIN}/"}
            )
            harmless = (tried == "HEAD" and address in may_look) or (
                tried == "OPTIONS" and (role in MAY[endpoint] or address in may_look)
            )
            if answer.status_code < 400 and not harmless:
                opened[tried, address] = answer.status_code
    assert opened == {}


def test_a_form_without_its_token_does_nothing_wherever_it_is_sent(desk):
    lead, taken = seated(desk, Role.LEAD), {}
    for _, method, address in doors(desk):
        if method == "POST":
            answer = lead.client.post(address, base_url=ORIGIN, data={"body": "x", "key": "0" * 32})
            taken[address] = answer.status_code
    assert set(taken.values()) == {400}
    assert len(taken) > 25


def test_a_token_of_another_session_does_nothing(desk):
    kim, sam = seated(desk, Role.LEAD, "Kim"), seated(desk, Role.LEAD, "Sam")
    item = desk.item("hello")
    page = kim.get(f"/feedback/{item.reference}").text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = sam.client.post(
        f"/feedback/{item.reference}/notes",
        base_url=ORIGIN,
        headers={"Referer": f"{ORIGIN}/"},
        data={"csrf_token": token, "body": "x"},
    )
    assert answer.status_code == 400
