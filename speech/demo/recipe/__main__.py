"""The whole recipe: `python -m speech.demo.recipe WORKDIR` leaves WORKDIR/model and its report.

Steps that are done (their file is there) are not done again, so a stopped run goes on.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

import numba

from . import align, assemble, corpus, human, lexicon, report, train, written
from .rows import Corpus

UTTERANCES, SEED, THREADS = 10_550, 1, 2
TESTS = {  # whose voices, and how many say each sentence
    "test": ("test", 3),
    "strangers": ("strangers", 3),
    "heldout_prototype": ("test", 4),
    "dev": ("dev", 3),
}
TEST_SEED = 2


def main() -> None:
    """Speaks, aligns, trains, puts together and measures, telling the seconds of each."""
    parser = argparse.ArgumentParser(description="Makes the demo model from nothing.")
    parser.add_argument("workdir", type=Path)
    folder: Path = parser.parse_args().workdir
    folder.mkdir(parents=True, exist_ok=True)
    numba.set_num_threads(THREADS)
    began = time.monotonic()
    _speak(folder)
    _tell("spoken", began)
    read = Corpus.read(folder)
    if not (folder / "phones.npz").exists():
        align.run(folder, read)
    _tell("aligned", began)
    if not (folder / "network.pt").exists():
        train.run(folder, read, THREADS)
    _tell("trained", began)
    assemble.run(folder, read)
    _tell("assembled", began)
    measure(folder, (time.monotonic() - began) / 60)
    _tell("measured", began)


def _speak(folder: Path) -> None:
    """The lexicon, what the network learns from, and what it is measured with."""
    if not (folder / "train.npy").exists():
        sounds = lexicon.build(written.words())
        (folder / "lexicon.json").write_text(json.dumps(sounds, sort_keys=True))
        corpus.training(folder, UTTERANCES, SEED)
    for name, (part, each) in TESTS.items():
        if not (folder / name / "rows.json").exists():
            corpus.spoken(folder, name, part, each, TEST_SEED)


def measure(folder: Path, minutes: float | None) -> None:
    """Hears all sets with the real Vosk, in another process, and writes the report."""
    names = [*TESTS, *human.save(folder)]
    rows = [str(folder / name / "rows.json") for name in names]
    command = [sys.executable, "-m", "speech.demo.recipe.evaluate", str(folder / "model"), *rows]
    subprocess.run(command, check=True)
    report.save(folder, folder / "model", folder / "REPORT.md", minutes)


def _tell(step: str, began: float) -> None:
    print(f"{step} at {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
