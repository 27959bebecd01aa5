"""A place of care is chosen on the coding form: typed, offered, with a script and without."""

import json

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from store.coding_rows import Coding
from store.models import Feedback
from store.provider_rows import Provider
from store.staff import Role
from tests.desk.conftest import NOW, seated
from tests.desk.test_in_a_browser import faults, path, sign_in
from tests.hear_and_code.test_coding import save
from tests.providers.conftest import PLACES, read_in
from triage import naming
from triage.record import record

LAPAL = "Lapal House and Lodge, Dudley (1-101)"


@pytest.fixture(autouse=True)
def nobody_is_drawn(monkeypatch):
    monkeypatch.setattr("handlers.desk.code.random.random", lambda: 0.99)


def looked_up(sitting, said, service=""):
    answer = sitting.client.get(
        "/providers", query_string={"q": said, "service": service},
        base_url="https://line.example.org", headers={"Accept": "application/json"},
    )  # fmt: skip
    return [one["name"] for one in json.loads(answer.text)]


def now(at, item):
    with at.line.house.database.reading() as session:
        return session.get_one(Feedback, item.id)


@pytest.mark.parametrize(
    ("said", "service", "first"),
    [
        ("lapal house", "", "Lapal House and Lodge"),
        ("lapel", "gp", "Lapal Surgery"),
        ("lapal", "care_home", "Lapal House and Lodge"),
        ("Russels hall", "", "Russells Hall Hospital"),
        ("rus dud", "hospital", "Russells Hall Hospital"),
        ("st marys walsall", "other", "St Mary's Dental Practice"),
        ("tiled house brierley", "", "Tiled House"),
    ],
)
def test_what_somebody_said_finds_the_place_they_meant(both, said, service, first):
    read_in(both)
    assert looked_up(seated(both), said, service)[0] == first


@pytest.mark.parametrize("said", ["", "x", "%", "zzzz qqqq", "' OR 1=1 --", "\x00", "é" * 500])
def test_words_of_nothing_find_nothing(both, said):
    read_in(both)
    assert looked_up(seated(both), said) == []


def test_a_closed_place_is_not_offered_any_more(both):
    read_in(both)
    with both.line.house.database.writing() as session:
        session.get_one(Provider, "1-101").closed_at = NOW
    assert "Lapal House and Lodge" not in looked_up(seated(both), "lapal house")


def test_a_chosen_place_stands_on_the_item_with_its_number_and_history(both):
    read_in(both)
    item, other = both.item("she was kind"), both.item("noise")
    sitting = seated(both)
    save(sitting, item, provider=LAPAL)
    assert (now(both, item).provider, now(both, item).provider_id) == (LAPAL, "1-101")
    assert now(both, other).provider_id is None
    save(sitting, item, provider="Somewhere in Lapal")
    assert now(both, item).provider_id is None
    with both.line.house.database.reading() as session:
        kept = [
            row.coded["provider"] for row in session.scalars(select(Coding).order_by(Coding.id))
        ]
    assert kept == [LAPAL, "Somewhere in Lapal"]


def test_an_export_has_number_and_name_apart():
    item = Feedback(provider=LAPAL, provider_id="1-101")
    assert naming.name(item.provider) == "Lapal House and Lodge, Dudley"
    assert naming.number("Lapal (the old one)") is None
    assert naming.name("Lapal (the old one)") == "Lapal (the old one)"


def test_an_exported_item_says_its_provider(desk):
    item = desk.item("x", provider=LAPAL, provider_id="1-101")
    typed, none = desk.item("y", provider="Dudley trust"), desk.item("z")
    made = {one.reference: record(one)["provider"] for one in desk.line.items()}
    assert made[item.reference] == {"id": "1-101", "name": "Lapal House and Lodge, Dudley"}
    assert made[typed.reference] == {"id": None, "name": "Dudley trust"}
    assert made[none.reference] is None


def test_a_place_that_the_caller_named_is_offered_and_another_kind_is_not(desk):
    read_in(desk)
    item = desk.item("x", place="Lapal House Halesowen", service="care_home")
    page = seated(desk).get(path(item)).text
    assert f'value="provider:{LAPAL}"' in page
    assert "Lapal Surgery" not in page


def test_nothing_is_offered_for_a_place_that_is_not_in_the_directory(desk):
    read_in(desk)
    page = seated(desk).get(path(desk.item("x", place="Ward 7 Leeds"))).text
    assert "In the directory" not in page


def test_without_a_script_places_are_found_and_pressed_and_what_was_typed_stays(desk):
    read_in(desk)
    item, sitting = desk.item("x"), seated(desk)
    found = save(sitting, item, find="1", provider="lapal house", happened="last week")
    assert f'value="provider:{LAPAL}"' in found.text
    assert 'value="last week"' in found.text
    pressed = save(sitting, item, accept=f"provider:{LAPAL}", provider="lapal house")
    assert (
        f'name="provider" maxlength="200" dir="auto" autocomplete="off" value="{LAPAL}"'
        in pressed.text
    )
    assert now(desk, item).provider is None  # nothing is saved by that


@pytest.mark.parametrize("role", Role)
def test_whoever_looks_at_feedback_may_search_the_directory(desk, role):
    read_in(desk)
    answer = seated(desk, role).get("/providers?q=lapal")
    assert answer.status_code == (403 if role is Role.ADMIN else 200)
    assert ("Lapal Lane South" in answer.text) is (role is not Role.ADMIN)


def test_a_hostile_name_is_only_shown(desk):
    read_in(desk, {"1-666": {**PLACES["1-101"], "name": "<script>alert(1)</script> Lapal"}})
    item = desk.item("x", place="script alert Lapal")
    for page in ("/providers?q=lapal", path(item)):
        assert "<script>alert" not in seated(desk, name=page).get(page).text


def test_a_place_is_chosen_by_keyboard_alone(tab, web):
    read_in(web)
    web.staff()
    item = web.item("she was kind")
    sign_in(tab)
    tab.goto(path(item))
    box = tab.get_by_role("combobox", name="Provider")
    listed = tab.get_by_role("listbox", name="Places in the directory")
    box.focus()
    tab.keyboard.type("lapel h")
    expect(listed.get_by_role("option").first).to_contain_text("Lapal House and Lodge")
    expect(box).to_have_attribute("aria-expanded", "true")
    tab.keyboard.press("ArrowDown")
    expect(listed.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    assert faults(tab) == []
    tab.keyboard.press("Enter")
    expect(box).to_have_value(LAPAL)
    expect(box).to_be_focused()
    expect(listed).to_be_hidden()
    tab.keyboard.type("x")
    expect(listed).to_be_visible()
    tab.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    expect(box).to_have_value(f"{LAPAL}x")


@pytest.mark.parametrize("width", [320, 1280])
def test_the_directory_page_has_no_fault_and_leads_to_the_figures(tab, web, width):
    read_in(web)
    web.staff()
    tab.set_viewport_size({"width": width, "height": 800})
    sign_in(tab)
    tab.goto("/providers?q=lapal")
    assert faults(tab) == []
    tab.get_by_role("link", name="Figures of Lapal House and Lodge").click()
    expect(tab.get_by_role("list", name="Only these are counted")).to_contain_text("Lapal House")
