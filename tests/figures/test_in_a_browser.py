"""The figures in a real browser: no accessibility fault, by keyboard, on paper."""

import pytest
from playwright.sync_api import Page, expect

from store.staff import Role
from tests.desk.conftest import NOW, Desk
from tests.desk.test_in_a_browser import faults, press_to, sign_in


@pytest.fixture
def filled(web: Desk) -> Desk:
    web.staff(role=Role.LEAD)
    for n in range(24):
        web.item("x", rating=("good", "very_poor", "dont_know")[n % 3], about="me", coded_at=NOW,
                 service="gp" if n % 2 else "hospital", sentiment="mixed", themes=["waiting"],
                 provider_id=f"1-{n % 4}000", staff_rating="poor")  # fmt: skip
    return web


@pytest.mark.parametrize("width", [320, 1280])
def test_the_figures_have_no_accessibility_fault_narrow_or_wide(tab, filled, width):
    tab.set_viewport_size({"width": width, "height": 800})
    sign_in(tab)
    tab.goto("/figures?service=gp")
    expect(tab.get_by_role("img").first).to_be_visible()
    assert faults(tab) == []


def test_a_service_is_chosen_by_keyboard_alone(tab: Page, filled: Desk) -> None:
    sign_in(tab)
    tab.goto("/figures")
    press_to(tab, "combobox", "Service")
    tab.keyboard.type("GP")
    press_to(tab, "button", "Show")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("list", name="Only these are counted")).to_contain_text("GP surgery")
    row = tab.get_by_role("region", name="By how it came: the table").get_by_role(
        "row", name="Text"
    )
    expect(row).to_contain_text("12")


def test_on_paper_stand_the_figures_and_what_they_are_of(tab: Page, filled: Desk) -> None:
    sign_in(tab)
    tab.goto("/figures?service=gp")
    tab.emulate_media(media="print")
    expect(tab.get_by_text("Made on")).to_be_visible()
    expect(tab.get_by_text("Self-selected, not representative.")).to_be_visible()
    expect(tab.get_by_role("link", name="GP surgery")).to_be_visible()
    expect(tab.get_by_role("button", name="Show")).to_be_hidden()
    expect(tab.get_by_role("link", name="CSV of “By month”")).to_be_hidden()
