"""A reply by text: once, to whom it may go, and everybody sees how it fared."""

import html
import secrets
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from handlers.desk.form import filled
from store import desk as desk_rows
from store import talks
from store.arrival_rows import Caller, Channel
from store.doing_rows import Deed
from store.models import Kind, Text
from store.staff import Role
from store.upkeep import Outgoing, Sending
from tests.desk.conftest import seated
from tests.doing.conftest import (
    PHONE,
    change,
    deeds,
    key,
    opt_out,
    path,
    row,
    rows,
    send,
    sent,
    told,
)
from tests.driver import NUMBER

TEXT = "Because We All Care: thank you, we will look into it."


def test_a_reply_is_queued_to_that_phone_from_the_number_it_texted(both):
    told(both, "Noise", frm="+447700900999")
    item = told(both)
    answer = send(seated(both), f"{path(item)}/reply", reply=TEXT)
    assert answer.status_code == 302
    [text] = rows(both, Outgoing)
    assert (text.body, text.caller_id, text.feedback_id) == (TEXT, item.caller_id, item.id)
    assert text.sender == "+441214960000"
    [deed] = rows(both, Deed)
    assert (deed.by, deed.did.value, deed.feedback_id) == ("Sam", "reply", item.id)


def test_a_reply_waits_for_their_thread_before_it_takes_the_item(both):
    """A text that says "not safe" holds its thread and then takes its items: in the other order
    the two would wait for each other."""
    item, sitting = told(both), seated(both)
    [phone] = rows(both, Caller)
    place = talks.key(phone.joined, NUMBER)
    with ThreadPoolExecutor(1) as colleague:
        with both.line.house.database.writing() as text:
            talks.found(text, Channel.TEXT, place)
            answer = colleague.submit(send, sitting, f"{path(item)}/reply", reply=TEXT)
            wait([answer], timeout=1)
            desk_rows.locked(text, item.reference).safe = False
        assert answer.result().status_code == 422
    assert sent(both) == []


def test_a_double_click_sends_once(desk, seat):
    item, sitting, mark = told(desk), seat(), key()
    send(sitting, f"{path(item)}/reply", reply=TEXT, key=mark)
    again = send(sitting, f"{path(item)}/reply", reply=TEXT, key=mark)
    assert again.status_code == 302
    assert sent(desk) == [TEXT]
    assert deeds(desk, item) == ["reply"]
    assert "on its way already" in sitting.get(path(item)).text


def test_a_second_reply_on_purpose_is_a_second_text(desk, seat):
    item, sitting = told(desk), seat()
    for words in (TEXT, f"{TEXT} We have.", TEXT):
        send(sitting, f"{path(item)}/reply", reply=words)
    assert len(sent(desk)) == 3


def test_the_same_words_twice_in_a_row_are_no_second_text_about_an_item(desk, seat):
    other = told(desk, "Noise", frm="+447700900999")
    item, sitting = told(desk), seat()
    send(sitting, f"{path(item)}/reply", reply=TEXT)
    send(sitting, f"{path(other)}/reply", reply=f"{TEXT} And soon.")
    again = send(sitting, f"{path(item)}/reply", reply=f"{TEXT} ")
    assert again.status_code == 422
    assert "says the same" in again.text
    assert sent(desk) == [TEXT, f"{TEXT} And soon."]


def test_the_same_words_are_a_reply_to_whoever_wrote_again(desk, seat):
    item, sitting = told(desk), seat()
    send(sitting, f"{path(item)}/reply", reply=TEXT)
    change(desk, item, words_at=datetime.now(UTC) + timedelta(minutes=1))
    send(sitting, f"{path(item)}/reply", reply=TEXT)
    assert sent(desk) == [TEXT, TEXT]


def test_words_that_did_not_arrive_may_be_sent_again(desk, seat):
    item, sitting = told(desk), seat()
    send(sitting, f"{path(item)}/reply", reply=TEXT)
    with desk.line.house.database.writing() as session:
        session.execute(update(Outgoing).values(state=Sending.FAILED, due_at=None))
    assert send(sitting, f"{path(item)}/reply", reply=TEXT).status_code == 302
    assert sent(desk) == [TEXT, TEXT]


def test_a_form_without_its_mark_sends_nothing(desk, seat):
    assert seat().post(f"{path(told(desk))}/reply", reply=TEXT, key="x").status_code == 400
    assert sent(desk) == []


def test_who_opted_out_gets_no_text_and_the_page_says_what_to_do(desk, seat):
    item, sitting = told(desk), seat()
    opt_out(desk, opted_out=True)
    assert send(sitting, f"{path(item)}/reply", reply=TEXT).status_code == 422
    assert sent(desk) == []
    assert "They texted STOP" in sitting.get(path(item)).text


def test_a_triager_cannot_text_where_it_is_not_safe_and_a_lead_only_with_a_reason(desk, seat):
    item = told(desk, tier="R2", safe=False)
    assert send(seat(), f"{path(item)}/reply", reply=TEXT, reply_reason="x").status_code == 422
    lead = seat(Role.LEAD, "Lea")
    assert send(lead, f"{path(item)}/reply", reply=TEXT).status_code == 422
    assert sent(desk) == []
    asked = {"reply": TEXT, "reply_reason": "The council asked us to"}
    assert send(lead, f"{path(item)}/reply", **asked).status_code == 302
    assert "The council asked us to" in lead.get(f"{path(item)}?show=1").text


