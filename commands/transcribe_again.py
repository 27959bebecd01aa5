"""`transcribe --again`: old recordings heard anew, with a better model; older words stay beside."""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import click
from sqlalchemy import select

import config
from speech import models, transcriber, trial
from store import single
from store.leases import UNHEARD
from store.models import Heard, Recording, Transcript
from store.recordings_due import ONCE_MORE
from workers import hearing, landing
from workers.room import Room, furnish

HEARD = (Heard.WORDS, Heard.NO_SPEECH, Heard.UNCLEAR, Heard.FAILED)  # tried to the end
ANEW = f"{ONCE_MORE}a new model hears it."
AS_BEFORE = "left as before"


def hear_again(since: datetime | None, named: str | None, language: str | None) -> None:
    """Old recordings anew: here and now, one by one, so that no new message queues behind them.

    What a stop leaves in hand the workers finish; run again, it goes on with the rest, and with
    those of which nothing was heard. It ends with 1 where the sound of some could not be heard.
    """
    room = _room(named, language)
    heard: Counter[str] = Counter()
    unheard: Counter[str] = Counter()
    numbers = list(_heard_by_others(room, since))
    with click.progressbar(numbers, label="hearing again", file=sys.stderr) as bar:
        for number in bar:
            state, why = _again(room, number)
            (unheard if why else heard)[why or state] += 1
    ended = "".join(f", {state} {many}" for state, many in sorted(heard.items()))
    click.echo(f"recordings heard again: {heard.total()}{ended}")
    if unheard:
        whys = "; ".join(f"{why} ({many})" for why, many in sorted(unheard.items()))
        sys.exit(f"heard: {unheard.total()} not heard, {AS_BEFORE}: {whys}")


def _room(named: str | None, language: str | None) -> Room:
    settings = config.read()
    room = furnish(settings, with_models=named is None)
    if named is None:
        return room
    spoken = room.script.line.languages
    if language and language not in spoken:
        raise click.UsageError(f"--language is one of {', '.join(spoken)}: see line.toml.")
    name, folder = models.find(settings.models, named)
    trial.stand(folder)
    model = transcriber.load(folder, name)
    return replace(room, models={language or spoken[0]: model})


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


def _again(room: Room, number: int) -> tuple[str, str | None]:
    """Due again and taken in hand at once; how it stands after, and why it was not heard, if so.

    One that is gone is "erased".
    """
    before = _due(room, number)
    try:
        hearing.hear(room, number)
    finally:
        after = _settled(room, number, before)
    return after


def _due(room: Room, number: int) -> Recording | None:
    """Due from now on; as it stood before, or None where it is gone or in other hands."""
    with room.database.writing() as session:
        take = single.row(session, Recording, number, lock=True)
        if take is None or take.state not in HEARD:
            return None
        before = single.plain(Recording, {"state": take.state, "reason": take.reason})
        take.state, take.attempts, take.reason = Heard.STORED, 0, ANEW
        take.due_at = room.now() + UNHEARD
        single.save(session, take)
        return before


def _settled(room: Room, number: int, before: Recording | None) -> tuple[str, str | None]:
    """What people have of it already is not lost to a model that hears nothing, or to a bad day."""
    with room.database.writing() as session:
        take = single.row(session, Recording, number, lock=True)
        if take is None:
            return "erased", None
        why = _why_unheard(take) if before else None
        wordless = take.state is Heard.NO_SPEECH and landing.has_words(session, take)
        if before is None or not (why or wordless):
            return take.state.value, None
        take.state, take.reason = before.state, before.reason
        take.due_at = take.claimed_until = None
        single.save(session, take)
        return AS_BEFORE, why


def _why_unheard(take: Recording) -> str | None:
    """None where it was heard, be it without words."""
    if take.state not in (Heard.STORED, Heard.FAILED):
        return None
    return (take.reason or "").removeprefix(ONCE_MORE).rstrip(".") or "nobody knows why"
