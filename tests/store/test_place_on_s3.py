"""Recordings in a bucket: sealed, written once, in ranges; and what becomes of S3's troubles."""

import hashlib
from datetime import timedelta

import pytest

from store import place as module
from store.place import Place
from store.recordings import Recordings, StoreAway
from store.seal import CHUNK, HEADER, Seal
from tests.s3 import after, drops, lost_answer, says

KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
SOUND = hashlib.shake_256(b"a voice").digest(3 * CHUNK + 7)
NAME = "2026/11/RE1-0123"


@pytest.fixture
def recordings(bucket) -> Recordings:
    kept = Recordings(bucket, Seal([KEY], KEY))
    kept.put("2026/11/noise", b"somebody else")
    return kept


def test_what_is_kept_is_sealed_and_comes_back(recordings, bucket):
    recordings.put(NAME, SOUND)
    sealed = Place(bucket).get(NAME) or b""
    assert recordings.open(NAME).read() == SOUND
    assert len(sealed) > len(SOUND)
    assert SOUND[:100] not in sealed


def test_a_player_that_jumps_asks_for_a_few_chunks_and_not_for_the_whole(recordings, s3):
    recordings.put(NAME, SOUND)
    s3.asked.clear()
    with recordings.open(NAME) as audio:
        audio.seek(2 * CHUNK + 5)
        assert audio.read(9) == SOUND[2 * CHUNK + 5 : 2 * CHUNK + 14]
    assert len(s3.asked) == 2


def test_the_whole_comes_in_two_requests_however_long(recordings, s3):
    recordings.put(NAME, SOUND)
    s3.asked.clear()
    assert recordings.open(NAME).read() == SOUND
    assert len(s3.asked) == 2


def test_the_first_stays_whatever_comes_late_under_the_same_name(bucket):
    place = Place(bucket)
    place.put_once(NAME, b"first")
    place.put_once(NAME, b"late")
    assert place.get(NAME) == b"first"


def test_every_key_is_listed_in_batches_and_deleted_ones_are_gone(recordings):
    for number in range(5):
        recordings.put(f"2026/10/{number}", b"x")
    recordings.delete("2026/10/0")
    recordings.delete("2026/10/0")
    batches = list(recordings.keys(2))
    found = sorted(key for batch in batches for key in batch)
    assert found == [*(f"2026/10/{n}" for n in range(1, 5)), "2026/11/noise"]
    assert max(map(len, batches)) == 2


def test_no_file_is_no_trouble_of_the_place(recordings):
    with pytest.raises(FileNotFoundError):
        recordings.open(NAME)
    assert not recordings.has(NAME)


@pytest.mark.parametrize(
    "odd",
    [drops, says(503, "SlowDown"), says(500, "InternalError"), after(0.3, drops)],
    ids=["dropped", "503", "500", "slow and dropped"],
)
def test_passing_troubles_are_tried_through(recordings, s3, odd):
    s3.oddly = [odd, odd]
    recordings.put(NAME, SOUND)
    s3.oddly = [odd]
    assert recordings.open(NAME).read() == SOUND


def test_an_answer_that_was_lost_is_asked_for_again_and_nothing_is_kept_twice(recordings, s3):
    s3.oddly = [lost_answer(s3)]
    recordings.put(NAME, SOUND)
    assert recordings.open(NAME).read() == SOUND


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        (says(507, "XMinioStorageFull"), "the disk is full"),
        (says(403, "QuotaExceeded"), "the disk is full"),
        (says(403, "SignatureDoesNotMatch"), "access is refused"),
        (says(403, "RequestTimeTooSkewed"), "this host's clock is wrong"),
        (says(503, "SlowDown"), "it has too much to do"),
    ],
)
def test_lasting_troubles_are_one_line_that_says_what_to_mend(recordings, s3, odd, why):
    s3.oddly = [odd] * 9
    with pytest.raises(StoreAway, match=why):
        recordings.put(NAME, SOUND)
    s3.oddly = []
    recordings.put(NAME, SOUND)
    assert recordings.open(NAME).read() == SOUND


def test_a_server_that_hangs_is_said_not_to_answer(bucket, s3, monkeypatch):
    monkeypatch.setitem(module.CLIENT, "timeout", timedelta(seconds=0.3))
    monkeypatch.setitem(module.RETRIES, "retry_timeout", timedelta(seconds=0.3))
    waits = Place(bucket)
    s3.oddly = [after(1, drops)] * 9
    for use in (waits.delete, waits.get, waits.size):
        with pytest.raises(StoreAway, match="it does not answer in time"):
            use(NAME)


def test_a_bucket_that_is_missing_is_not_taken_for_a_missing_file(s3):
    nowhere = Recordings("s3://no-such-bucket/line", Seal([KEY], KEY))
    for use in (
        lambda: nowhere.open(NAME),
        lambda: nowhere.put(NAME, b"x"),
        lambda: nowhere.delete(NAME),
        lambda: list(nowhere.keys(9)),
    ):
        with pytest.raises(StoreAway, match="there is no such bucket"):
            use()


def test_wrong_credentials_are_named(recordings, s3):
    s3.only_for_known_keys(True)
    try:
        with pytest.raises(StoreAway, match="AWS_SECRET_ACCESS_KEY"):
            recordings.put(NAME, SOUND)
        with pytest.raises(StoreAway, match="AWS_SECRET_ACCESS_KEY"):
            recordings.open(NAME)
    finally:
        s3.only_for_known_keys(False)


def test_a_server_that_is_not_there_is_told_soon(s3, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9")
    with pytest.raises(StoreAway, match="it cannot be reached"):
        Recordings("s3://any/line", Seal([KEY], KEY)).put(NAME, b"x")


def test_a_file_that_was_cut_off_to_nothing_is_no_trouble_of_the_place(bucket):
    place = Place(bucket)
    place.put(NAME, b"")
    assert place.begin(NAME, HEADER) == (0, b"")
