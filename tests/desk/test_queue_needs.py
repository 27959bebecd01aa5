"""Which queue an item stands in, that none is ever in none, and what finding that costs."""

import re
from datetime import UTC, datetime, time, timedelta
from html import unescape
from itertools import product

import pytest
from sqlalchemy import Column, event, text
from sqlalchemy.sql import visitors

from hours import Hours
from store import board, needs
from store.arrival_rows import Channel
from store.board import Wanted
from store.models import Feedback, Status
from store.needs import Need
from store.staff import Role
from tests.desk.conftest import NOW, Desk, seated
from tests.desk.test_in_a_browser import path
from tests.desk.test_queue import ref, references
from triage import needs as words

CODED = {"coded_at": NOW}
PRAISE = {**CODED, "sentiment": "positive"}
CASES = {
    "new": ({}, {"code"}),
    "in somebody's hands": ({"status": Status.IN_PROGRESS}, {"code"}),
    "a life": ({"tier": "R1"}, {"urgent", "code"}),
    "abuse, coded": ({"tier": "R2", **CODED}, {"urgent"}),
    "abuse, waiting": ({"tier": "R2", "status": Status.WAITING}, {"urgent", "waiting"}),
    "abuse, finished": ({"tier": "R2", "status": Status.FINISHED}, {"finished"}),
    "harm is no urgent queue": ({"tier": "R3"}, {"code"}),
    "advice": ({"purpose": "advice"}, {"advice", "code"}),
    "advice, coded": ({"purpose": "advice", **CODED}, {"advice"}),
    "praise": (PRAISE, {"praise"}),
    "praise not yet coded": ({"sentiment": "positive"}, {"code"}),
    "praise passed on": ({**PRAISE, "passed_on_at": NOW}, {"act"}),
    "praise, finished": ({**PRAISE, "status": Status.FINISHED}, {"finished"}),
    "praise of a colleague": ({**PRAISE, "about": "staff"}, {"act"}),
    "praise for the care of another": ({**PRAISE, "about": "someone_else"}, {"praise"}),
    "praise that may be about a child": ({**PRAISE, "signals": ["child"]}, {"act"}),
    "praise with harm in it": ({**PRAISE, "tier": "R3"}, {"act"}),
    "coded before the last words": ({**PRAISE, "words_at": NOW + timedelta(days=1)}, {"code"}),
    "coded after the last words": ({**PRAISE, "words_at": NOW}, {"praise"}),
    "coded, no praise": ({**CODED, "sentiment": "negative"}, {"act"}),
    "waiting": ({"status": Status.WAITING}, {"waiting"}),
    "removed": ({"hidden_at": NOW}, set()),
}


def stands(desk: Desk, *items: Feedback) -> list[set[str]]:
    with desk.line.house.database.reading() as session:
        found = needs.of(session, [item.id for item in items])
    return [{need.value for need in found[item.id]} for item in items]


def test_each_item_stands_where_it_is_needed(both):
    items = {name: both.item("words", **facts) for name, (facts, _) in CASES.items()}
    found = dict(zip(items, stands(both, *items.values()), strict=True))
    assert found == {name: wanted for name, (_, wanted) in CASES.items()}


def test_every_item_that_may_be_seen_stands_somewhere(both):
    facts = product(Status, ("feedback", "advice"), (None, "R1", "R4"), (None, NOW),
                    (None, "positive"), (None, NOW), (None, "staff"), ([], ["child"]))  # fmt: skip
    rows = [
        Feedback(
            reference=f"{n:07}", received_at=NOW, channel=Channel.TEXT, line="l", notice="n",
            language="en", status=status, purpose=purpose, tier=tier, coded_at=coded, rank=59,
            sentiment=sentiment, passed_on_at=passed, about=about, signals=signals,
        )
        for n, (status, purpose, tier, coded, sentiment, passed, about, signals)
        in enumerate(facts)
    ]  # fmt: skip
    both.add(*rows)
    assert not [row for row, found in zip(rows, stands(both, *rows), strict=True) if not found]


@pytest.mark.parametrize("need", Need)
def test_a_queue_shows_and_counts_what_stands_in_it_and_nothing_else(desk, seat, need):
    items = {name: desk.item("words", **facts) for name, (facts, _) in CASES.items()}
    page = seat().get(f"/?need={need.value}").text
    wanted = {ref(items[name]) for name, (_, found) in CASES.items() if need.value in found}
    assert set(references(page)) == wanted
    assert f'data-count="{need.value}">{len(wanted)}</span>' in page


def test_words_of_danger_after_the_last_look_are_unread_again(desk, seat):
    hour = timedelta(hours=1)
    desk.item("x", tier="R1", looked_at=NOW, tier_at=NOW - hour)
    desk.item("x", tier="R1", looked_at=NOW - hour, tier_at=NOW)
    assert "<title>(1 urgent) " in seat().get("/").text


