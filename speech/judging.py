"""Whether words can be shown as they are, or a person must listen first, and why. All pure."""

from collections.abc import Sequence
from typing import Literal

from speech.level import Level
from speech.transcriber import Transcript, Word
from speech.voiced import Voiced

State = Literal["words", "no_speech", "unclear"]

# Measured with the demo model, eleven sentences, 16 bits: at a peak of -44 dB no word is lost, at
# -48 one in ten although the model is 99 % sure of the others, from -56 on all.
QUIET_DB = -45.0
SILENT_DB = -60.0
MOST_CLIPPED = 0.05  # share of the samples

# Measured with the demo model of November 2026 and espeak's voices: how sure it is of the words
# that it knows (lowest, median, highest), and how many recordings pass as words at 0.8.
#   English, 8 voices, slow to fast  0.97  1.00  1.00   56 of 56
#     the same at -35 dB             0.97  1.00  1.00   40 of 40
#     in white noise, 20 dB under    0.87  0.99  1.00   40 of 40
#     10 dB under                    0.66  0.94  0.99   34 of 40
#     5 dB under                     0.49  0.84  0.97   11 of 16
#   pl ro hi ur pa ar bn cy          0.51  0.68  0.83    1 of 72
#   clicks, bursts, keys, melodies   0.22  0.53  0.77    0 of 24, 7 of them without a word
# espeak speaks a little differently each time: of 16 short sentences in those languages, 0 to 2
# pass from run to run. The table was looked at when 0.8 was chosen.
SURE = 0.8
MOST_UNKNOWN = 0.4  # share of the time spoken; English at most 0.05, the others 0.32 at the median
FOREIGN = 0.1  # share of the words: 0.1 to 0.25 in the other languages, in English mostly none
# Of the loud frames under the words.
MOST_TONAL = 0.9  # the voice that comes nearest has 0.87 (speech/tones.py)
MOST_CLICKS = 0.5  # a voice has 0.06 at most (speech/clicks.py)
UNKNOWN, UNCLEAR = "[unk]", "[unclear]"  # Vosk's, and what staff read for it
FILLERS = {UNKNOWN, "um", "er", "uh", "hmm", "oh", "ah"}  # what hum on the line is heard as


def judge(
    transcript: Transcript,
    level: Level,
    seconds: float,
    voice: Voiced,
) -> tuple[State, str | None]:
    """Whether the words can be shown as they are; otherwise the measured reason, for staff.

    `voice`: what of the words is one. What keys and the line's own tones were heard as, and how
    loud they are, says nothing of somebody who spoke before them.

    Never "words" without a word: silence that looks like an answer would be filed unheard.
    """
    if level.peak_db < SILENT_DB:
        return "no_speech", f"the recording is silent for all of its {length(seconds)}"
    if transcript.gave_up:
        return "unclear", f"the machine gave up after {length(transcript.seconds)} of it"
    if not transcript.words:
        return "no_speech", join(
            [f"no words were heard in {length(seconds)}", _quiet(level.peak_db)]
        )
    said = [w for w, machine in zip(transcript.words, voice.machine, strict=True) if not machine]
    tones = _mostly("tones", voice.tones, MOST_TONAL)
    clicks = _mostly("clicks", voice.clicks, MOST_CLICKS)
    quiet = _quiet(level.peak_db if voice.peak_db is None else min(level.peak_db, voice.peak_db))
    reason = join([*_doubts(said), tones, clicks, quiet, _clipped(level)])
    return ("unclear", reason) if reason else ("words", None)


def _doubts(words: Sequence[Word]) -> list[str]:
    """None of no words: who pressed a key and said nothing spoke no other language."""
    if not words:
        return []
    heard = [word.word for word in words]
    unknown = heard.count(UNKNOWN)
    sure, known = _sureness(words)
    doubts = []
    if known and sure < SURE:
        doubts.append(f"the machine is {sure:.0%} sure of its words")
    if 1 - known > MOST_UNKNOWN or (doubts and unknown > FOREIGN * len(heard)):
        doubts.append(f"{unknown} of {len(heard)} are not known to it: another language?")
    if FILLERS.issuperset(heard):
        said = " ".join(heard[:5]).replace(UNKNOWN, UNCLEAR)
        doubts = [f"only “{said}” was heard"]
    return doubts


def _sureness(words: Sequence[Word]) -> tuple[float, float]:
    """How sure the machine is of the words it knows, and their share of the time spoken.

    Unknown words are left out of the first: it is very sure that it does not know them, and
    that certainty made clicks on the line pass for words.
    """
    known = [word for word in words if word.word != UNKNOWN]
    time = sum(word.end - word.start for word in known)
    all_time = sum(word.end - word.start for word in words)
    weighed = sum((word.end - word.start) * word.confidence for word in known)
    return (weighed / time if time else 0.0), (time / all_time if all_time else 0.0)


def _mostly(what: str, share: float, most: float) -> str | None:
    return f"{share:.0%} of what was heard is {what}, not a voice" if share > most else None


def _quiet(peak_db: float) -> str | None:
    quiet = f"very quiet: {-peak_db:.0f} dB below the loudest that can be recorded"
    return quiet if peak_db < QUIET_DB else None


def _clipped(level: Level) -> str | None:
    return f"too loud: {level.clipped:.0%} is distorted" if level.clipped > MOST_CLIPPED else None


def length(seconds: float) -> str:
    """A length as staff read it."""
    return f"{seconds:.0f} s" if seconds >= 1 else f"{seconds:.1f} s"


def join(reasons: Sequence[str | None]) -> str | None:
    """One reason of several; None of none."""
    return "; ".join(reason for reason in reasons if reason) or None
