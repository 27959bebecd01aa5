"""`transcribe FILE...`, `transcribe --again`: words of sound, by the same code as the worker."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy import select, update

import config
from commands.errors import plain_errors
from dialogue.script import load
from speech import models, transcriber
from speech.audio import NotAudio
from speech.hearing import hear
from store.models import Heard, Recording, Transcript
from store.recordings import StoreAway
from store.recordings_due import UNHEARD
from workers import hearing
from workers.room import Room, furnish

HEARD = (Heard.WORDS, Heard.NO_SPEECH, Heard.UNCLEAR)
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
    if again and not files:
        _all_again(since, named, language)
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


def _all_again(since: datetime | None, named: str | None, language: str | None) -> None:
    """Here and now, one after the other, so that new messages never queue behind old ones.

    What a stop leaves in hand the workers finish; run again, it goes on with the rest.
    """
    room = _room(named, language)
    counts: Counter[str] = Counter()
    numbers = list(_heard_by_others(room, since))
    with click.progressbar(numbers, label="hearing again", file=sys.stderr) as bar:
        for number in bar:
            counts[_again(room, number)] += 1
    ended = "".join(f", {state} {many}" for state, many in sorted(counts.items()))
    click.echo(f"recordings heard again: {counts.total()}{ended}")


def _room(named: str | None, language: str | None) -> Room:
    settings = config.read()
    try:
        room = furnish(settings, with_models=named is None)
        if named is None:
            return room
        name, folder = models.find(settings.models, named)
        model = transcriber.load(folder, name)
    except (models.NoModel, StoreAway) as why:
        sys.exit(f"heard: {why}")
    return replace(room, models={language or room.script.line.languages[0]: model})


def _heard_by_others(room: Room, since: datetime | None) -> Iterator[int]:
    """Finished recordings of a language with a model, which that very model has not heard."""
    for language, model in room.models.items():
        if model is None:
            continue
        with_it = select(Transcript.recording_id).where(Transcript.model_hash == model.hash)
        wanted = select(Recording.id).where(
            Recording.language == language,
            Recording.state.in_(HEARD),
            Recording.audio_key.is_not(None),
            Recording.id.not_in(with_it),
        )
        if since:
            wanted = wanted.where(Recording.received_at >= since.replace(tzinfo=UTC))
        with room.database.reading() as session:
            yield from session.scalars(wanted.order_by(Recording.id)).all()


def _again(room: Room, number: int) -> str:
    """Due again and taken in hand at once; how it stands after. One that is gone is "erased"."""
    with room.database.writing() as session:
        session.execute(
            update(Recording)
            .where(Recording.id == number, Recording.state.in_(HEARD))
            .values(state=Heard.STORED, attempts=0, reason=None, due_at=room.now() + UNHEARD)
        )
    hearing.hear(room, number)
    with room.database.reading() as session:
        take = session.get(Recording, number)
        return take.state.value if take else "erased"
