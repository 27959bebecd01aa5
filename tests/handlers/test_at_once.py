"""Two things at the same moment, on both databases: nothing is lost, nothing is doubled."""

import copy
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from dialogue import urgent_items
from store import bulk, desk
from store.models import Status
from tests.driver import CALLER, NUMBER
from tests.handlers.rows import rows


def at_once(line, *posts):
    """Send webhooks at the same time, each by a client of its own."""

    def send(post):
        apart = copy.copy(line)
        apart.client = line.app.test_client()
        path, fields = post
        return apart.post(path, **fields)

    with ThreadPoolExecutor(len(posts)) as pool:
        return list(pool.map(send, posts))


def text(sid, body):
    return "/sms", {"MessageSid": sid, "From": CALLER, "To": NUMBER, "Body": body}


def test_six_texts_at_once_from_one_phone_are_six_texts_on_one_item(line):
    answers = at_once(line, *(text(f"SM{n}", f"part {n} of my story") for n in range(6)))

    assert {answer.status_code for answer in answers} == {200}
    assert sorted(text.sid for text in line.items()[0].texts) == [f"SM{n}" for n in range(6)]
    assert (rows(line)["feedback"], rows(line)["callers"], rows(line)["conversations"]) == (1, 1, 1)


def test_one_text_that_comes_six_times_at_once_is_one_text_with_one_answer(line):
    answers = at_once(line, *[text("SM1", "The ward was cold")] * 6)

    assert len({answer.data for answer in answers}) == 1
    assert (rows(line)["texts"], rows(line)["ledger"]) == (1, 1)


def test_a_turn_that_comes_six_times_at_once_is_one_step(line):
    call = line.ring()
    call.press("1")
    answers = at_once(line, *[(call.address(), {**call.fields, "Digits": "2"})] * 6)

    assert len({answer.data for answer in answers}) == 1
    assert rows(line)["feedback"] == 1


def test_a_take_and_the_word_that_it_is_ready_at_once_are_one_recording(line):
    call = line.ring()
    call.press("0")
    ready = {"CallSid": call.sid, "RecordingSid": "RE1", "RecordingStatus": "completed"}
    take = {**call.fields, "RecordingSid": "RE1", "RecordingDuration": "9"}
    answers = at_once(line, (call.address(), take), ("/voice/recording", ready))

    assert {answer.status_code for answer in answers} == {200}
    assert (rows(line)["recordings"], rows(line)["feedback"]) == (1, 1)


def raised(session, reference):
    """A person read it, and saw what no word of it says."""
    urgent_items.flag(desk.locked(session, reference), "R1", ["by a person"], datetime.now(UTC))


def finished(session, reference):
    desk.move(
        session, desk.locked(session, reference), Status.FINISHED, "Sam", "done", datetime.now(UTC)
    )


def while_a_colleague(line, act, *post, then=lambda session: None):
    """A webhook that comes while somebody at the desk saves its item, or the first of several."""
    reference = line.items()[-1].reference

    def save():
        with line.house.database.writing() as session:
            act(session, reference)
            session.flush()
            held.append(True)
            time.sleep(0.5)  # a busy disk: the webhook reads the item meanwhile
            then(session)

    held = []
    with ThreadPoolExecutor(1) as pool:
        saving = pool.submit(save)
        while not held and not saving.done():
            time.sleep(0.01)
        answer = at_once(line, post)[0]
        saving.result()
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("act", "status", "tier"), [(raised, Status.NEW, "R1"), (finished, Status.NEW, None)]
)
def test_a_text_that_comes_while_a_colleague_saves_its_item_undoes_nothing(line, act, status, tier):
    line.text("The food was cold", frm="+447700900999")
    line.text("The nurse was kind")
    while_a_colleague(line, act, *text("SM1", "And nobody answered the bell all night"))

    item = line.items()[-1]
    assert (item.status, item.tier, len(item.texts)) == (status, tier, 2)


def test_a_key_that_comes_while_a_colleague_saves_its_item_undoes_nothing(line):
    call = line.ring()
    call.press(*"111")
    call.speak()
    call.press("1")
    assert "If you work there, press 3" in call.heard

    def signalled(session, reference):
        item = desk.locked(session, reference)
        item.signals = [*item.signals, "child"]

    key = {**call.fields, "CallStatus": "in-progress", "Digits": "3", "msg": "Gather End"}
    while_a_colleague(line, signalled, call.address(), key)
    assert line.items()[-1].signals == ["child", "staff"]


def test_a_phone_that_is_not_safe_does_not_wait_for_who_waits_for_one_of_its_items(line):
    """Somebody at the desk changes both items of a phone, one after the other."""
    line.text("The nurse was kind")
    line.text("NEW")
    line.text("My carer hits me")
    first, second = (item.reference for item in line.items())

    while_a_colleague(
        line,
        lambda session, _: desk.locked(session, first),
        *text("SM1", "no he reads my messages"),
        then=lambda session: bulk.chosen(session, [first, second]),
    )
    assert [item.safe for item in line.items()] == [False, False]


def test_a_no_to_being_rung_does_not_wait_for_who_waits_for_one_of_its_items(line):
    line.text("The food was cold", frm="+447700900999")
    line.text("The nurse was kind")
    call = line.ring()
    call.press("2")
    call.speak()
    call.press("1")
    assert "May we ring this number" in call.heard
    _, first, second = (item.reference for item in line.items())

    while_a_colleague(
        line,
        lambda session, _: desk.locked(session, first),
        call.address(),
        {**call.fields, "CallStatus": "in-progress", "Digits": "2", "msg": "Gather End"},
        then=lambda session: bulk.chosen(session, [first, second]),
    )
    assert [item.contact for item in line.items()] == [None, False, False]
