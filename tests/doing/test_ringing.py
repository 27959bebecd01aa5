"""The number of somebody who waits for a ring: who sees it, and what is kept of a call."""

import re

import pytest

from store.doing_rows import Deed
from store.staff import Role
from store.upkeep import Outgoing
from tests.desk.conftest import seated
from tests.doing.conftest import PHONE, change, deeds, key, path, rings, rows, send, told


def test_the_number_is_shown_to_whoever_holds_the_item_and_each_look_is_kept(desk, seat):
    told(desk, "Noise", frm="+447700900999")
    item = told(desk, purpose="advice", assigned_to="Sam")
    sam, kim = seat(), seat(name="Kim")
    assert PHONE not in sam.get(f"{path(item)}/ring").text
    assert PHONE in sam.post(f"{path(item)}/number").text
    assert kim.post(f"{path(item)}/number").status_code == 422
    assert PHONE not in kim.post(f"{path(item)}/number").text
    [look] = rows(desk, Deed)
    assert (look.by, look.did.value, look.feedback_id) == ("Sam", "number", item.id)
    for address in ("/", "/ring-back", path(item), f"{path(item)}/ring"):
        assert PHONE not in sam.get(address).text


def test_who_merely_opens_an_item_of_a_colleague_gets_no_number(desk, seat):
    item = told(desk, purpose="advice", assigned_to="Kim")
    sam, kim = seat(), seat(name="Kim")
    sam.post(f"{path(item)}/here")
    answer = sam.post(f"{path(item)}/number")
    assert (answer.status_code, PHONE in answer.text) == (422, False)
    assert "Kim has this item to do. Only whoever has it rings." in answer.text
    assert PHONE in kim.post(f"{path(item)}/number").text


def test_whoever_takes_an_item_on_its_ringing_page_stays_there(desk, seat):
    item, sam = told(desk, purpose="advice"), seat()
    ringing = f"{path(item)}/ring"
    [then] = re.findall(r'name="then" value="(\w+)"', sam.get(ringing).text)
    answer = sam.post(f"{path(item)}/assign", to="Sam", seen="", then=then)
    assert answer.headers["Location"] == ringing
    assert "Show the number" in sam.get(ringing).text


def test_before_ringing_somebody_reads_what_was_asked_and_hears_of_the_number_that_was_said(
    desk, seat
):
    item, _ = desk.voice("ring me on my sister's phone", purpose="advice")
    texted, sitting = told(desk, "Who helps me?", purpose="advice"), seat()

    ringing = sitting.get(f"{path(item)}/ring").text
    assert "sister" in ringing
    assert "say a number that is safe to ring" in ringing
    assert "say a number" not in sitting.get(f"{path(texted)}/ring").text


def test_no_number_where_no_advice_was_asked_or_contact_is_not_safe(desk, seat):
    plain = told(desk, assigned_to="Sam")
    unsafe = told(desk, purpose="advice", assigned_to="Sam", tier="R2")
    sitting = seat()
    for item in (plain, unsafe):
        assert sitting.post(f"{path(item)}/number").status_code == 422
    assert rows(desk, Deed) == []


def test_the_number_of_a_caller_who_said_yes_is_shown_and_no_text_goes_to_it(desk, seat):
    call, sitting = desk.line.ring(frm=PHONE), seat()
    call.press("0")
    call.speak()
    call.press("1", "1", "1")
    item = change(desk, desk.line.items()[-1], assigned_to="Sam")
    assert f"{path(item)}/ring" in sitting.get(path(item)).text
    assert PHONE in sitting.post(f"{path(item)}/number").text
    assert send(sitting, f"{path(item)}/reply", reply="Because We All Care").status_code == 422
    assert rows(desk, Outgoing) == []


@pytest.fixture
def elsewhere(desk):
    """A call for advice by somebody who says another number, and no to this one."""
    rings(desk.line, "2")
    return change(desk, desk.line.items()[-1], assigned_to="Sam")


def test_who_asks_to_be_rung_on_another_number_is_listened_to(desk, seat, elsewhere):
    sitting = seat()
    page = sitting.get(f"{path(elsewhere)}/ring").text
    for says in ("Not this number: listen for another.", "listen</a> before you ring"):
        assert says in page
    for wrong in ("Show the number", "Only the safeguarding lead"):
        assert wrong not in page
    assert "Not on this number" in sitting.get(path(elsewhere)).text


def test_a_call_to_the_number_that_they_said_is_written_down(desk, seat, elsewhere):
    sitting = seat()
    assert "How the call went" in sitting.get(f"{path(elsewhere)}/ring").text
    assert send(sitting, f"{path(elsewhere)}/called", call="spoke").status_code == 302
    assert deeds(desk, elsewhere) == ["call"]


@pytest.mark.parametrize(
    ("role", "reason", "status"),
    [
        (Role.TRIAGER, "I want to", 422),
        (Role.LEAD, "", 422),
        (Role.LEAD, "The council asked us to", 200),
    ],
)
def test_the_number_that_they_rang_from_is_the_leads_with_a_reason_and_not_texted(
    desk, seat, elsewhere, role, reason, status
):
    sitting = seat(role)
    answer = sitting.post(f"{path(elsewhere)}/number", ring_reason=reason)
    assert (answer.status_code, PHONE in answer.text) == (status, status == 200)
    assert send(sitting, f"{path(elsewhere)}/reply", reply="Because We All Care").status_code == 422


