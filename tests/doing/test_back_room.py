"""What the workers do with replies and with what waits, and what erasure leaves of all that."""

import pytest
from sqlalchemy import select

from store import copies
from store.copy_rows import TwilioCopy
from store.doing_rows import Deed, Pair
from store.models import Feedback
from store.queue import Bell
from store.replies import NO_MORE, NOT_SAFE, NOT_WANTED
from store.staff import Role
from store.upkeep import Outgoing, Sending
from tests.desk.conftest import Desk, seated
from tests.doing.conftest import change, path, ref, rings, rows, send, told
from tests.doing.test_doing import COPY
from triage import safeguarding
from workers import sending_letter
from workers.sweep import sweep

TEXT = "Because We All Care: thank you. Zanzibar."


def replied(small) -> tuple[Desk, Feedback]:
    at = Desk(small.line)
    item = told(at, "Zanzibar was my nurse")
    send(seated(at), f"{path(item)}/reply", reply=TEXT)
    return at, item


def test_a_reply_goes_out_to_twilio_once(small):
    replied(small)
    letter = sending_letter.take(small.room, 1)
    assert (letter.to, letter.sender, letter.body) == ("+447700900123", "+441214960000", TEXT)
    assert sending_letter.take(small.room, 1) is None


@pytest.mark.parametrize("facts", [{"contact": False}, {"safe": False}, {"tier": "R2"}])
def test_a_reply_that_waits_is_dropped_when_contact_is_not_allowed_any_more(small, facts):
    at, item = replied(small)
    change(at, item, **facts)
    assert sending_letter.take(small.room, 1) is None
    [text] = rows(at, Outgoing)
    assert text.state is Sending.FAILED
    assert "not allowed any more" in text.reason


# Each begins with something that we could text about, and ends with a no to "is this phone safe?".
BEFORE_A_NO = {
    "the survey, with a yes to being texted": ("The food was cold", "3 5 2 1"),
    "abuse, with a yes": ("The night carer slaps my mum", "yes"),
    "a wish for advice": ("ADVICE", "I need help with a form for my bus pass"),
}


@pytest.mark.parametrize("name", BEFORE_A_NO)
def test_what_they_told_before_brings_no_text_to_a_phone_that_is_not_safe(small, name):
    at = Desk(small.line)
    sam = seated(at)
    for body in BEFORE_A_NO[name]:
        small.line.text(body)
    first = small.line.items()[0]
    assert send(sam, f"{path(first)}/reply", reply=TEXT).status_code == 302
    for body in ("NEW", "my carer hits me", "no"):
        small.line.text(body)

    assert [item.safe for item in small.line.items()] == [False, False]
    assert sending_letter.take(small.room, 1) is None
    assert send(sam, f"{path(first)}/reply", reply=TEXT).status_code == 422


def test_what_the_lead_wrote_before_the_no_does_not_go_either(back):
    at = Desk(back.line)
    back.line.text("my carer hits me")
    item = back.line.items()[-1]
    asked = {"reply": TEXT, "reply_reason": "The council asked us to"}
    send(seated(at, Role.LEAD, "Lea"), f"{path(item)}/reply", **asked)
    back.line.text("no")

    assert sending_letter.take(back.room, 1) is None
    assert rows(at, Outgoing)[0].reason == NOT_SAFE


def abused(at: Desk, frm: str = "+447700900123") -> list[Feedback]:
    """A survey with a yes to being texted, then words of abuse: nobody says if that is safe."""
    for body in ("The food was cold", "3 5 2 1", "NEW", "my carer hits me"):
        at.line.text(body, frm=frm)
    return at.line.items()[-2:]


def test_while_nobody_says_that_a_phone_is_safe_only_the_lead_texts_it_about_anything(back):
    at = Desk(back.line)
    other, _ = abused(at, frm="+447700900999")
    first, _ = abused(at)
    back.line.text("yes", frm="+447700900999")

    assert send(seated(at), f"{path(other)}/reply", reply=TEXT).status_code == 302
    answer = send(seated(at, name="Kim"), f"{path(first)}/reply", reply=TEXT)
    assert answer.status_code == 422
    assert "told of danger in another item" in answer.text
    asked = {"reply": TEXT, "reply_reason": "The council asked us to"}
    lead = seated(at, Role.LEAD, "Lea")
    assert send(lead, f"{path(first)}/reply", reply=TEXT).status_code == 422
    assert send(lead, f"{path(first)}/reply", **asked).status_code == 302


def test_a_reply_that_waits_does_not_go_to_a_phone_that_has_told_of_abuse_since(back):
    at, _ = replied(back)
    for body in ("NEW", "my carer hits me"):
        back.line.text(body)

    assert sending_letter.take(back.room, 1) is None
    assert "not allowed any more" in rows(at, Outgoing)[0].reason


