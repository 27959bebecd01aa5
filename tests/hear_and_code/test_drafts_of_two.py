"""A draft that comes back knows how the item was when it was begun: a colleague who saved
meanwhile is not overwritten, whichever form it is of.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from store.staff import Role
from tests.desk.conftest import NOW, PATIENCE, Desk
from tests.desk.test_in_a_browser import sign_in
from tests.hear_and_code.conftest import call, path
from tests.hear_and_code.test_drafts import BACK

IN_A_WEEK, IN_TWO = ((NOW + timedelta(days=n)).date().isoformat() for n in (7, 14))


def words(tab: Page, mine: str) -> None:
    unfold(tab, "Write it all anew")
    tab.get_by_label("All the words of this recording").fill(mine)


def move(tab: Page, mine: str) -> None:
    tab.get_by_label("Finished" if mine == "Mine" else "In progress (I take it)").check()
    tab.get_by_label("Reason needed to finish it").fill(mine)


def record(tab: Page, mine: str) -> None:
    tab.get_by_label("What was decided or done").select_option("told_council")
    tab.get_by_label("Who was told").fill(mine)


def tier(tab: Page, mine: str) -> None:
    unfold(tab, "Is that right?")
    tab.get_by_label("R3 harm").check()
    tab.get_by_label("Why needed to lower it").fill(mine)


def wait(tab: Page, mine: str) -> None:
    unfold(tab, "Let it wait until a day")
    tab.get_by_label("Until", exact=True).fill(IN_A_WEEK if mine == "Mine" else IN_TWO)
    tab.get_by_label("What it waits for").fill(mine)


def outcome(tab: Page, mine: str) -> None:
    unfold(tab, "What became of it")
    tab.get_by_label("Outcome", exact=True).select_option("changed")
    tab.get_by_label("What the service did").fill(mine)
    tab.get_by_label("The change is").select_option("made")
    tab.get_by_label("Day of the change").fill(NOW.date().isoformat())


def unfold(tab: Page, name: str) -> None:
    fold = tab.locator("details", has=tab.get_by_text(name)).last
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()


# How urgent the item is, what is filled in and sent; what whoever saves first is told, and whoever
# saves after them.
FORMS = {
    "words": (None, words, "Save these words", "Saved.", "These words were written anew"),
    "move": (None, move, "Move it", "Moved to", "Somebody moved this item"),
    "record": ("R2", record, "Save in the record", "It stands", "Kim wrote in the record while"),
    "tier": ("R2", tier, "Save how urgent it is", "It is marked", "Its urgency changed while"),
    "wait": (None, wait, "Let it wait", "It waits until", "Somebody moved this item"),
    "outcome": (None, outcome, "Keep the outcome", "Kept:", "Kim kept an outcome while"),
}


@pytest.fixture
def other(web: Desk, chromium: Browser) -> Iterator[Page]:
    """A colleague's tab, in a browser of their own."""
    context = chromium.new_context(base_url=web.origin, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


@pytest.mark.parametrize("form", FORMS)
def test_a_draft_that_comes_back_overwrites_no_colleague(web, tab, other, form):
    urgency, fill, save, saved, told = FORMS[form]
    web.item("The ward was clean")
    item, _ = call(web, tier=urgency)
    for page, name in ((tab, "Sam"), (other, "Kim")):
        web.staff(name, Role.LEAD)
        sign_in(page, name)
        page.goto(f"{path(item)}?show=1")
    fill(tab, "Mine")
    tab.goto("/")
    fill(other, "Theirs")
    other.get_by_role("button", name=save, exact=True).click()
    expect(other.locator(".done, [data-told]").filter(has_text=saved)).to_have_count(1)
    tab.goto(f"{path(item)}?show=1")
    expect(tab.get_by_text(BACK)).to_have_count(1)

    tab.get_by_role("button", name=save, exact=True).click()

    expect(tab.get_by_text(told).first).to_be_visible()
