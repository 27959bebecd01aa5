"""Webhook to stored words with all cores busy, against a bare loop of Vosk in as many processes.

`BENCH_RECORDINGS=200 python -m bench throughput` runs the whole; without it a few of the same mix.
"""

import io
import json
import os
import resource
import statistics
import tempfile
import time
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import vosk

from bench.backroom import BackRoom, back_room, cpu, wait_for
from bench.sounds import messages
from bench.stand_in import heavy
from practice.sound import RATE
from speech import models, transcriber

TITLE = "Throughput: from the webhook to stored words, all cores busy, SQLite"
CORES = os.cpu_count() or 1
MANY = int(os.environ.get("BENCH_RECORDINGS") or 16)
WHOLE = "BENCH_RECORDINGS" in os.environ
PAIRS = 1 if WHOLE else 2  # of the light model; what is long enough is measured once
BYTES = 4000 * 2  # at a time into Vosk, as its own examples do
PATIENCE = 14_400 if WHOLE else 900  # seconds for one run of ours; then something is wrong


@dataclass(frozen=True)
class Run:
    """One run: seconds on the wall, and of CPU, of all the recordings together."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Ours(Run):
    """One run of ours: what a recording cost, in seconds of CPU, and in forks."""

    decoding: float
    urgency: float
    worker: float
    web: float
    forks: float


def measure() -> Iterator[str]:
    """Lines for RESULTS.md."""
    plain, paused = (messages(MANY, pauses) for pauses in (False, True))
    seconds = [sum(map(len, takes)) / 2 / RATE for takes in (plain, paused)]
    yield f"{MANY} recordings of 5 to 90 s ({seconds[0] / 60:.0f} min), {CORES} processes."
    yield ""
    yield (
        "| model | messages | ours / bare | by CPU | beside decoding, a recording "
        "| of it urgent words | of it web | forks |"
    )
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    with tempfile.TemporaryDirectory() as folder:
        hard, needed = heavy(Path(folder))
        light = models.DEMO
        yield _row("demo", "without pauses", [_pair(light, plain) for _ in range(PAIRS)])
        yield _row("demo", "with pauses", [_pair(light, paused) for _ in range(PAIRS)])
        # Evenly taken: the longest last would keep one process at work alone.
        fewer = slice(None, None, 1 if WHOLE else 2)
        yield _row("stand-in", "without pauses", [_pair(hard, plain[fewer])])
        yield _row("stand-in", "with pauses", [_pair(hard, paused[fewer])])
    yield ""
    yield "Ours / bare: the seconds of the bare loop through ours, on the wall. By CPU: its CPU"
    yield "through ours, the web process in them, which says it on a busy machine too."
    yield f"The stand-in is the demo model with a wider beam: {needed:.2f} of real time (Vosk says"
    yield f"0.1 of its small models); it hears {'all' if WHOLE else 'every second recording'}."
    yield "`BENCH_RECORDINGS=200` is the whole measure."


def _row(model: str, kind: str, pairs: list[tuple[Run, Ours]]) -> str:
    wall = statistics.median(bare.wall / ours.wall for bare, ours in pairs)
    cpu = statistics.median(bare.cpu / ours.cpu for bare, ours in pairs)
    ours = [ours for _, ours in pairs]
    beside = statistics.median(run.worker + run.web - run.decoding for run in ours)
    urgency = statistics.median(run.urgency for run in ours)
    web = statistics.median(run.web for run in ours)
    forks = statistics.median(run.forks for run in ours)
    return (
        f"| {model} | {kind} | {wall:.2f} | {cpu:.2f} | {1000 * beside:.0f} ms of CPU "
        f"| {1000 * urgency:.0f} ms | {1000 * web:.0f} ms | {forks:.2f} |"
    )


def _pair(model: Path, takes: list[bytes]) -> tuple[Run, Ours]:
    return bare(model, takes, CORES), ours(model, takes, CORES)


def ours(model: Path, takes: list[bytes], hands: int) -> Ours:
    """The line hears the recordings: a webhook for each at once, and the words of all stored."""
    named = None if model == models.DEMO else model
    sounds = {f"RE{n:032d}": take for n, take in enumerate(takes)}
    with back_room(named, hands) as (room, running):
        room.at_twilio(sounds)
        _ring_one_before(room, min(takes, key=len))
        pids = {name: running[name].pid for name in ("web", "worker")}
        used = {name: cpu(pid) for name, pid in pids.items()}
        before = room.tally()
        started = time.monotonic()
        for sid in sounds:
            room.ready(sid)
        wait_for(lambda: room.heard() == len(sounds) + 1, PATIENCE, 0.05)
        wall = time.monotonic() - started
        time.sleep(1)  # the last child tells its parent
        after = {name: (cpu(pid) - used[name]) / len(takes) for name, pid in pids.items()}
        counted = room.tally() - before
    return Ours(
        wall=wall,
        cpu=(after["web"] + after["worker"]) * len(takes),
        decoding=counted["decoding"] / len(takes),
        urgency=counted["urgency"] / len(takes),
        worker=after["worker"],
        web=after["web"],
        forks=counted["fork"] / len(takes),
    )


def _ring_one_before(room: BackRoom, take: bytes) -> None:
    """The very first recording finds everything cold."""
    first = f"RE{'f' * 32}"
    room.at_twilio({first: take})
    room.ready(first)
    wait_for(lambda: room.heard() == 1, PATIENCE)
    time.sleep(0.5)


def bare(model: Path, takes: list[bytes], processes: int) -> Run:
    """As many processes that do nothing but decode, sharing the model."""
    loaded = transcriber.load(model, model.name)
    fork = get_context("fork")
    todo, start = fork.Value("i", 0), fork.Barrier(processes + 1)
    crew = [
        fork.Process(target=_loop, args=(loaded.kaldi, takes, todo, start))
        for _ in range(processes)
    ]
    for each in crew:
        each.start()
    before = _children()
    start.wait()
    started = time.monotonic()
    for each in crew:
        each.join()
    return Run(time.monotonic() - started, _children() - before)


def _children() -> float:
    """Seconds of CPU of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _loop(kaldi: Any, takes: list[bytes], todo: Any, start: Any) -> None:
    start.wait()
    while True:
        with todo.get_lock():
            number, todo.value = todo.value, todo.value + 1
        if number >= len(takes):
            return
        decode(kaldi, takes[number])


def decode(kaldi: Any, take: bytes) -> None:
    """One WAV file through Vosk, and nothing else."""
    with wave.open(io.BytesIO(take)) as sound:
        recogniser = vosk.KaldiRecognizer(kaldi, sound.getframerate())
        recogniser.SetWords(True)
        while block := sound.readframes(BYTES // 2):
            if recogniser.AcceptWaveform(block):
                json.loads(recogniser.Result())
        json.loads(recogniser.FinalResult())
