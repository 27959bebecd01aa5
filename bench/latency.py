"""From Twilio's word that a recording is there to its words, on a line with nothing else to do."""

import random
import statistics
import time
from collections.abc import Iterator

from bench.backroom import back_room, wait_for
from bench.sounds import message
from bench.throughput import decode
from speech import models, transcriber

TITLE = "Latency: from hang-up to stored words on an idle line"
MANY, SECONDS = 12, 20.0


def measure() -> Iterator[str]:
    """Lines for RESULTS.md: what is added to the time that a bare Vosk needs."""
    dice = random.Random(5)  # noqa: S311
    takes = [message(SECONDS, dice, pauses=True) for _ in range(MANY)]
    kaldi = transcriber.load(models.DEMO, models.DEMO_NAME).kaldi
    added, all_of_it = [], []
    with back_room() as (room, _):
        for number, take in enumerate(takes):
            sid = f"RE{number:032d}"
            room.at_twilio({sid: take})
            started = time.monotonic()
            decode(kaldi, take)
            bare = time.monotonic() - started
            started = time.monotonic()
            room.ready(sid)
            wait_for(lambda number=number: room.heard() > number, every=0.005)  # type: ignore[misc]
            all_of_it.append(time.monotonic() - started)
            added.append(all_of_it[-1] - bare)
            time.sleep(0.5)
    yield f"{MANY} messages of {SECONDS:.0f} s with pauses, the demo model."
    yield ""
    yield "| hang-up to words (median) | added to bare decoding (median) | added, at most |"
    yield "| --- | --- | --- |"
    yield (
        f"| {statistics.median(all_of_it):.2f} s | {statistics.median(added):.2f} s "
        f"| {max(added):.2f} s |"
    )
