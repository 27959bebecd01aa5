"""`make bench`: run every benchmark and write RESULTS.md."""

import os
import platform
from datetime import UTC, datetime
from pathlib import Path

from bench import doors, weather, words

RESULTS = Path(__file__).parent / "RESULTS.md"


def main() -> None:
    """Run each part in turn, so that none disturbs another, and write what they found."""
    lines = [
        "# Results of `make bench`",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}. Ratios are medians of pairs measured in turn "
        "in one run; single times belong to this machine only.",
        "",
    ]
    for part in (doors, words, weather):
        print(f"{part.TITLE} ...", flush=True)
        lines += [f"## {part.TITLE}", "", *part.measure(), ""]
    RESULTS.write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
