"""A text of ours goes out once: not twice when Twilio is unclear, and not in silence when never."""

import pytest

from store import outgoing
from store.arrival_rows import Caller
from store.outgoing import UNFINISHED
from store.queue import SEND
from store.upkeep import Outgoing, Sending
from tests.catch_up.conftest import says, takes_but_dawdles, takes_but_says
from tests.driver import CALLER, NUMBER
from tests.workers.parts import until
from workers import sending, sending_letter
from workers.carrier_texts import Texts
from workers.sweep import sweep

ENDS = {Sending.SENT, Sending.FAILED}
POST = "POST "


@pytest.fixture
def due(lost):
    """One reply that is due. The lost line, with the number of its row."""
    lost.text("The nurse was kind", minutes=5)
    lost.catch_up()
    lost.number = lost.rows(Outgoing)[0].id
    lost.bell.rung.clear()
    lost.twilio.asked.clear()
    lost.send = lambda: sending.send(lost.room, lost.number)
    lost.row = lambda: lost.rows(Outgoing)[0]
    lost.posts = lambda: sum(asked.startswith(POST) for asked in lost.twilio.asked)
    return lost


@pytest.mark.parametrize("state", Sending)
def test_every_state_of_a_text_of_ours_is_swept_or_an_end(state):
    assert (state in UNFINISHED) != (state in ENDS)


def test_a_text_that_twilio_takes_is_sent_and_no_more_to_do(due):
    due.send()
    due.send()

    assert (due.row().state, due.row().due_at) == (Sending.SENT, None)
    assert due.phone.texts.get(due.row().sid).body == due.row().body
    assert due.posts() == 1


@pytest.mark.parametrize("state", ["due", "unknown"])
def test_the_sweep_rings_once_for_a_text_that_nobody_has_in_hand(due, state):
    if state == "unknown":
        due.twilio.oddly.append((POST, says("500 ERROR")))
        due.send()
        assert sweep(due.room, due.bell).texts == 0
        due.later(minutes=2.1)

    assert [sweep(due.room, due.bell).texts for _ in range(2)] == [1, 0]
    assert due.bell.rung[-1] == (SEND, due.number)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (21610, "opted out"),
        (21614, "cannot get texts"),
        (21211, "no telephone"),
        (99999, "refused"),
    ],
)
def test_a_text_that_twilio_refuses_fails_with_a_plain_reason(due, code, reason):
    due.phone.refusals[CALLER] = code

    due.send()
    due.later(days=1)
    due.send()

    assert due.row().state is Sending.FAILED
    assert reason in due.row().reason
    assert str(code) in due.row().reason
    assert due.posts() == 1
    assert due.rows(Caller)[-1].opted_out == (code == 21610)


@pytest.mark.parametrize("status", ["429 TOO MANY", "401 UNAUTHORIZED", "403 FORBIDDEN"])
def test_a_text_that_was_surely_not_taken_is_due_again_later(due, status):
    due.twilio.oddly.append((POST, says(status)))

    due.send()

    assert (due.row().state, due.row().attempts) == (Sending.DUE, 1)
    assert due.row().due_at > due.at
    assert status[:3] in due.row().reason
    due.later(seconds=3)
    due.send()
    assert due.sent() == [due.row().body]


def test_a_twilio_that_cannot_be_reached_has_surely_not_taken_it(due):
    texts = due.room.carrier.texts
    due.room.carrier.texts = Texts("AC", "token", "http://127.0.0.1:9", None)
    due.send()
    assert due.row().state is Sending.DUE

    due.room.carrier.texts = texts
    due.send()
    assert len(due.sent()) == 1


@pytest.mark.parametrize(
    "answer", [takes_but_says("500 ERROR"), takes_but_says("200 OK"), takes_but_dawdles(0.8)]
)
def test_a_text_that_may_have_gone_out_is_looked_up_and_not_sent_again(due, answer):
    due.twilio.oddly.append((POST, answer))
    with pytest.MonkeyPatch.context() as hasty:
        hasty.setattr(due.room.carrier.texts, "_read", 0.4)
        due.send()
    until(due.sent)
    assert due.row().state is Sending.UNKNOWN
    assert "may have been sent" in due.row().reason
    due.send()  # too early to be sure: nothing happens
    due.later(minutes=2.1)

    due.send()

    assert due.row().state is Sending.SENT
    assert due.row().sid
    assert due.posts() == len(due.sent()) == 1


@pytest.mark.parametrize("status", ["201 CREATED", "400 BAD REQUEST"])
@pytest.mark.parametrize("body", [b"cut", b"9" * 1_000_001], ids=["broken", "endless"])
def test_nobody_knows_what_became_of_a_text_whose_answer_cannot_be_read_whole(due, status, body):
    promised = str(max(len(body), 900))
    due.twilio.oddly.append((POST, says(status, body, Content_Length=promised)))

    due.send()

    assert due.row().state is Sending.UNKNOWN


