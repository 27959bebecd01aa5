"""What an item is about: chosen by people, kept with its history, apart from what callers said."""

from datetime import date, timedelta

import pytest

from store import exporting
from store.coding_rows import Coding, Reading
from store.models import Status
from store.staff import Role
from tests.hear_and_code.conftest import NOW, call, item_of, path, save, saves, seated, take_of
from triage.record import record

# --- what is kept


def test_a_coding_is_kept_with_who_and_what(both):
    item, noise = both.item("I waited"), both.item("I waited")
    answer = save(
        seated(both), item, sentiment="negative", service="gp", place="High St, Dudley",
        provider="Dudley trust", about="me", themes=["waiting", "booking"],
        happened="last week", happened_on="2020-07-09", staff_rating="poor",
    )  # fmt: skip
    assert answer.status_code == 302
    now = item_of(both, item)
    assert (now.sentiment, now.service, now.place, now.provider, now.about, now.themes) == (
        "negative", "gp", "High St, Dudley", "Dudley trust", "me", ["waiting", "booking"],
    )  # fmt: skip
    assert (now.happened, now.happened_on) == ("last week", date(2020, 7, 9))
    assert (now.rating, now.staff_rating) == (None, "poor")
    assert now.coded_at is not None
    assert item_of(both, noise).coded_at is None
    (row,) = saves(both, Coding)
    assert (row.feedback_id, row.by, row.reading) == (item.id, "Sam", Reading.FIRST)


def test_the_callers_own_answers_stay_beside_ours(desk, seat):
    item = desk.item("x", service="other", about="me", rating="very_good")
    sitting = seat()
    save(sitting, item, service="hospital", about="someone_else", staff_rating="very_poor")
    now = item_of(desk, item)
    assert (now.service, now.given) == (
        "hospital", {"service": "other", "place": None, "about": "me"},
    )  # fmt: skip
    assert (now.rating, now.staff_rating) == ("very_good", "very_poor")
    page = sitting.get(path(item)).text
    assert "The caller: Something else" in page
    save(sitting, item, service="gp")
    assert item_of(desk, item).given["service"] == "other"


def test_an_answer_that_comes_after_the_coding_fills_only_what_staff_left_open(sqlite_line):
    from tests.desk.conftest import Desk

    desk = Desk(sqlite_line)
    sqlite_line.text("The ward was cold and I waited for hours")
    (item,) = sqlite_line.items()
    save(seated(desk), item, about="someone_else")
    for answer in ("2", "4", "1"):
        sqlite_line.text(answer)
    now = item_of(desk, item)
    assert (now.service, now.rating, now.about) == ("hospital", "poor", "someone_else")
    assert now.given["about"] == "me"


def test_each_save_stands_in_the_history(desk, seat):
    item, sitting = desk.item("x"), seat()
    save(sitting, item, sentiment="positive", themes=["food"])
    save(sitting, item, sentiment="negative", themes=["food"])
    save(sitting, item, sentiment="negative", themes=["food"])
    assert [row.coded["sentiment"] for row in saves(desk, Coding)] == ["positive", "negative"]
    page = sitting.get(path(item)).text
    assert "Coded so far (2)" in page
    assert '<del><span class="visually-hidden">was </span>Positive</del> Negative' in page


def test_a_later_save_on_an_older_page_overwrites_nothing(both):
    item = both.item("x")
    sam, kim = seated(both), seated(both, name="Kim")
    save(sam, item, sentiment="positive")
    answer = save(kim, item, sentiment="negative", coding_seen="0")
    assert answer.status_code == 409
    assert "Sam coded this while you had it open" in answer.text
    assert 'value="negative" checked' in answer.text
    assert item_of(both, item).sentiment == "positive"
    save(kim, item, sentiment="negative")
    assert item_of(both, item).sentiment == "negative"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sentiment", ""), ("sentiment", "angry"), ("service", "spa"), ("about", "dog"),
        ("themes", ["nonsense"]), ("staff_rating", "5"), ("place", "x" * 201),
        ("themes", ["food", "travel", "pain", "cost", "safe", "waiting"]),
        ("happened_on", (NOW + timedelta(days=2)).date().isoformat()), ("happened_on", "soon"),
        ("happened", "x" * 101), ("provider", "x" * 201),
    ],
    ids=str,
)  # fmt: skip
def test_what_will_not_do_is_refused_and_stays_in_the_form(desk, seat, field, value):
    item = desk.item("x")
    answer = save(seat(), item, **{"happened": "last week", field: value})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert field == "happened" or "last week" in answer.text
    assert saves(desk, Coding) == []


@pytest.mark.parametrize("more", [{"tier": "R1"}, {"tier": "R2"}, {"signals": ["death"]}], ids=str)
def test_words_of_danger_and_deaths_are_not_rated(desk, seat, more):
    item, sitting = desk.item("x", **more), seat()
    assert 'name="staff_rating"' not in sitting.get(f"{path(item)}?show=1").text
    assert save(sitting, item, staff_rating="poor").status_code == 422
    assert item_of(desk, item).staff_rating is None


def test_a_reader_sees_the_coding_and_codes_nothing(desk, seat):
    item = desk.item("x")
    save(seat(), item, themes=["food"])
    reader = seat(Role.READER, "Rea")
    page = reader.get(path(item)).text
    assert "Food and drink" in page
    assert 'id="code"' not in page
    assert [
        reader.post(f"{path(item)}/coding").status_code, reader.get("/second").status_code,
        reader.get(f"{path(item)}/second").status_code,
        reader.post(f"{path(item)}/settle").status_code,
    ] == [403] * 4  # fmt: skip


