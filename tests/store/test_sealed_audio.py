"""Sealed audio: any range is the plain bytes, and no change of the file goes unseen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.recordings import Recordings, StoreAway
from store.seal import CHUNK, HEADER, TAG, CannotOpen, Seal

OLD = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
NEW = "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXphYmNkZWY="  # pragma: allowlist secret
SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7]


def plain(size: int) -> bytes:
    return bytes(at * 7 % 251 for at in range(size))


SOUNDS = {size: plain(size) for size in SIZES}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("audio")


def store(folder, *keys: str) -> Recordings:
    return Recordings(f"file://{folder}", Seal(keys or [OLD], OLD))


@pytest.fixture(scope="module")
def kept(folder) -> Recordings:
    recordings = store(folder)
    for size, sound in SOUNDS.items():
        recordings.put(f"2026/11/{size}", sound)
    return recordings


@pytest.mark.parametrize("size", SIZES)
def test_the_whole_is_the_plain_bytes(kept, size):
    with kept.open(f"2026/11/{size}") as audio:
        assert (audio.size, audio.read()) == (size, SOUNDS[size])


@given(
    size=st.sampled_from(SIZES),
    start=st.integers(0, 3 * CHUNK + 20) | st.sampled_from([CHUNK - 1, CHUNK, CHUNK + 1]),
    length=st.integers(0, 2 * CHUNK + 9),
)
def test_any_range_is_the_same_range_of_the_plain_bytes(kept, size, start, length):
    with kept.open(f"2026/11/{size}") as audio:
        audio.seek(start)
        parts = []
        while sum(map(len, parts)) < length and (part := audio.read(length - sum(map(len, parts)))):
            parts.append(part)
    assert b"".join(parts) == SOUNDS[size][start : start + length]


def test_seeking_from_the_end_and_from_here_is_as_with_any_file(kept):
    with kept.open(f"2026/11/{CHUNK + 1}") as audio:
        audio.seek(-3, 2)
        assert audio.seek(1, 1) == CHUNK - 1
        assert audio.read() == SOUNDS[CHUNK + 1][-2:]


def spoilt(folder, sealed: bytes):
    file = folder / "2026" / "11" / "spoilt"
    file.write_bytes(sealed)
    with store(folder).open("2026/11/spoilt") as audio:
        return audio.read()


@given(size=st.sampled_from(SIZES), data=st.data())
def test_a_changed_byte_anywhere_is_seen(kept, folder, size, data):
    sealed = bytearray((folder / "2026" / "11" / str(size)).read_bytes())
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(CannotOpen):
        spoilt(folder, bytes(sealed))


@given(size=st.sampled_from(SIZES), data=st.data())
def test_a_file_that_was_cut_off_anywhere_is_seen(kept, folder, size, data):
    sealed = (folder / "2026" / "11" / str(size)).read_bytes()
    edges = [0, HEADER, HEADER + CHUNK + TAG, HEADER + CHUNK + 2 * TAG]
    cut = data.draw(
        st.integers(0, len(sealed) - 1) | st.sampled_from([e for e in edges if e < len(sealed)])
    )
    with pytest.raises(CannotOpen):
        spoilt(folder, sealed[:cut])


def test_chunks_that_changed_places_are_seen(kept, folder):
    sealed = (folder / "2026" / "11" / str(3 * CHUNK + 7)).read_bytes()
    one, two = HEADER + CHUNK + TAG, HEADER + 2 * (CHUNK + TAG)
    swapped = sealed[:HEADER] + sealed[one:two] + sealed[HEADER:one] + sealed[two:]
    with pytest.raises(CannotOpen):
        spoilt(folder, swapped)


def test_a_chunk_of_another_recording_is_seen(kept, folder):
    kept.put("2026/11/other", plain(2 * CHUNK)[::-1])
    this = (folder / "2026" / "11" / str(2 * CHUNK)).read_bytes()
    other = (folder / "2026" / "11" / "other").read_bytes()
    one = HEADER + CHUNK + TAG
    with pytest.raises(CannotOpen):
        spoilt(folder, this[:one] + other[one:])


def test_nothing_of_the_plain_audio_is_on_the_disk(kept, folder):
    kept.put("2026/11/voice", b"RIFF" + b"a caller's own voice" * 9)
    sealed = (folder / "2026" / "11" / "voice").read_bytes()
    assert b"RIFF" not in sealed
    assert b"caller" not in sealed


def test_after_a_rotation_old_recordings_open_and_new_ones_need_the_new_key(kept, folder):
    rotated = store(folder, NEW, OLD)
    rotated.put("2026/11/new", b"new")
    assert rotated.open("2026/11/1").read() == SOUNDS[1]
    with pytest.raises(CannotOpen, match="no key in SEALING_KEYS"):
        store(folder, OLD).open("2026/11/new")


def test_the_same_audio_may_be_put_twice_and_deleted_twice(kept):
    kept.put("2026/11/twice", b"sound")
    kept.put("2026/11/twice", b"sound")
    assert kept.open("2026/11/twice").read() == b"sound"
    kept.delete("2026/11/twice")
    kept.delete("2026/11/twice")
    assert not kept.has("2026/11/twice")


def test_audio_that_is_not_there_is_a_file_not_found(kept):
    with pytest.raises(FileNotFoundError):
        kept.open("2026/11/nothing")


def test_every_key_is_listed_in_batches(tmp_path):
    recordings = store(tmp_path)
    for number in range(5):
        recordings.put(f"2026/{number}", b"sound")
    batches = list(recordings.keys(2))
    assert sorted(key for batch in batches for key in batch) == [f"2026/{n}" for n in range(5)]
    assert max(map(len, batches)) == 2


def test_a_place_that_cannot_be_a_folder_has_a_name(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreAway):
        store(tmp_path / "file" / "recordings").put("key", b"sound")