@pytest.mark.parametrize("role", [Role.READER, Role.ADMIN])
def test_nobody_who_does_not_work_on_feedback_may_reply(desk, seat, role):
    assert send(seat(role), f"{path(told(desk))}/reply", reply=TEXT).status_code == 403
    assert sent(desk) == []


def test_what_was_typed_stays_when_it_is_too_long(desk, seat):
    item = told(desk)
    answer = send(seat(), f"{path(item)}/reply", reply=f"{TEXT} 😀 {'long ' * 60}")
    assert answer.status_code == 422
    assert "Keep it to 3" in answer.text
    assert "😀 long long" in answer.text


def test_a_line_break_counts_as_one_letter_as_on_the_phone():
    assert filled("x" * 159 + "\n") == 1


def test_a_template_is_filled_in_and_quotes_nothing_that_was_said(desk, seat):
    item, sitting = told(desk, "Nurse Featherstonehaugh was rude"), seat()
    for name in desk.line.house.door.script.words["en"].replies:
        page = send(sitting, f"{path(item)}/reply", use=name).text
        field = page.partition('<textarea class="form-control" id="reply"')[2].partition("</")[0]
        assert "Because We All Care" in field
        assert "Featherstonehaugh" not in field
    assert sent(desk) == []


def test_a_template_stands_before_what_somebody_wrote_and_in_place_of_another(desk, seat):
    item, sitting = told(desk), seat()
    own = ""
    for name in desk.line.house.door.script.words["en"].replies:
        page = send(sitting, f"{path(item)}/reply", use=name, reply=f"{own}My own words").text
        field = page.partition('<textarea class="form-control" id="reply"')[2].partition("</")[0]
        own = html.unescape(field.partition(">")[2]).removesuffix("My own words")
        assert own.count("Because We All Care") == 1


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"state": "sent", "delivery": "queued"}, "<strong>sent</strong>"),
        ({"state": "sent", "delivery": "delivered", "sid": "SMx"}, "delivered"),
        ({"state": "failed", "reason": "The network did not deliver it (30003)."}, "What to do"),
    ],
)
def test_how_a_reply_fared_stands_on_the_item(desk, seat, facts, words):
    item, sitting = told(desk), seat()
    send(sitting, f"{path(item)}/reply", reply=TEXT)
    with desk.line.house.database.writing() as session:
        for name, value in facts.items():
            setattr(session.get_one(Outgoing, 1), name, value)
    assert words in sitting.get(path(item)).text


def test_twilios_word_of_delivery_is_shown_with_its_time(desk, seat):
    item, sitting = told(desk), seat()
    send(sitting, f"{path(item)}/reply", reply=TEXT)
    with desk.line.house.database.writing() as session:
        text = session.get_one(Outgoing, 1)
        text.sid, text.state = "SM" + "e" * 32, "sent"
    desk.line.post("/sms/status", MessageSid="SM" + "e" * 32, MessageStatus="delivered")
    assert "delivered, " in sitting.get(path(item)).text


def test_a_reply_to_a_reply_is_feedback_of_the_same_phone(desk, seat):
    item = told(desk)
    send(seat(), f"{path(item)}/reply", reply=TEXT)
    desk.line.text("Ring me at two please, I am in then and glad that you asked")
    bodies = [t.body for i in desk.line.items() for t in i.texts if t.kind is Kind.WORDS]
    assert bodies[-1].startswith("Ring me at two")


def test_a_caller_from_a_withheld_number_cannot_be_texted(desk, seat):
    item = change(desk, desk.item("x"), contact=True)
    assert send(seat(), f"{path(item)}/reply", reply=TEXT).status_code == 422
    assert sent(desk) == []


LONG = "You can ring me on any weekday after two, and let it ring for a while please. I walk slow."


def texted(desk, body):
    """What comes back to the person."""
    return str(desk.line.text(body, frm=PHONE, sid=f"SM{secrets.token_hex(16)}"))


def test_what_they_text_back_is_added_to_the_item_that_was_replied_to(desk, seat):
    item = told(desk)
    texted(desk, "2 5 1 1")
    send(seat(), f"{path(item)}/reply", reply=f"{TEXT} When may we ring you?")

    assert "added that" in texted(desk, LONG)
    assert rows(desk, Text)[-1].feedback_id == item.id


def test_a_reply_takes_no_question_of_ours_off_their_phone(desk, seat):
    item = told(desk)
    send(seat(), f"{path(item)}/reply", reply=TEXT)

    assert "experience" in texted(desk, "2")


def test_a_lead_who_texts_a_phone_that_is_not_safe_does_not_make_us_answer_it(desk, seat):
    item = told(desk, "My carer hits me")
    texted(desk, "2")
    asked = {"reply": TEXT, "reply_reason": "The council asked us to"}
    send(seat(Role.LEAD, "Lea"), f"{path(item)}/reply", **asked)

    assert "Thank" not in texted(desk, "I can talk on Monday")


@pytest.mark.parametrize(
    ("answer", "said", "safe"),
    [
        ("yes", "phone safe for us to text?", None),
        ("1", "phone safe for us to text?", None),
        ("Yes it is safe", "we may text you", True),
        ("no", "will not text back", False),
    ],
)
def test_a_yes_to_a_colleagues_question_says_nothing_of_the_phone(desk, seat, answer, said, safe):
    item = told(desk, "My carer hits me", contact=None)
    asked = {"reply": f"{TEXT} Could a colleague ring you at 3pm? Text us back."}
    send(seat(Role.LEAD, "Lea"), f"{path(item)}/reply", reply_reason="They asked", **asked)

    assert said in texted(desk, answer)
    assert row(desk, item).safe is safe
    assert rows(desk, Text)[-1].body == answer
