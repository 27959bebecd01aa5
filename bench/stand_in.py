"""Stand-ins for published models: the demo model, made as heavy or as large as they are."""

import random
import re
import shutil
import struct
import time
from pathlib import Path

from bench.sounds import message
from speech import models, transcriber
from speech.audio import convert, prove

HEAVY = 0.1  # of real time, which Vosk's README says of the published small models
BEAMS = (14, 15, 16, 17, 18, 19, 20, 21, 22, 24, 26, 30, 36, 44)
MOST_ACTIVE = 60_000

# OpenFst's file of a vector FST: magic, two strings with their lengths, version, flags,
# properties, first state, number of states, number of arcs. Then each state: weight, number of
# arcs, and 16 bytes an arc.
NUMBERS = "<IIQqqq"
ARC = struct.pack("<iifi", 1, 1, 0.0, 0)


def heavy(folder: Path) -> tuple[Path, float]:
    """The demo model searching just so widely that it needs a tenth of real time; what it needs.

    The same words, the same files, and `--beam` and `--max-active` raised in its conf.
    """
    place = Path(shutil.copytree(models.DEMO, folder / "heavy"))
    conf = place / "conf" / "model.conf"
    said = re.sub(r"--max-active=\d+", f"--max-active={MOST_ACTIVE}", conf.read_text())
    needed = 0.0
    for beam in BEAMS:
        conf.write_text(re.sub(r"(?m)^--beam=[\d.]+", f"--beam={beam}", said))
        if (needed := _needs(place)) >= HEAVY:
            break
    return place, needed


def large(folder: Path, size: int) -> Path:
    """The demo model padded to `size` bytes: one more state in its grammar, that nothing reaches.

    Its arcs are read and kept in memory like all others.
    """
    place = Path(shutil.copytree(models.DEMO, folder / "large"))
    grammar = place / "graph" / "Gr.fst"
    data = bytearray(grammar.read_bytes())
    at = 4
    for _ in range(2):
        at += 4 + struct.unpack_from("<I", data, at)[0]
    version, flags, properties, first, states, arcs = struct.unpack_from(NUMBERS, data, at)
    more = (size - sum(path.stat().st_size for path in place.rglob("*.*"))) // len(ARC)
    total = arcs + more if arcs else 0
    struct.pack_into(NUMBERS, data, at, version, flags, properties, first, states + 1, total)
    with grammar.open("wb") as file:
        file.write(data)
        file.write(struct.pack("<fq", float("inf"), more))
        for _ in range(more // 65_536):
            file.write(ARC * 65_536)
        file.write(ARC * (more % 65_536))
    return place


def _needs(place: Path) -> float:
    """Seconds of CPU for a second of sound."""
    model = transcriber.load(place, place.name)
    sound = prove(message(20, random.Random(1), pauses=False))  # noqa: S311
    pcm = convert(sound, model.rate)
    started = time.thread_time()
    transcriber.transcribe(model, pcm, patience=600)
    return (time.thread_time() - started) / sound.seconds
