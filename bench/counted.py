"""`python -m workers`, and a tally beside it: CPU of decoding and of urgency, and each fork.

The tally is a line in a file for each; it costs a hundredth of a millisecond.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from speech import hearing
from triage import ears
from workers import __main__ as workers

TALLY = Path(os.environ["BENCH_TALLY"])


def _timed(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
    def timed(*args: Any, **kwargs: Any) -> Any:
        started = time.thread_time()
        try:
            return act(*args, **kwargs)
        finally:
            _write(f"{name} {time.thread_time() - started:.4f}")

    return timed


def _write(line: str) -> None:
    with TALLY.open("a") as file:
        file.write(f"{line}\n")


if __name__ == "__main__":
    hearing.transcribe = _timed("decoding", hearing.transcribe)
    ears.tier = _timed("urgency", ears.tier)
    os.register_at_fork(after_in_parent=lambda: _write("fork 1"))
    workers.main([])
