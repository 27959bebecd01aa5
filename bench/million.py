"""Fills an empty, migrated SQLite database with items as a line has them after years of use.

python -m bench.million FILE [HOW MANY]. 97 in 100 are finished; words, recordings, notes and the
search index are there too. The same seed makes the same rows.
"""

import json
import random
import sqlite3
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

from store.references import SIGNS
from store.search_letters import stored
from tiers import rank

SIZE = 1_000_000
BATCH = 20_000
YEARS = timedelta(days=4 * 365)
FINISHED = 0.97
NOW = datetime.now(UTC)

PARTS = (
    "the nurse was {how}", "the doctor was {how}", "the ward was {state}", "the food was {state}",
    "we waited {n} hours in a and e", "nobody told us what was happening", "please thank her",
    "could not get an appointment for {n} weeks", "the carers come late every morning",
    "my father has no breakfast", "my mum fell and nobody came", "the receptionist was {how}",
    "they lost my letter from the hospital", "the waiting room was {state}", "all explained",
    "I rang {n} times and nobody answered", "the ambulance crew were {how}", "the bath was {state}",
    "the dentist will not take new patients", "discharged without my medicine", "near {place}",
    "the staff at {place} were {how}", "my appointment at {place} was cancelled", "thank you all",
)  # fmt: skip
HOW = (
    "very kind",
    "rude",
    "in a hurry",
    "lovely",
    "patient",
    "not listening",
    "wonderful",
    "tired",
)
STATE = ("clean", "dirty", "cold", "crowded", "quiet", "noisy", "fine", "horrible")
STEMS = ("Lap", "Dud", "Wal", "Hale", "Stour", "Smeth", "Til", "Bils", "Sedge", "Wednes", "Brier")
ENDS = ("al", "ley", "sall", "sowen", "bridge", "wick", "ton", "field", "bury", "mere", "hampton")
RARE = "zanzibar"  # said in a hundred items, however many there are

COLUMNS = {
    "callers": "id joined number reachable opted_out first_seen",
    "feedback": "id caller_id reference received_at channel line language notice purpose service"
    " place rating about signals complete tier tier_reasons rank status sentiment themes"
    " assigned_to coded_at checked_at passed_on_at closed_at",
    "texts": "id feedback_id sid received_at body kind",
    "recordings": "id feedback_id sid call_sid received_at language seconds state attempts",
    "transcripts": "id recording_id made_at model model_hash text shown confidence words",
    "notes": "id feedback_id by at body",
    "searched": "rowid reference said noted",
}
Rows = dict[str, list[tuple[object, ...]]]


def fill(path: str, size: int = SIZE) -> None:
    """Write `size` items, their words and the search index. The file is empty but migrated."""
    chance = random.Random(size)  # noqa: S311 (nobody's secret)
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000"):
            file.execute(f"PRAGMA {pragma}")
        file.execute("BEGIN")
        for first in range(1, size + 1, BATCH):
            numbers = range(first, min(first + BATCH, size + 1))
            for table, rows in rows_of(chance, numbers, size).items():
                file.executemany(_insert(table), rows)
        file.execute("COMMIT")
        file.execute("PRAGMA journal_mode=WAL")


def _insert(table: str) -> str:
    names = COLUMNS[table].split()
    return f"INSERT INTO {table} ({','.join(names)}) VALUES ({','.join('?' * len(names))})"  # noqa: S608


def rows_of(chance: random.Random, numbers: range, size: int) -> Rows:
    rows: Rows = {table: [] for table in COLUMNS}
    for number in numbers:
        _item(chance, number, size, rows)
    return rows


def _item(chance: random.Random, number: int, size: int, rows: Rows) -> None:
    at = NOW - YEARS * (1 - number / size)
    # What is open is recent, as on a desk that is kept up: all but a few of the oldest are done.
    done = (NOW - at) > YEARS * (1 - FINISHED) or chance.random() < 0.02
    voice, moment = chance.random() < 0.4, f"{at:%Y-%m-%d %H:%M:%S.%f}"
    ref, place = _reference(number), _place(chance)
    tier = chance.choices((None, "R1", "R2", "R3", "R4"), (960, 2, 4, 20, 14))[0]
    said = ". ".join(_part(chance, place) for _ in range(chance.randint(1, 6)))
    said += f" {RARE}" if chance.random() < 100 / size else ""
    if number == 1 or number % 2 == 0:
        rows["callers"].append((number // 2 + 1, f"{number:032x}", b"sealed", 1, 0, moment))
    rows["feedback"].append(_feedback(chance, number, ref, moment, voice, done, tier, place))
    if voice:
        take = (number, number, f"RE{number:032x}", f"CA{number:032x}", moment, "en", 21.5)
        rows["recordings"].append((*take, "words", 1))
        words = json.dumps([{"word": w, "start": 1.0, "end": 1.2, "confidence": 0.9}
                            for w in said.split()])  # fmt: skip
        heard = (number, number, moment, "demo-en", "0" * 64, said, said, 0.9, words)
        rows["transcripts"].append(heard)
    else:
        rows["texts"].append((number, number, f"SM{number:032x}", moment, said, "words"))
    noted = f"Rang {place} about this" if chance.random() < 0.1 else ""
    if noted:
        rows["notes"].append((number, number, "Sam", moment, noted))
    words = stored(f"{said}\n{place}")
    rows["searched"].append((number, f"{ref[:4]} {ref[4:]} {ref}", words, stored(noted)))


def _feedback(
    chance: random.Random,
    number: int,
    ref: str,
    moment: str,
    voice: bool,
    done: bool,
    tier: str | None,
    place: str,
) -> tuple[object, ...]:
    coded = moment if done or chance.random() < 0.3 else None
    rating = chance.choice(("very_good", "good", "neither", "poor", "very_poor", None))
    good = rating in ("very_good", "good")
    status = "finished" if done else chance.choice(("new", "new", "new", "in_progress", "waiting"))
    passed_on = moment if done and good else None
    # Two items come from each phone; some callers withhold their number.
    caller = None if voice and chance.random() < 0.1 else number // 2 + 1
    return (
        number, caller, ref, moment, "voice" if voice else "sms", "west-midlands",
        "en" if chance.random() < 0.97 else "pa", "2026-11",
        "advice" if chance.random() < 0.05 else "feedback",
        chance.choice(("gp", "hospital", "care_home", "other", None)), place, rating,
        chance.choice(("me", "someone_else", "staff", None)), "[]", 1, tier, "[]",
        rank(tier, voice), status, ("positive" if good else "negative") if coded else None, "[]",
        "Sam" if status == "in_progress" else None, coded, coded, passed_on,
        moment if done else None,
    )  # fmt: skip


def _part(chance: random.Random, place: str) -> str:
    words = {"how": chance.choice(HOW), "state": chance.choice(STATE), "n": chance.randint(2, 12)}
    return chance.choice(PARTS).format(place=place, **words)


def _place(chance: random.Random) -> str:
    return f"{chance.choice(STEMS)}{chance.choice(ENDS)} {chance.choice(ENDS).title()} House"


def _reference(number: int) -> str:
    """The n-th of 14 to the 7th: spread, and never twice."""
    left, signs = number * 48_271_001 % 14**7, ""
    for _ in range(7):
        left, sign = divmod(left, 14)
        signs += SIGNS[sign]
    return signs


def _main(path: str, size: str = str(SIZE)) -> None:
    started = time.perf_counter()
    fill(path, int(size))
    print(f"{int(size):,} items in {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    _main(*sys.argv[1:])
