"""The page in a real browser: what a visitor does with it, and who could not."""

import shutil
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright
from werkzeug.serving import make_server

from practice.page import build
from tests.served import whole

CHROMIUM = shutil.which("chromium-headless-shell")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
]
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium-headless-shell is not installed")


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def address(phone):
    server = make_server("127.0.0.1", 0, whole(build(phone)), threaded=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(params=[360, 1280])
def page(browser, address, request):
    page = browser.new_page(viewport={"width": request.param, "height": 800})
    page.goto(address)
    yield page
    page.close()


@pytest.fixture
def menu(line):
    line.says("/voice", '<Say>Hello</Say><Gather action="/key" numDigits="1"/>')
    line.says("/key", '<Say>After the tone</Say><Record action="/thanks"/>')
    line.says("/thanks", "<Say>Goodbye</Say>")


def test_a_text_and_its_reply_stand_in_the_thread(line, page):
    line.says("/sms", "<Message>Thank you</Message>")

    page.get_by_label("Your text").fill("The nurse was kind")
    page.get_by_role("button", name="Send text").click()

    expect(page.locator(".mine")).to_contain_text("The nurse was kind")
    expect(page.locator(".theirs")).to_contain_text("1 segment")


def test_a_call_is_made_with_the_keyboard_alone(menu, page):
    page.get_by_role("button", name="Call").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#call-status")).to_contain_text("waits for a key")
    page.get_by_role("button", name="1", exact=True).focus()
    page.keyboard.press("1")
    expect(page.locator("#call-status")).to_contain_text("listens after the tone")
    page.get_by_label("Say this after the tone").fill("Kind nurse")
    page.get_by_role("button", name="Just stop speaking").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#transcript")).to_contain_text("Goodbye")
    expect(page.locator("#call-status")).to_contain_text("The call is over")


def test_the_prompts_can_be_heard(menu, page):
    page.get_by_label("Hear the prompts").check()

    with page.expect_response("**/practice/audio") as answer:
        page.get_by_role("button", name="Call").click()

    assert answer.value.headers["content-type"] == "audio/wav"


def test_nobody_is_shut_out_of_a_call(menu, page):
    page.get_by_role("button", name="Call").click()
    expect(page.locator("#transcript")).to_contain_text("Hello")

    assert Axe().run(page).violations_count == 0


def test_a_narrow_page_does_not_scroll_sideways(page):
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")

    assert width <= 0