def test_such_a_phone_is_not_told_either_that_what_it_had_removed_is_gone(small):
    at = Desk(small.line)
    other, _ = abused(at, frm="+447700900999")
    first, _ = abused(at)
    small.line.text("yes", frm="+447700900999")
    small.line.text(f"DELETE {ref(other)}", frm="+447700900999")
    small.line.text(f"DELETE {ref(first)}")
    small.later(days=8)

    assert sweep(small.room, Bell(None)).erased == 2
    assert [text.caller_id for text in rows(at, Outgoing)] == [other.caller_id]


@pytest.mark.parametrize("facts", [{"tier": None}, {"tier": "R3"}, {"safe": True}])
def test_once_that_is_judged_or_answered_the_reply_goes(small, facts):
    at, _ = replied(small)
    for body in ("NEW", "my carer hits me"):
        small.line.text(body)
    change(at, at.line.items()[-1], **facts)

    assert sending_letter.take(small.room, 1) is not None


def test_a_phone_that_told_of_abuse_again_is_no_safer_for_what_it_said_before(small):
    at = Desk(small.line)
    first = told(at, "my carer hits me", safe=True)
    told(at, "my carer hits me again")

    assert send(seated(at), f"{path(first)}/reply", reply=TEXT).status_code == 422


def test_other_phones_are_as_safe_as_they_were(small):
    for body in ("The food was cold", "3 5 2 1"):
        small.line.text(body, frm="+447700900999")
    for body in ("my carer hits me", "no"):
        small.line.text(body)

    assert [item.safe for item in small.line.items()] == [None, False]


def test_a_no_by_phone_takes_back_what_the_same_phone_agreed_to_before(back):
    at, _ = replied(back)
    noise = told(at, "The food was cold", frm="+447700900999")
    for answers in (["1"], [], ["2"]):
        rings(back.line, *answers)

    for item in at.line.items():
        assert safeguarding.agreed(item) is (item.id == noise.id)
    assert sending_letter.take(back.room, 1) is None
    assert [text.reason for text in rows(at, Outgoing)] == [NOT_WANTED]


def test_so_does_a_text_that_asks_for_no_more(back):
    at, _ = replied(back)
    for body in ("NEW", "The food was cold", "please dont text me again"):
        back.line.text(body)

    assert [text.reason for text in rows(at, Outgoing)] == [NO_MORE]


def test_three_wrong_keys_are_a_no_for_that_call_and_take_back_nothing(back):
    at, item = replied(back)
    told(at, "The food was cold", frm="+447700900999")
    rings(back.line, "1")
    rings(back.line, "5", "*", "7")

    *before, last = (one for one in at.line.items() if one.caller_id == item.caller_id)
    assert last.contact is False
    assert [one.contact for one in before][-2:] == [True, True]
    assert [text.reason for text in rows(at, Outgoing)] == [None]


def test_a_no_by_phone_takes_back_that_the_phone_was_safe_to_text(small):
    for body in ("my carer hits me", "yes"):
        small.line.text(body)
    rings(small.line, "2")

    assert [(item.contact, item.safe) for item in small.line.items()] == [(False, None)] * 2


def test_a_no_by_phone_leaves_a_phone_that_is_not_safe_as_unsafe_as_it_was(small):
    for body in ("my carer hits me", "no"):
        small.line.text(body)
    rings(small.line, "2")

    assert [item.safe for item in small.line.items()] == [False, False]


def test_erasure_takes_replies_copies_and_reasons_and_leaves_that_they_were(small):
    at, item = replied(small)
    other = told(at, "Another", frm="+447700900999")
    lead = seated(at, name="Kim")
    send(lead, f"{path(item)}/copy", **{**COPY, "copy": "Zanzibar"})
    lead.post(f"{path(item)}/join", **{"with": ref(other), "join_reason": "Zanzibar", "say": "x"})
    given = {"outcome": "changed", "did": "Zanzibar", "stage": "made", "did_on": "2026-01-01"}
    lead.post(f"{path(item)}/outcome", **given)
    with at.line.house.database.writing() as session:
        session.get_one(Outgoing, 1).sid = "SM" + "e" * 32
    change(at, item, hidden_at=small.at, erase_at=small.at)
    assert sweep(small.room, Bell(None)).erased == 1
    assert rows(at, Outgoing) == []
    assert rows(at, Pair) == []
    kept = rows(at, Deed)
    assert [d.did.value for d in kept] == ["reply", "copy", "linked", "linked", "outcome"]
    assert not any("Zanzibar" in f"{d.words}{d.to}" for d in kept)
    with small.room.database.reading() as session:
        asked = select(TwilioCopy.sid).where(TwilioCopy.kind == copies.MESSAGE)
        assert "SM" + "e" * 32 in session.scalars(asked).all()


def test_the_sweep_wakes_what_waited(small):
    at = Desk(small.line)
    item = told(at, waiting_until=small.at, status="waiting")
    assert sweep(small.room, Bell(None)).woken == 1
    assert "The day came" in seated(at).get(path(item)).text
