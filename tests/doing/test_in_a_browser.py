"""Replying, and several items at once: by keyboard alone, without a fault, narrow and wide."""

import pytest
from playwright.sync_api import Page, expect

from store.models import Status
from tests.desk.conftest import NOW, Desk
from tests.desk.test_in_a_browser import faults, press_to, sign_in
from tests.doing.conftest import change, path, ref, row, sent, told
from tests.doing.test_doing import COPY


def test_a_reply_by_keyboard_alone(tab: Page, web: Desk):
    web.staff()
    item = told(web)
    sign_in(tab)
    tab.goto(path(item))
    tab.get_by_text("Write a text").focus()
    tab.keyboard.press("Enter")
    press_to(tab, "button", "We passed it on")
    tab.keyboard.press("Enter")
    field = tab.get_by_label("Your text")
    expect(field).to_be_focused()
    expect(tab.locator("[data-count-texts]")).to_contain_text("1 text, 31 left")
    tab.keyboard.type(" 😀")
    expect(tab.locator("[data-count-texts]")).to_contain_text("2 texts")
    for _ in range(2):
        tab.keyboard.press("Backspace")
    press_to(tab, "button", "Send the text")
    tab.keyboard.press("Enter")
    expect(tab.locator(".done")).to_contain_text("Your text is on its way")
    assert [body.startswith("Because We All Care: thank you") for body in sent(web)] == [True]


def test_what_somebody_wrote_stays_when_they_start_from_a_text_of_the_line(tab: Page, web: Desk):
    web.staff()
    sign_in(tab)
    tab.goto(path(told(web)))
    tab.get_by_text("Write a text").click()
    field = tab.get_by_label("Your text")
    tab.get_by_role("button", name="We passed it on").click()
    passed_on = field.input_value()
    button = tab.locator("[data-words]").nth(1)
    button.click()  # nothing of theirs yet: one takes the place of the other
    other = field.input_value()
    assert other
    assert passed_on not in other
    field.fill("My own careful words")
    for _ in range(2):
        button.click()
        expect(field).to_have_value(f"{other}\n\nMy own careful words")
    field.press("Control+z")
    field.press("Control+z")
    expect(field).to_have_value("My own careful words")


def test_a_text_that_was_sent_is_not_there_again_after_back(tab: Page, web: Desk):
    web.staff()
    item = told(web)
    sign_in(tab)
    tab.goto(path(item))
    tab.get_by_text("Write a text").click()
    tab.get_by_label("Your text").fill("Because We All Care: thank you.")
    tab.get_by_role("button", name="Send the text").click()
    expect(tab.locator(".done")).to_contain_text("Your text is on its way")
    tab.go_back()
    expect(tab.get_by_role("heading", name=ref(item))).to_be_visible()
    tab.get_by_role("link", name="Back to Hear and code").click()
    tab.get_by_role("link", name=ref(item)).click()
    expect(tab.locator(".note")).to_contain_text("on its way")
    expect(tab.get_by_text("What you had not saved is back")).to_have_count(0)
    expect(tab.locator("#reply")).to_have_value("")


def test_several_items_and_undo_by_keyboard_alone(tab: Page, web: Desk):
    web.staff()
    one, two = web.item("a", minutes=9), web.item("b")
    sign_in(tab)
    press_to(tab, "checkbox", f"Select {ref(one)}")
    tab.keyboard.press("Space")
    press_to(tab, "combobox", "Do")
    tab.keyboard.type("Finish")
    press_to(tab, "textbox", "Reason needed to finish")
    tab.keyboard.type("A test call")
    press_to(tab, "button", "Do it")
    tab.keyboard.press("Enter")
    expect(tab.locator(".done")).to_contain_text("Finished: 1 item.")
    assert [row(web, i).status for i in (one, two)] == [Status.FINISHED, Status.NEW]
    press_to(tab, "button", "Undo")
    tab.keyboard.press("Enter")
    expect(tab.locator(".done")).to_contain_text("Undone: 1 item as before.")
    assert row(web, one).status is Status.NEW


def test_what_is_missing_is_asked_for_while_the_ticks_still_stand(tab: Page, web: Desk):
    web.staff()
    item = web.item("a")
    sign_in(tab)
    tab.get_by_label(f"Select {ref(item)}").check()
    for act, field in (("Finish", "Reason"), ("Give to a colleague", "Colleague")):
        tab.get_by_label("Do", exact=True).select_option(act)
        tab.get_by_role("button", name="Do it").click()
        expect(tab.get_by_label(field)).to_be_focused()
        expect(tab.get_by_label(f"Select {ref(item)}")).to_be_checked()
    tab.get_by_label("Do", exact=True).select_option("Give to me")
    tab.get_by_role("button", name="Do it").click()
    expect(tab.locator(".done")).to_contain_text("1 item")


