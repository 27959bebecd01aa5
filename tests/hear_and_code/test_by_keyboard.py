"""Hearing, correcting and coding in a real browser, by keyboard alone, counting key presses."""

import pytest
from playwright.sync_api import Page, expect

from handlers.desk import code as coding_page
from store.coding_rows import Coding, Correction
from store.models import Heard, Status
from tests.desk.test_in_a_browser import faults, press_to, sign_in
from tests.hear_and_code.conftest import call, heard, item_of, path, saves, seated, take_of


class Hands:
    """A keyboard that counts. A chord is as many presses as it has keys."""

    def __init__(self, tab: Page) -> None:
        self.tab, self.pressed = tab, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.pressed += key.count("+") + 1
            self.tab.keyboard.press(key)


@pytest.fixture
def at_item(tab, web):
    """A tab on a voice item, signed in."""
    web.staff()
    item, take = call(web)
    sign_in(tab)
    tab.goto(f"{path(item)}#begin")
    return item, take


def until(tab: Page, holds: str) -> None:
    """Wait for something of the page to hold: Playwright's own way is refused by our policy."""
    for _ in range(100):
        if tab.evaluate(holds):
            return
        tab.wait_for_timeout(50)
    raise AssertionError(f"never: {holds}")


def playing(tab: Page) -> bool:
    return tab.evaluate("!document.querySelector('audio').paused")


def at(tab: Page) -> float:
    return tab.evaluate("document.querySelector('audio').currentTime")


def test_a_voicemail_is_checked_coded_and_closed_in_twelve_presses(tab, web, monkeypatch):
    monkeypatch.setattr(coding_page.random, "random", lambda: 0.99)
    web.staff()
    item, take = call(web)
    after = web.item("Next in the queue", minutes=1)
    sign_in(tab)
    expect(tab.get_by_role("button", name="Take next")).to_be_visible()
    hands = Hands(tab)
    hands.press("Tab", "Tab")
    expect(tab.locator(":focus")).to_have_text("Skip to “Take next”")
    hands.press("Enter")
    expect(tab.get_by_role("button", name="Take next")).to_be_focused()
    hands.press("Enter")
    tab.wait_for_url(f"**{path(item)}#begin")
    expect(tab.get_by_role("button", name="Play", exact=True)).to_be_focused()
    hands.press("Enter")  # and listens
    until(tab, "document.querySelector('audio').currentTime > 0.3")
    hands.press("l")
    expect(tab.get_by_role("button", name="Accept all suggestions")).to_be_focused()
    hands.press("Enter")
    expect(tab.get_by_role("button", name="Save, finish, next item")).to_be_focused()
    hands.press("Enter")
    tab.wait_for_url(f"**{path(after)}#begin")
    assert hands.pressed <= 8, hands.pressed
    now = item_of(web, item)
    assert (now.status, now.sentiment, now.service, now.themes, now.place) == (
        Status.FINISHED, "mixed", "hospital", ["manner", "waiting"], "Russells Hall Hospital",
    )  # fmt: skip
    assert take_of(web, take).checked_by == "Sam"


def test_all_suggestions_lead_to_how_the_words_sound_where_none_says_it(tab, web):
    web.staff()
    item = web.item("The hospital letter came by post to my flat, I waited")
    sign_in(tab)
    tab.goto(f"{path(item)}#begin")
    all_of_them = tab.get_by_role("button", name="Accept all suggestions")
    expect(all_of_them).to_be_focused()
    assert tab.locator("[data-field=sentiment]").count() == 0
    tab.keyboard.press("Enter")
    expect(tab.get_by_label("Positive", exact=True)).to_be_focused()


def test_the_work_begins_at_how_the_words_sound_where_nothing_is_suggested(tab, web):
    web.staff()
    item = web.item("Hello there")
    sign_in(tab)
    tab.goto(f"{path(item)}#begin")
    expect(tab.get_by_role("button", name="Save, finish, next item")).to_be_visible()
    assert tab.get_by_role("button", name="Accept all suggestions").count() == 0
    expect(tab.get_by_label("Positive", exact=True)).to_be_focused()


def test_the_same_in_twelve_presses_without_any_single_letter(tab, web):
    web.staff()
    item, _ = call(web)
    sign_in(tab)
    expect(tab.get_by_role("button", name="Take next")).to_be_visible()
    hands = Hands(tab)
    hands.press("Tab", "Tab", "Enter")
    expect(tab.get_by_role("button", name="Take next")).to_be_focused()
    hands.press("Enter")
    tab.wait_for_url(f"**{path(item)}#begin")
    expect(tab.get_by_role("button", name="Play", exact=True)).to_be_focused()
    hands.press("Enter", "Tab")
    expect(tab.locator(":focus")).to_have_class("word")
    while tab.evaluate("document.activeElement.type") != "checkbox":
        hands.press("Tab")
    hands.press("Space", "Tab")
    expect(tab.get_by_role("button", name="Accept all suggestions")).to_be_focused()
    hands.press("Enter", "Enter")
    tab.wait_for_url("**/")
    assert hands.pressed <= 12, hands.pressed
    assert item_of(web, item).status is Status.FINISHED