@pytest.mark.parametrize("status", [Status.IN_PROGRESS, Status.WAITING])
def test_words_of_danger_are_unread_on_what_was_begun_too(both, status):
    both.item("x", tier="R1", tier_at=NOW, status=status, assigned_to="Kim")
    both.item("read", tier="R1", tier_at=NOW, status=status, looked_at=NOW)
    both.item("over", tier="R1", tier_at=NOW, status=Status.FINISHED)
    with both.line.house.database.reading() as session:
        assert needs.counts(session)[needs.UNREAD] == 1


@pytest.mark.parametrize("need", Need)
def test_a_page_of_a_queue_is_read_along_an_index_of_its_own(both, need):
    asked: list[tuple[str, object]] = []
    engine = both.line.house.database.engine

    def note(_connection, _cursor, statement, values, *_) -> None:
        asked.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    with both.line.house.database.reading() as session:
        board.page(session, Wanted(need), 5, None, False)
    event.remove(engine, "before_cursor_execute", note)
    [(statement, values)] = [(s, v) for s, v in asked if "FROM feedback" in s]
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
        else:
            connection.execute(text("SET enable_seqscan = off"))
            plan = connection.exec_driver_sql(f"EXPLAIN {statement}", values).all()
    kind = "need" if need is Need.FINISHED else "open"
    assert f"ix_feedback_{kind}_{need.value}" in str(plan)
    assert "TEMP B-TREE" not in str(plan)
    assert "Sort" not in str(plan)


def test_all_that_a_queue_is_filtered_by_stands_in_its_index():
    everything = {"tier": "R3", "service": "gp", "language": "pa", "rating": "poor",
                  "assigned_to": "Sam", "status": "new", "channel": "voice", "unheard": "1",
                  "place": "lapal", "since": NOW, "until": NOW}  # fmt: skip
    asked = board.conditions(Wanted(Need.CODE, everything))
    parts = [part for one in asked for part in visitors.iterate(one)]
    used = {part.name for part in parts if isinstance(part, Column)}
    index = next(i for i in Feedback.__table__.indexes if i.name == "ix_feedback_open_code")
    assert used >= {"tier", "place", "checked_at"}
    assert used <= {column.name for column in index.columns}


FILTERS = {
    "tier=R3": {"tier": "R3"},
    "channel=voice": {"channel": Channel.VOICE},
    "service=gp": {"service": "gp"},
    "rating=poor": {"rating": "poor"},
    "status=in_progress": {"status": Status.IN_PROGRESS},
    "mine=1": {"assigned_to": "Sam"},
    "unheard=1": {"channel": Channel.VOICE},
    "place=LAPAL": {"place": "the Lapal surgery"},
    "place=100%25": {"place": "100% care"},
    "since=2020-02-03&until=2020-02-03": {"received_at": datetime(2020, 2, 3, 23, 59, tzinfo=UTC)},
}  # fmt: skip


@pytest.mark.parametrize("query", FILTERS)
def test_each_filter_keeps_what_fits_and_can_be_taken_away(both, query):
    facts = dict(FILTERS[query])
    wanted = both.item("wanted", **facts, minutes=3) if "received_at" not in facts else None
    if wanted is None:
        wanted = both.item("wanted")
        with both.line.house.database.writing() as session:
            session.get(Feedback, wanted.id).received_at = facts["received_at"]
    both.item("noise", channel=Channel.VOICE, checked_at=NOW, assigned_to="Kim", place="1000 cares",
              tier="R4", service="hospital", rating="good") if "channel=" not in query else (
        both.item("noise"))  # fmt: skip
    page = seated(both).get(f"/?{query}").text
    assert references(page) == [ref(wanted)]
    assert "remove this filter" in page


def test_pages_go_back_the_way_they_came(both):
    items = [ref(both.item(f"text {n}", minutes=90 - n)) for n in range(60)]
    sitting = seated(both)
    page, seen = sitting.get("/").text, []
    for link in ("next", "next", "previous", "previous"):
        page = sitting.get(address(page, link)).text
        seen.append(references(page))
    assert seen == [items[25:50], items[50:], items[25:50], items[:25]]
    assert 'class="previous"' not in page


def test_finished_items_are_read_from_the_newest_on(both):
    items = [ref(both.item("x", minutes=90 - n, status=Status.FINISHED)) for n in range(30)]
    sitting = seated(both)
    first = sitting.get("/?need=finished").text
    later = sitting.get(address(first, "next")).text
    assert references(first) + references(later) == items[::-1]
    assert references(sitting.get(address(later, "previous")).text) == references(first)


def address(page: str, link: str) -> str:
    return page.partition(f'class="{link}" href="')[2].partition('"')[0].replace("&amp;", "&")


