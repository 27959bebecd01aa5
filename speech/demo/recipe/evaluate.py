"""What the real Vosk hears with a model. A process of its own: Vosk and kaldifst cannot share one.

`python -m speech.demo.recipe.evaluate MODEL ROWS.json ...` writes what it heard beside each file
of rows, as HEARD, with the seconds that it took.
"""

import json
import sys
import time
import wave
from pathlib import Path
from typing import Any

import vosk

from .rows import HEARD

BLOCK = 4_000  # frames given to Vosk at once


def hear(model: vosk.Model, path: Path, words: list[str] | None) -> tuple[list[Any], float]:
    """The words of one recording, and its length; `words` allows no others."""
    with wave.open(str(path)) as file:
        rate, sound = file.getframerate(), file.readframes(file.getnframes())
    allowed = [json.dumps(words)] if words else []
    recogniser = vosk.KaldiRecognizer(model, rate, *allowed)
    recogniser.SetWords(True)
    found: list[Any] = []
    for at in range(0, len(sound), 2 * BLOCK):
        if recogniser.AcceptWaveform(sound[at : at + 2 * BLOCK]):
            found += json.loads(recogniser.Result()).get("result", [])
    return found + json.loads(recogniser.FinalResult()).get("result", []), len(sound) / 2 / rate


def main(model_path: Path, listed: list[Path]) -> None:
    """Hears every row of every list."""
    vosk.SetLogLevel(-1)
    began = time.monotonic()
    model = vosk.Model(str(model_path))
    loading = time.monotonic() - began
    for path in listed:
        rows = json.loads(path.read_text())
        began, seconds = time.process_time(), 0.0
        for row in rows:
            row["heard"], length = hear(model, path.parent / row["file"], row.get("allowed"))
            seconds += length
        pace = (time.process_time() - began) / seconds
        (path.parent / HEARD).write_text(json.dumps({"load": loading, "pace": pace, "rows": rows}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(given) for given in sys.argv[2:]])