def test_a_text_that_surely_did_not_go_out_is_sent_once_more(due):
    due.twilio.oddly.append((POST, says("500 ERROR")))
    due.send()
    due.later(minutes=2.1)

    due.send()

    assert due.row().state is Sending.SENT
    assert len(due.sent()) == 1
    assert due.posts() == 2


def test_while_twilio_cannot_be_asked_nothing_is_sent_again(due):
    due.twilio.oddly += [(POST, takes_but_says("500 ERROR"))]
    due.send()
    due.later(minutes=2.1)
    due.twilio.oddly += [("GET", says("500 ERROR"))] * 4

    due.send()

    assert due.row().state is Sending.UNKNOWN
    due.later(minutes=20)
    due.send()
    assert due.row().state is Sending.SENT
    assert due.posts() == 1


def test_a_program_that_was_killed_while_it_posted_does_not_post_again(due):
    letter = sending_letter.take(due.room, due.number)
    due.room.carrier.texts.send(letter.sender, letter.to, letter.body)
    due.later(minutes=2.1)

    due.send()

    assert due.row().state is Sending.SENT
    assert due.posts() == 1


def test_the_same_words_sent_for_another_text_are_not_taken_for_this_one(due):
    due.twilio.oddly.append((POST, says("500 ERROR")))
    due.send()
    first = due.row()
    with due.room.database.writing() as session:
        other = outgoing.make(
            session,
            key="reply:SM2",
            caller_id=first.caller_id,
            feedback_id=None,
            sender=NUMBER,
            body=first.body,
            at=due.at,
        )
    sending.send(due.room, other)
    due.later(minutes=2.1)

    due.send()

    assert len({row.sid for row in due.rows(Outgoing)}) == 2
    assert len(due.sent()) == 2


def test_of_two_workers_that_hear_the_same_ring_one_sends(due):
    first = sending_letter.take(due.room, due.number)

    assert first
    assert sending_letter.take(due.room, due.number) is None


def test_a_worker_whose_claim_ran_out_while_it_looked_does_not_post(due):
    slow = sending_letter.take(due.room, due.number)
    due.later(minutes=2.1)
    quick = sending_letter.take(due.room, due.number)

    assert sending_letter.renewed(due.room, quick)
    assert not sending_letter.renewed(due.room, slow)


def test_a_worker_that_was_cut_off_neither_ends_nor_puts_off_what_is_anothers_by_now(due):
    late = sending_letter.take(due.room, due.number)
    due.later(minutes=2.1)
    mine = sending_letter.take(due.room, due.number)
    with due.room.database.writing() as session:
        outgoing.failed(session, due.number, late.held_until, "It came to nothing.")
        outgoing.again(session, due.number, late.held_until, Sending.DUE, due.room.now(), "Later.")
        row = session.get(Outgoing, due.number)
        assert (row.state, row.claimed_until) == (Sending.UNKNOWN, mine.held_until)


def test_after_many_tries_it_fails_and_says_why(due):
    due.twilio.oddly += [(POST, says("429 TOO MANY"))] * 40
    for _ in range(40):
        due.send()
        due.later(minutes=16)

    assert due.row().state is Sending.FAILED
    assert due.row().reason == "After 30 tries: Twilio answered 429."
    assert due.posts() == 30


def test_somebody_who_opted_out_meanwhile_is_texted_no_more(due):
    due.line.text("STOP")

    due.send()

    assert (due.row().state, due.posts()) == (Sending.FAILED, 0)
    assert "opted out" in due.row().reason


# --- how it fared


def test_twilio_tells_how_it_fared_and_words_out_of_order_undo_nothing(due):
    due.send()
    for status in ("delivered", "sent", "queued"):
        with due.room.database.writing() as session:
            assert outgoing.delivered(session, due.row().sid, status, "")

    assert (due.row().delivery, due.row().state) == ("delivered", Sending.SENT)


def test_a_text_that_the_network_lost_fails_with_its_code(due):
    due.send()
    with due.room.database.writing() as session:
        outgoing.delivered(session, due.row().sid, "undelivered", "30003")

    assert due.row().state is Sending.FAILED
    assert due.row().reason == "The network did not deliver it (30003)."


def test_word_that_came_before_we_knew_the_sid_is_not_lost(due):
    sid = "SM" + "5" * 32
    due.line.post("/sms/status", MessageSid=sid, MessageStatus="delivered")
    with due.room.database.writing() as session:
        outgoing.sent(session, due.number, sid, "queued")

    assert due.row().delivery == "delivered"


def test_word_of_a_text_that_is_none_of_ours_changes_nothing(due):
    with due.room.database.writing() as session:
        assert not outgoing.delivered(session, "SM" + "6" * 32, "failed", "30001")


def test_a_number_whose_key_is_lost_waits_with_a_reason(due):
    with due.room.database.writing() as session:
        session.get(Caller, due.row().caller_id).number = b"nothing opens this"

    due.send()

    assert (due.row().state, due.posts()) == (Sending.DUE, 0)
    assert "SEALING_KEYS" in due.row().reason
