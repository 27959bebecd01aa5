"""`make bench`: every benchmark in turn; `python -m bench NAME ...`: some. They write RESULTS.md.

Each keeps a section of its own there, with the day and the machine; the others' stay as they are.
"""

import os
import platform
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

from bench import (
    desk,
    doors,
    hosts,
    latency,
    memory,
    others,
    pace,
    start,
    throughput,
    weather,
    words,
)

RESULTS = Path(__file__).parent / "RESULTS.md"
PARTS = {
    part.__name__.rpartition(".")[2]: part
    for part in (
        doors,
        pace,
        start,
        words,
        desk,
        throughput,
        others,
        memory,
        latency,
        weather,
        hosts,
    )
}
BEFORE = """# Results of `make bench`

Ratios are medians of pairs measured in turn in one run; single times belong to this machine only.
"""
HEADING = "\n## "


def main(names: list[str]) -> None:
    """Run each part in turn, so that none disturbs another; what one found is written at once.

    One that breaks does not keep the others from running; the exit status is 1 then.
    """
    if unknown := set(names) - set(PARTS):
        sys.exit(f"bench: no {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    broken = [name for name in names or PARTS if not _kept(name)]
    if broken:
        sys.exit(f"bench: broke off: {', '.join(broken)}")


def _kept(name: str) -> bool:
    """Measure one part and write its section; False if it broke."""
    print(f"{name}: {PARTS[name].TITLE} ...", flush=True)
    try:
        section = measured(PARTS[name])
    except Exception:
        traceback.print_exc()
        return False
    print(f"\n{section}", flush=True)
    old = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    RESULTS.write_text(merged(old, section), encoding="utf-8")
    return True


def measured(part: ModuleType) -> str:
    """A part's section: its title, what it found, and where."""
    began = time.monotonic()
    found = "\n".join(part.measure())
    where = (
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}; it took {time.monotonic() - began:.0f} s."
    )
    return f"{part.TITLE}\n\n{found}\n\n{where}\n"


def merged(old: str, section: str) -> str:
    """The whole file with one section replaced, or put in; in the order of the parts. Pure."""
    kept = {_title(each): each.rstrip("\n") + "\n" for each in old.split(HEADING)[1:]}
    kept[_title(section)] = section
    order = [part.TITLE for part in PARTS.values()]
    return BEFORE + "".join(HEADING + kept[title] for title in order if title in kept)


def _title(section: str) -> str:
    return section.partition("\n")[0]


if __name__ == "__main__":
    main(sys.argv[1:])
