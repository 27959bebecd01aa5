"""`transcribe FILE...`: the words of sound files, by the same code as the worker."""

import json
from dataclasses import asdict
from pathlib import Path

import click

import config
from commands.errors import plain_errors
from dialogue.script import load
from speech import models, transcriber
from speech.audio import NotAudio
from speech.hearing import hear


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text")
@plain_errors
def transcribe(files: tuple[Path, ...], shape: str) -> None:
    """The words of FILES, one line each, in the order given; --format json says more."""
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
        heard = hear(model, file.read_bytes())
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


def _model() -> transcriber.Model:
    found = config.merged()
    script = load(config.script_folder(found))
    folder = config.ROOT / (found.get("VOSK_MODEL_PATH") or "models")
    try:
        name, place = models.find(folder, script.line.models.get(script.line.languages[0]))
        return transcriber.load(place, name)
    except models.NoModel as why:
        raise SystemExit(f"heard: {why}") from None
