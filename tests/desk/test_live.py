"""Pages that stay true while they are open, without moving anything under the reader."""

import json

import pytest
from playwright.sync_api import Page, expect

from store.models import Status
from tests.desk.conftest import Desk
from tests.desk.test_in_a_browser import path, sign_in

SOONER = "setTimeout = ((later) => (go, ms) => later(go, Math.min(ms, 400)))(setTimeout);"


def test_it_tells_the_counts_the_title_and_how_many_are_new(desk, seat):
    seen = desk.item("x")
    desk.item("x", service="gp")
    desk.item("x", tier="R1")
    desk.item("x", status=Status.FINISHED)
    found = json.loads(seat().get(f"/live?need=code&since={seen.id}").text)
    assert (found["title"], found["new"]) == ("(1 urgent) Hear and code", 2)
    assert (found["counts"]["code"], found["counts"]["finished"]) == ("3", "1")
    assert json.loads(seat(name="Kim").get(f"/live?service=gp&since={seen.id}").text)["new"] == 1


def test_an_answer_that_is_known_already_is_not_sent_again(desk, seat):
    sitting = seat()
    first = sitting.get("/live")
    again = sitting.get("/live", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    desk.item("x")
    changed = sitting.get("/live", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


@pytest.mark.parametrize("since", ["", "x", "-1", "9" * 40, "٣", "1.5"])
def test_what_it_cannot_mean_is_nothing_new(desk, seat, since):
    desk.item("x")
    assert json.loads(seat().get("/live", query_string={"since": since}).text)["new"] == 0


@pytest.fixture
def quick(tab: Page) -> Page:
    """A tab that does not wait its 18 seconds."""
    tab.add_init_script(SOONER)
    return tab


def test_new_items_are_offered_and_nothing_moves(quick, web: Desk):
    web.staff()
    web.item("first")
    sign_in(quick)
    row = quick.get_by_role("row").nth(1)
    before = row.bounding_box()
    web.item("I want to die", tier="R1")
    offer = quick.get_by_role("link", name="1 new item: show it")
    expect(offer).to_be_visible()
    expect(quick).to_have_title("(1 urgent) Hear and code - Heard desk")
    expect(quick.locator("[data-count=urgent]")).to_have_text("1")
    assert row.bounding_box() == before
    offer.click()
    expect(quick.get_by_role("row")).to_have_count(3)


def test_two_colleagues_on_one_item_see_each_other(quick, web: Desk, chromium):
    web.staff()
    web.staff("Ada")
    item = web.item("x")
    sign_in(quick)
    quick.goto(path(item))
    expect(quick.get_by_text("You have this open until")).to_be_visible()
    context = chromium.new_context(base_url=web.origin)
    other = context.new_page()
    other.add_init_script(SOONER)
    sign_in(other, "Ada")
    other.goto(path(item))
    expect(other.get_by_text("Sam has this open until")).to_be_visible()
    expect(quick.get_by_text("Also looking at it: Ada.")).to_be_visible()
    other.get_by_role("button", name="Take over").click()
    expect(quick.get_by_text("Ada has this open until")).to_be_visible()
    expect(other.get_by_text("You have this open until")).to_be_visible()
    context.close()
