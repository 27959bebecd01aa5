"""Searching: what is found, what never is, and that nothing of an erased word is left."""

import sqlite3
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import event
from sqlalchemy.orm import Session

from store import search, search_postgres, search_words
from store.models import Feedback, Kind, Status, Text
from store.search_letters import CONTROLS, ONE_WAY, shown, stored
from store.search_sqlite import match
from store.staff import Note, Role
from tests.desk.conftest import NOW, Desk, seated
from tests.desk.test_queue import ref, references

ITEM = (
    "The nurse on Ward 4 was so kind, she didn't hurry. Visited A&E; waited. “Lovely café”, the "
    "ambulance didn’t come for the emergency appointment, follow-up by Siân O’Neill💙 "
    "护士非常好，但是我们等了很久 مُمَرِّضة لطيفة، نرس بہت مہربان تھی۔ ਨਰਸ ਬਹੁਤ ਚੰਗੀ ਸੀ"
)


def index(desk: Desk, *items: Feedback) -> None:
    """As the clock does, once whoever wrote the words has marked their items."""
    with desk.line.house.database.writing() as session:
        for item in items:
            search.due(session, item.id)
    with desk.line.house.database.writing() as session:
        while search.index(session, 10):
            pass


def found(desk: Desk, query: str) -> set[int]:
    with desk.line.house.database.reading() as session:
        return {row.id for row in search.find(session, query, 25, None, None).rows}


@pytest.fixture
def noise(both: Desk) -> Desk:
    index(both, both.item("NOISE The doctor was rude, ward 5"), both.voice("the food was cold")[0])
    return both


QUERIES = {
    "a word": "nurse",
    "another case": "NURSE",
    "every word": "kind nurse",
    "another form": "visiting",
    "a phrase": '"nurse on ward"',
    "a phrase left open": '"nurse on ward',
    "curly quotes": "“so kind”",
    "a beginning": "nurs*",
    "a phrase and a beginning": '"ward 4" hur*',
    "signs between": "A&E",
    "an apostrophe": "didn't",
    "another apostrophe": "didn’t",
    "no apostrophe": "didnt",
    "a name's apostrophe": "o'neill",
    "an accent": "café",
    "an accent left out": "cafe sian",
    "an accent of two letters": "cafe\u0301",
    "beside a curly quote": "lovely",
    "beside an emoji": "neill",
    "a hyphen": "follow-up",
    "a hyphen left out": "follow up",
    "a beginning longer than the stem": "ambula*",
    "another": "emergenc* appointm*",
    "emoji": "💙",
    "Chinese": "护士",
    "Chinese inside": "我们等了",
    "Arabic without strokes": "ممرضة",
    "Arabic beside a comma": "لطيفة",
    "Urdu": "نرس مہربان",
    "Urdu by an Arabic keyboard": "تھي",
    "Panjabi": "ਨਰਸ ਚੰਗੀ",
    "the plural": "nurses",
    "common words": "the was so",
    "a stop word": '"so kind"',
    "signs after a word": "nurse:",
    "a place": "Lapal",
    "a note": "matron",
}  # fmt: skip


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_words_are_found(noise, query):
    item = noise.item(ITEM, place="Lapal House")
    noise.add(Note(feedback_id=item.id, by="Kim", at=NOW, body="Told the matron"))
    index(noise, item)
    assert found(noise, query) == {item.id}


NOT_THERE = ["nurse rude", '"kind so"', "nur", '"ward 4 was rude"', "* ! ()", "", "NOT doctor",
             "wardro*", "cat", "护好", "🙂"]  # fmt: skip


@pytest.mark.parametrize("query", NOT_THERE)
def test_what_does_not_fit_is_not_found(noise, query):
    index(noise, noise.item(ITEM))
    assert found(noise, query) == set()


@pytest.mark.parametrize("typed", ["{}", "{}-{}", "{} {}", " {}-{} "])
@pytest.mark.parametrize("case", [str.lower, str.upper])
def test_a_reference_leads_to_its_item_however_it_is_typed(desk, seat, typed, case):
    item = desk.item("x")
    parts = (item.reference[:4], item.reference[4:])
    query = (
        typed.format(*parts) if "}{" in typed.replace("-", "").replace(" ", "") else "".join(parts)
    )
    assert seat().get("/search", query_string={"q": case(query)}).location == (
        f"/feedback/{ref(item)}"
    )


def test_part_of_a_reference_is_found(both):
    item = both.item("x")
    index(both, item)
    assert found(both, item.reference[:4].lower()) == {item.id}


def test_a_voice_is_found_by_its_last_words_alone(both):
    item, take = both.voice("the curse was kind")
    with both.line.house.database.writing() as session:
        newer = both.transcript("the nurse was kind", model="better")
        newer.recording_id = take.id
        session.add(newer)
    index(both, item)
    assert (found(both, "nurse"), found(both, "curse")) == ({item.id}, set())


def test_keywords_are_nothing_that_was_said(both):
    item = both.item("DELETE please")
    with both.line.house.database.writing() as session:
        session.get_one(Text, item.texts[0].id).kind = Kind.KEYWORD
    index(both, item)
    assert found(both, "delete") == set()


def test_finished_items_are_found_and_hidden_ones_are_not(both):
    done = both.item("nurse", status=Status.FINISHED)
    index(both, done, both.item("nurse", hidden_at=NOW))
    assert found(both, "nurse") == {done.id}


