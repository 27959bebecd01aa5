"""What readers see on the desk, and what leaves in an export: redacted, wherever it stands."""

import json

import pytest

from commands.export import export
from store.staff import Note, Role
from tests.desk.conftest import NOW, seated
from tests.desk.test_search import index

WORDS = "Nurse Agnieszka was kind but the parking was awful, ring 07700 900123"
SECRETS = ("Agnieszka", "900123", "Wojciechowski", "Hargreaves", "Parveen")


@pytest.fixture
def item(desk):
    """An item with secrets in every place where people write words."""
    item = desk.item(WORDS, tier="R3", place="Dr Hargreaves, Dudley")
    desk.add(Note(feedback_id=item.id, by="Sam", at=NOW, body="Mrs Wojciechowski rang"))
    triager = seated(desk, name="Tess")
    triager.post(f"/feedback/{item.reference}/moves", seen="new", after="waiting",
                 reason="for Mrs Parveen")  # fmt: skip
    index(desk, item, desk.item("NOISE the parking was fine"))
    return item


def paths(item):
    return ("/?need=urgent", "/", "/?need=finished", "/search?q=parking",
            f"/feedback/{item.reference}?show=1")  # fmt: skip


def test_a_reader_sees_no_secret_on_any_page(desk, seat, item):
    reader = seat(Role.READER, "Rae")
    pages = {path: reader.get(path).text for path in paths(item)}
    assert [(p, s) for p, text in pages.items() for s in SECRETS if s in text] == []
    assert "Nurse [name removed] was kind" in pages[paths(item)[-1]]
    assert "<mark>parking</mark>" in pages["/search?q=parking"]


def test_who_works_on_feedback_sees_the_words_as_they_are(desk, seat, item):
    assert WORDS in seat(Role.TRIAGER, "Tom").get(paths(item)[-1]).text


def test_a_reader_reads_the_words_of_a_voice_without_names(desk, seat):
    item, _ = desk.voice("my name is jean smith and the nurse was kind")
    page = seat(Role.READER).get(f"/feedback/{item.reference}").text
    assert "[name removed] and the nurse was kind" in page
    assert "jean" not in page.lower()
    assert "smith" not in page.lower()


@pytest.mark.parametrize("query", ["Agnieszka", "07700", "900123", "Wojciechowski", "agnieszk*"])
def test_a_reader_cannot_find_out_who_is_here_by_searching(desk, seat, item, query):
    found = seat(Role.READER).get("/search", query_string={"q": query}).text
    assert item.reference[:4] not in found


def test_a_word_that_is_only_in_what_was_taken_out_finds_nothing(desk, seat):
    item = desk.item("my daughter Rose was left on the floor")
    garden = desk.item("the rose garden is shut")
    index(desk, item, garden)
    found = seat(Role.READER).get("/search?q=rose").text
    assert garden.reference[:4] in found
    assert item.reference[:4] not in found
    assert item.reference[:4] in seat(Role.TRIAGER, "Tom").get("/search?q=rose").text


def test_an_export_can_be_redacted(run, sqlite_line):
    sqlite_line.text(WORDS)
    plain, private = (json.loads(run(export, *more).stdout) for more in ((), ("--redacted",)))
    assert plain["words"] == WORDS
    assert (
        private["words"]
        == "Nurse [name removed] was kind but the parking was awful, ring [phone number removed]"
    )
    assert "Agnieszka" not in json.dumps(private)
    assert list(private) == list(plain)
