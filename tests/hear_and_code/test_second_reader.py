"""About one coding in twenty is read by somebody else, too: how alike two people code."""

from datetime import UTC, datetime

import pytest

from store import desk as rows
from store import needs
from store.access_rows import Look
from store.coding_rows import Awaits, Coding, Reading
from store.models import Feedback
from store.needs import Need
from store.staff import Role
from tests.hear_and_code.conftest import item_of, path, save, saves, seated
from triage import agreement


def test_a_coding_that_is_drawn_waits_for_somebody_else(both, drawn):
    item = both.item("SECRET words")
    sam, kim = seated(both), seated(both, name="Kim")
    save(sam, item, sentiment="negative", themes=["food"])
    (row,) = saves(both, Coding)
    assert row.awaits is Awaits.SECOND
    assert path(item) not in sam.get("/second").text
    assert sam.get(f"{path(item)}/second").status_code == 404
    assert path(item) in kim.get("/second").text
    page = kim.get(f"{path(item)}/second").text
    assert [look.by for look in saves(both, Look)] == ["Sam", "Kim"]
    assert "SECRET words" in page
    assert "checked" not in page
    assert "Suggested" not in page


@pytest.mark.parametrize("more", [{"tier": "R1"}, {"tier": "R2"}], ids=str)
def test_nobody_reads_words_of_danger_twice_for_the_figures(desk, seat, drawn, more):
    save(seat(), desk.item("x", **more))
    assert [row.awaits for row in saves(desk, Coding)] == [None]


@pytest.mark.parametrize("tier", ["R1", "R2"])
def test_what_became_urgent_meanwhile_is_read_by_nobody_twice(both, drawn, tier):
    item, kim = both.item("SECRET words"), seated(both, name="Kim")
    save(seated(both), item, sentiment="negative")
    with both.line.house.database.writing() as session:
        session.get_one(Feedback, item.id).tier = tier
    assert path(item) not in kim.get("/second").text
    for answer in (
        kim.get(f"{path(item)}/second"),
        save(kim, item, at="second", sentiment="mixed"),
    ):
        assert answer.location == path(item)
    page = kim.get(path(item)).text
    assert "Nobody needs to read it twice." in page
    assert "SECRET words" not in page
    assert len(saves(both, Coding)) == 1


def test_two_who_agree_are_done(both, drawn):
    item = both.item("x")
    save(seated(both), item, sentiment="negative", themes=["food", "pain"])
    kim = seated(both, name="Kim")
    answer = save(kim, item, at="second", sentiment="negative", themes=["pain", "food"])
    assert answer.location == "/second"
    assert [row.awaits for row in saves(both, Coding)] == [None, None]
    assert "100%" in kim.get("/second").text


def test_two_who_differ_see_both_and_choose(both, drawn):
    item = both.item("x", rating="good")
    sam, kim = seated(both), seated(both, name="Kim")
    save(sam, item, sentiment="negative", themes=["food"], service="gp")
    answer = save(kim, item, at="second", sentiment="mixed", themes=["pain"], service="gp")
    assert answer.location == f"{path(item)}/settle"
    assert item_of(both, item).sentiment == "negative"
    page = sam.get(f"{path(item)}/settle").text
    assert all(words in page for words in ("Negative", "Mixed: both", "Food and drink", "Pain"))
    assert "GP surgery" not in page
    assert "Let these stand" not in page
    lee = seated(both, name="Lee")
    assert lee.post(f"{path(item)}/settle", sentiment="second").status_code == 422
    lee.post(f"{path(item)}/settle", sentiment="second", themes="first")
    now = item_of(both, item)
    assert (now.sentiment, now.themes, now.service, now.rating) == ("mixed", ["food"], "gp", "good")
    assert sam.get(f"{path(item)}/settle").status_code == 404
    assert [row.reading for row in saves(both, Coding)] == list(Reading)


def test_who_looks_at_two_readings_waits_for_nobody_who_changes_the_item(both, drawn):
    item, sam = both.item("x"), seated(both)
    save(sam, item, sentiment="negative")
    save(seated(both, name="Kim"), item, at="second", sentiment="mixed")
    with both.line.house.database.writing() as session:
        assert rows.locked(session, item.reference)
        assert sam.get(f"{path(item)}/settle").status_code == 200


@pytest.mark.parametrize("role", [Role.LEAD, Role.DEPUTY], ids=str)
def test_neither_of_two_who_differ_chooses_alone_but_lead_and_deputy_may(desk, seat, drawn, role):
    item = desk.item("x")
    sam, lea = seat(), seat(role, "Lea")
    save(sam, item, sentiment="negative")
    save(lea, item, at="second", sentiment="mixed")
    assert sam.post(f"{path(item)}/settle", sentiment="first").status_code == 403
    assert item_of(desk, item).sentiment == "negative"
    lea.post(f"{path(item)}/settle", sentiment="second")
    assert item_of(desk, item).sentiment == "mixed"


def test_the_same_choices_saved_again_code_new_words(both):
    item, sam = both.item("I waited"), seated(both)
    save(sam, item)
    words_came(both, item)
    assert queues(both, item) == {Need.CODE}
    save(sam, item)
    assert queues(both, item) == {Need.ACT}
    assert [row.reading for row in saves(both, Coding)] == [Reading.FIRST] * 2


def test_to_settle_two_old_readings_codes_no_new_words(desk, seat, drawn):
    item = desk.item("x")
    save(seat(), item, sentiment="negative")
    save(seat(name="Kim"), item, at="second", sentiment="mixed")
    words_came(desk, item)
    seat(Role.LEAD, "Lea").post(f"{path(item)}/settle", sentiment="first")
    assert queues(desk, item) == {Need.CODE}


def words_came(at, item):
    """Its person has said more since it was coded."""
    with at.line.house.database.writing() as session:
        session.get_one(Feedback, item.id).words_at = datetime.now(UTC)


def queues(at, item):
    with at.line.house.database.reading() as session:
        return needs.of(session, [item.id])[item.id]


def test_what_a_second_reader_thought_is_not_shown_before_it_is_settled(desk, seat, drawn):
    item = desk.item("x")
    save(seat(), item, sentiment="negative")
    save(seat(name="Kim"), item, at="second", sentiment="mixed")
    assert "Coded so far (1)" in seat(name="Lee").get(path(item)).text


def test_agreement_beyond_chance():
    coded = [{"sentiment": s} for s in ("a", "a", "b", "b")]
    other = [{"sentiment": s} for s in ("a", "b", "b", "b")]
    found = agreement.agreements(list(zip(coded, other, strict=True)), ["food"])
    assert found["sentiment"] == agreement.Agreement(4, 3, 0.5)
    assert found["service"] == agreement.Agreement(4, 4, None)
    assert agreement.agreements([], ["food"])["themes"] == agreement.Agreement(0, 0, None)


def test_about_one_in_twenty_is_drawn():
    assert [agreement.drawn(roll) for roll in (0.0, 0.049, 0.05, 0.99)] == [
        True,
        True,
        False,
        False,
    ]
