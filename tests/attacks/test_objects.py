"""What is not theirs: ids of other items and other people, locks, views, items that are hidden."""

from datetime import UTC, datetime, timedelta

import pytest

from store import desk as rows
from store.board_rows import View
from store.doing_rows import Bulk
from store.models import Feedback
from store.staff import Role
from tests.attacks.conftest import addresses
from tests.desk.conftest import NOW, seated
from tests.doing.conftest import PHONE, row, told

WORDS = "the nurse Zebedee was kind"


@pytest.mark.parametrize("role", [Role.READER, Role.TRIAGER, Role.LEAD, Role.DEPUTY])
def test_what_a_person_asked_to_remove_is_nowhere(desk, role):
    item, take = desk.voice(WORDS, hidden_at=NOW)
    sitting, seen = seated(desk, role), {}
    for address in addresses(desk, item, take.id):
        answer = sitting.get(address)
        if "Zebedee" in answer.text or (item.reference in address and answer.status_code == 200):
            seen[address] = answer.status_code
    assert seen == {}


@pytest.mark.parametrize("role", [Role.READER, Role.TRIAGER])
def test_every_change_to_what_is_hidden_is_refused(desk, role):
    item, take = desk.voice(WORDS, hidden_at=NOW)
    sitting, taken = seated(desk, role), {}
    for rule in desk.line.app.url_map.iter_rules():
        if "POST" in rule.methods and "given" in rule.arguments:
            values = {"given": item.reference, "number": take.id}
            needed = {name: values[name] for name in rule.arguments}
            address = desk.line.app.url_map.bind("x").build(rule.endpoint, needed)
            answer = sitting.post(address, key="0" * 32, body="x", seen="new", after="waiting")
            if answer.status_code not in (400, 403, 404):
                taken[address] = answer.status_code
    assert taken == {}


def test_a_recording_opens_only_under_its_own_item(desk, seat):
    (item, _), (_, theirs) = desk.voice(), desk.voice()
    sitting = seat()
    assert sitting.get(f"/feedback/{item.reference}/recordings/{theirs.id}.wav").status_code == 404
    assert (
        sitting.post(f"/feedback/{item.reference}/recordings/{theirs.id}/again").status_code == 404
    )


@pytest.mark.parametrize("number", ["0", "-1", "99999999999", "1.0", "1 OR 1=1", "%31", "１"])
def test_made_up_numbers_of_recordings_lead_nowhere(desk, seat, number):
    item, _ = desk.voice()
    desk.item("noise")
    answer = seat().get(f"/feedback/{item.reference}/recordings/{number}.wav")
    assert answer.status_code == (200 if number in ("%31", "１") else 404)


OUT = ["../../heard.db", "..%2f..%2fheard.db", "%2e%2e/%2e%2e/heard.db", "1.wav%00"]


@pytest.mark.parametrize("path", OUT)
def test_no_path_leads_out_of_the_recordings(desk, seat, path):
    item, _ = desk.voice()
    answer = seat().get(f"/feedback/{item.reference}/recordings/{path}")
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/prompts/en/..%2f..%2f..%2fconfig.py",
        "/prompts/../line.toml",
        "/prompts/..%2fen/x.wav",
        "/prompts/en/%2e%2e/%2e%2e/line.toml",
        "/static/..%2fapp.py",
        "/static/%2e%2e/app.py",
    ],
)
def test_no_path_leads_out_of_what_is_open(sqlite_line, path):
    assert sqlite_line.client.get(path).status_code == 404


def test_nobody_drops_somebody_elses_view(desk, seat):
    desk.add(View(by="Kim", name="mine", query="need=urgent"))
    seat().post("/views/1/drop")
    with desk.line.house.database.reading() as session:
        assert session.get(View, 1)


def test_nobody_undoes_somebody_elses_act_but_a_lead(desk, seat):
    desk.add(Bulk(key="k", at=NOW, by="Kim", items=[]))
    assert seat().post("/bulk/1/undo").status_code == 403
    assert seat(Role.LEAD, "Lea").post("/bulk/1/undo").status_code == 302


@pytest.mark.parametrize("role", [Role.TRIAGER, Role.LEAD])
def test_nobody_sees_the_number_of_an_item_that_a_colleague_holds(desk, role):
    item = told(
        desk, purpose="advice", held_by="Kim", held_until=datetime.now(UTC) + timedelta(minutes=9)
    )
    sitting = seated(desk, role)
    assert PHONE not in sitting.post(f"/feedback/{item.reference}/number").text


def test_the_number_stands_on_no_page_that_is_only_opened(desk):
    item = told(desk, purpose="advice", assigned_to="Sam", tier="R2")
    sitting = seated(desk, Role.LEAD)
    pages = [sitting.get(address).text for address in addresses(desk, item, 1)]
    assert [page for page in pages if PHONE in page or PHONE[3:] in page] == []


def test_a_triager_closes_no_r1_whatever_they_send(desk, seat):
    item = desk.item("I want to die", tier="R1", decided_at=NOW)
    sitting = seat()
    for path, fields in (
        ("moves", {"seen": "new", "after": "finished", "reason": "x"}),
        ("tier", {"seen": "R1", "after": "", "tier": "", "tier_reason": "x"}),
    ):
        sitting.post(f"/feedback/{item.reference}/{path}", **fields)
    now = row(desk, item)
    assert (now.status.value, now.tier) == ("new", "R1")


@pytest.mark.parametrize("seen", ["K7RW3X2' OR '1'='1", "%", "_______", "' UNION SELECT 1--"])
def test_no_reference_is_read_as_sql(desk, seat, seen):
    desk.item(WORDS)
    assert seat().get(f"/feedback/{seen}").status_code == 404
    with desk.line.house.database.reading() as session:
        assert rows.shown(session, seen) is None
        assert session.get(Feedback, 1)
