"""Who waits for whom: short messages and long ones take turns, and no ring is made twice."""

import pytest
from redis import Redis as Client
from rq import Queue

from store.models import Heard, Recording
from store.queue import HEAR, LONG, LONG_ONES, NAME, SEND, Bell
from tests.workers.parts import WORKER, quick, until
from workers.sweep import sweep

pytestmark = pytest.mark.xdist_group("processes")


@pytest.fixture
def environ(environ, twilio, redis):
    return {**environ, "TWILIO_API_URL": twilio.url, "REDIS_URL": redis.url}


@pytest.fixture
def bell(redis):
    return Bell(redis.url)


def waiting(redis, name: str) -> list[int]:
    with Client.from_url(redis.url) as client:
        return [job.args[0] for job in Queue(name, connection=client).jobs]


def test_a_ring_that_nobody_has_answered_yet_is_not_made_again(redis, bell):
    assert [bell.ring(HEAR, number) for number in (1, 12, 1)] == [True] * 3
    assert bell.ring(SEND, 1)
    assert waiting(redis, NAME) == [1, 12, 1]


def test_a_long_message_waits_among_long_ones(redis, bell):
    for number, seconds in enumerate((None, 5.0, LONG, LONG + 1)):
        bell.ring(HEAR, number, seconds)
    assert (waiting(redis, NAME), waiting(redis, LONG_ONES)) == ([0, 1, 2], [3])
    assert bell.depth() == 4


def test_the_sweep_knows_the_long_ones_too(small, redis, bell):
    for seconds in (5.0, 200.0):
        sid = small.call()
        with small.room.database.writing() as session:
            session.get(Recording, small.take(sid).id).seconds = seconds
    with Client.from_url(redis.url) as client:
        client.flushall()
    small.later(minutes=2)
    for _ in range(2):  # the second sweep finds all of them waiting
        sweep(small.room, bell)
        small.later(minutes=2)
    assert (len(waiting(redis, NAME)), len(waiting(redis, LONG_ONES))) == (1, 1)


def test_a_backlog_of_long_messages_does_not_hold_up_a_short_one(small, redis, bell):
    *long, short = (small.call() for _ in range(7))
    with Client.from_url(redis.url) as client:
        client.flushall()
    for sid in long:
        bell.ring(HEAR, small.take(sid).id, 300.0)
    bell.ring(HEAR, small.take(short).id, 5.0)
    with quick(small.line.environ, WORKER):
        until(lambda: all(small.take(sid).state is Heard.WORDS for sid in (*long, short)))
    in_order = sorted(small.sids(), key=lambda sid: small.take(sid).transcripts[0].id)
    assert in_order.index(short) <= 1
