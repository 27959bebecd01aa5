"""What each page of the desk may cost: twelve queries, and 150 kB to a phone on a bad line."""

import gzip
import re

import pytest
from sqlalchemy import event

from store import search
from store.models import Feedback, Recording
from store.staff import Note, Role
from tests.desk.conftest import NOW, Desk, seated
from tests.desk.test_queue import ref

QUERIES, BYTES = 12, 150_000


def full(desk: Desk) -> tuple[Feedback, Recording]:
    """A desk with many of everything; one item that has some of it all."""
    for n in range(30):
        desk.voice(minutes=n)
        desk.item("a text " * 40, "more", minutes=n, tier="R1" if n < 3 else None)
    item, take = desk.voice("the nurse was kind " * 200, place="Lapal House")
    desk.add(*(Note(feedback_id=item.id, by="Kim", at=NOW, body="seen " * 50) for _ in range(20)))
    with desk.line.house.database.writing() as session:
        for number in range(1, item.id + 1):
            search.due(session, number)
    with desk.line.house.database.writing() as session:
        search.index(session, 1000)
    return item, take


def addresses(desk: Desk, item: Feedback, take: Recording) -> list[str]:
    """Every page that can be opened, with an item's own reference where one is asked for."""
    values = {"given": ref(item), "number": str(take.id)}
    found = []
    for rule in desk.line.app.url_map.iter_rules():
        if "GET" in rule.methods and rule.endpoint.startswith("desk."):
            found.append(
                re.sub(r"<(?:[^:<>]+:)?(\w+)>", lambda m: values.get(m[1], "1"), rule.rule)
            )
    filtered = "/?need=finished&place=lapal&since=2020-01-01&unheard=1&mine=1"
    return [
        *found,
        "/search?q=nurse",
        "/search?q=nobodysaid",
        "/search?q=nur",
        "/live?since=1",
        filtered,
        "/?need=urgent",
    ]


def pages(desk: Desk) -> list[str]:
    return [path for path in addresses(desk, *full(desk)) if not path.endswith(".wav")]


@pytest.mark.parametrize("role", [Role.TRIAGER, Role.LEAD])
def test_no_page_asks_the_database_more_than_twelve_times(desk, role):
    paths, sitting = pages(desk), seated(desk, role)
    assert len(paths) >= 10
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            asked.append(statement)

    engine, dear = desk.line.house.database.engine, {}
    event.listen(engine, "before_cursor_execute", note)
    for path in paths:
        asked.clear()
        assert sitting.get(path).status_code < 500
        dear[path] = len(asked)
    event.remove(engine, "before_cursor_execute", note)
    assert {path: count for path, count in dear.items() if count > QUERIES} == {}


def test_no_page_weighs_more_than_a_bad_line_can_carry(desk):
    paths, sitting = pages(desk), seated(desk)
    heavy, weighed = {}, {}
    for path in paths:
        page = sitting.get(path).text
        parts = set(re.findall(r'(?:src|href)="(/[^"]+\.(?:css|js|svg|png|woff2?)[^"]*)"', page))
        for part in parts - weighed.keys():
            with sitting.get(part) as answer:
                weighed[part] = len(gzip.compress(answer.data))
        heavy[path] = len(gzip.compress(page.encode())) + sum(weighed[part] for part in parts)
    assert {path: size for path, size in heavy.items() if size > BYTES} == {}
    assert max(heavy.values()) > 20_000


@pytest.mark.parametrize("query", ["nurse", "nur", "nobodysaid"])
def test_no_search_asks_either_database_more_than_twelve_times(both, query):
    full(both)
    sitting, asked = seated(both), []
    engine = both.line.house.database.engine
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    page = sitting.get(f"/search?q={query}").text
    assert len([one for one in asked if not one.startswith(("BEGIN", "PRAGMA"))]) <= QUERIES
    assert ("<mark>" in page) == (query != "nobodysaid")