def test_a_phrase_is_put_right_in_its_place_while_the_voice_goes_on(tab, web, at_item):
    press_to(tab, "button", "The")
    for _ in range(4):
        tab.keyboard.press("ArrowRight")
    expect(tab.locator(":focus")).to_have_text("ward? [unsure]")
    tab.keyboard.press("Enter")
    until(tab, "document.querySelector('audio').currentTime >= 1.4")
    tab.keyboard.press("e")
    field = tab.get_by_label("Phrase 1")
    expect(field).to_be_focused()
    expect(field).to_have_value("The nurse on the ward was kind.")
    field.fill("The nurse on the board was kind.")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("Saved. The machine’s version is kept too.")).to_be_visible()
    expect(tab.locator(":focus")).to_have_text("The")
    assert playing(tab)
    assert tab.url.endswith("#begin")
    assert [row.after for row in saves(web, Correction)] == ["The nurse on the board was kind."]
    assert faults(tab) == []


def test_every_phrase_can_be_reached_and_left_as_it_was(tab, web, at_item):
    press_to(tab, "button", "The")
    for key, word in (("ArrowDown", "I"), ("ArrowDown", "At"), ("End", "Correct phrase 3"),
                      ("ArrowUp", "I"), ("Home", "The")):  # fmt: skip
        tab.keyboard.press(key)
        expect(tab.locator(":focus")).to_have_text(word)
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("e")
    tab.keyboard.type("x")
    tab.keyboard.press("Escape")
    expect(tab.locator(":focus")).to_have_text("I")
    assert saves(web, Correction) == []


def test_keys_play_pause_go_back_and_change_the_speed(tab, web, at_item):
    tab.keyboard.press("p")
    until(tab, "document.querySelector('audio').currentTime > 0.2")
    tab.keyboard.press("f")
    tab.keyboard.press("p")
    until(tab, "document.querySelector('audio').paused")
    there = at(tab)
    assert there >= 5
    tab.keyboard.press("b")
    assert at(tab) == pytest.approx(there - 2, abs=0.1)
    tab.keyboard.press("q")
    tab.keyboard.press("q")
    expect(tab.get_by_role("status", name="Speed")).to_have_text("1.5×")
    for _ in range(9):
        tab.keyboard.press("s")
    assert tab.evaluate("document.querySelector('audio').playbackRate") == 0.75
    press_to(tab, "textbox", "Name and town")
    tab.keyboard.type("pb. ")
    assert not playing(tab)
    tab.keyboard.press("Control+,")
    tab.keyboard.press("Control+.")
    until(tab, "!document.querySelector('audio').paused")
    expect(tab.get_by_label("Name and town")).to_have_value("pb. ")


def test_in_a_field_the_voice_starts_at_the_cursors_word(tab, web, at_item):
    tab.get_by_role("button", name="Correct phrase 2").click()
    tab.keyboard.press("End")
    tab.keyboard.press("Control+Enter")
    until(tab, "document.querySelector('audio').currentTime > 4.1")
    assert playing(tab)


def test_the_keys_can_be_turned_off_and_stay_off(tab, web, at_item):
    item, _ = at_item
    tab.get_by_text("Keys for listening").click()
    tab.get_by_label("Use these keys").uncheck()
    tab.goto("about:blank")
    tab.goto(f"{path(item)}#begin")
    expect(tab.get_by_role("button", name="Play", exact=True)).to_be_focused()
    for key in ("p", "l", "e", "Control+."):
        tab.keyboard.press(key)
    assert not playing(tab)
    assert not tab.get_by_label("I listened to all of it").is_checked()
    expect(tab.get_by_label("Phrase 1")).to_have_count(0)


def test_both_versions_are_shown_when_a_colleague_was_quicker(tab, web, at_item):
    item, take = at_item
    kim = seated(web, name="Kim")
    kim.origin = web.origin
    seen = tab.locator("[data-save] [name=seen]").first.get_attribute("value")
    with web.line.house.database.writing() as session:
        row = session.get_one(type(take), take.id)
        row.corrected = "Theirs. x"
        session.add(Correction(recording_id=take.id, transcript_id=int(seen.partition(".")[0]),
                               phrase=1, by="Kim", at=item.received_at, before="x",
                               after="I waited 9 hours."))  # fmt: skip
    tab.get_by_role("button", name="Correct phrase 2").click()
    tab.keyboard.type(" Then I left.")
    tab.keyboard.press("Enter")
    clash = tab.locator("[data-clash]")
    expect(clash).to_be_focused()
    expect(clash).to_contain_text("It says now, by Kim: “I waited 9 hours.”")
    expect(tab.get_by_label("You wrote")).to_have_value("I waited 5 hours. Then I left.")
    assert faults(tab) == []
    tab.get_by_role("button", name="Let mine stand").click()
    expect(clash).to_have_count(0)
    assert [row.by for row in saves(web, Correction)] == ["Kim", "Sam"]


