"""How long a webhook takes at 70 % of what one process can do, and whether rows make it longer.

`BENCH_ROWS=10000000 python -m bench pace` has ten million rows: some minutes and gigabytes more.
"""

import os
import statistics
from collections.abc import Iterator

from sqlalchemy import create_engine, text

from bench import arrivals
from bench.doors import cost
from bench.serving import PORTS, database, serving

TITLE = "The doors under load, and with many rows"
MANY, HANDS, LOAD = 1200, 16, 0.7
FEW_ROWS, ROUNDS, EACH = 1_000, 5, 150
MANY_ROWS = int(os.environ.get("BENCH_ROWS") or 1_000_000)

# Rows such as the line writes, made by the database itself; {at} is its word for now.
ROWS = (
    "INSERT INTO callers (id, joined, number, reachable, opted_out, first_seen)"
    " SELECT -n, 'bench' || n, {bytes}, {yes}, {no}, {at} FROM numbers",
    "INSERT INTO ledger (kind, sid, turn, received_at, caller_id, fields, answer, replies)"
    " SELECT 'call', 'bench' || n, '0', {at}, -n, {bytes}, '<Response/>', 0 FROM numbers",
    "INSERT INTO conversations (channel, key, caller_id, state, started_at, touched_at)"
    " SELECT 'voice', 'bench' || n, -n, '{{}}', {at}, {at} FROM numbers",
)
NUMBERS = {
    "sqlite": "WITH RECURSIVE numbers(n) AS"
    " (SELECT {first} UNION ALL SELECT n + 1 FROM numbers WHERE n < {last}) ",
    "postgresql": "WITH numbers AS (SELECT generate_series({first}, {last}) AS n) ",
}
WORDS = {
    "sqlite": {"at": "datetime('now')", "bytes": "zeroblob(300)", "yes": "1", "no": "0"},
    "postgresql": {
        "at": "now()",
        "bytes": "decode(repeat('00', 300), 'hex')",
        "yes": "true",
        "no": "false",
    },
}


def measure() -> Iterator[str]:
    """Lines for RESULTS.md."""
    yield f"Steps of calls that come by chance, at {LOAD:.0%} of the rate that one process reached"
    yield "just before, each timed from when it was due. Then the CPU of a step and its time, with"
    yield f"{FEW_ROWS:,} and with {MANY_ROWS:,} rows in each of callers, ledger and conversations."
    yield ""
    yield "| database | a second | median | 99 in 100 | over it | CPU, few rows | many rows |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for kind in ("sqlite", "postgresql"):
        with database(kind) as env, serving("line", env) as line:
            rate, took = _paced(line)
            middle, slow = statistics.median(took), statistics.quantiles(took, n=100)[98]
            fill(env["DATABASE_URL"], kind, 1, FEW_ROWS)
            few = _cpu(line)
            fill(env["DATABASE_URL"], kind, FEW_ROWS + 1, MANY_ROWS)
            many = _cpu(line)
            yield (
                f"| {kind} | {rate:.0f} | {middle * 1000:.1f} ms | {slow * 1000:.1f} ms "
                f"| {slow / middle:.1f} | {few:.2f} ms | {many:.2f} ms |"
            )


def fill(url: str, kind: str, first: int, last: int) -> None:
    """The rows with these numbers."""
    engine = create_engine(url)
    with engine.begin() as rows:
        for statement in ROWS:
            numbers = NUMBERS[kind].format(first=first, last=last)
            insert, _, select = statement.format(**WORDS[kind]).partition(" SELECT ")
            rows.execute(text(f"{insert} {numbers}SELECT {select}".replace(":", "\\:")))
    if kind == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as rows:
            rows.execute(text("ANALYZE"))
    engine.dispose()


def _paced(line: int) -> tuple[float, list[float]]:
    warm = max(cost("line", line, arrivals.calls(MANY // 4))[0] for _ in range(3))
    rate = warm * LOAD
    ready = arrivals.signed(arrivals.calls(MANY))
    return rate, arrivals.at_a_pace(PORTS["line"], ready, rate, HANDS)


def _cpu(line: int) -> float:
    return statistics.median(cost("line", line, arrivals.calls(EACH))[1] for _ in range(ROUNDS))
