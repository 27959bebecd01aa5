"""The pages of safeguarding in a real browser: no accessibility fault, all by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from store.alert_rows import Alert, Why
from store.models import Status
from store.safeguarding_rows import Entry, Sample, TierChange
from store.staff import Role
from tests.desk.conftest import NOW, Desk
from tests.desk.test_in_a_browser import faults, press_to, sign_in
from tests.safeguarding.conftest import path, rows, since
from triage import periods


@pytest.fixture
def pages(web: Desk, monday: object) -> dict[str, str]:
    """Everything that can stand on these pages stands there."""
    web.staff(role=Role.LEAD)
    signals = ["child", "staff", "death"]
    weekend = web.item("I want to die", "x" * 300, tier="R1", looked_by="Kim", looked_at=NOW,
                       minutes=since("2026-11-28 03:00"), signals=signals)  # fmt: skip
    web.item("late", tier="R3", minutes=since("2026-11-02 10:00"))
    web.item("left", assigned_to="Sam", status=Status.IN_PROGRESS, minutes=10)
    plain = web.item("The food was cold " * 20, minutes=since("2026-11-25 10:00"))
    noted = web.item("The ward was loud", minutes=since("2026-11-25 11:00"))
    entry = Entry(feedback_id=weekend.id, at=NOW, by="Kim", decision="told_council",
                  told="Dudley", done_at=NOW, words="y" * 200)  # fmt: skip
    web.add(entry)
    web.add(
        Entry(feedback_id=weekend.id, at=NOW, by="Kim", decision="told_council", told="Walsall",
              done_at=NOW, words="", corrects=entry.id),
        TierChange(feedback_id=weekend.id, at=NOW, by="Kim", before="R2", after="R1",
                   machine="R2", reason="z" * 90, reasons=[]),
        Alert(key="a", why=Why.R1, feedback_id=weekend.id, opened_at=NOW, turn=1),
        Sample(week=periods.last_week(monday)[0], place=0, feedback_id=plain.id, drawn_at=NOW),
        Sample(week=periods.last_week(monday)[0], place=1, feedback_id=noted.id, drawn_at=NOW,
               marked_at=NOW, marked_by="Kim", missed=False),
    )  # fmt: skip
    return {"monday": "/monday", "sample": "/sample", "urgent": f"{path(weekend)}?show=1"}


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_has_an_accessibility_fault_narrow_or_wide(tab, pages, width):
    tab.set_viewport_size({"width": width, "height": 800})
    sign_in(tab)
    wrong = {}
    for name, address in pages.items():
        tab.goto(address)
        tab.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        wrong[name] = faults(tab)
    assert {name: found for name, found in wrong.items() if found} == {}


def test_a_line_that_will_not_do_says_so_at_its_field(tab: Page, pages: dict[str, str]) -> None:
    sign_in(tab)
    tab.goto(pages["urgent"])
    tab.get_by_label("What was decided or done").select_option("told_council")
    tab.get_by_role("button", name="Save in the record").click()
    assert faults(tab) == []
    tab.get_by_role("link", name="Write who was told").click()
    expect(tab.get_by_label("Who was told")).to_be_focused()
    expect(tab.get_by_label("What was decided or done")).to_have_value("told_council")


def test_a_lead_raises_records_and_finishes_by_keyboard_alone(tab: Page, web: Desk) -> None:
    web.staff(role=Role.LEAD)
    item = web.item("He locks her in")
    sign_in(tab)
    tab.goto(path(item))
    tab.locator("summary", has_text="Is that right?").focus()
    tab.keyboard.press("Enter")
    press_to(tab, "radio", "R1 life")
    tab.keyboard.press("ArrowDown")
    press_to(tab, "button", "Save how urgent it is")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("status")).to_have_text("It is marked R2 abuse.")
    press_to(tab, "combobox", "What was decided or done")
    tab.keyboard.type("Told the council")
    press_to(tab, "textbox", "Who was told the team, and the person’s name")
    tab.keyboard.type("Dudley, Mrs P")
    press_to(tab, "button", "Save in the record")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("status")).to_have_text("It stands in the safeguarding record.")
    assert [(e.told, e.by) for e in rows(web, Entry)] == [("Dudley, Mrs P", "Sam")]


def test_a_sample_is_read_by_keyboard_alone(tab: Page, pages: dict[str, str], web: Desk) -> None:
    sign_in(tab)
    tab.goto("/sample")
    left = tab.get_by_role("button", name="Rightly no flag")
    for _ in range(60):
        if left.evaluate("node => node === document.activeElement"):
            break
        tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("Noted: rightly no flag.")).to_be_visible()
    assert [s.missed for s in rows(web, Sample)] == [False, False]