def test_the_lead_is_asked_why_and_told_that_there_may_be_another_number(seat, elsewhere):
    page = seat(Role.LEAD).get(f"{path(elsewhere)}/ring").text
    for says in ("Not this number: listen for another.", "Why contact is right", "Show the number"):
        assert says in page


def test_a_later_no_sends_nobody_to_listen_for_a_number_that_was_not_asked_for(desk, seat):
    for answer in "12":
        rings(desk.line, answer)
    before, now = (change(desk, item, assigned_to="Sam") for item in desk.line.items()[-2:])
    sitting = seat()
    assert "Not wanted" in sitting.get(path(before)).text
    assert "listen for another" not in sitting.get(f"{path(before)}/ring").text
    assert "Not on this number" in sitting.get(path(now)).text
    assert "listen for another" in sitting.get(f"{path(now)}/ring").text


@pytest.mark.parametrize("facts", [{"tier": "R2"}, {"safe": False}, {"signals": ["child"]}])
def test_where_danger_was_told_another_number_is_the_leads(desk, seat, elsewhere, facts):
    change(desk, elsewhere, **facts)
    page = seat().get(f"{path(elsewhere)}/ring").text
    assert "Only the safeguarding lead may make contact" in page
    assert "listen" not in page.lower().split("<main")[1]


UNSAFE = {"purpose": "advice", "assigned_to": "Sam", "safe": False}


def test_nobody_but_the_lead_keeps_a_call_to_somebody_who_said_that_it_is_not_safe(both):
    item, sitting = told(both, **UNSAFE), seated(both)
    answer = send(sitting, f"{path(item)}/called", call="spoke", call_words="My long words")
    assert answer.status_code == 422
    for says in ("Only the safeguarding lead or deputy may make contact.", "My long words"):
        assert says in answer.text
    assert rows(both, Deed) == []


def test_the_lead_writes_why_a_call_to_them_was_right(desk, seat):
    item, lead = told(desk, **UNSAFE), seat(Role.LEAD)
    assert "why contact was right all the same" in lead.get(f"{path(item)}/ring").text
    assert send(lead, f"{path(item)}/called", call="spoke").status_code == 422
    answer = send(lead, f"{path(item)}/called", call="spoke", call_words="The council asked me to")
    assert answer.status_code == 302


def test_a_call_that_was_right_when_its_number_was_shown_is_kept(desk, seat):
    item, sitting = told(desk, purpose="advice", assigned_to="Sam"), seat()
    sitting.post(f"{path(item)}/number")
    change(desk, item, safe=False)
    assert send(sitting, f"{path(item)}/called", call="spoke").status_code == 302


def test_where_contact_is_barred_no_page_leads_to_a_number_that_was_said(desk, seat):
    item, _ = desk.voice("ring me on my sister's phone", **UNSAFE)
    page = seat().get(f"{path(item)}/ring").text
    assert "Only the safeguarding lead may make contact" in page
    for hint in ("say a number", "Show the number", "Keep the call"):
        assert hint not in page


def test_contact_that_was_allowed_is_shown_with_the_doubt_about_the_phone(desk, seat):
    item, other = told(desk, contact=True), told(desk, "Noise", frm="+447700900999", contact=True)
    told(desk, "my carer hits me")
    sitting = seat()
    shown = [sitting.get(path(one)).text for one in (item, other)]
    assert ["Allowed. <strong>Not before the lead" in page for page in shown] == [True, False]


def test_nobody_but_the_lead_rings_a_phone_that_told_of_abuse_in_another_item(desk, seat):
    item, sitting = told(desk, purpose="advice", assigned_to="Sam"), seat()
    told(desk, "my carer hits me")
    answer = sitting.post(f"{path(item)}/number")
    assert (answer.status_code, PHONE in answer.text) == (422, False)
    assert "told of danger in another item" in sitting.get(f"{path(item)}/ring").text
    lead = seat(Role.LEAD, "Lea")
    change(desk, item, assigned_to="Lea")
    assert "why contact was right all the same" in lead.get(f"{path(item)}/ring").text
    assert PHONE in lead.post(f"{path(item)}/number", ring_reason="The council asked").text


def test_a_withheld_number_says_so(desk, seat):
    item = desk.item("x", purpose="advice", assigned_to="Sam")
    sitting = seat()
    assert "number withheld" in sitting.get("/ring-back").text
    assert "withheld number" in sitting.post(f"{path(item)}/number").text


def test_calls_are_counted_with_the_next_try(desk, seat):
    item, sitting, mark = told(desk, purpose="advice", assigned_to="Sam"), seat(), key()
    for _ in range(2):
        send(sitting, f"{path(item)}/called", call="no_answer", key=mark)
    send(sitting, f"{path(item)}/called", call="no_message")
    first, second = rows(desk, Deed)
    assert second.then > first.at
    page = sitting.get("/ring-back").text
    assert "2 calls" in page
    assert "Voicemail: left no message" in page
