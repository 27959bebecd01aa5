"""Every free text in the rows is written by somebody who means harm; no page runs it."""

import csv
import io
import re
from datetime import date
from html.parser import HTMLParser

import pytest
from sqlalchemy import Enum, String, update

from handlers.desk.figures import as_csv
from store.access_rows import Kept, Look, StaffSession
from store.arrival_rows import Ledger
from store.board_rows import View
from store.coding_rows import Correction
from store.columns import Base
from store.doing_rows import Deed, Did
from store.models import Feedback, Heard
from store.safeguarding_rows import Decision, Entry, TierChange
from store.staff import Move, Note, Role
from tests.attacks.conftest import addresses
from tests.desk.conftest import NOW, Desk, Seat, seated
from triage.cells import FORMULA
from triage.figure_tables import Table

HARM = "\"'><xss onx=1></xss><script>harm()</script>{{111*11}}${111*11}"
WORKED_OUT = "1221"  # no reference of an item has a 1 in it
# What joins rows, finds files or is chosen from a list: never anybody's words.
NOT_WORDS = {"sid", "call_sid", "reference", "audio_key", "joined", "code", "account", "key"}
NOT_WORDS |= {"line", "language", "notice", "purpose", "service", "rating", "about", "password"}
NOT_WORDS |= {"sentiment", "staff_rating", "provider_id", "model_hash", "version_id", "tier"}
NOT_WORDS |= {"before", "after", "machine", "to", "way", "kind", "query", "version_num", "id"}
NOT_WORDS |= {"assigned_to", "held_by", "outcome", "turn", "reference", "by", "name"}


class Tags(HTMLParser):
    """Every tag and attribute of a page, as a browser reads them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.scripts += tag == "script" and "src" not in dict(attrs)


def harmed(desk: Desk) -> tuple[Feedback, int]:
    """A desk with a row of everything, and harm in every free text of it."""
    staff = desk.staff("Kim")
    item, take = desk.voice("the ward was kind", state=Heard.UNCLEAR, reason="x", place="x")
    desk.item("x", tier="R1", minutes=1)
    one = {"feedback_id": item.id, "at": NOW, "by": "Kim"}
    desk.add(
        Note(**one, body="x"),
        Move(**one, before="new", after="waiting", reason="x"),
        Entry(**one, decision=Decision.COUNCIL, told="x", done_at=NOW, words="x"),
        Look(**one, kind=Kept.NUMBER, what="x", why="x"),
        View(by="Lea", name=HARM, query="need=urgent"),
        TierChange(**one, before=None, after="R2", reason="x", machine=None, reasons=[HARM]),
        *(Deed(**one, did=did, words="x", to="x", way="phone", then=NOW) for did in Did),
        Correction(recording_id=take.id, at=NOW, by="Kim", phrase=0, before="x", after="x"),
        StaffSession(
            key="k", staff_id=staff.id, browser="x", made_at=NOW, seen_at=NOW, sure_at=NOW
        ),
        Ledger(kind="text", sid="SMx", turn="", received_at=NOW, fields=b"", quarantine="x"),
    )
    with desk.line.house.database.writing() as session:
        for table in Base.metadata.tables.values():
            words = {
                column: HARM
                for column in table.columns
                if isinstance(column.type, String)
                and not isinstance(column.type, Enum)
                and column.name not in NOT_WORDS
                and not column.primary_key
                and not column.foreign_keys
            }
            if words:
                session.execute(update(table).values({c.name: v for c, v in words.items()}))
        lists = {"tier_reasons": [HARM], "themes": [HARM]}
        moments = {"looked_at": NOW, "checked_at": NOW, "happened_on": date(2026, 1, 1)}
        session.execute(update(Feedback).values(**lists, **moments))
    return item, take.id


@pytest.mark.parametrize("role", [Role.LEAD, Role.ADMIN, Role.READER])
def test_no_page_runs_what_somebody_wrote(desk, role):
    item, number = harmed(desk)
    sitting, shown, broken = seated(desk, role, f"Lea {HARM}"[:80]), 0, {}
    for address in [*addresses(desk, item, number), f"/feedback/{item.reference}?show=1"]:
        answer = sitting.get(address)
        if answer.mimetype != "text/html" or answer.status_code >= 500:
            assert answer.status_code < 500, (address, answer.status_code)
            continue
        page = Tags()
        page.feed(answer.text)
        shown += "&lt;xss" in answer.text
        ran = "xss" in page.tags or "onx" in page.attributes or page.scripts
        if ran or f";{WORKED_OUT}" in answer.text or f">{WORKED_OUT}" in answer.text:
            broken[address] = answer.text
    assert broken == {}
    assert shown >= 3


def test_the_harm_would_be_found():
    page = Tags()
    page.feed(f'<p title="{HARM}">')
    assert ("xss" in page.tags, "onx" in page.attributes, page.scripts) == (True, True, 1)


@pytest.mark.parametrize("sign", FORMULA)
def test_no_cell_of_a_csv_begins_like_a_formula(sign):
    made = as_csv(Table("x", "x", ("Place",), [[f"{sign}cmd|' /C calc'!A0"]])).decode("utf-8-sig")
    ((_,), (shown,)) = csv.reader(io.StringIO(made, newline=""))
    assert shown == f"'{sign}cmd|' /C calc'!A0"


@pytest.mark.parametrize("given", ["a\r\nSet-Cookie: x=1", "../../etc/passwd", 'x"; filename=evil'])
def test_nothing_that_is_asked_for_reaches_the_name_of_a_file(desk, given):
    asked = {"service": given, "since": given, "place": given}
    answer = seated(desk, Role.LEAD).get("/figures/month.csv", query_string=asked)
    name = answer.headers["Content-Disposition"]
    assert re.fullmatch(r"attachment; filename=figures-month-[-\d]+\.csv", name)


def test_hostile_fields_of_a_form_are_only_words(desk):
    sitting, item = seated(desk, Role.LEAD), desk.item("x")
    for words in ("'; DROP TABLE notes; --", HARM, "\u202eabc", "%s%n", "x" * 5000):
        sitting.post(f"/feedback/{item.reference}/notes", body=words)
    page = sitting.get(f"/feedback/{item.reference}").text
    assert "DROP TABLE notes" in page
    assert "<xss" not in page


@pytest.mark.parametrize("size", [70_000, 2_000_000])
def test_a_huge_form_is_refused_before_it_is_read(desk, size):
    sitting: Seat = seated(desk)
    assert sitting.post("/views", name="x" * size, query="").status_code == 413


def test_a_form_of_ten_thousand_fields_is_refused(desk):
    sitting = seated(desk)
    answer = sitting.post("/views", **{f"f{n}": "" for n in range(10_000)})
    assert answer.status_code == 413
