"""The disk is full in the middle of a recording: a real one, or a limit that the system sets."""

import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store.models import Heard
from store.recordings import Recordings
from tests.workers.conftest import BackRoom

SIZE = 1_000_000  # bytes; the message is larger, the database and its log are smaller
LONG = bytes(2 * SIZE)


@contextmanager
def full_disk(place: Path) -> Iterator[None]:
    """While it lasts, `place` has no room. Where nothing may be mounted, no file may be longer."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode == 0:
        try:
            yield
        finally:
            subprocess.run(["umount", str(place)], check=True)
        return
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SIZE, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def spoken_long(small: BackRoom) -> str:
    """The SID of a message that is larger than the disk."""
    sid = small.call()
    small.twilio.sounds[sid] += LONG  # what lies behind the sound is not heard
    return sid


def test_a_full_disk_leaves_a_recording_at_twilio_with_the_reason(
    small: BackRoom, tmp_path: Path, spoken_long: str
) -> None:
    with full_disk(tmp_path / "full"):
        small.furnish(recordings=Recordings(f"file://{tmp_path / 'full'}", small.room.seal))
        take = small.hear(spoken_long)
        left = [path for path in (tmp_path / "full").rglob("*") if path.is_file()]
    assert (take.state, take.audio_key) == (Heard.EXPECTED, None)
    assert take.reason == "There is no place to keep it (the disk is full)."
    assert take.due_at
    assert spoken_long in small.twilio.sounds
    assert left == []


def test_a_recording_is_heard_by_itself_once_the_disk_has_room_again(
    small: BackRoom, tmp_path: Path, spoken_long: str
) -> None:
    with full_disk(tmp_path / "full"):
        small.furnish(recordings=Recordings(f"file://{tmp_path / 'full'}", small.room.seal))
        small.at = small.hear(spoken_long).due_at
    take = small.hear(spoken_long)
    assert (take.state, take.transcripts[0].text) == (Heard.WORDS, "the nurse was kind")
    assert spoken_long not in small.twilio.sounds
