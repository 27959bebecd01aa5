"""Writes REPORT.md: what Vosk hears of voices and sentences that were kept from training."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import jiwer

from .lexicon import UNKNOWN
from .rows import HEARD

NOTHING = "~"  # stands for no words at all, which jiwer does not take
SETS = {
    "test": "100 free sentences, each by 3 held-out voices",
    "strangers": "the same 100, each by 3 voices from outside (the last table)",
    "heldout_prototype": "40 free sentences of another author, each by 4 held-out voices",
    "dev": "60 free sentences that the settings were tuned on, each by 3 voices of their own",
    "people-digits": "a person saying five digits, any words allowed",
    "people-digits-only": "the same, only digits allowed",
    "people-prose": "a person reading five sentences of a novel of 1811",
}
VOICES = {
    "rms": "flite rms (American man)",
    "mb-en1": "mbrola en1 (English man)",
    "mb-us1": "mbrola us1 (American woman)",
    "mb-us2": "mbrola us2 (American man)",
    "mb-us3": "mbrola us3 (American man)",
    "voice_rab_diphone": "festival rab (English man)",
    "en-US": "pico en-US (American woman)",
    "evgeniy-eng": "RHVoice evgeniy (man)",
    "lyubov": "RHVoice lyubov (woman)",
}
Row = dict[str, Any]


def fingerprint(model: Path) -> str:
    """The same twelve hex digits as `speech.models.fingerprint`, which needs the project."""
    total = hashlib.sha256()
    for path in sorted(path for path in model.rglob("*") if path.is_file()):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{content} {path.relative_to(model).as_posix()}\n".encode())
    return total.hexdigest()[:12]


def save(folder: Path, model: Path, path: Path, minutes: float | None) -> None:
    """The report on a model, from what `evaluate` left in the folder."""
    found = {
        name: json.loads((folder / name / HEARD).read_text())
        for name in SETS
        if (folder / name / HEARD).is_file()
    }
    test = found["test"]
    known = {line.split()[0] for line in (model / "graph" / "words.txt").read_text().splitlines()}
    size = sum(file.stat().st_size for file in model.rglob("*") if file.is_file())
    lines = ["# What the demo model hears", ""]
    lines += ["Written by the recipe (`speech/demo/recipe/report.py`). Do not edit.", ""]
    lines += [f"Model `{fingerprint(model)}`: {len(known) - 3:,} words and {UNKNOWN}, "]
    lines[-1] += f"{size / 1e6:.1f} MB, loads in {test['load']:.2f} s, "
    lines[-1] += f"decodes at {test['pace']:.3f} of real time (CPU time)."
    if minutes is not None:
        lines[-1] += f" The recipe took {minutes:.0f} minutes, in the conditions README.md names."
    lines += ["", *_sets(found), "", *_parts(test["rows"]), ""]
    lines += [*_strangers(found["strangers"]["rows"]), "", *_trust(test["rows"], known), ""]
    path.write_text("\n".join(lines))


def _sets(found: dict[str, Any]) -> Iterable[str]:
    yield "Word error rate, real Vosk 0.3.45, telephone band with noise:\n"
    yield "| set | words | WER |\n| --- | --: | --: |"
    for name, told in found.items():
        rows = told["rows"]
        count = sum(len(row["text"].split()) for row in rows)
        yield f"| {SETS[name]} | {count:,} | {_rate(rows)} |"


def _parts(rows: list[Row]) -> Iterable[str]:
    """The test set by accent and by voice."""
    yield "The test set by accent (espeak-ng; `en-us-nyc` was in no training) and by voice:\n"
    yield "| accent | WER | | voice | WER |\n| --- | --: | --- | --- | --: |"
    accents = _grouped(rows, lambda row: row["voice"][1] if len(row["voice"]) == 3 else "")
    voices = _grouped(rows, _voice)
    accents.pop("", None)
    left = [f"| {name} | {_rate(some)} |" for name, some in sorted(accents.items())]
    right = [f" | {name} | {_rate(some)} |" for name, some in sorted(voices.items())]
    for at in range(max(len(left), len(right))):
        yield (left[at] if at < len(left) else "| | |") + (
            right[at] if at < len(right) else " | | |"
        )


def _strangers(rows: list[Row]) -> Iterable[str]:
    """The voices of other makers, of which none of mbrola's trains the network."""
    yield "Voices from outside; the network was trained with no voice of mbrola's at all, and with"
    yield "others of RHVoice's, festival's and pico's:\n"
    yield "| voice | WER |\n| --- | --: |"
    for name, some in sorted(_grouped(rows, _voice).items()):
        yield f"| {name} | {_rate(some)} |"


def _voice(row: Row) -> str:
    return VOICES.get(row["voice"][-1], f"espeak-ng {row['voice'][-1]}")


def _grouped(rows: list[Row], by: Callable[[Row], str]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[by(row)].append(row)
    return groups


def _trust(rows: list[Row], known: set[str]) -> Iterable[str]:
    """Confidence of right and wrong words, and what became of words that it cannot know."""
    right: list[float] = []
    wrong: list[float] = []
    marked = unknown = 0
    for row in rows:
        words = [word["word"] for word in row["heard"]]
        for part in _compared([row]).alignments[0]:
            if words and part.type != "delete":
                kept = right if part.type == "equal" else wrong
                kept += [w["conf"] for w in row["heard"][part.hyp_start_idx : part.hyp_end_idx]]
        unknown += sum(word not in known for word in row["text"].split())
        marked += words.count(UNKNOWN)
    yield f"Confidence: {sum(right) / len(right):.2f} on right words,"
    yield f"{sum(wrong) / len(wrong):.2f} on wrong ones. Of the test's words {unknown} are unknown"
    yield f"to the model; {UNKNOWN} was heard {marked} times."


def _rate(rows: list[Row]) -> str:
    return f"{100 * _compared(rows).wer:.1f} %"


def _compared(rows: list[Row]) -> jiwer.WordOutput:
    said = [row["text"] for row in rows]
    heard = [" ".join(word["word"] for word in row["heard"]) or NOTHING for row in rows]
    return jiwer.process_words(said, heard)
