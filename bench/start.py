"""What a web process needs to start, and what it holds in memory."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench import arrivals
from bench.backroom import family
from bench.doors import cost
from bench.serving import database, serving

TITLE = "A web process: its start and its memory"
ROUNDS = 5
MB = 1_000_000
SERVED = "import runpy; runpy.run_path('gunicorn.conf.py'); import app"
STARTS = {"import": SERVED, "import and build": f"{SERVED}; app.create_app()"}
# Prints its own time and CPU, so that the start of Python itself is in neither.
TIMED = """
import time
wall, cpu = time.perf_counter(), time.process_time()
{act}
print(time.perf_counter() - wall, time.process_time() - cpu)
"""


def measure() -> Iterator[str]:
    """Lines for RESULTS.md."""
    with database("sqlite") as env:
        yield "| start | time (median) | of it CPU |"
        yield "| --- | --- | --- |"
        for name, act in STARTS.items():
            wall, spent = _started(act, env)
            yield f"| {name} | {wall:.2f} s | {spent:.2f} s |"
        yield ""
        yield "After three thousand webhooks, with two web processes and their parent:"
        yield ""
        yield "| | its own (USS) | with its part of what is shared (PSS) |"
        yield "| --- | --- | --- |"
        with serving("line", {**env, "WEB_CONCURRENCY": "2"}) as line:
            for _ in range(3):
                cost("line", line, arrivals.calls(1000))
            time.sleep(1)
            parent, *children = [_held(number) for number in family(line)]
            yield _row("the parent", parent)
            yield _row("a web process", max(children))


def _started(act: str, env: dict[str, str]) -> tuple[float, float]:
    found = []
    for _ in range(ROUNDS):
        words = [sys.executable, "-c", TIMED.format(act=act)]
        ran = subprocess.run(words, env={**os.environ, **env}, check=True, capture_output=True)
        found.append([float(number) for number in ran.stdout.split()])
    wall, spent = (statistics.median(side) for side in zip(*found, strict=True))
    return wall, spent


def _held(number: int) -> tuple[int, int]:
    """Bytes of one process: its own, and with its part of what it shares."""
    sizes = {}
    for line in Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()[1:]:
        name, size, *_ = line.split()
        sizes[name] = int(size) * 1024
    return sizes["Private_Clean:"] + sizes["Private_Dirty:"], sizes["Pss:"]


def _row(name: str, held: tuple[int, int]) -> str:
    return f"| {name} | {held[0] / MB:.0f} MB | {held[1] / MB:.0f} MB |"
