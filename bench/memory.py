"""Memory of eight workers that share one model, and of the parent after two thousand jobs."""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.backroom import ROOT, BackRoom, back_room, memory, wait_for
from bench.sounds import message, messages
from bench.stand_in import large
from speech import models

TITLE = "Memory: eight workers and one model; two thousand jobs"
HANDS = 8
LARGE = 500_000_000
MB = 1_000_000
JOBS, EARLY = 2_000, 100
SHORT = 2.0  # seconds of each of those messages
LONGEST = 300  # seconds for what is heard at a time; then something is wrong
# A process that holds a model and nothing else of ours says what the model is in memory.
ALONE = """
import sys
from pathlib import Path
from bench.backroom import memory
from speech import transcriber
import os
before = memory(os.getpid())
model = transcriber.load(Path(sys.argv[1]), "alone")
print(memory(os.getpid()) - before)
"""


def measure() -> Iterator[str]:
    """Lines for RESULTS.md."""
    yield "Proportional set size (what processes share is counted once) of the parent and all of"
    yield "its workers, idle, and while each of them decodes a message."
    yield ""
    yield "| model | in memory | idle: all | of the model | a worker | busy: all | a worker |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    with tempfile.TemporaryDirectory() as folder:
        yield _row("demo", models.DEMO)
        yield _row("padded to 500 MB", large(Path(folder), LARGE))
    yield ""
    early, late = _resident()
    yield f"Resident, at most, parent and worker, in the first {EARLY} of {JOBS} messages of"
    yield f"{SHORT:.0f} s: {early / MB:.0f} MB; in the last {EARLY}: {late / MB:.0f} MB"
    yield f"({late / early:.3f} of it)."


def _row(name: str, model: Path) -> str:
    alone = subprocess.run(
        [sys.executable, "-c", ALONE, str(model)], cwd=ROOT, check=True, capture_output=True
    )
    size = int(alone.stdout)
    with back_room(None if model == models.DEMO else model, HANDS) as (room, running):
        crew = running["worker"].pid
        time.sleep(3)
        idle = memory(crew)
        busy = _busiest(room, crew)
    beside = [(whole - size) / HANDS / MB for whole in (idle, busy)]
    return (
        f"| {name} | {size / MB:.0f} MB | {idle / MB:.0f} MB | {idle / size:.2f} "
        f"| {beside[0]:.0f} MB | {busy / MB:.0f} MB | {beside[1]:.0f} MB |"
    )


def _busiest(room: BackRoom, crew: int) -> int:
    """The most memory at any moment while three times as many messages are heard as there are."""
    sounds = {f"RE{n:032d}": take for n, take in enumerate(messages(3 * HANDS, pauses=True))}
    room.at_twilio(sounds)
    for sid in sounds:
        room.ready(sid)
    return _most(room, crew, len(sounds), "Pss")


def _resident() -> tuple[int, int]:
    """The most bytes resident in parent and worker together, in the first and last hundred jobs.

    Each job is a real one: a short message fetched, kept, heard, its words stored.
    """
    take = message(SHORT, random.Random(9), pauses=False)  # noqa: S311
    most: list[int] = []
    with back_room(hands=1) as (room, running):
        crew = running["worker"].pid
        for first in range(0, JOBS, EARLY):
            sids = [f"RE{number:032d}" for number in range(first, first + EARLY)]
            room.at_twilio(dict.fromkeys(sids, take))
            for sid in sids:
                room.ready(sid)
            most.append(_most(room, crew, first + EARLY, "Rss"))
    return most[0], most[-1]


def _most(room: BackRoom, crew: int, many: int, kind: str) -> int:
    """The most bytes of memory at any moment until so many recordings have ended."""
    most = 0

    def ended() -> bool:
        nonlocal most
        most = max(most, memory(crew, kind))
        return room.heard() >= many

    wait_for(ended, LONGEST, 0.2)
    return most
