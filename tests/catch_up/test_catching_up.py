"""What no webhook brought comes in by the same door: once, in order, with its own time."""

import json
import time
from datetime import timedelta
from email.utils import format_datetime

import pytest
from sqlalchemy import insert

from store.arrival_rows import Conversation, Ledger
from store.copy_rows import TwilioCopy
from store.erasure_rows import Way
from store.models import Feedback, Heard, Recording
from store.queue import DELETE_COPY, HEAR
from store.staff import Turn
from store.upkeep import Outgoing, Round
from tests.catch_up.conftest import says
from tests.driver import CALLER, NUMBER
from workers import erasure
from workers.catch_up import AlreadyAtWork
from workers.catch_up_counts import Side
from workers.sweep import sweep

OTHER = "+447700900456"


def test_a_lost_text_becomes_an_item_as_if_its_webhook_had_come(lost):
    sid = lost.text("The ward was cold and nobody came", days=1)

    counts = lost.catch_up()

    text = lost.line.items()[-1].texts[0]
    assert (text.sid, text.received_at) == (sid, lost.at - timedelta(days=1))
    assert counts.texts == Side(at_twilio=1, here=0, imported=1)


def test_texts_come_in_oldest_first_so_that_answers_answer(lost):
    lost.text("2", minutes=20)
    lost.text("They lost my notes", minutes=30)

    lost.catch_up()

    item = lost.line.items()[-1]
    assert item.service == "hospital"
    assert len(item.texts) == 2


def test_a_second_catch_up_changes_nothing(lost):
    lost.text("The ward was cold and nobody came", minutes=9)
    lost.recording(lost.call(minutes=50), minutes=49)
    lost.catch_up()
    lost.answer()
    before = [len(lost.rows(table)) for table in (Ledger, Feedback, Outgoing, Recording)]

    counts = lost.catch_up()

    assert [len(lost.rows(table)) for table in (Ledger, Feedback, Outgoing, Recording)] == before
    assert counts.texts == Side(at_twilio=1, here=1)
    assert counts.calls == Side(at_twilio=1, here=1)
    assert counts.recordings == Side(at_twilio=1, here=1)


def test_what_a_webhook_brought_is_no_reply_more(lost):
    sid = lost.text("The nurse was kind", minutes=3)
    reply = lost.line.text("The nurse was kind", sid=sid)
    replies = [row.replies for row in lost.rows(Ledger)]

    lost.catch_up()
    lost.answer()

    assert reply
    assert [row.replies for row in lost.rows(Ledger)] == replies
    assert lost.sent() == []


def test_a_webhook_that_comes_after_all_is_answered_with_silence(lost):
    sid = lost.text("The nurse was kind", minutes=3)
    lost.catch_up()
    lost.answer()

    assert lost.line.text("The nurse was kind", sid=sid) is None
    assert len(lost.sent()) == 1
    assert lost.bodies().count("The nurse was kind") == 1


def test_a_recording_brings_its_call_and_so_who_rang(lost):
    call_sid = lost.call(hours=3)
    sid = lost.recording(call_sid, hours=2.9)

    counts = lost.catch_up()

    item = lost.line.items()[-1]
    assert [take.sid for take in item.recordings] == [sid]
    assert item.recordings[0].call_sid == call_sid
    assert lost.room.seal.open(item.caller.number) == CALLER
    assert [job for job, _ in lost.bell.rung] == [HEAR]
    assert (counts.calls.imported, counts.recordings.imported) == (1, 1)


def test_an_item_of_a_lost_call_is_complete_by_the_next_sweep(lost):
    lost.recording(lost.call(hours=3), hours=2.9)
    lost.catch_up()

    sweep(lost.room, lost.bell)

    assert lost.line.items()[-1].complete
    assert all(
        talk.closes_at is None for talk in lost.rows(Conversation) if talk.channel == "voice"
    )


def test_a_recording_whose_call_is_here_joins_its_item(lost):
    ringing = lost.line.ring()
    ringing.press("1", "2")
    lost.call(hours=1)
    sid = lost.recording(ringing.sid, minutes=20)

    lost.catch_up()

    items = [item for item in lost.line.items() if item.channel == "voice"]
    assert [take.sid for item in items for take in item.recordings] == [sid]
    assert items[0].service


def test_a_call_of_which_nothing_came_is_counted_and_its_end_noted(lost):
    sid = lost.call(hours=3)

    counts = lost.catch_up()

    assert counts.calls == Side(at_twilio=1, imported=1)
    assert [(row.kind, row.turn) for row in lost.rows(Ledger) if row.sid == sid] == [
        ("ended", "completed")
    ]
    assert len(lost.line.items()) == 1


def test_a_call_that_goes_on_is_left_alone(lost):
    sid = lost.call(minutes=2, over=False)
    lost.recording(sid, minutes=1)

    counts = lost.catch_up()

    assert counts.calls == Side()
    assert counts.recordings == Side()
    assert not any(row.sid == sid for row in lost.rows(Ledger))


def test_a_recording_whose_call_twilio_has_forgotten_is_kept_all_the_same(lost):
    sid = lost.recording("CA" + "7" * 32, hours=5)

    lost.catch_up()

    assert [take.sid for item in lost.line.items() for take in item.recordings] == [sid]


def test_what_goes_out_is_no_text_to_the_line(lost):
    lost.text("The nurse was kind", minutes=3)
    lost.catch_up()
    lost.answer()
    assert len(lost.sent()) == 1

    assert lost.catch_up().texts == Side(at_twilio=1, here=1)


