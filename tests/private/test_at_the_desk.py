"""The lead holds, decides, erases, takes back, and gives people a copy of what is theirs."""

import io
import json
import zipfile
from datetime import datetime

import pytest
from sqlalchemy import select

from handlers.desk.words import reference
from hours import LONDON
from store import removals
from store.access_rows import Kept, Look
from store.erasure_rows import Hold, Verdict
from store.models import Recording
from store.staff import Role
from tests.desk.conftest import Desk, seated
from tests.driver import CALLER
from tests.private.conftest import SECRET, SOUND


@pytest.fixture
def lead(small):
    return seated(Desk(small.line), Role.LEAD, "Lee")


def last(small) -> str:
    return reference(small.line.items()[-1].reference)


def test_a_hold_needs_a_reason_and_stops_a_wish(small, lead):
    small.says("The soup was cold")
    ref = last(small)
    assert lead.post(f"/feedback/{ref}/hold", hold_reason="").status_code == 422
    assert lead.post(f"/feedback/{ref}/hold", hold_reason="The coroner asked").status_code == 302
    assert "The coroner asked" in lead.get("/going").text
    assert lead.post(f"/feedback/{ref}/erase", erase_reason="x").status_code == 422
    small.says("DELETE")
    assert "On hold" in lead.get("/going").text
    assert lead.post(f"/feedback/{ref}/lift", lift_reason="It is over").status_code == 302
    (hold,) = small.rows(Hold)
    assert (hold.by, hold.lifted_by, hold.lifted_reason) == ("Lee", "Lee", "It is over")


def test_the_lead_erases_in_some_days_and_can_undo_it(small, lead):
    small.says("The soup was cold")
    ref = last(small)
    lead.post(f"/feedback/{ref}/erase", erase_reason="They rang and asked", when="later")
    assert lead.get(f"/feedback/{ref}").status_code == 404
    assert ref in lead.get("/going").text
    lead.post(f"/going/{ref}/keep")
    assert lead.get(f"/feedback/{ref}").status_code == 200
    small.later(days=30)
    small.work(1)
    assert small.line.items()[-1].texts


def test_the_lead_erases_now_and_sees_the_proof(small, lead):
    small.says(f"Nurse {SECRET} was cold")
    ref = last(small)
    lead.post(f"/feedback/{ref}/erase", erase_reason=f"{SECRET} asked", when="now")
    small.later(minutes=5)
    small.work(8)
    page = lead.get("/going").text
    assert "Proved" in page
    assert SECRET not in page
    assert SECRET.lower().encode() not in small.everything()


def decides(lead, ref) -> None:
    """A line of the safeguarding record."""
    at = f"{datetime.now(LONDON):%Y-%m-%dT%H:%M}"
    line = {"decision": "no_action", "words": "Their GP knows", "done_at": at}
    assert lead.post(f"/feedback/{ref}/safeguarding", **line).status_code == 302


@pytest.mark.parametrize("body", ["I want to die", "my carer hits me"])
def test_nothing_urgent_is_erased_before_its_record_says_what_was_decided(small, lead, body):
    small.says(body)
    ref, asked = last(small), {"erase_reason": "A test, I think", "when": "now"}
    answer = lead.post(f"/feedback/{ref}/erase", **asked)
    assert answer.status_code == 422
    assert "First write in the safeguarding record what was decided." in answer.text
    assert small.item(ref).hidden_at is None
    decides(lead, ref)
    assert lead.post(f"/feedback/{ref}/erase", **asked).status_code == 302


def test_the_lead_decides_about_an_urgent_wish_with_a_reason(small, lead):
    small.says("I want to die")
    ref = last(small)
    small.says(f"DELETE {ref}")
    assert ref in lead.get("/going").text
    assert lead.post(f"/feedback/{ref}/stay", stay_reason=" ").status_code == 422
    lead.post(f"/feedback/{ref}/stay", stay_reason="The council needs it")
    with small.room.database.reading() as session:
        assert not removals.to_decide(session, 9)
        asked = removals.of(session, small.item(ref))
    assert (asked.verdict, asked.reason) == (Verdict.KEEP, "The council needs it")
    small.says(f"DELETE {ref}")
    decides(lead, ref)
    lead.post(f"/feedback/{ref}/erase", erase_reason="No risk any more", when="now")
    small.later(minutes=5)
    small.work(1)
    assert small.item(ref).texts == []


@pytest.mark.parametrize("role", [Role.READER, Role.TRIAGER, Role.ADMIN])
def test_nobody_else_may(small, role):
    small.says("The soup was cold")
    ref, other = last(small), seated(Desk(small.line), role, "Ola")
    assert other.get("/going").status_code == 403
    assert other.post(f"/feedback/{ref}/erase", erase_reason="x", when="now").status_code == 403
    assert other.post("/subject", whose=CALLER).status_code == 403


def test_what_its_time_takes_is_told_ahead_and_can_be_held(small, lead):
    ref = reference(small.rings())
    with small.room.database.writing() as session:
        take = session.scalars(select(Recording)).one()
        take.received_at = small.at.replace(year=small.at.year - 1)
    page = lead.get("/going").text
    assert ref in page
    assert "The sound" in page
    lead.post(f"/feedback/{ref}/hold", hold_reason="The coroner asked")
    assert "The sound" not in lead.get("/going").text


@pytest.mark.parametrize("whose", ["number", "reference"])
def test_a_person_gets_a_copy_of_all_that_is_theirs(small, lead, whose):
    small.says("The soup was <cold>")
    text = last(small)
    ref = reference(small.rings("the nurse was kind"))
    given = {"number": "07700 900123", "reference": ref}[whose]
    answer = lead.post("/subject", whose=given)
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.data)) as file:
        data = json.loads(file.read("data.json"))
        sounds = [name for name in file.namelist() if name.startswith("sound/")]
        assert file.read(sounds[0]) == SOUND
        page = file.read("data.html").decode()
    wanted = [text, ref] if whose == "number" else [ref]
    assert [item["reference"] for item in data["items"]] == wanted
    assert all(item["kept_until"] and item["kept_as"] == "words" for item in data["items"])
    assert ("&lt;cold&gt;" in page) == (whose == "number")
    assert "The porters" not in page
    assert (data["phone"] or {}).get("number") == (CALLER if whose == "number" else None)
    assert {row.by for row in small.rows(Look) if row.kind is Kept.SUBJECT} == {"Lee"}
    assert lead.post("/subject", whose="07700 900555").status_code == 422


def test_their_copy_has_their_own_words_whole_and_says_first_that_others_may_be_named(small, lead):
    small.says(f"Nurse {SECRET} was kind, ring 07700 900124")
    answer = lead.post("/subject", whose=last(small))
    with zipfile.ZipFile(io.BytesIO(answer.data)) as file:
        assert "it may name other people" in file.read(file.namelist()[0]).decode()
        assert f"Nurse {SECRET} was kind, ring 07700 900124" in file.read("data.json").decode()
