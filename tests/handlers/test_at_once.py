"""Two things at the same moment, on both databases: nothing is lost, nothing is doubled."""

import copy
from concurrent.futures import ThreadPoolExecutor

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