def test_words_of_danger_suggest_nothing_before_they_are_shown(desk, seat):
    item = desk.item("SECRET: the nurse was kind", tier="R1")
    assert "Suggested" not in seat().get(path(item)).text


# --- suggestions


def test_suggestions_are_offered_with_their_words_and_never_applied_in_silence(desk, seat):
    item = desk.item("I waited five hours at Russells Hall Hospital")
    page = seat().get(path(item)).text
    assert 'value="themes:waiting"' in page
    assert "“waited”" in page
    assert "checked" not in page.partition('id="code"')[2].partition("</form>")[0]
    assert item_of(desk, item).themes == []


def test_without_a_script_an_accepted_suggestion_comes_back_in_the_form_unsaved(desk, seat):
    item, sitting = desk.item("I waited five hours"), seat()
    answer = save(sitting, item, accept=["themes:waiting"], sentiment="")
    assert answer.status_code == 200
    assert 'value="waiting" checked' in answer.text
    assert 'value="themes:waiting"' not in answer.text
    assert saves(desk, Coding) == []


def test_what_was_offered_and_taken_is_kept(desk, seat):
    item, sitting = desk.item("I waited five hours, kind nurse"), seat()
    save(sitting, item, sentiment="positive", themes=["waiting"])
    (row,) = saves(desk, Coding)
    assert row.offered == ["sentiment:mixed", "themes:manner", "themes:waiting"]
    assert row.taken == ["themes:waiting"]
    assert "50%" in sitting.get("/second").text


# --- listening


def test_a_tick_says_who_listened_and_the_item_is_checked_when_all_are(both):
    item, take = call(both)
    second, _ = both.voice()
    with both.line.house.database.writing() as session:
        other = session.merge(second).recordings[0]
        other.feedback_id = item.id
    _, noise = call(both)
    sitting = seated(both)
    save(sitting, item, heard=str(take.id))
    assert (take_of(both, take).checked_by, item_of(both, item).checked_at) == ("Sam", None)
    save(sitting, item, heard=[str(take.id), str(other.id), str(noise.id), "x", ""])
    assert item_of(both, item).checked_at is not None
    assert take_of(both, noise).checked_at is None
    assert "Sam listened to all of it" in sitting.get(path(item)).text


def test_a_tick_alone_is_kept_without_a_coding(desk, seat):
    item, take = call(desk)
    answer = save(seat(), item, heard=str(take.id), sentiment="")
    assert answer.status_code == 302
    assert (item_of(desk, item).checked_at is None, item_of(desk, item).coded_at) == (False, None)


# --- the end of it


def test_saved_finished_and_on_to_the_next(both):
    item, take = call(both)
    waiting = both.item("next")
    done = both.item("done", status=Status.FINISHED)
    answer = save(seated(both), item, "next", heard=str(take.id))
    assert answer.location == f"{path(waiting)}#begin"
    now = item_of(both, item)
    assert (now.status, now.checked_at is None, now.coded_at is None) == (
        Status.FINISHED, False, False,
    )  # fmt: skip
    assert item_of(both, waiting).held_by == "Sam"
    assert item_of(both, done).held_by is None


def test_with_nothing_left_the_next_is_the_queue(desk, seat):
    item = desk.item("x")
    assert save(seat(), item, "next").location == "/"


def test_a_voice_that_nobody_heard_is_not_finished_here(desk, seat):
    item, take = call(desk)
    answer = save(seat(), item, "finish")
    assert answer.status_code == 422
    assert "Listen to all of recording 1" in answer.text
    assert (item_of(desk, item).status, saves(desk, Coding)) == (Status.NEW, [])
    assert take_of(desk, take).checked_at is None


def test_a_triager_does_not_finish_words_of_danger(desk, seat):
    item, sitting = desk.item("x", tier="R2"), seat()
    assert "Save and finish" not in sitting.get(f"{path(item)}?show=1").text
    assert save(sitting, item, "finish").status_code == 422
    assert item_of(desk, item).status is Status.NEW


def test_an_item_that_a_colleague_moved_meanwhile_is_not_finished(desk, seat):
    item = desk.item("x")
    assert save(seat(), item, "finish", status_seen="waiting").status_code == 409
    assert (item_of(desk, item).status, saves(desk, Coding)) == (Status.NEW, [])


# --- what leaves the desk


def test_an_export_has_the_words_as_people_put_them_right(desk, seat):
    item, take = call(desk)
    sitting = seat()
    sitting.post(
        f"{path(item)}/recordings/{take.id}/words", phrase="", wording="Right words",
        seen=sitting.get(path(item)).text.partition('name="seen" value="')[2].partition('"')[0],
    )  # fmt: skip
    save(sitting, item, sentiment="positive", themes=["food"], staff_rating="good")
    with desk.line.house.database.reading() as session:
        (row,) = exporting.batch(session, None, None, None, 10)
        out = record(row)
    assert (out["words"], out["sentiment"], out["themes"]) == ("Right words", "positive", ["food"])
    assert out["rating"] is None
    assert out["recordings"][0]["transcript"]["text"].startswith("the nurse on the ward")
