"""The desk's page of what made no sense: who may see it, what it shows and what it does not."""

import pytest

from store.logs import trace_id
from store.staff import Role
from tests.desk.conftest import (  # noqa: F401 (fixtures)
    Desk,
    both,
    chromium,
    desk,
    seat,
    seated,
    tab,
    web,
)
from tests.desk.test_in_a_browser import faults, sign_in
from tests.driver import CALLER

SECRET = "a secret about Zebedee"


def odd(line, count: int = 1) -> None:
    for number in range(count):
        sid = f"SM{number:032x}"
        line.post("/sms", MessageSid=sid, From="", To=CALLER, Body=SECRET)


@pytest.mark.parametrize("role", [Role.LEAD, Role.DEPUTY, Role.ADMIN])
def test_whoever_looks_after_the_line_sees_why_and_never_what(both, role):  # noqa: F811
    odd(both.line)
    page = seated(both, role).get("/quarantine").text
    assert "a text without a sender or a MessageSid" in page
    assert trace_id(f"SM{0:032x}") in page
    assert SECRET not in page
    assert CALLER[1:] not in page


@pytest.mark.parametrize("role", [Role.READER, Role.TRIAGER])
def test_others_may_not(desk, seat, role):  # noqa: F811
    odd(desk.line)
    sitting = seat(role)
    assert sitting.get("/quarantine").status_code == 403
    assert "/quarantine" not in sitting.get("/").text


def test_the_header_leads_there_while_there_is_something(desk, seat):  # noqa: F811
    lead = seat(Role.LEAD)
    assert "/quarantine" not in lead.get("/").text
    odd(desk.line, 3)
    assert 'Quarantine <span class="count">3</span>' in lead.get("/").text


def test_it_is_paged_newest_first_and_each_stands_there_once(both):  # noqa: F811
    odd(both.line, 60)
    lead = seated(both, Role.LEAD)
    first = lead.get("/quarantine").text
    address = first.partition('class="next" href="')[2].partition('"')[0]
    pages = first + lead.get(address.replace("&amp;", "&")).text
    assert [pages.count(trace_id(f"SM{n:032x}")) for n in range(60)] == [1] * 60
    assert lead.get("/quarantine?after=nonsense").status_code == 200


def test_it_has_no_accessibility_fault(tab, web: Desk):  # noqa: F811
    web.staff("Sam", Role.LEAD)
    sign_in(tab)
    tab.goto("/quarantine")
    empty = faults(tab)
    web.line.environ["PUBLIC_URL"] = web.origin
    odd(web.line, 60)
    for width in (320, 1280):
        tab.set_viewport_size({"width": width, "height": 800})
        tab.goto("/quarantine")
        assert tab.get_by_role("row").count() == 51
        assert empty + faults(tab) == []
