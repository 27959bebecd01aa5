"""The clock: of two, one acts; one that is gone is replaced."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from store.arrival_rows import Conversation
from store.models import Feedback, Heard, Recording
from store.queue import Bell
from workers import clock
from workers.sweep import Swept, sweep

SILENT = Bell(None)


def test_of_two_clocks_one_acts_and_goes_on_acting(back):
    assert [clock.my_turn(back.room, me) for me in ("one", "two", "one", "two")] == [
        True,
        False,
        True,
        False,
    ]


def test_a_clock_that_died_is_replaced(back):
    clock.my_turn(back.room, "one")
    back.later(seconds=24)
    assert not clock.my_turn(back.room, "two")
    back.later(seconds=2)
    assert clock.my_turn(back.room, "two")
    assert not clock.my_turn(back.room, "one")


def test_a_clock_that_stops_leaves_its_turn_at_once(back):
    clock.my_turn(back.room, "one")
    clock.leave(back.room, "two")
    assert not clock.my_turn(back.room, "two")
    clock.leave(back.room, "one")
    assert clock.my_turn(back.room, "two")


def test_a_clock_goes_on_after_what_nobody_foresaw(back, monkeypatch):
    def odd(*_):
        raise TypeError("nobody foresaw it")

    monkeypatch.setattr(clock, "sweep", odd)
    mine = threading.Event()
    clock._tick(back.room, SILENT, "one", clock.Errands(()), mine)

    assert mine.is_set()


def test_the_sweep_rings_for_what_is_due_and_not_for_what_is_done(back):
    sid = back.call()
    back.hear(sid)
    back.later(minutes=2)
    assert sweep(back.room, SILENT) == Swept(recordings=1, copies=0, conversations=0, erased=0)
    assert sweep(back.room, SILENT).recordings == 0


def test_a_conversation_that_fell_silent_is_complete_as_it_is(back):
    back.line.text("The ward was clean and kind")
    item = back.line.items()[-1]
    assert not item.complete
    back.later(hours=25)
    sweep(back.room, SILENT)
    assert next(i for i in back.line.items() if i.id == item.id).complete
    with back.room.database.reading() as session:
        assert session.query(Conversation).filter(Conversation.closes_at <= back.at).all() == []


def test_a_sweep_that_waits_for_an_item_keeps_no_take_from_who_has_that_item(back):
    """An item is changed, and then its take, while its conversation is closed by a sweep."""
    call = back.line.ring()
    call.press("0")
    call.speak()  # and nobody tells us that they hung up
    call.recorded()
    take = back.take(call.take)
    back.later(hours=25)

    with ThreadPoolExecutor(1) as pool:
        with back.room.database.writing() as session:
            session.get(Feedback, take.feedback_id, with_for_update=True)
            sweeping = pool.submit(sweep, back.room, SILENT)
            time.sleep(0.5)  # a busy disk: the sweep comes to this item meanwhile
            session.get_one(Recording, take.id, with_for_update=True).seconds = 9
        assert sweeping.result().conversations == 1


@pytest.mark.parametrize("state", [Heard.WORDS, Heard.FAILED, Heard.UNCLEAR, Heard.NO_SPEECH])
def test_a_finished_recording_is_never_rung_for(small, state):
    sid = small.call()
    with small.room.database.writing() as session:
        take = session.get(Recording, small.take(sid).id)
        take.state, take.due_at = state, None
    small.later(days=2)
    assert sweep(small.room, SILENT).recordings == 0
