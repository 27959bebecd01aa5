"""From the bytes of a recording to what staff see of it: its words, or why there are none."""

from dataclasses import dataclass
from typing import Literal

from speech.audio import convert, prove
from speech.level import Level, level
from speech.reading import shown
from speech.transcriber import Model, Progress, Transcript, Word, transcribe

State = Literal["words", "no_speech", "unclear"]

# Measured with the demo model, eleven sentences, 16 bits: at a peak of -44 dB no word is lost, at
# -48 one in ten although the model is 99 % sure of the others, from -56 on all.
QUIET_DB = -45.0
SILENT_DB = -60.0
SURE = 0.6  # right words score about 0.95, wrong ones 0.5 to 0.6 (speech/demo/README.md)
MOST_UNKNOWN = 0.5  # share of the words
MOST_CLIPPED = 0.05  # share of the samples
UNKNOWN = "[unk]"
FILLERS = {UNKNOWN, "um", "er", "uh", "hmm", "oh", "ah"}  # what hum on the line is heard as


@dataclass(frozen=True)
class Heard:
    """What one recording gave.

    `text` is the recogniser's own, `shown` the reading form; `reason` says why a person must
    listen, or that the file was cut off. `model` and `model_hash` say what heard it.
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


def hear(model: Model, data: bytes, on_progress: Progress | None = None) -> Heard:
    """Prove, convert, transcribe and judge one WAV or MP3 file.

    Raises NotAudio (speech.audio) when the file is no recording; `on_progress` gets the seconds
    done, up to the recording's length, as `transcribe` tells.
    """
    sound = prove(data)
    transcript = transcribe(model, convert(sound, model.rate), on_progress)
    state, reason = judge(transcript, level(sound), sound.seconds)
    if sound.cut_short:
        reason = _join([reason, f"the file was cut off after {_length(sound.seconds)}"])
    return Heard(
        state=state,
        reason=reason,
        text=transcript.text,
        shown=shown(transcript.text),
        confidence=transcript.confidence,
        words=transcript.words,
        seconds=sound.seconds,
        model=model.name,
        model_hash=model.hash,
    )


def judge(transcript: Transcript, level: Level, seconds: float) -> tuple[State, str | None]:
    """Whether the words can be shown as they are; otherwise the measured reason, for staff.

    Never "words" without a word: silence that looks like an answer would be filed unheard.
    """
    if level.peak_db < SILENT_DB:
        return "no_speech", f"the recording is silent for all of its {_length(seconds)}"
    if not transcript.words:
        return "no_speech", _join([f"no words were heard in {_length(seconds)}", _quiet(level)])
    reason = _join([*_doubts(transcript), _quiet(level), _clipped(level)])
    return ("unclear", reason) if reason else ("words", None)


def _doubts(transcript: Transcript) -> list[str]:
    heard = [word.word for word in transcript.words]
    unknown = heard.count(UNKNOWN)
    doubts = []
    if transcript.confidence < SURE:
        doubts.append(f"the machine is {transcript.confidence:.0%} sure of its words")
    if unknown > MOST_UNKNOWN * len(heard):
        doubts.append(f"{unknown} of {len(heard)} words are not known to the machine")
    elif FILLERS.issuperset(heard):
        doubts.append(f"only “{' '.join(heard)}” was heard")
    return doubts


def _quiet(level: Level) -> str | None:
    quiet = f"very quiet: {-level.peak_db:.0f} dB below the loudest that can be recorded"
    return quiet if level.peak_db < QUIET_DB else None


def _clipped(level: Level) -> str | None:
    return f"too loud: {level.clipped:.0%} is distorted" if level.clipped > MOST_CLIPPED else None


def _length(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds >= 1 else f"{seconds:.1f} s"


def _join(reasons: list[str | None]) -> str | None:
    return "; ".join(reason for reason in reasons if reason) or None