def test_words_that_were_found_late_are_to_be_coded_though_the_item_was_coded_since_they_came(lost):
    lost.line.text("The ward was loud")
    lost.text("And nobody washed her", minutes=20)
    with lost.room.database.writing() as session:
        item = session.get(Feedback, lost.line.items()[-1].id)
        item.coded_at = item.received_at
        lost.at = item.received_at + timedelta(minutes=1)
    lost.catch_up()

    item = lost.line.items()[-1]
    assert [text.body for text in item.texts][1:] == ["And nobody washed her"]
    assert item.words_at > item.coded_at


def test_words_of_crisis_in_a_lost_text_go_to_the_top(lost):
    lost.text("I want to kill myself", days=1)

    lost.catch_up()

    assert lost.line.items()[-1].tier == "R1"


def test_what_is_older_than_asked_for_stays_there(lost):
    lost.text("Long ago they were kind", days=5)

    assert lost.catch_up(days=2).texts == Side()
    assert lost.catch_up(days=9).texts == Side(at_twilio=1, imported=1)


# --- what was removed


def test_what_somebody_had_erased_never_comes_back(lost):
    sid = lost.text("My name is on this", hours=1)
    lost.line.text("My name is on this", sid=sid)
    take = lost.recording(lost.call(hours=1), minutes=50)
    lost.catch_up()
    items = [item.id for item in lost.line.items()[1:]]
    with lost.room.database.writing() as session:
        for number in items:
            erasure.erase(session, lost.room, session.get(Feedback, number), Way.TEXT, lost.at)

    counts = lost.catch_up()

    assert (counts.texts.imported, counts.recordings.imported) == (0, 0)
    assert "My name is on this" not in lost.bodies()
    assert not any(row.sid == take for row in lost.rows(Recording))


def test_a_copy_that_should_be_gone_and_is_not_is_deleted_again(lost):
    sid = lost.recording(lost.call(hours=3), hours=2)
    lost.catch_up()
    with lost.room.database.writing() as session:
        session.add(TwilioCopy(kind="Recordings", sid=sid, deleted_at=lost.at, attempts=1))
    assert lost.catch_up().deleted_again == 0  # a moment ago: its list may be older than that
    lost.bell.rung.clear()
    lost.later(minutes=11)

    assert lost.catch_up().deleted_again == 1

    assert [job for job, _ in lost.bell.rung] == [DELETE_COPY]
    lost.answer()
    assert lost.phone.recordings.get(sid) is None
    assert lost.rows(TwilioCopy)[0].deleted_at == lost.at
    assert lost.catch_up().recordings == Side()


def test_a_recording_that_failed_is_fetched_again_when_twilio_has_it(lost):
    sid = lost.recording(lost.call(hours=3), hours=2)
    lost.catch_up()
    with lost.room.database.writing() as session:
        take = session.query(Recording).filter_by(sid=sid).one()
        take.state, take.due_at, take.attempts = Heard.FAILED, None, 100
    lost.bell.rung.clear()

    assert lost.catch_up().fetched_again == 1

    lost.answer()
    assert lost.rows(Recording)[-1].state is Heard.STORED


# --- rounds and turns


def test_the_round_keeps_the_counts_of_both_sides(lost):
    lost.text("The nurse was kind", days=1)
    lost.catch_up()

    kept = {row.name: row for row in lost.rows(Round)}["catch-up"]

    assert kept.at == lost.at
    assert (kept.counts["texts_at_twilio"], kept.counts["texts_imported"]) == (1, 1)


def test_of_two_at_once_one_catches_up(lost):
    with lost.room.database.writing() as session:
        session.add(Turn(name="catch-up", holder="another", until=lost.at + timedelta(minutes=4)))

    with pytest.raises(AlreadyAtWork):
        lost.catch_up()

    lost.later(minutes=5)
    lost.catch_up()
    lost.catch_up()


def test_two_thousand_texts_are_compared_fast_and_with_a_line_of_progress(small):
    sids = [small.text(f"Kind {n}", frm=f"+4477009{n:05}", hours=2) for n in range(2000)]
    with small.room.database.writing() as session:
        rows = [{"sid": sid, "received_at": small.at, "fields": b""} for sid in sids[:1800]]
        session.execute(insert(Ledger), [{**row, "kind": "text", "turn": ""} for row in rows])
    began = time.thread_time()

    counts = small.catch_up()

    assert counts.texts == Side(at_twilio=2000, here=1800, imported=200)
    assert time.thread_time() - began < 15
    assert any("2,000 at Twilio" in words for words in small.told)
    assert any("150 of 200" in words for words in small.told)


def test_texts_to_another_number_of_the_account_stay_out(small):
    line = small.room.script.line
    number = line.number(NUMBER).model_copy(update={"number": "+441214960001"})
    script = small.room.script
    small.furnish(script=_listing(script, number))
    small.text("Your parcel is here", hours=2)
    small.call(hours=2)

    counts = small.catch_up()

    assert (counts.texts, counts.calls) == (Side(), Side())
    assert small.rows(Ledger) == []


def _listing(script, number):
    line = script.line.model_copy(update={"numbers": (number,)})
    return type(script)(**{**vars(script), "line": line})


def test_half_a_character_and_a_nul_come_in_as_they_can_be_kept(lost, twilio):
    sid = "SM" + "8" * 32
    row = {"sid": sid, "direction": "inbound", "from": CALLER, "to": NUMBER}
    row |= {"body": "Cold \ud83d tea\x00", "date_sent": format_datetime(lost.at)}
    page = json.dumps({"messages": [row, {"sid": 7, "direction": "inbound", "to": ""}, None]})
    twilio.oddly.append((f"DateSent%3E={lost.at.date()}", says("200 OK", page.encode())))

    counts = lost.catch_up()

    assert counts.texts == Side(at_twilio=1, imported=1, failed=1)
    assert lost.bodies()[-1] == "Cold \ufffd tea\ufffd"
