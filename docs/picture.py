"""Takes the README's picture: the desk's queue, and one item beside it.

python docs/picture.py http://localhost:8000 NAME PASSWORD docs/desk.png
"""

import re
import sys

from playwright.sync_api import Browser, Page, sync_playwright

SIZE = {"width": 1180, "height": 860}
CHROMIUM = "/usr/bin/chromium-headless-shell"
WITHOUT_WORDS = re.compile("Needs listening|Not yet heard|Content hidden")


def main(base: str, name: str, password: str, out: str) -> None:
    """Sign in and write `out`; the item is the first with a voice, else the first that there is."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        desk = browser.new_page(base_url=base, viewport=SIZE, locale="en-GB")
        sign_in(desk, name, password)
        queue = desk.screenshot()
        open_item(desk)
        side_by_side(browser, queue, desk.screenshot(), out)
        browser.close()


def sign_in(desk: Page, name: str, password: str) -> None:
    desk.goto("/sign-in")
    desk.get_by_label("Your name").fill(name)
    desk.get_by_label("Password").fill(password)
    desk.get_by_role("button", name="Sign in").click()
    desk.get_by_role("navigation", name="Queues").wait_for()


def open_item(desk: Page) -> None:
    rows = desk.get_by_role("row")
    voices = rows.filter(has_text="Phone call", has_not_text=WITHOUT_WORDS)
    rows = voices if voices.count() else rows
    rows.get_by_role("link").first.click()
    desk.get_by_role("heading", name="What was said").wait_for()


def side_by_side(browser: Browser, left: bytes, right: bytes, out: str) -> None:
    both = browser.new_page(
        viewport={"width": SIZE["width"] * 2 + 60, "height": SIZE["height"] + 40}
    )
    both.set_content(
        "<body style='margin:20px;display:flex;gap:20px;background:#c9d2d4'><img><img></body>"
    )
    for at, picture in enumerate((left, right)):
        both.locator("img").nth(at).evaluate(
            "(img, bytes) => { img.src = URL.createObjectURL(new Blob([new Uint8Array(bytes)])); "
            "return img.decode(); }",
            list(picture),
        )
    both.screenshot(path=out)


if __name__ == "__main__":
    main(*sys.argv[1:])