def test_what_was_typed_stays_when_the_desk_cannot_be_reached(tab, web, at_item):
    tab.get_by_role("button", name="Correct phrase 1").click()
    tab.keyboard.type("!")
    tab.context.set_offline(True)
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("Not saved: we could not be reached.")).to_be_visible()
    expect(tab.get_by_label("Phrase 1")).to_have_value("The nurse on the ward was kind.!")
    tab.context.set_offline(False)
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("Saved. The machine’s version")).to_be_visible()


def test_whoever_was_signed_out_is_told_so_and_their_correction_stays(tab, web, at_item):
    tab.get_by_role("button", name="Correct phrase 1").click()
    tab.keyboard.type("!")
    tab.context.clear_cookies()
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("Not saved: you are signed out.")).to_be_visible()
    expect(tab.get_by_label("Phrase 1")).to_have_value("The nurse on the ward was kind.!")


def test_whoever_signed_in_again_in_another_tab_saves_what_stands_here(tab, web, at_item):
    tab.get_by_role("button", name="Correct phrase 1").click()
    tab.keyboard.type("!")
    tab.context.clear_cookies()
    other = tab.context.new_page()
    sign_in(other)
    expect(other.get_by_role("button", name="Sign out")).to_be_visible()
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("Saved. The machine’s version")).to_be_visible()
    expect(tab.get_by_label("Phrase 1")).to_have_count(0)
    assert [row.after for row in saves(web, Correction)] == ["The nurse on the ward was kind.!"]


def test_a_colleague_who_signed_in_meanwhile_saves_nothing_of_ours(tab, web, at_item):
    web.staff("Kim")
    tab.get_by_role("button", name="Correct phrase 1").click()
    tab.keyboard.type("!")
    tab.context.clear_cookies()
    other = tab.context.new_page()
    sign_in(other, "Kim")
    expect(other.get_by_role("button", name="Sign out")).to_be_visible()
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("Not saved: you are signed out.")).to_be_visible()
    assert saves(web, Correction) == []


def test_what_else_is_being_written_stays_open_when_a_phrase_is_saved(tab, web, at_item):
    tab.get_by_role("button", name="Correct phrase 1").click()
    tab.keyboard.type(" Always.")
    tab.get_by_text("Write it all anew").click()
    tab.get_by_label("All the words of this recording").fill("All of it")
    tab.get_by_role("button", name="Correct phrase 2").click()
    tab.keyboard.type(" Then I left.")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("Saved. The machine’s version")).to_be_visible()
    expect(tab.get_by_label("Phrase 2")).to_have_count(0)
    expect(tab.get_by_label("Phrase 1")).to_have_value("The nurse on the ward was kind. Always.")
    expect(tab.get_by_label("All the words of this recording")).to_have_value("All of it")


def test_a_phrase_that_stays_open_overwrites_no_colleague(tab, web, at_item):
    kim = seated(web, name="Kim")
    tab.get_by_role("button", name="Correct phrase 1").click()
    tab.keyboard.type(" Always.")
    item, take = at_item
    seen = tab.locator("[data-save] [name=seen]").first.get_attribute("value")
    words = f"{path(item)}/recordings/{take.id}/words"
    assert kim.post(words, phrase="0", wording="Kim heard", seen=seen).status_code == 302
    tab.get_by_role("button", name="Correct phrase 2").click()
    tab.keyboard.type(" Then I left.")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("Saved. The machine’s version")).to_be_visible()
    tab.get_by_label("Phrase 1").press("Enter")
    expect(tab.locator("[data-clash]")).to_contain_text("It says now, by Kim")


