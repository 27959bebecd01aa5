"""A long storm on SQLite: what was sent, what was killed, and what did not agree afterwards."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.house import ROOT, House
from bench.storm import storm

TITLE = "A storm: processes killed with -9 while people text and ring"


def measure() -> Iterator[str]:
    """Lines for RESULTS.md: counts of both sides, and how long it took to be whole again."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/heard.db"
        migrate = [sys.executable, "-m", "alembic", "-x", f"url={url}", "upgrade", "head"]
        subprocess.run(migrate, cwd=ROOT, check=True, capture_output=True)
        report = storm(House(Path(folder), url, 8481), texts=400, calls=100, seed=3)
    killed = ", ".join(f"{name} {times}" for name, times in sorted(report.killed.items()))
    yield f"Killed: {killed}."
    yield ""
    yield "| texts sent | recordings made | lost, doubled or changed | whole again after |"
    yield "| --- | --- | --- | --- |"
    lost = len(report.wrong)
    yield f"| {report.texts} | {report.recordings} | {lost} | {report.settled_seconds:.0f} s |"
