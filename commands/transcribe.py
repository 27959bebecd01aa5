"""`transcribe FILE...`, `transcribe --again`: words of sound, by the same code as the worker."""

import json
import stat
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

import config
from commands.errors import plain_errors
from commands.transcribe_again import hear_again
from dialogue.script import load
from speech import models, transcriber, trial
from speech.audio import NotAudio
from speech.hearing import hear
from workers.carrier import MOST_BYTES

Day = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"])


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text")
@click.option("--again", is_flag=True, help="the stored recordings anew; older words stay beside")
@click.option("--since", type=Day, help="with --again: from this day or moment on (UTC)")
@click.option("--model", "named", help="with --again: another model than line.toml names")
@click.option("--language", help="with --model: what it knows; else the line's first language")
@plain_errors
def transcribe(
    files: tuple[Path, ...],
    shape: str,
    again: bool,
    since: datetime | None,
    named: str | None,
    language: str | None,
) -> None:
    """The words of FILES, one line each, in the order given; --format json says more."""
    if language and not named:
        raise click.UsageError("--language goes with --again and --model: what that model knows.")
    if again and not files:
        hear_again(since, named, language)
        return
    if again or since or named or language or not files:
        raise click.UsageError("Give FILES, or --again with --since, --model and --language.")
    _files(files, shape)


def _files(files: tuple[Path, ...], shape: str) -> None:
    model = _model()
    wrong = False
    for file in files:
        said = _heard(model, file)
        wrong = wrong or said["state"] == "failed"
        click.echo(json.dumps(said, ensure_ascii=False) if shape == "json" else said["text"])
        if said["state"] == "failed":
            click.echo(f"{file}: {said['reason']}", err=True)
    if wrong:
        raise SystemExit(1)


def _heard(model: transcriber.Model, file: Path) -> dict[str, object]:
    try:
        heard = hear(model, _sound(file))
    except (NotAudio, OSError) as why:
        reason = why.strerror if isinstance(why, OSError) else str(why)
        return {
            "file": str(file),
            "text": "",
            "state": "failed",
            "reason": reason,
            "confidence": 0.0,
            "words": [],
            "model": model.name,
            "seconds": 0.0,
        }
    return {
        "file": str(file),
        "text": heard.text,
        "confidence": round(heard.confidence, 4),
        "words": [asdict(word) for word in heard.words],
        "state": heard.state,
        "reason": heard.reason,
        "shown": heard.shown,
        "model": heard.model,
        "seconds": round(heard.seconds, 2),
    }


def _sound(file: Path) -> bytes:
    """What a file holds. Raises OSError, or NotAudio for what is no file, as a pipe is none that
    nobody writes to, and for what is larger than anything that a worker would hear."""
    if not stat.S_ISREG(file.stat().st_mode):
        raise NotAudio("it is no file")
    with file.open("rb") as sound:
        held = sound.read(MOST_BYTES + 1)
    if len(held) > MOST_BYTES:
        raise NotAudio(f"it is larger than {MOST_BYTES // 1_000_000} MB, as no message is")
    return held


def _model() -> transcriber.Model:
    found = config.merged()
    script = load(config.script_folder(found))
    wanted = script.line.models.get(script.line.languages[0])
    name, place = models.find(config.models_folder(found), wanted)
    if place != models.DEMO:  # ours is tested, and this takes as long as all the rest
        trial.stand(place)
    return transcriber.load(place, name)