def test_a_page_with_filters_looks_through_so_many_and_says_that_there_are_more(both, monkeypatch):
    monkeypatch.setattr(board, "LOOKED", 10)
    wanted = ref(both.item("wanted", tier=None, service="gp", minutes=1))
    for n in range(24):
        both.item("noise", minutes=2 + n)
    sitting, path, pages, seen = seated(both), "/?service=gp", 0, []
    while path:
        page = sitting.get(path).text
        seen, path, pages = seen + references(page), address(page, "next"), pages + 1
        assert pages == 3 or "There are more" in page
    assert (seen, pages) == ([wanted], 3)


@pytest.mark.parametrize("given", ["new", "in_progress", "waiting", "finished"])
def test_bookmarks_from_before_there_were_needs_still_open(desk, seat, given):
    items = {status.value: desk.item("x", status=status) for status in Status}
    assert references(seat().get(f"/?status={given}").text) == [ref(items[given])]


def test_a_view_is_kept_for_its_owner_alone_and_can_be_removed(desk, seat):
    sam, kim = seat(), seat(name="Kim")
    query = "need=advice&service=gp&evil=%3Cscript%3E"
    sam.post("/views", name=" Dudley  <b>advice ", query=query)
    page = sam.get("/").text
    assert '<a href="/?need=advice&amp;service=gp" dir="auto">Dudley &lt;b&gt;advice</a>' in page
    assert "Dudley" not in kim.get("/").text
    number = page.partition("/views/")[2].partition("/")[0]
    kim.post(f"/views/{number}/drop")
    assert "Your views (1)" in sam.get("/").text
    sam.post(f"/views/{number}/drop")
    assert "Your views" not in sam.get("/").text


def test_a_view_of_the_same_name_takes_its_place_and_there_is_a_limit(desk, seat):
    sam = seat()
    for n in range(25):
        sam.post("/views", name=f"view {min(n, 21)}", query="need=advice&service=gp")
    sam.post("/views", name="view 0", query="need=code&service=gp")
    page = sam.get("/").text
    assert "Your views (20)" in page
    assert page.count("need=code&amp;service=gp") == 1


def test_a_view_without_a_name_is_asked_for_one(desk, seat):
    sam = seat()
    sam.post("/views", name="  ", query="need=advice&service=gp")
    page = sam.get("/").text
    assert "Give the view a name first" in page
    assert "Your views" not in page


DAILY = {day: (time(9), time(17)) for day in range(5)}
NINE_TO_FIVE = Hours(DAILY)
AGES = {
    "the same morning": ("2026-11-23T09:05", "2026-11-23T11:10", "2 working hours ago"),
    "minutes": ("2026-11-23T11:00", "2026-11-23T11:10", "10 working minutes ago"),
    "over a weekend": ("2026-11-20T16:00", "2026-11-23T10:00", "2 working hours ago"),
    "days": ("2026-11-19T09:00", "2026-11-23T16:00", "2 working days ago"),
    "after we closed": ("2026-11-20T18:00", "2026-11-22T10:00", "while we were closed"),
    "this minute": ("2026-11-23T11:00", "2026-11-23T11:00", "just now"),
    "too long to count": ("2026-09-01T11:00", "2026-11-23T11:00", None),
}


@pytest.mark.parametrize(("since", "now", "said"), AGES.values(), ids=AGES)
def test_an_age_counts_the_hours_in_which_we_were_open(since, now, said):
    moments = (datetime.fromisoformat(f"{at}+00:00") for at in (since, now))
    assert words.age(NINE_TO_FIVE, *moments) == said


def test_a_working_day_is_the_longest_of_the_week_though_monday_is_shorter():
    hours = Hours(DAILY | {0: (time(9), time(13))})
    monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert words.age(hours, monday, monday + timedelta(hours=30)) == "1 working day ago"


def test_take_next_says_that_it_looks_past_the_filters_in_use(desk, seat):
    desk.item("x", service="gp")
    sitting = seat()
    assert ">Take next</button>" in sitting.get("/").text
    assert ">Take next of all</button>" in sitting.get("/?service=gp").text


def test_the_next_item_is_said_to_be_of_all_where_filters_are_in_use(desk, seat):
    item = desk.item("x", service="gp")
    sitting = seat()
    sitting.get("/")
    assert ">Save, finish, next item</button>" in sitting.get(path(item)).text
    sitting.get("/?service=gp")
    assert ">Save, finish, next of all</button>" in sitting.get(path(item)).text


def test_an_item_leads_back_to_the_page_of_the_queue_that_it_was_opened_from(desk, seat):
    for n in range(26):
        last = desk.item(str(n), service="gp", minutes=60 - n)
    sitting = seat()
    page = sitting.get("/?service=gp").text
    [second] = re.findall(r'class="next" href="([^"]+)"', page)
    assert path(last) in sitting.get(unescape(second)).text
    item = sitting.get(path(last)).text
    [back] = re.findall('href="([^"]+)">Back to Hear and code, filtered', item)
    assert path(last) in sitting.get(unescape(back)).text


def test_readers_see_the_queues_and_take_nothing(desk, seat):
    desk.item("x")
    page = seat(Role.READER).get("/").text
    assert "Take next" not in page
    assert 'name="items"' not in page
