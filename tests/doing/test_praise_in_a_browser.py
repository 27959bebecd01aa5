"""Praise that somebody is cleaning: nothing of it is lost, or vouched for, on another page."""

from playwright.sync_api import Page, expect

from tests.desk.conftest import NOW, Desk
from tests.desk.test_in_a_browser import sign_in
from tests.doing.conftest import change, ref
from tests.hear_and_code.test_drafts import BACK

CLEAN = "I have removed names"
PRAISE = {"coded_at": NOW, "sentiment": "positive", "service": "gp", "place": "Lapal House"}


def cleaned(tab: Page, mark: str) -> None:
    tab.get_by_label(f"Words of {mark}").fill("The nurse was kind")
    tab.get_by_label("To whom").fill("PALS")
    tab.get_by_label(CLEAN).check()


def test_cleaned_words_are_back_with_their_page_and_vouched_for_on_none(tab: Page, web: Desk):
    web.staff()
    items = [web.item("Nurse Joy was kind", minutes=90 - n, **PRAISE) for n in range(23)]
    first = ref(items[0])
    sign_in(tab)
    tab.goto("/praise")
    cleaned(tab, first)
    tab.get_by_role("link", name="Next").click()
    expect(tab.get_by_label("To whom")).to_have_value("")
    expect(tab.get_by_label(CLEAN)).not_to_be_checked()
    tab.get_by_label("To whom").fill("The matron")
    tab.get_by_role("link", name="Previous").click()
    expect(tab.get_by_text(BACK)).to_have_count(1)
    expect(tab.get_by_label(f"Words of {first}")).to_have_value("The nurse was kind")
    expect(tab.get_by_label("To whom")).to_have_value("PALS")
    expect(tab.get_by_label(CLEAN)).not_to_be_checked()


def test_nothing_is_filled_in_for_other_praise_of_the_same_place(tab: Page, web: Desk):
    web.staff()
    item = web.item("Nurse Joy was kind", **PRAISE)
    sign_in(tab)
    tab.goto("/praise")
    cleaned(tab, ref(item))
    tab.goto("/")
    change(web, item, passed_on_at=NOW)
    web.item("Nurse Ann was kind", **PRAISE)
    tab.goto("/praise")
    expect(tab.get_by_label("To whom")).to_have_value("")
    expect(tab.get_by_label(CLEAN)).not_to_be_checked()