@pytest.mark.parametrize(
    ("query", "marked"), [("cafe", "café"), ("didnt", "didn’t"), ("护士", "护士"), ("💙", "💙")]
)
def test_what_was_found_is_shown_as_it_was_written(noise, query, marked):
    index(noise, noise.item(ITEM))
    shown = seated(noise).get("/search", query_string={"q": query}).text
    plain = shown.replace("</mark><mark>", "").replace("<mark>", "[").replace("</mark>", "]")
    assert marked in plain.replace("[", "").replace("]", "")
    assert "[" in plain
    assert not any(letter < " " and letter not in "\n\r\t" for letter in plain)


def test_words_that_nobody_used_are_looked_for_as_beginnings(noise):
    item = noise.item("They cancelled my operation")
    index(noise, item)
    shown = seated(noise).get("/search?q=opera+cancel").text
    assert references(shown) == [ref(item)]
    assert "These have words that begin so." in shown


@given(said=some.text(max_size=60))
def test_whatever_is_stored_is_shown_as_it_was_but_for_strokes_and_marks(said):
    plain = unicodedata.normalize("NFC", said.translate(CONTROLS)).translate(ONE_WAY)
    assert shown(stored(said)) == plain


def test_words_are_marked_where_they_stand_and_strangers_write_no_html(both):
    index(both, both.item("<b>the</b> nurses \x02were\x03 <script>kind"))
    page = seated(both).get("/search?q=nurse").text
    assert "<mark>nurses</mark>" in page
    assert "&lt;script&gt;" in page
    assert page.count("<mark>") == 1


@pytest.mark.parametrize("tier", ["R1", "R2"])
def test_urgent_words_stay_behind_their_warning(both, tier):
    item = both.item("SECRET nurse", tier=tier)
    index(both, item)
    page = seated(both).get("/search?q=nurse").text
    assert references(page) == [ref(item)]
    assert "Content hidden: urgent" in page
    assert "SECRET" not in page


def test_pages_of_what_was_found_go_both_ways(both):
    items = [both.item(f"nurse {n}") for n in range(60)]
    index(both, *items)
    newest_first = [ref(item) for item in items[::-1]]
    sitting, address, seen = seated(both), "/search?q=nurse", []
    for link in ("next", "next", "previous", "previous", ""):
        page = sitting.get(address).text
        seen += references(page)
        address = page.partition(f'class="{link}" href="')[2].partition('"')[0]
        address = address.replace("&amp;", "&")
    pages = (newest_first[:25], newest_first[25:50], newest_first[50:])
    assert seen == [*pages[0], *pages[1], *pages[2], *pages[1], *pages[0]]
    assert 'class="previous"' not in page


@given(query=some.text(max_size=60))
def test_no_query_breaks_the_search(tmp_path_factory, query):
    with sqlite3.connect(":memory:") as file:
        file.execute("CREATE VIRTUAL TABLE searched USING fts5(said)")
        terms = search_words.parse(query)
        if terms:
            file.execute("SELECT * FROM searched WHERE searched MATCH ?", [match(terms)]).fetchall()
    file.close()
    assert len(terms) <= search_words.MOST


HOSTILE = ['"', "*", "a* *b", "said:x", "^x", "x AND", "NEAR(a b)", "'; DROP TABLE searched; --",
           "\\", "a\x00b", "x" * 5000, "&|!", "a:*", "<->", "()", "%", "ﷺ*",
           "🙂", "-x", "{a b}:c"]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries_are_only_words(both, query):
    index(both, both.item("nurse"))
    answer = seated(both).get("/search", query_string={"q": query})
    assert answer.status_code == 200
    assert "Nothing was found" in answer.text or "search field" in answer.text


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_the_newest_items_are_looked_through_and_not_all_of_the_index(both):
    index(both, *(both.item(f"nobody answered {n}") for n in range(30)))
    asked, engine = [], both.line.house.database.engine
    with engine.connect() as rows:
        event.listen(rows, "before_cursor_execute", lambda *call: asked.append(call[2:4]))
        search_postgres.find(Session(rows), search_words.parse('"nobody answered"'), 9, None, None)
        rows.exec_driver_sql("SET enable_seqscan = off")
        walked, values = asked[1]
        plan = "".join(row[0] for row in rows.exec_driver_sql(f"EXPLAIN {walked}", values))

    assert "searched_pkey" in plan
    assert "ix_searched_found" not in plan


# --- how words come to be found


def test_a_note_is_found_once_the_clock_has_been_round(desk, seat):
    item = desk.item("x")
    seat().post(f"/feedback/{ref(item)}/notes", body="Rang Featherstonehaugh")
    index(desk)
    assert found(desk, "featherstonehaugh") == {item.id}


def test_words_that_come_while_others_are_indexed_are_due_still(both):
    first, second = both.item("one"), both.item("two")
    with both.line.house.database.writing() as session:
        search.due(session, first.id)
        search.due(session, second.id)
    with both.line.house.database.writing() as session:
        assert search.index(session, 1) == 1
    assert (found(both, "one"), found(both, "two")) == ({first.id}, set())
    index(both)
    assert found(both, "two") == {second.id}


def test_who_looks_after_staff_alone_searches_nothing(desk, seat):
    assert seat(Role.ADMIN).get("/search?q=x").status_code == 403
