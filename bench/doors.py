"""Texts and steps of calls through the door, against a bare route with signature and insert."""

import statistics
from collections.abc import Callable, Iterator, Sequence

from bench import arrivals
from bench.arrivals import Request
from bench.backroom import cpu
from bench.serving import PORTS, database, serving

TITLE = "The doors: webhooks through gunicorn (one process), one after the other"
ROUNDS, EACH = 7, 120
KINDS: dict[str, Callable[[int], list[Request]]] = {
    "texts of whole conversations": arrivals.conversations,
    "first texts, each a sentence": arrivals.first_texts,
    "call steps": arrivals.calls,
}
Cost = tuple[float, float]  # webhooks a second, and milliseconds of CPU for each


def measure() -> Iterator[str]:
    """Lines for RESULTS.md: the line's rate over the bare route's, pair by pair, and its CPU."""
    yield "Signature, ledger and commit included; what is committed is on the disk, by both"
    yield "databases (`synchronous=FULL`, `fsync=on`), of the line and of the bare route."
    yield ""
    yield "| database | webhook | line / bare, by time | by CPU | line, a second | line, CPU |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for kind in ("sqlite", "postgresql"):
        with database(kind) as env, serving("bare", env) as bare, serving("line", env) as line:
            for webhook, requests in KINDS.items():
                pairs = [
                    (cost("line", line, requests(EACH)), cost("bare", bare, requests(EACH)))
                    for _ in range(ROUNDS)
                ]
                yield f"| {kind} | {webhook} | {_row(pairs)} |"


def cost(name: str, process: int, requests: Sequence[Request]) -> Cost:
    """What these requests cost, one after the other."""
    ready, before = arrivals.signed(requests), cpu(process)
    seconds = arrivals.in_turn(PORTS[name], ready)
    return len(ready) / seconds, (cpu(process) - before) / len(ready) * 1000


def _row(pairs: Sequence[tuple[Cost, Cost]]) -> str:
    rate = statistics.median(line[0] / bare[0] for line, bare in pairs)
    line, bare = (sum(one[side][1] for one in pairs) for side in (0, 1))
    a_second = statistics.median(line[0] for line, _ in pairs)
    return f"{rate:.2f} | {bare / line:.2f} | {a_second:.0f} | {line / len(pairs):.2f} ms"
