"""What somebody chose and has not saved is there again when another form took them away."""

from playwright.sync_api import Page, expect

from store.staff import Role
from tests.desk.conftest import PASSWORD
from tests.desk.test_in_a_browser import faults, sign_in
from tests.hear_and_code.conftest import call, item_of, path, seated

BACK = "What you had not saved is back. It is not saved yet."


def choose(tab: Page) -> None:
    """Some of everything that the coding form has."""
    tab.get_by_label("Negative", exact=True).check()
    tab.get_by_label("Service", exact=True).select_option("gp")
    tab.get_by_label("Name and town").fill("Lapal, Halesowen")
    tab.get_by_text("Getting care", exact=True).click()
    tab.get_by_label("Waiting and delays").check()
    tab.get_by_label("I listened to all of it").check()


def chosen(tab: Page) -> None:
    expect(tab.get_by_label("Negative", exact=True)).to_be_checked()
    expect(tab.get_by_label("Service", exact=True)).to_have_value("gp")
    expect(tab.get_by_label("Name and town")).to_have_value("Lapal, Halesowen")
    expect(tab.get_by_label("Waiting and delays")).to_be_visible()
    expect(tab.get_by_label("Waiting and delays")).to_be_checked()
    expect(tab.get_by_label("I listened to all of it")).to_be_checked()


def note(tab: Page, words: str = "Rang the ward") -> None:
    tab.get_by_label("Add a note for your colleagues").fill(words)
    tab.get_by_role("button", name="Add the note").click()


def test_a_note_in_the_middle_of_coding_loses_no_choice(tab, web):
    web.staff()
    item, _ = call(web)
    sign_in(tab)
    tab.goto(path(item))
    choose(tab)
    note(tab)
    expect(tab.get_by_text("Your note is added.")).to_be_visible()
    expect(tab.get_by_text(BACK)).to_have_count(1)
    chosen(tab)
    expect(tab.get_by_label("Add a note for your colleagues")).to_have_value("")
    tab.get_by_role("button", name="Save", exact=True).click()
    expect(tab.get_by_text("Coded.")).to_be_visible()
    expect(tab.get_by_text(BACK)).to_have_count(0)
    now = item_of(web, item)
    assert (now.sentiment, now.service, now.place) == ("negative", "gp", "Lapal, Halesowen")


def test_a_note_that_was_refused_and_an_accepted_form_keep_them_too(tab, web):
    web.staff()
    item, _ = call(web)
    sign_in(tab)
    tab.goto(path(item))
    choose(tab)
    note(tab, " ")
    expect(tab.get_by_role("alert")).to_be_visible()
    chosen(tab)


def test_whoever_must_sign_in_again_finds_what_they_had_just_sent(tab, web):
    web.staff()
    item, _ = call(web)
    sign_in(tab)
    tab.goto(path(item))
    choose(tab)
    tab.context.clear_cookies()
    tab.get_by_role("button", name="Save", exact=True).click()
    sign_in(tab)
    tab.goto(path(item))
    chosen(tab)


def test_whoever_wrote_something_too_is_led_back_to_the_item_that_it_was_for(tab, web):
    web.staff()
    item, _ = call(web, tier="R2")
    sign_in(tab)
    tab.goto(f"{path(item)}?show=1")
    choose(tab)
    tab.get_by_label("When it happened").fill("on Monday, before lunch")
    tab.context.clear_cookies()
    tab.get_by_role("button", name="Save", exact=True).click()
    expect(tab.get_by_role("heading", name="That form had been open too long")).to_be_visible()
    assert faults(tab) == []
    tab.get_by_role("link", name=f"Go back to {path(item)[-8:]}").click()
    tab.get_by_label("Your name").fill("Sam")
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Sign in").click()
    chosen(tab)
    expect(tab.get_by_label("When it happened")).to_have_value("on Monday, before lunch")


def test_a_colleague_who_saved_meanwhile_is_not_overwritten_by_what_came_back(tab, web):
    web.staff()
    item, _ = call(web)
    sign_in(tab)
    tab.goto(path(item))
    choose(tab)
    fields = {"coding_seen": "0", "status_seen": "new", "sentiment": "positive", "do": "save"}
    seated(web, Role.LEAD, name="Kim").post(f"{path(item)}/coding", **fields)
    note(tab)
    expect(tab.get_by_text(BACK)).to_have_count(1)
    tab.get_by_role("button", name="Save", exact=True).click()
    expect(tab.get_by_role("alert")).to_contain_text("Kim coded this while you had it open.")
    assert item_of(web, item).sentiment == "positive"


def test_signing_out_throws_away_what_was_not_saved(tab, web):
    web.staff()
    item, _ = call(web)
    sign_in(tab)
    tab.goto(path(item))
    choose(tab)
    tab.get_by_role("button", name="Sign out").click()
    sign_in(tab)
    tab.goto(path(item))
    expect(tab.get_by_text(BACK)).to_have_count(0)
    expect(tab.get_by_label("Negative", exact=True)).not_to_be_checked()


def test_a_phrase_that_was_open_does_not_come_back_as_all_of_the_words(tab, web):
    web.staff()
    item, _ = call(web)
    sign_in(tab)
    tab.goto(path(item))
    anew = tab.get_by_label("All the words of this recording")
    said = anew.input_value()
    tab.get_by_role("button", name="Correct").first.click()
    tab.get_by_label("Phrase 1").fill("half a phr")
    tab.on("dialog", lambda asked: asked.accept())
    note(tab)
    expect(tab.get_by_text("Your note is added.")).to_be_visible()
    expect(tab.get_by_text(BACK)).to_have_count(0)
    expect(anew).to_have_value(said)
    expect(anew).not_to_be_visible()
