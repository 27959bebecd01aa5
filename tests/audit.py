"""Compares every pinned part with PyPI's advisories: `python -m tests.audit`.

Ends with 1 when a part has a known hole. What could not be checked is said, never passed over.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from tests.conftest import ROOT

PINNED = "requirements-dev.txt"  # all the others are in it
ASK = ("--disable-pip", "--no-deps", "--format=json", "--progress-spinner=off", "--timeout=10")
PATIENCE = 300


def main() -> None:
    """Ask, and say what was found."""
    command = [sys.executable, "-m", "pip_audit", f"--requirement={ROOT / PINNED}", *ASK]
    try:
        asked = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        parts, said = read(asked.stdout), asked.stderr
    except subprocess.TimeoutExpired:
        parts, said = [], f"no answer in {PATIENCE} seconds"
    code, words = verdict(parts, said)
    print(words)
    sys.exit(code)


def read(answer: str) -> list[Mapping[str, Any]]:
    """The parts that were asked about; none when the tool ended without an answer."""
    return list(json.loads(answer)["dependencies"]) if answer.strip() else []


def verdict(parts: Sequence[Mapping[str, Any]], said: str = "") -> tuple[int, str]:
    """What the advisories say of the parts -> exit status and words. Pure."""
    holes = [
        f"{part['name']} {part['version']}: {hole['id']}, mended in "
        f"{', '.join(hole['fix_versions']) or 'no version yet'}"
        for part in parts
        for hole in part.get("vulns", ())
    ]
    missed = [part["name"] for part in parts if "skip_reason" in part]
    known = f"audit: {len(parts) - len(missed)} of {len(parts)} parts compared with the advisories"
    if len(missed) == len(parts):
        reasons = [part["skip_reason"] for part in parts] or said.strip().splitlines()
        last = reasons[-1] if reasons else "no answer"
        return 0, f"audit: NOT CHECKED, no part at all: the advisories were not reached ({last})"
    if missed:
        known += f"; NOT CHECKED: {', '.join(missed)}"
    return (1 if holes else 0), "\n".join([known, *holes])


if __name__ == "__main__":
    main()
