"""The bell: a name and a number; nobody is held up when Redis is away."""

import importlib
import time

import pytest
from redis import Redis as Client
from rq import Queue

from store import queue
from store.queue import DELETE_COPY, HEAR, LONGEST, Bell
from tests.workers.parts import Redis


@pytest.fixture
def redis(redis_server: Redis):
    with Client.from_url(redis_server.url) as client:
        client.flushall()
        yield client


@pytest.mark.parametrize("name", [HEAR, DELETE_COPY])
def test_every_name_that_is_rung_for_is_a_job(name):
    module, _, function = name.rpartition(".")
    assert callable(getattr(importlib.import_module(module), function))


def test_a_ring_is_a_name_and_a_number(redis, redis_server):
    assert Bell(redis_server.url).ring(HEAR, 7)
    job = Queue(queue.NAME, connection=redis).jobs[0]
    assert (job.func_name, job.args) == (HEAR, (7,))
    assert Bell(redis_server.url).depth() == 1


def test_a_second_ring_for_what_waits_already_is_no_second_job(redis, redis_server):
    bell = Bell(redis_server.url)
    bell.ring(HEAR, 71)
    bell.ring(HEAR, 7)

    assert bell.ring(HEAR, 7)

    assert bell.depth() == 2


def test_a_ring_for_what_is_in_hand_is_another_job(redis, redis_server):
    bell = Bell(redis_server.url)
    bell.ring(HEAR, 7)
    redis.lpop(f"rq:queue:{queue.NAME}")  # a hand took it

    bell.ring(HEAR, 7)

    assert bell.depth() == 1


def test_a_ring_in_one_queue_is_not_put_away_with_that_in_the_other(redis, redis_server):
    bell = Bell(redis_server.url)
    bell.ring(HEAR, 7)
    bell.ring(HEAR, 7, seconds=90.0)
    taken = Queue(queue.NAME, connection=redis).jobs[0]

    redis.delete(taken.key)  # as a hand does that takes it

    assert Queue(queue.LONG_ONES, connection=redis).jobs[0].args == (7,)


def test_a_name_without_its_job_is_no_ring_that_waits(redis, redis_server):
    bell = Bell(redis_server.url)
    bell.ring(HEAR, 7)
    redis.delete(Queue(queue.NAME, connection=redis).jobs[0].key)

    bell.ring(HEAR, 7)

    assert Queue(queue.NAME, connection=redis).jobs


def test_without_redis_nobody_waits(tmp_path):
    started = time.monotonic()
    bell = Bell(f"unix://{tmp_path}/nothing")
    assert (bell.ring(HEAR, 7), bell.depth()) == (False, None)
    assert (Bell(None).ring(HEAR, 7), Bell(None).depth()) == (False, None)
    assert time.monotonic() - started < 10


def test_a_redis_that_hangs_is_waited_for_once_and_not_for_each_ring(redis, redis_server):
    bell = Bell(redis_server.url)
    with redis_server.hanging():
        started = time.monotonic()
        rung = [bell.ring(HEAR, number) for number in range(10)]
        took = time.monotonic() - started
    assert not any(rung)
    assert took < 4


def test_a_redis_that_is_back_is_rung_for_again(redis, redis_server, monkeypatch):
    monkeypatch.setattr(queue, "AWAY", 0.1)
    bell = Bell(redis_server.url)
    with redis_server.hanging():
        bell.ring(HEAR, 7)
    time.sleep(0.2)
    assert bell.ring(HEAR, 7)


def test_a_full_queue_takes_no_more_as_the_sweep_comes_back(redis, redis_server):
    redis.rpush(f"rq:queue:{queue.NAME}", *range(LONGEST))
    assert not Bell(redis_server.url).ring(HEAR, 7)
