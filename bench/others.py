"""The same messages through `vosk-transcriber`, and through a plain `rq worker`."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soxr
from redis import Redis
from rq import Queue

from bench.backroom import ROOT, wait_for
from bench.plain import hear
from bench.sounds import messages
from bench.stand_in import large
from bench.throughput import CORES, ours
from practice.sound import RATE, from_wav
from speech import models

TITLE = "Against vosk-transcriber, and against a plain rq worker that loads the model in the job"
MANY, FEW, LARGE = 16, 6, 500_000_000
THEIRS = 16_000  # hertz; the rate that vosk-transcriber asks of ffmpeg
# It wants ffmpeg for the sound. Where there is none, files that are at its rate already and this
# in ffmpeg's place cost it less than ffmpeg would.
STAND_IN = '#!/bin/sh\nwhile [ "$1" != -i ]; do shift; done\nexec tail -c +45 "$2"\n'


def measure() -> Iterator[str]:
    """Lines for RESULTS.md: their seconds on the wall over ours, which keep and judge besides."""
    takes = messages(MANY, pauses=True)
    yield f"Messages of 5 to 90 s with pauses, {CORES} processes each."
    yield ""
    yield "| what | model | messages | theirs | ours | theirs / ours |"
    yield "| --- | --- | --- | --- | --- | --- |"
    with tempfile.TemporaryDirectory() as folder:
        mine = ours(models.DEMO, takes, CORES).wall
        yield _row("vosk-transcriber", "demo", MANY, _transcriber(Path(folder), takes), mine)
        yield _row("rq worker", "demo", MANY, _rq(Path(folder), models.DEMO, takes), mine)
        big, few = large(Path(folder), LARGE), takes[:FEW]
        mine = ours(big, few, CORES).wall
        yield _row("rq worker", "padded to 500 MB", FEW, _rq(Path(folder), big, few), mine)


def _row(what: str, model: str, many: int, theirs: float, mine: float) -> str:
    return f"| {what} | {model} | {many} | {theirs:.1f} s | {mine:.1f} s | {theirs / mine:.1f} |"


def _transcriber(folder: Path, takes: list[bytes]) -> float:
    sounds, tools = folder / "theirs", folder / "bin"
    for place in (sounds, tools, folder / "out"):
        place.mkdir()
    for number, take in enumerate(takes):
        samples = soxr.resample(from_wav(take), RATE, THEIRS).astype(np.int16)
        with wave.open(str(sounds / f"{number}.wav"), "wb") as file:
            file.setparams((1, 2, THEIRS, 0, "NONE", ""))
            file.writeframes(samples.tobytes())
    if not shutil.which("ffmpeg"):
        (tools / "ffmpeg").write_text(STAND_IN)
        (tools / "ffmpeg").chmod(0o755)
    command = f"vosk-transcriber -m {models.DEMO} -i {sounds} -o {folder}/out --tasks {CORES}"
    started = time.monotonic()
    subprocess.run(
        [Path(sys.executable).parent / command.split()[0], *command.split()[1:]],
        env={**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"},
        check=True,
        capture_output=True,
    )
    return time.monotonic() - started


def _rq(folder: Path, model: Path, takes: list[bytes]) -> float:
    place = Path(tempfile.mkdtemp(prefix="hrq", dir=folder.parent))
    redis = f"redis-server --port 0 --unixsocket {place}/s --save  --appendonly no"
    url = f"unix://{place}/s"
    running = [subprocess.Popen(redis.split(" "), stdout=subprocess.DEVNULL)]
    wait_for(lambda: (place / "s").exists())
    queue = Queue(connection=Redis.from_url(url))
    worker = [Path(sys.executable).parent / "rq", "worker", "--url", url, "--quiet"]
    try:
        running += [
            subprocess.Popen(worker, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for _ in range(CORES)
        ]
        time.sleep(5)  # they are there
        started = time.monotonic()
        jobs = [queue.enqueue(hear, str(model), take, result_ttl=60) for take in takes]
        wait_for(lambda: all(job.get_status().value == "finished" for job in jobs), 1200, 0.1)
        return time.monotonic() - started
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(30)
        shutil.rmtree(place, ignore_errors=True)
