"""`transcribe --again`: old recordings heard anew, with a better model; older words stay beside."""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import click
from sqlalchemy import select, update

import config
from speech import models, transcriber, trial
from store.models import Heard, Recording, Transcript
from store.recordings import StoreAway
from store.recordings_due import ONCE_MORE, UNHEARD
from workers import hearing
from workers.room import Room, furnish

HEARD = (Heard.WORDS, Heard.NO_SPEECH, Heard.UNCLEAR)
ANEW = f"{ONCE_MORE}a new model hears it."


def hear_again(since: datetime | None, named: str | None, language: str | None) -> None:
    """Old recordings anew: here and now, one by one, so that no new message queues behind them.

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
        trial.stand(folder)
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
            .values(state=Heard.STORED, attempts=0, reason=ANEW, due_at=room.now() + UNHEARD)
        )
    hearing.hear(room, number)
    with room.database.reading() as session:
        take = session.get(Recording, number)
        return take.state.value if take else "erased"
