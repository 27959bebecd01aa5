"""Real workers and clocks with a real Redis: killed, stopped, emptied; nothing is lost."""

import os
import signal
import time

import pytest
from redis import Redis as Client
from redis.exceptions import RedisError

from store import rounds
from store.models import Heard
from store.queue import HEAR, Bell
from tests.workers.conftest import KIND, BackRoom
from tests.workers.parts import CLOCK, WORKER, alive, family, process, quick, says, spoken, until

pytestmark = pytest.mark.xdist_group("processes")


@pytest.fixture
def environ(environ, twilio, redis):
    return {**environ, "TWILIO_API_URL": twilio.url, "REDIS_URL": redis.url}


def settings(back: BackRoom) -> dict[str, str]:
    return back.line.environ


def ring(back: BackRoom, sid: str) -> None:
    assert Bell(settings(back)["REDIS_URL"]).ring(HEAR, back.take(sid).id)


def state(back: BackRoom, sid: str) -> Heard:
    return back.take(sid).state


def slow(seconds: float, words: str = KIND):
    """Twilio takes its time: the job is in hand for as long."""

    def answer(request):
        time.sleep(seconds)
        says(200, spoken(words))(request)

    return answer


def test_a_worker_as_the_procfile_starts_it_makes_words(back):
    sid = back.call()
    with process(settings(back), "-m", "workers"):
        until(lambda: state(back, sid) is Heard.WORDS)
    assert back.take(sid).transcripts[0].text == KIND


def test_the_clock_rings_for_what_no_ring_was_heard_for(small, redis):
    sid = small.call()
    with Client.from_url(redis.url) as client:
        client.flushall()
    with small.room.database.writing() as session:
        session.get(type(small.take(sid)), small.take(sid).id).due_at = small.at
    with (
        process(settings(small), "-m", "workers", "clock"),
        process(settings(small), "-m", "workers"),
    ):
        until(lambda: state(small, sid) is Heard.WORDS)


@pytest.mark.parametrize("run", [WORKER, CLOCK], ids=["worker", "clock"])
def test_what_has_nothing_in_hand_ends_at_once_and_cleanly(small, run):
    with quick(settings(small), run) as started:
        key = "rq:workers" if run == WORKER else None
        with Client.from_url(settings(small)["REDIS_URL"]) as client:
            if key:
                until(lambda: client.scard(key))
        if not key:
            until(lambda: swept(small))
        began = time.monotonic()
        started.terminate()
        assert started.wait(60) == 0
        assert time.monotonic() - began < 10  # an idle worker would listen to Redis for 15 s
        assert started.stdout.read() == ""


def swept(back: BackRoom) -> bool:
    with back.room.database.reading() as session:
        return rounds.SWEEP in rounds.last(session)


@pytest.mark.parametrize("to", ["the worker", "all of its processes"])
def test_a_stop_finishes_the_job_in_hand(small, to):
    small.twilio.oddly.append(slow(1.5))
    sid = small.call()
    with process(settings(small), "-m", "workers") as worker:
        until(lambda: small.twilio.asked)
        if to == "the worker":
            worker.terminate()
        else:
            for number in family(worker.pid):
                os.kill(number, signal.SIGTERM)
        assert worker.wait(60) == 0
    assert state(small, sid) is Heard.WORDS


def test_what_a_killed_worker_held_is_taken_up_by_another(small):
    sid = small.call()
    small.twilio.oddly.append(slow(30))
    with quick(settings(small), WORKER) as killed:
        until(lambda: small.twilio.asked)
        for number in family(killed.pid):
            os.kill(number, signal.SIGKILL)
        with quick(settings(small), WORKER), quick(settings(small), CLOCK):
            until(lambda: state(small, sid) is Heard.WORDS)
    assert small.take(sid).attempts == 1


ABORTS = """
import os
class Aborts:
    @property
    def _handle(self):
        os.abort()
room = replace(room, models={"en": replace(loaded["en"], kaldi=Aborts())})
"""


def test_a_recording_that_aborts_its_process_three_times_is_handed_to_a_person(small):
    sid = small.call()
    with quick(settings(small), WORKER, ABORTS) as worker, quick(settings(small), CLOCK):
        until(lambda: state(small, sid) is Heard.FAILED)
        assert alive(worker.pid)
    take = small.take(sid)
    assert take.reason == "The recogniser stopped 3 times on it: please listen."
    assert sid in small.twilio.sounds


