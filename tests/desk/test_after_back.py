"""Back in the browser: the page is fetched anew, and the browser fills nothing in by itself.

It would do so by the place of a box among its namesakes, and the rows have moved meanwhile.
"""

from playwright.sync_api import Page, expect

from handlers.desk.words import reference
from tests.desk.conftest import NOW, Desk
from tests.desk.test_in_a_browser import path, sign_in


def test_ticks_in_a_queue_stand_on_no_other_item_after_back(tab: Page, web: Desk):
    web.staff()
    web.item("I want to die", tier="R1")  # stays above them
    one, two = web.item("The ward was clean", minutes=9), web.item("The food was cold")
    sign_in(tab)
    tab.get_by_label(f"Select {reference(one.reference)}").check()
    web.item("I will kill myself", tier="R1")
    tab.get_by_role("link", name=reference(two.reference)).click()
    expect(tab.get_by_role("heading", name=reference(two.reference))).to_be_visible()
    tab.go_back()
    expect(tab.get_by_role("checkbox", name="Select")).to_have_count(4)
    expect(tab.locator("[name=items]:checked")).to_have_count(0)


def test_the_tick_of_who_listened_stays_with_the_recording_that_they_heard(tab: Page, web: Desk):
    web.staff()
    item, take = web.voice("the nurse was kind")
    _, other = web.voice("the food was cold")
    other.feedback_id = item.id
    with web.line.house.database.writing() as session:
        session.merge(other)
    sign_in(tab)
    tab.goto(path(item))
    tab.locator(f"#heard-{take.id}").check()
    tab.get_by_role("button", name="Save", exact=True).click()
    expect(tab.locator(".done")).to_have_text("It is kept that you listened to it.")
    tab.go_back()
    expect(tab.locator(f"#heard-{other.id}")).not_to_be_checked()
    tab.reload()  # nor does what the tab keeps take it for a choice of theirs
    expect(tab.locator(f"#heard-{other.id}")).not_to_be_checked()


def test_nobody_is_said_to_have_removed_names_from_praise_that_they_did_not_read(
    tab: Page, web: Desk
):
    web.staff()
    for place in ("Lapal House", "Moss Ward"):
        web.item("Ann was kind", coded_at=NOW, sentiment="positive", service="gp", place=place)
    sign_in(tab)
    tab.goto("/praise")
    first = tab.locator("#items-1")
    first.get_by_label("Pass on", exact=False).check()
    first.get_by_label("To whom").fill("PALS")
    first.get_by_label("By which way").select_option("E-mail")
    first.get_by_label("I have removed names").check()
    first.get_by_role("button", name="Keep that these were passed on").click()
    expect(tab.locator(".done")).to_contain_text("Praise passed on: 1 item")
    tab.go_back()
    expect(tab.get_by_label("To whom")).to_have_value("")
    expect(tab.locator(":checked[type=checkbox]")).to_have_count(0)


def test_what_was_cleaned_and_not_yet_kept_is_there_after_a_look_at_the_item(tab: Page, web: Desk):
    web.staff()
    praised = {"coded_at": NOW, "sentiment": "positive", "service": "gp"}
    web.item("Bob was kind", place="Lapal House", **praised)
    item = web.item("Ann was kind", place="Moss Ward", **praised)
    sign_in(tab)
    tab.goto("/praise")
    mark = reference(item.reference)
    tab.get_by_label(f"Words of {mark}").fill("A nurse was kind")
    tab.get_by_role("link", name=f"Open {mark}").click()
    expect(tab.get_by_role("heading", name=mark)).to_be_visible()
    tab.go_back()
    expect(tab.get_by_label(f"Words of {mark}")).to_have_value("A nurse was kind")
    expect(tab.get_by_text("What you had not saved is back")).to_have_count(1)
