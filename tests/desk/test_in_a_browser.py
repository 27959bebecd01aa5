"""The desk as people meet it: with a screen reader's rules, a keyboard alone, and no script."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from handlers.desk.words import reference
from store.models import Feedback, Heard, Status
from store.staff import Note, Role
from tests.desk.conftest import PASSWORD, Desk
from tests.desk.test_cost import addresses, full

RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


def path(item: Feedback) -> str:
    return f"/feedback/{reference(item.reference)}"


def sign_in(tab: Page, name: str = "Sam") -> None:
    tab.goto("/sign-in")
    tab.get_by_label("Your name").fill(name)
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Sign in").click()


def faults(tab: Page) -> list[str]:
    """What is wrong with a page: axe's violations, and a page wider than its window."""
    tab.wait_for_load_state()  # without its styles a page has faults of its own
    found = Axe().run(tab, options=RULES).response["violations"]
    wide = tab.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in found] + ["too wide"] * wide


@pytest.fixture
def pages(web: Desk) -> dict[str, str]:
    """An address of every kind of page, with everything on it that can be."""
    web.staff()
    web.staff("Newcomer", one_time=True)
    urgent = web.item("I want to die", tier="R1")
    voice, _ = web.voice("the ward [unk] was kind", place="x" * 60, service="care_home")
    failed, _ = web.voice(state=Heard.FAILED, reason="Twilio answered 404")
    text = web.item("ممرضة لطيفة جدا", "y" * 300)
    web.add(Note(feedback_id=text.id, by="Kim", at=text.received_at, body="z" * 200))
    return {
        "queue": "/",
        "filtered": "/?service=care_home",
        "empty": "/?status=waiting",
        "text": path(text),
        "voice": path(voice),
        "failed": path(failed),
        "urgent": path(urgent),
        "urgent, opened": path(urgent) + "?show=1",
        "password": "/password",
        "nothing here": "/feedback/2222222",
    }


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_has_an_accessibility_fault_narrow_or_wide(tab, pages, width):
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto("/sign-in")
    wrong = {"sign in": faults(tab)}
    sign_in(tab)
    for name, address in pages.items():
        tab.goto(address)
        wrong[name] = faults(tab)
    assert {name: found for name, found in wrong.items() if found} == {}


def test_no_page_of_the_desk_is_forgotten_by_the_scan(tab, web):
    web.staff("Lee", Role.LEAD)
    web.staff()
    item, take = full(web)
    sign_in(tab, "Lee")
    wrong = {}
    for address in addresses(web, item, take):
        if re.search(r"\.(wav|csv)$|^/live|^/providers", address):
            continue  # not pages: sound, a spreadsheet, answers to scripts
        tab.goto(address)
        wrong[address] = faults(tab)
    assert len(wrong) > 15
    assert {name: found for name, found in wrong.items() if found} == {}


def test_pages_that_say_what_went_wrong_have_no_fault_either(tab, pages):
    tab.goto("/sign-in")
    tab.get_by_label("Your name").fill("Sam")
    tab.get_by_label("Password").fill("wrong")
    tab.get_by_role("button", name="Sign in").click()
    wrong = faults(tab)
    sign_in(tab)
    tab.goto(pages["text"])
    tab.get_by_role("button", name="Add the note").click()
    assert [*wrong, *faults(tab)] == []
    expect(tab.get_by_role("alert")).to_be_focused()
    tab.get_by_role("link", name="Write the note first, then add it.").click()
    expect(tab.get_by_label("Add a note for your colleagues")).to_be_focused()


def press_to(tab: Page, role: str, name: str) -> None:
    """Tab on until something is focused: whoever has no mouse gets there this way alone."""
    wanted = tab.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
    for _ in range(60):
        if wanted.evaluate("node => node === document.activeElement"):
            return
        tab.keyboard.press("Tab")
    raise AssertionError(f"no way by keyboard to the {role} “{name}”")