BUG = """
room = replace(room, models={"en": replace(loaded["en"], rate=4000)})
"""


def test_a_bug_in_a_job_is_told_on_the_row_and_ends_after_three_times(small):
    sid = small.call()
    with quick(settings(small), WORKER, BUG), quick(settings(small), CLOCK):
        until(lambda: small.take(sid).reason)
        assert small.take(sid).due_at
        until(lambda: state(small, sid) is Heard.FAILED)
    assert small.take(sid).reason == "The program stopped on it (Exception): please listen."


def test_rings_that_were_lost_with_redis_are_rung_again(small, redis):
    sid = small.call()
    with small.room.database.writing() as session:
        session.get(type(small.take(sid)), small.take(sid).id).due_at = small.at
    with Client.from_url(redis.url) as client:
        client.flushall()
    with quick(settings(small), WORKER), quick(settings(small), CLOCK):
        until(lambda: state(small, sid) is Heard.WORDS)


def test_a_worker_outlives_a_redis_that_goes_and_comes_back(small, redis):
    first, second = small.call(), small.call()
    small.twilio.oddly.append(slow(1.5))
    with quick(settings(small), WORKER) as worker:
        until(lambda: small.twilio.asked)
        redis.stop()
        until(lambda: state(small, first) is Heard.WORDS)
        redis.start()
        until(lambda: rung(redis))
        ring(small, second)
        until(lambda: state(small, second) is Heard.WORDS)
        assert alive(worker.pid)


def rung(redis) -> bool:
    try:
        with Client.from_url(redis.url) as client:
            return client.ping()
    except RedisError:
        return False


def test_a_worker_that_starts_before_redis_waits_for_it(small, redis):
    sid = small.call()
    redis.stop()
    try:
        with quick(settings(small), WORKER) as worker:
            assert worker.stdout.readline() == "the queue is away: ConnectionError\n"
            redis.start()
            ring(small, sid)
            until(lambda: state(small, sid) is Heard.WORDS)
    finally:
        if not rung(redis):
            redis.start()


def test_a_hand_that_was_killed_is_replaced_and_its_recording_taken_up(small, redis):
    sid = small.call()
    small.twilio.oddly.append(slow(30))
    with quick(settings(small), WORKER) as worker, quick(settings(small), CLOCK):
        until(lambda: small.twilio.asked)
        for hand in family(worker.pid)[1:]:
            os.kill(hand, signal.SIGKILL)
        until(lambda: state(small, sid) is Heard.WORDS)
        assert alive(worker.pid)
    with Client.from_url(redis.url) as client:
        assert not client.keys("rq:job:*")  # neither of what was killed nor of what was done


def test_hands_whose_parent_was_killed_finish_and_leave(small):
    small.twilio.oddly.append(slow(1.5))
    sid = small.call()
    soon = "import workers.hand\nworkers.hand.REST = 1\n"
    with quick(settings(small), WORKER, soon) as worker:
        until(lambda: small.twilio.asked)
        hands = family(worker.pid)[1:]
        os.kill(worker.pid, signal.SIGKILL)
        until(lambda: state(small, sid) is Heard.WORDS)
        until(lambda: not any(alive(hand) for hand in hands))


def waiting(redis) -> int:
    """How many hands wait at the queue for a ring."""
    with Client.from_url(redis.url) as client:
        return client.info("clients")["blocked_clients"]


THREE = "Crew(settings.redis_url, 3, loaded).work()"


def test_of_three_hands_one_waits_for_a_ring_and_when_it_has_work_another(small, redis):
    with quick(settings(small), THREE) as worker:
        until(lambda: len(family(worker.pid)) == 4 and waiting(redis) == 1)
        time.sleep(0.5)
        assert waiting(redis) == 1
        small.twilio.oddly.append(slow(30))
        small.call()
        until(lambda: small.twilio.asked and waiting(redis))


def test_where_the_one_who_waited_is_killed_another_wakes(small, redis):
    with quick(settings(small), THREE) as worker:
        until(lambda: len(family(worker.pid)) == 4 and waiting(redis) == 1)
        for hand in family(worker.pid)[1:]:  # one of them waits
            os.kill(hand, signal.SIGKILL)
            until(lambda: waiting(redis) == 1)
        small.call()
        until(lambda: small.twilio.asked)
