"""The pages of access as people meet them: by the rules of screen readers, narrow and wide."""

import pyotp
import pytest

from store.access_rows import Kept, Look
from store.staff import Role
from tests.desk.conftest import NOW
from tests.desk.test_in_a_browser import faults, sign_in


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_of_access_has_an_accessibility_fault(tab, web, width):
    web.staff("Ada", Role.ADMIN)
    web.staff("Lea", Role.LEAD)
    web.staff("Kim", one_time=True)
    item = web.item("hello")
    web.add(Look(at=NOW, by="Kim", kind=Kept.NUMBER, feedback_id=item.id, why="They asked"))
    tab.set_viewport_size({"width": width, "height": 800})
    wrong = {}
    sign_in(tab, "Ada")
    tab.get_by_text("Change", exact=False).first.click()
    wrong["staff"] = faults(tab)
    tab.goto("/sessions")
    wrong["sessions"] = faults(tab)
    tab.context.clear_cookies()
    sign_in(tab, "Lea")
    for path in ("/looks", "/sure", "/factor"):
        tab.goto(path)
        wrong[path] = faults(tab)
    key = tab.locator("#key").inner_text().replace(" ", "")
    tab.get_by_label("Code").fill(pyotp.TOTP(key).now())
    tab.get_by_role("button", name="Go on").click()
    wrong["codes"] = faults(tab)
    tab.context.clear_cookies()
    sign_in(tab, "Lea")
    wrong["code"] = faults(tab)
    tab.get_by_label("Code").fill("000000")
    tab.get_by_role("button", name="Sign in").click()
    wrong["wrong code"] = faults(tab)
    assert {page: found for page, found in wrong.items() if found} == {}