def test_a_working_day_by_keyboard_alone(tab, web):
    web.staff()
    item = web.item("The ward was clean")
    tab.goto("/")
    press_to(tab, "textbox", "Your name")
    tab.keyboard.type("Sam")
    press_to(tab, "textbox", "Password")
    tab.keyboard.type(PASSWORD)
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/")
    press_to(tab, "link", reference(item.reference))
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/feedback/*")
    press_to(tab, "textbox", "Add a note for your colleagues")
    tab.keyboard.type("Rang the ward")
    press_to(tab, "button", "Add the note")
    tab.keyboard.press("Enter")
    expect(tab.locator(".done")).to_have_text("Your note is added.")
    press_to(tab, "radio", "In progress (I take it)")
    tab.keyboard.press("Space")
    press_to(tab, "button", "Move it")
    tab.keyboard.press("Enter")
    expect(tab.locator(".done")).to_have_text("Moved to In progress.")
    assert web.line.items()[0].status is Status.IN_PROGRESS


def test_the_skip_link_leads_past_the_header(tab, web):
    tab.goto("/sign-in")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("main")).to_be_focused()


def test_a_word_takes_the_voice_to_it_and_the_words_follow(tab, web):
    web.staff()
    item, _ = web.voice("the nurse was kind")
    sign_in(tab)
    tab.goto(path(item))
    word = tab.get_by_role("button", name="was")
    word.click()
    tab.wait_for_function("() => document.querySelector('audio').currentTime >= 0.8")
    tab.evaluate("const a = document.querySelector('audio'); a.pause(); a.currentTime = 1.3")
    expect(tab.locator(".word[aria-current]")).to_have_text(["kind"])
    tab.get_by_role("button", name="Back 5 seconds").click()
    tab.get_by_role("button", name="Faster").click()
    assert tab.evaluate("document.querySelector('audio').playbackRate") == 1.25


def test_the_words_are_one_tab_stop_and_the_arrow_keys_do_the_rest(tab, web):
    web.staff()
    item, _ = web.voice("the nurse was kind")
    sign_in(tab)
    tab.goto(path(item))
    press_to(tab, "button", "the")
    for key, word in (
        ("ArrowRight", "nurse"),
        ("End", "Correct phrase 1"),
        ("ArrowRight", "Correct phrase 1"),
        ("ArrowLeft", "kind"),
        ("Home", "the"),
    ):
        tab.keyboard.press(key)
        expect(tab.locator(":focus")).to_have_text(word)
    assert tab.locator(".word[tabindex='0']").count() == 1


def test_without_scripts_everything_but_following_the_words_works(
    chromium: Browser, web: Desk
) -> None:
    web.staff()
    item, _ = web.voice("the nurse was kind", tier="R1")
    context = chromium.new_context(base_url=web.origin, java_script_enabled=False)
    tab = context.new_page()
    sign_in(tab)
    tab.get_by_role("link", name=reference(item.reference)).click()
    tab.get_by_role("link", name="Show what was said").click()
    expect(tab.locator("ol").get_by_text("the nurse was kind")).to_be_visible()
    expect(tab.get_by_text("Keys for listening")).to_be_hidden()
    tab.get_by_label("Add a note for your colleagues").fill("Heard it")
    tab.get_by_role("button", name="Add the note").click()
    expect(tab.get_by_text("Heard it", exact=True)).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [320, 360, 768, 1030, 1280, 1920])
def test_what_was_said_has_room_in_the_queue_at_any_width(tab, web, width):
    tab.set_viewport_size({"width": width, "height": 800})
    web.staff()
    web.item(
        "The carers come late " * 5, service="care_home", place="Lapal House", rating="neither"
    )
    sign_in(tab)
    said = tab.get_by_role("cell", name="The carers").bounding_box()["width"]
    assert said >= min(250, 0.75 * width)
    assert faults(tab) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_with_forced_colours_one_sees_what_is_chosen_and_what_is_spoken(tab, web, theme):
    tab.emulate_media(forced_colors="active", color_scheme=theme)
    web.staff()
    item, _ = web.voice("the nurse was kind")
    sign_in(tab)
    tab.goto(path(item))
    tab.locator(".word").last.wait_for()
    marks = {
        "[name=heard]": "el => { el.checked = true }",
        "#sentiment-positive": "el => { el.checked = true }",
        ".word >> nth=0": "el => el.setAttribute('aria-current', 'true')",
        ".form-range": "el => { el.max = 9; el.value = 8 }",
    }
    unseen = [each for each, mark in marks.items() if not changes(tab, each, mark)]
    tab.goto("/?need=code")
    here, other = tab.locator(".tabs [aria-current]"), tab.locator(".tabs a").first
    painted = "el => { const is = getComputedStyle(el); return is.backgroundColor + is.color }"
    assert (unseen, here.evaluate(painted) != other.evaluate(painted)) == ([], True)


def changes(tab: Page, each: str, mark: str) -> bool:
    """Whether one sees that something was marked."""
    found = tab.locator(each)
    before = found.screenshot()
    found.evaluate(mark)
    return found.screenshot() != before