@pytest.mark.parametrize("width", [320, 1280])
def test_what_the_server_misses_is_shown_without_a_fault(tab: Page, web: Desk, width: int):
    tab.set_viewport_size({"width": width, "height": 800})
    web.staff()
    item = web.item("a")
    sign_in(tab)
    tab.get_by_label(f"Select {ref(item)}").check()
    tab.get_by_label("Do", exact=True).select_option("Finish")
    tab.locator("#bulk").evaluate("form => { form.noValidate = true; }")
    tab.get_by_role("button", name="Do it").click()
    expect(tab.get_by_role("alert")).to_be_focused()
    expect(tab.get_by_label(f"Select {ref(item)}")).to_be_checked()
    assert faults(tab) == []
    tab.get_by_role("link", name="Write why they are finished").press("Enter")
    expect(tab.get_by_label("Reason")).to_be_focused()


CLEAR_OF_THE_BAR = """above => {
  const at = document.activeElement
  return at.closest("#bulk") !== null || at.getBoundingClientRect().bottom <= above
}"""


def test_the_acts_stay_in_sight_while_something_is_ticked(tab: Page, web: Desk):
    web.staff()
    items = [web.item("The ward was clean", minutes=90 - n) for n in range(25)]
    sign_in(tab)
    bar = tab.get_by_role("form", name="Several items")
    expect(bar).not_to_be_in_viewport()
    tab.get_by_label(f"Select {ref(items[0])}").press("Space")
    expect(bar).to_be_in_viewport()
    above = bar.bounding_box()["y"]
    for _ in range(30):  # what is focused is never under the bar (WCAG 2.4.11)
        tab.keyboard.press("Tab")
        tab.wait_for_function(CLEAR_OF_THE_BAR, arg=above)  # the page scrolls a frame later


def test_all_of_a_page_are_ticked_at_once(tab: Page, web: Desk):
    web.staff()
    for _ in range(3):
        web.item("a")
    sign_in(tab)
    tab.get_by_label("All on this page").check()
    expect(tab.locator("[data-ticked]")).to_have_text("With the 3 ticked items:")
    tab.get_by_role("checkbox", name="Select").first.uncheck()
    expect(tab.locator("[data-ticked]")).to_have_text("With the 2 ticked items:")


@pytest.fixture
def pages(web: Desk) -> list[str]:
    """Every page of doing, with everything on it that can be."""
    web.staff()
    advice = told(web, "Ring me about " + "z" * 99, purpose="advice", assigned_to="Sam")
    item = told(web, "The ward was clean " * 20, service="gp", place="Lapal House")
    change(web, item, assigned_to="Sam", waiting_until=NOW, status="waiting", outcome="noted")
    facts = {"coded_at": NOW, "sentiment": "positive", "service": "gp", "place": "x" * 60}
    web.item("So kind " * 40, **facts)
    web.item("y" * 1200, **facts)
    barred = web.item("x", tier="R2")
    return ["/", "/?need=praise", "/praise", "/ring-back", f"{path(advice)}/ring", path(item),
            f"{path(item)}/copy", f"{path(item)}/assign", f"{path(barred)}?show=1"]  # fmt: skip


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_of_doing_has_an_accessibility_fault(tab: Page, pages: list[str], width: int):
    tab.set_viewport_size({"width": width, "height": 800})
    sign_in(tab)
    wrong = {}
    for address in pages:
        tab.goto(address)
        tab.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        wrong[address] = faults(tab)
    assert {name: found for name, found in wrong.items() if found} == {}


def test_a_copy_is_passed_on_and_can_be_printed(tab: Page, web: Desk):
    web.staff()
    item = web.item("Nurse Ann was kind")
    sign_in(tab)
    tab.goto(f"{path(item)}/copy")
    tab.get_by_label("The copy").fill(COPY["copy"])
    tab.get_by_label("To whom").fill("PALS")
    tab.get_by_label("By which way").select_option("E-mail")
    tab.get_by_label("I have removed names").check()
    tab.get_by_role("button", name="Keep it in the record").click()
    expect(tab.get_by_text("A nurse was kind")).to_be_visible()
    assert faults(tab) == []
    tab.emulate_media(media="print")
    expect(tab.get_by_text("Sign out")).to_be_hidden()
