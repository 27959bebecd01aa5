"""From the bytes of a recording to what staff see of it: its words, or why there are none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from speech.audio import Sound, convert, prove
from speech.judging import UNKNOWN, State, join, judge, length
from speech.level import level
from speech.reading import Shown, read, shown
from speech.silence import Kept, keep
from speech.transcriber import Model, Progress, Transcript, Word, confidence, transcribe
from speech.voiced import Voiced, voiced


@dataclass(frozen=True)
class Heard:
    """What one recording gave.

    `text` is the recogniser's own, `shown` the reading form, `shown_words` the same tied to
    `words`; `reason` says why a person must listen. `model` and `model_hash` say what heard it.
    `cut_short`: the file promised more than it held, so whoever has another may have the rest. All
    times are those of the whole recording.
    """

    state: State
    reason: str | None
    text: str
    shown: str
    confidence: float
    words: tuple[Word, ...]
    seconds: float
    model: str
    model_hash: str
    shown_words: tuple[Shown, ...] = ()
    cut_short: bool = False


def hear(model: Model, data: bytes, on_progress: Progress | None = None) -> Heard:
    """Prove, convert, leave long silences out, transcribe and judge one WAV or MP3 file.

    Raises NotAudio (speech.audio) when the file is no recording; `on_progress` gets the seconds
    of the recording that are done, as `transcribe` tells.
    """
    sound = prove(data)
    pcm = convert(sound, model.rate)
    kept = keep(pcm, model.rate)
    spoken = kept.sound(pcm)
    joined = transcribe(model, spoken, _told(kept, on_progress))
    # Where it gave up, if it did, is told to people who listen to the whole.
    transcript = replace(joined, seconds=kept.ended(joined.seconds))
    voice = voiced(spoken, model.rate, joined.words)
    state, reason = judge(transcript, level(sound), sound.seconds, voice)
    transcript = _without_machines(transcript, voice)
    if sound.cut_short or sound.goes_on:
        state, reason = _without_its_end(state, reason, sound)
    words = tuple(_timed(kept, word) for word in transcript.words)
    reading = read([word.word for word in words], _pauses(words))
    return Heard(
        state=state,
        reason=reason,
        text=transcript.text,
        shown=shown(reading),
        confidence=transcript.confidence,
        words=words,
        seconds=sound.seconds,
        model=model.name,
        model_hash=model.hash,
        shown_words=tuple(reading),
        cut_short=sound.cut_short,
    )


def _without_machines(transcript: Transcript, voice: Voiced) -> Transcript:
    """A key or a tone of the line is heard as words: as unknown ones they weigh nothing.

    They stay where they are, and not as silence: a tone may hide a voice. Several in a row are one.
    """
    words: list[Word] = []
    was = False
    for word, machine in zip(transcript.words, voice.machine, strict=True):
        if machine and was:
            words[-1] = replace(words[-1], end=word.end)
        else:
            words.append(replace(word, word=UNKNOWN) if machine else word)
        was = machine
    text = " ".join(word.word for word in words)
    return replace(transcript, text=text, words=tuple(words), confidence=confidence(words))


def _without_its_end(state: State, reason: str | None, sound: Sound) -> tuple[State, str]:
    """Clear words of which the end is missing: who takes them for all never asks for the rest."""
    after = length(sound.seconds)
    other = f"what follows after {after} is another sound, and was not heard"
    cut = f"the file was cut off after {after}"
    said = [reason, other if sound.goes_on else None, cut if sound.cut_short else None]
    return ("unclear" if state == "words" else state), join(said) or ""


def _told(kept: Kept, on_progress: Progress | None) -> Progress | None:
    return (lambda seconds: on_progress(kept.ended(seconds))) if on_progress else None


def _timed(kept: Kept, word: Word) -> Word:
    start = kept.began(word.start)
    end = max(start, kept.ended(word.end))
    return Word(word.word, round(start, 3), round(end, 3), word.confidence)


def _pauses(words: Sequence[Word]) -> list[float]:
    return [later.start - earlier.end for earlier, later in pairwise(words)]
