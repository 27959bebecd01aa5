"""A caller's voice: whole, in ranges, and never to somebody it does not belong to."""

import pytest

from store.models import Heard
from store.recordings import StoreAway
from tests.desk.conftest import Desk, seated, tone
from tests.driver import Line


def path(item, take) -> str:
    return f"/feedback/{item.reference}/recordings/{take.id}.wav"


def test_a_recording_plays_as_it_was_sent(both):
    item, take = both.voice(audio=tone(10), tier=None)
    answer = seated(both).get(path(item, take))
    assert answer.status_code == 200
    assert answer.data == tone(10)
    assert (answer.content_type, answer.headers["Accept-Ranges"]) == ("audio/wav", "bytes")
    assert answer.headers["Content-Disposition"] == "inline"


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("0-0", 0, 1), ("0-99", 0, 100), ("65000-66000", 65000, 66001), ("100000-", 100000, None),
     ("-44", -44, None), ("65536-65536", 65536, 65537)],
)  # fmt: skip
def test_a_player_gets_the_bytes_it_asks_for(desk, seat, asked, start, end):
    audio = tone(10)
    item, take = desk.voice(audio=audio)
    answer = seat().get(path(item, take), headers={"Range": f"bytes={asked}"})
    assert answer.status_code == 206
    assert answer.data == audio[start:end]
    assert answer.headers["Content-Range"].endswith(f"/{len(audio)}")


def test_a_player_that_jumps_in_a_bucket_brings_in_two_chunks_of_many(
    sqlite_url, environ, bucket, s3
):
    settings = {**environ, "DATABASE_URL": sqlite_url, "RECORDINGS_URL": bucket}
    with Line(settings) as line:
        desk = Desk(line)
        item, take = desk.voice(audio=tone(60))
        s3.asked.clear()
        asked = {"Range": "bytes=700000-700099"}
        answer = seated(desk).get(path(item, take), headers=asked)
    assert answer.data == tone(60)[700000:700100]
    assert len(s3.asked) == 3  # the header, the first chunk for what kind of sound it is, its own


def test_a_range_behind_the_end_is_refused(desk, seat):
    item, take = desk.voice()
    answer = seat().get(path(item, take), headers={"Range": "bytes=99999999-"})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(tone())}"


def test_only_the_chunks_that_are_asked_for_are_opened(desk, seat):
    item, take = desk.voice(audio=tone(60))
    opened = desk.line.house.recordings.open(take.audio_key)
    cls, real, chunks = type(opened), type(opened)._chunk, set()
    cls._chunk = lambda self, index: chunks.add(index) or real(self, index)
    try:
        seat().get(path(item, take), headers={"Range": "bytes=700000-700099"})
    finally:
        cls._chunk = real
    assert chunks == {0, 10}


def test_mp3_is_named_as_mp3(desk, seat):
    item, take = desk.voice(audio=b"\xff\xfb" + b"\x00" * 400)
    assert seat().get(path(item, take)).content_type == "audio/mpeg"


def test_a_recording_of_another_item_is_not_found(desk, seat):
    item, _ = desk.voice()
    _, other = desk.voice()
    sitting = seat()
    assert sitting.get(path(item, other)).status_code == 404
    assert sitting.get(f"/feedback/{item.reference}/recordings/{2**40}.wav").status_code == 404


def test_audio_that_was_changed_or_is_gone_gets_a_kind_page(desk, seat, tmp_path):
    item, take = desk.voice()
    gone, lost = desk.voice()
    (tmp_path / "recordings" / take.audio_key).write_bytes(b"HRD1" + b"x" * 5000)
    (tmp_path / "recordings" / lost.audio_key).unlink()
    sitting = seat()
    answers = [sitting.get(path(item, take)), sitting.get(path(gone, lost))]
    assert [answer.status_code for answer in answers] == [410, 410]
    assert "This recording cannot be opened" in answers[0].text


def test_while_the_store_is_away_nothing_is_said_to_be_lost(desk, seat):
    item, take = desk.voice()

    class Away:
        def open(self, _key: str) -> None:
            raise StoreAway("not reached")

    object.__setattr__(desk.line.house, "recordings", Away())
    answer = seat().get(path(item, take))
    assert answer.status_code == 503
    assert "Nothing is lost." in answer.text


def test_audio_that_is_still_with_twilio_is_not_found(desk, seat):
    item, take = desk.voice(state=Heard.EXPECTED)
    with desk.line.house.database.writing() as session:
        session.merge(take).audio_key = None
    assert seat().get(path(item, take)).status_code == 404
