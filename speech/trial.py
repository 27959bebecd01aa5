"""Tries a model in a process of its own: a damaged one may end whoever loads it.

Vosk checks little. With a graph cut short, or a line missing in a list of numbers, it loads and
takes its process down at the first sound, with no exception to catch.
"""

import subprocess
import sys
from pathlib import Path

from speech import transcriber
from speech.models import NoModel

ROOT = Path(__file__).parent.parent
LONGEST = 300  # seconds; a model of 2 GB from a slow disk takes one


def stand(folder: Path) -> None:
    """Have another process load the model in `folder` and hear a second with it.

    Raises NoModel where that process does not live to tell, or tells what is wrong.
    """
    try:
        tried = subprocess.run(  # noqa: S603 - our own program, and a path from the settings
            [sys.executable, "-m", "speech.trial", str(folder)],
            cwd=ROOT,
            timeout=LONGEST,
            check=False,
            capture_output=True,
            text=True,
        )
    except subprocess.TimeoutExpired:
        raise NoModel(f"the model at {folder} did not load in {LONGEST} s") from None
    if tried.returncode:
        raise NoModel(f"the model at {folder} is damaged: it ends the program that uses it")
    if tried.stdout:
        raise NoModel(tried.stdout.strip())


def _hear_a_second(folder: Path) -> None:
    try:
        model = transcriber.load(folder, folder.name)
        transcriber.transcribe(model, bytes(range(256)) * (2 * model.rate // 256))
    except NoModel as why:
        sys.stdout.write(why.reason)


if __name__ == "__main__":
    _hear_a_second(Path(sys.argv[1]))