def test_one_suggestion_at_a_time_and_never_more_than_five_themes(tab, web, at_item):
    tab.get_by_role("button", name="Hospital", exact=True).press("Enter")
    expect(tab.get_by_label("Service", exact=True)).to_have_value("hospital")
    expect(tab.locator(":focus")).to_have_text("Russells Hall Hospital")
    tab.get_by_text("Places and getting there").click()
    for name in ("Food and drink", "Cleanliness and infection", "Parking, travel and transport"):
        tab.get_by_label(name).check()
    tab.get_by_text("Getting care", exact=True).click()
    for name in ("Referrals", "Cost and funding"):
        tab.get_by_label(name).check()
    expect(tab.get_by_label("Waiting and delays")).to_be_disabled()
    tab.get_by_role("button", name="Waiting and delays").press("Enter")
    expect(tab.get_by_text("Five themes are chosen already.")).to_be_visible()
    assert saves(web, Coding) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_second_readers_have_no_fault(tab, web, width, monkeypatch):
    monkeypatch.setattr(coding_page.random, "random", lambda: 0.0)
    monkeypatch.setattr(coding_page.agreement, "drawn", lambda _: True)
    tab.set_viewport_size({"width": width, "height": 800})
    web.staff()
    web.staff("Kim")
    web.staff("Lee")
    item, _ = call(web)
    sign_in(tab)
    tab.goto(path(item))
    tab.get_by_label("Negative").check()
    tab.get_by_label("I listened to all of it").check()
    tab.get_by_role("button", name="Save and finish").click()
    expect(tab.get_by_text("is checked, coded and finished.")).to_be_visible()
    wrong = faults(tab)
    tab.context.clear_cookies()
    sign_in(tab, "Kim")
    tab.get_by_role("link", name="Second readers").click()
    wrong += faults(tab)
    tab.get_by_role("link", name=path(item).removeprefix("/feedback/")).click()
    wrong += faults(tab)
    tab.get_by_label("Positive").check()
    tab.get_by_role("button", name="Save my reading").click()
    expect(tab.get_by_role("heading", name="Settle")).to_be_visible()
    expect(tab.get_by_role("button", name="Let these stand")).to_have_count(0)
    wrong += faults(tab)
    tab.context.clear_cookies()
    sign_in(tab, "Lee")
    tab.goto(f"{path(item)}/settle")
    wrong += faults(tab)
    tab.get_by_label("Positive").check()
    tab.get_by_role("button", name="Let these stand").click()
    expect(tab.get_by_text("is settled.")).to_be_visible()
    assert wrong == []
    assert item_of(web, item).sentiment == "positive"


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_the_player_comes(tab, web, width):
    tab.set_viewport_size({"width": width, "height": 800})
    web.staff()
    item, _ = call(web)
    sign_in(tab)
    held = []
    tab.route("**/hear.js*", lambda route: held.append(route))
    with tab.expect_request("**/hear.js*"):
        tab.goto(path(item), wait_until="commit")
    # Read to its end, and in its styles: only the script is still to come. (A function: the
    # policy of the page lets a bare expression be asked once, and never again.)
    tab.wait_for_function(
        "() => document.readyState !== 'loading' && document.styleSheets.length >= 2"
        " && getComputedStyle(document.querySelector('.phrases')).listStyleType === 'none'"
    )
    before = tab.locator("[data-phrases]").bounding_box()["y"]
    held[0].continue_()
    expect(tab.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert abs(tab.locator("[data-phrases]").bounding_box()["y"] - before) <= 8


@pytest.mark.parametrize(("width", "height"), [(320, 256), (390, 800), (1600, 900)])
def test_the_work_has_no_fault_at_any_size(tab, web, width, height):
    tab.set_viewport_size({"width": width, "height": height})
    web.staff()
    item, take = call(web, rating="good", about="me", service="other", place="y" * 150)
    newer = heard("the nurse on the board " + "z" * 90, "a-better-model")
    newer.recording_id = take.id
    web.add(newer)
    other, _ = web.voice(state=Heard.NO_SPEECH, reason="Silence.")
    sign_in(tab)
    wrong = []
    for each in (item, other):
        tab.goto(path(each))
        for summary in tab.locator("summary").all():
            summary.click()
        wrong += faults(tab)
    assert wrong == []


def test_without_a_script_a_whole_recording_is_corrected_and_coded(chromium, web):
    web.staff()
    item, take = call(web)
    context = chromium.new_context(base_url=web.origin, java_script_enabled=False)
    tab = context.new_page()
    sign_in(tab)
    tab.goto(path(item))
    tab.get_by_text("Write it all anew").click()
    tab.get_by_label("All the words of this recording").fill("Right words\nat the hospital")
    tab.get_by_role("button", name="Save these words").click()
    expect(tab.get_by_text("Your correction is kept")).to_be_visible()
    tab.get_by_role("button", name="Hospital").click()
    tab.get_by_label("Mixed: both").check()
    tab.get_by_role("button", name="Save", exact=True).click()
    expect(tab.get_by_text("Coded.", exact=True)).to_be_visible()
    assert (take_of(web, take).corrected, item_of(web, item).sentiment) == (
        "Right words\nat the hospital",
        "mixed",
    )
    context.close()
