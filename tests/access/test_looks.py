"""Who looked: each look at what callers trusted us with is a row, and only leads read them."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from commands.export import export
from store import doing, looks
from store.access_rows import Kept, Look
from store.models import Feedback
from store.staff import Role
from tests.access.conftest import rows
from tests.desk.conftest import NOW, seated
from tests.doing.conftest import told


def kept(desk) -> list[tuple[str, str, int | None]]:
    return [(look.by, look.kind.value, look.feedback_id) for look in rows(desk, Look)]


def test_opening_an_item_is_kept(both):
    item, _ = both.item("hello"), both.item("noise")
    seated(both).get(f"/feedback/{item.reference}")
    assert kept(both) == [("Sam", "item", item.id)]


def test_an_item_behind_its_warning_is_kept_once_it_is_opened(desk, seat):
    item, sitting = desk.item("I want to die", tier="R1"), seat()
    sitting.get(f"/feedback/{item.reference}")
    assert kept(desk) == []
    sitting.get(f"/feedback/{item.reference}?show=1")
    assert kept(desk) == [("Sam", "item", item.id)]


def test_a_reader_sees_no_originals_and_leaves_no_row(desk, seat):
    item = desk.item("hello")
    seat(Role.READER).get(f"/feedback/{item.reference}")
    assert kept(desk) == []


def test_the_pieces_of_one_recording_are_one_look_and_each_colleagues_is_their_own(both):
    item, take = both.voice()
    path = f"/feedback/{item.reference}/recordings/{take.id}.wav"
    for name in ("Kim", "Sam"):
        sitting = seated(both, name=name)
        for piece in ("bytes=0-99", "bytes=100-199", "bytes=1-"):
            assert sitting.get(path, headers={"Range": piece}).status_code == 206
    assert kept(both) == [("Kim", "audio", item.id), ("Sam", "audio", item.id)]


@pytest.mark.parametrize(
    ("by", "what", "minutes", "rows_there"),
    [
        ("A" * 70 + "Ann", "recording 1234", 0, 1),
        ("A" * 70 + "Bob", "recording 1234", 0, 2),
        ("A" * 70 + "Ann", "recording 1299", 0, 2),
        ("A" * 70 + "Ann", "recording 1234", 11, 2),
    ],
    ids=["the same", "another colleague", "another recording", "later"],
)
def test_only_the_same_look_of_the_same_minutes_is_one(desk, by, what, minutes, rows_there):
    item, at = desk.item("hello"), NOW.replace(minute=5)
    with desk.line.house.database.writing() as session:
        looks.keep_once(session, "A" * 70 + "Ann", Kept.AUDIO, at, [item.id], "recording 1234")
        later = at + timedelta(minutes=minutes)
        looks.keep_once(session, by, Kept.AUDIO, later, [item.id], what)
    assert len(kept(desk)) == rows_there


def test_every_showing_of_a_number_is_kept_with_its_reason(desk, seat):
    item = told(desk, purpose="advice", assigned_to="Sam")
    sitting = seat()
    for _ in range(2):
        sitting.post(f"/feedback/{item.reference}/number", ring_reason="They asked me to")
    seen = [(look.kind.value, look.why) for look in rows(desk, Look)]
    assert seen == [("number", "They asked me to")] * 2


def test_a_number_that_was_refused_leaves_no_look(desk, seat):
    item = told(desk, purpose="advice")
    assert seat().post(f"/feedback/{item.reference}/number").status_code == 422
    assert kept(desk) == []


def test_the_export_command_is_kept_too(desk, monkeypatch):
    for name, value in desk.line.environ.items():
        monkeypatch.setenv(name, value)
    assert CliRunner().invoke(export, ["--redacted"]).exit_code == 0
    (look,) = rows(desk, Look)
    assert (look.by, look.what) == ("the operator", "every item (redacted) as jsonl")


def test_what_is_done_to_accounts_is_kept(desk, run_staff):
    run_staff("add", "Asha", "--role", "triager")
    run_staff("role", "Asha", "lead")
    run_staff("reset-factor", "Asha")
    run_staff("remove", "Asha")
    run_staff("password", "Asha")
    assert [look.what for look in rows(desk, Look)] == [
        "added Asha as triager",
        "made Asha lead, before triager",
        "took away the second factor of Asha",
        "removed Asha",
        "gave Asha back, with a new password",
    ]


def many(desk, count: int, item: Feedback) -> None:
    desk.add(
        *(
            Look(
                at=NOW - timedelta(hours=count - n),
                by=("Kim", "Sam")[n % 2],
                kind=Kept.AUDIO,
                feedback_id=item.id,
                what=f"look {n:03}",
            )
            for n in range(count)
        )
    )


def shown(page: str) -> list[str]:
    return [part[:8] for part in page.split('<span class="under">')[1:]]


def test_a_lead_reads_the_latest_first_and_pages_back_through_all(desk, seat):
    many(desk, 120, desk.item("hello"))
    lead, address, seen = seat(Role.LEAD, "Lea"), "/looks", []
    while address:
        page = lead.get(address).text
        seen += shown(page)
        address = page.partition('class="next" href="')[2].partition('"')[0]
    assert seen == [f"look {n:03}" for n in reversed(range(120))]


@pytest.mark.parametrize("query", ["by=Kim", "kind=number", "reference=", "since=", "until="])
def test_looks_are_narrowed(desk, seat, query):
    item, other = desk.item("hello"), desk.item("other")
    desk.add(
        Look(at=NOW, by="Kim", kind=Kept.NUMBER, feedback_id=item.id, what="wanted 1"),
        Look(
            at=NOW - timedelta(days=9),
            by="Sam",
            kind=Kept.AUDIO,
            feedback_id=other.id,
            what="noise 11",
        ),
    )
    values = {
        "reference=": item.reference[:4] + "-" + item.reference[4:].lower(),
        "since=": f"{NOW - timedelta(days=2):%Y-%m-%d}",
        "until=": f"{NOW - timedelta(days=5):%Y-%m-%d}",
    }
    page = seat(Role.DEPUTY, "Dee").get(f"/looks?{query}{values.get(query, '')}").text
    expected = ["noise 11"] if query == "until=" else ["wanted 1"]
    assert shown(page) == expected


def test_a_query_that_makes_no_sense_narrows_nothing(desk, seat):
    many(desk, 2, desk.item("hello"))
    lead = seat(Role.LEAD, "Lea")
    page = lead.get("/looks?kind=x&since=never&before=' OR 1=1--&reference=%00&by=%00")
    assert len(shown(page.text)) == 2


def test_after_erasure_the_look_stays_without_its_reason(desk):
    item = desk.item("hello")
    desk.add(Look(at=NOW, by="Kim", kind=Kept.NUMBER, feedback_id=item.id, why="Ann asked"))
    with desk.line.house.database.writing() as session:
        doing.forget(session, session.get_one(Feedback, item.id))
    (look,) = rows(desk, Look)
    assert (look.by, look.why) == ("Kim", "")


def test_what_a_leaver_did_keeps_their_name(desk, seat, run_staff):
    item, sitting = desk.item("hello"), seat()
    sitting.post(f"/feedback/{item.reference}/notes", body="Rang the ward")
    sitting.get(f"/feedback/{item.reference}")
    run_staff("remove", "Sam")
    lead = seat(Role.LEAD, "Lea")
    page = lead.get(f"/feedback/{item.reference}").text
    assert "Rang the ward" in page
    assert "Sam" in page
    assert ("Sam", "item", item.id) in kept(desk)


def test_a_leavers_items_are_given_to_a_colleague(desk, seat, run_staff):
    item = desk.item("hello", assigned_to="Sam")
    desk.staff("Sam")
    desk.staff("Kim")
    run_staff("remove", "Sam")
    lead = seat(Role.LEAD, "Lea")
    lead.post(f"/feedback/{item.reference}/assign", seen="Sam", to="Kim", key="0" * 32)
    with desk.line.house.database.reading() as session:
        assert session.get_one(Feedback, item.id).assigned_to == "Kim"


@pytest.mark.parametrize("column", ["by", "kind", "feedback_id"])
def test_each_narrowing_of_looks_uses_its_index(desk, column):
    asked = f'EXPLAIN QUERY PLAN SELECT * FROM looks WHERE "{column}" = 1 ORDER BY id DESC'
    with desk.line.house.database.reading() as session:
        plan = str(session.execute(text(asked)).all())
    assert f"USING INDEX ix_looks_{column}" in plan
    assert "TEMP B-TREE" not in plan
