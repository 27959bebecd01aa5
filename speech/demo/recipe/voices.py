"""The synthetic callers: which voices train, which tune, which test, and how each is made to speak.

Every voice is Debian's, but two of PyPI's (`neural.py`). A voice of one part is in no other:
espeak-ng's variants (the throat) are dealt out, its accents are shared, but one (en-us-nyc) is kept
for the test alone. So is mbrola as a whole, and those voices of RHVoice's whose licence allows no
work made from them.
"""

import random
import re
import subprocess
import tempfile
import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt

from . import neural

Samples = npt.NDArray[np.float32]
Voice = tuple[str, ...]  # the program, then what it is told

ACCENTS = ["en-gb", "en-gb-x-rp", "en-gb-x-gbclan", "en-gb-x-gbcwmd", "en-gb-scotland"]
ACCENTS += ["en-us", "en-029"]  # General American, Caribbean
UNHEARD = "en-us-nyc"
VARIANTS = {
    "test": "f4 m5 linda edward klatt3 grandma pablo steph2 Lee quincy".split(),
    "dev": "f2 m3 Andrea boris klatt2 steph".split(),
    "train": """Alex Alicia Andy Annie AnxiousAndy Denis Diogo Gene Gene2 Henrique Hugo Jacky Marco
        Mario Michael Mike Nguyen RicishayMax RicishayMax2 RicishayMax3 adam anika announcer antonio
        aunty belinda benjamin caleb david ed edward2 f1 f3 f5 grandpa gustave iven iven2 iven3
        iven4 john klatt klatt4 klatt5 klatt6 m1 m2 m4 m6 m7 m8 marcelo max michel miguel norbert
        paul pedro rob robert sandro shelby steph3 travis victor zac""".split(),
}
# Voices cut or learnt from recordings of people, some more often than others.
NATURAL: dict[str, list[Voice]] = {
    "train": [
        *[("rhvoice", name) for name in ("alan", "bdl", "clb", "slt")] * 2,
        *[("flite", "slt"), ("flite", "awb"), ("pico", "en-GB")] * 2,
        *[("festival", "voice_ked_diphone"), ("festival", "voice_cmu_us_slt_arctic_hts")],
        *[("rhvoice", "bdl"), ("festival", "voice_ked_diphone")],  # American men are few
        *[("neural", "joe"), ("neural", "heart")] * 2,
    ],
    "dev": [("flite", "kal16")],
    "test": [("flite", "rms")],
    "strangers": [
        *[("mbrola", name) for name in ("mb-en1", "mb-us1", "mb-us2", "mb-us3")],
        *[("rhvoice", "evgeniy-eng"), ("rhvoice", "lyubov"), ("pico", "en-US")],
        ("festival", "voice_rab_diphone"),
    ],
}
NATURAL_SHARE = {"train": 0.5, "dev": 0.3, "test": 0.3, "strangers": 1.0}
PITCH = {"slt": 170, "awb": 130, "kal16": 105, "rms": 100}  # hertz, each voice's own
LETTER = re.compile(r"(?<![\w'])[b-z](?![\w'])|(?<=\b[a-z] )a\b(?= [b-z]\b)|\ba(?= and e\b| m\b)")


def choose(part: str, rng: random.Random) -> Voice:
    """A voice of one part, now and then one that is learnt from a person."""
    if rng.random() < NATURAL_SHARE[part]:
        return rng.choice(NATURAL[part])
    accents = [*ACCENTS, "en-gb", UNHEARD if part == "test" else "en-gb"]
    return "espeak", rng.choice(accents), rng.choice(VARIANTS[part])


def speak(text: str, voice: Voice, rng: random.Random) -> tuple[Samples, int]:
    """`text` in a voice, at a pace and pitch that are drawn: samples and their rate."""
    told = LETTER.sub(lambda match: match[0].upper(), text)
    if voice[0] == "neural":
        return neural.VOICES[voice[1]](told, rng)
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:  # memory, not disk
        file = Path(folder) / "said.wav"
        command, typed = COMMANDS[voice[0]](told, voice, str(file), rng)
        subprocess.run(command, input=typed, capture_output=True, check=True, timeout=60)
        with wave.open(str(file)) as said:
            samples = np.frombuffer(said.readframes(said.getnframes()), np.int16)
            return samples.astype(np.float32), said.getframerate()


Told = tuple[list[str], bytes | None]  # a command, and what is typed to it


def _espeak(text: str, voice: Voice, file: str, rng: random.Random) -> Told:
    speed, pitch = int(rng.triangular(115, 215, 155)), rng.randint(15, 85)
    gap = ["-g", str(rng.randint(1, 4))] if rng.random() < 0.15 else []
    named = ["espeak-ng", *gap, "-v", f"{voice[1]}+{voice[2]}", "-s", str(speed), "-p", str(pitch)]
    return [*named, "-w", file, text], None


def _flite(text: str, voice: Voice, file: str, rng: random.Random) -> Told:
    stretch, pitch = rng.uniform(0.8, 1.25), PITCH[voice[1]] * rng.uniform(0.75, 1.35)
    settings = (f"duration_stretch={stretch:.3f}", f"int_f0_target_mean={pitch:.1f}")
    named = ["flite", "-voice", voice[1], *(x for each in settings for x in ("--setf", each))]
    return [*named, "-t", text, "-o", file], None


def _festival(text: str, voice: Voice, file: str, rng: random.Random) -> Told:
    stretch = f"(Parameter.set 'Duration_Stretch {rng.uniform(0.8, 1.25):.3f})"
    said = f'(utt.save.wave (utt.synth (Utterance Text "{text}")) "{file}" \'riff)'
    return ["festival", "--pipe"], f"({voice[1]})\n{stretch}\n{said}\n".encode()


def _rhvoice(text: str, voice: Voice, file: str, rng: random.Random) -> Told:
    rate, pitch = rng.randint(80, 130), rng.randint(75, 130)
    named = ["RHVoice-test", "-p", voice[1], "-r", str(rate), "-t", str(pitch)]
    return [*named, "-o", file], text.encode()


def _pico(text: str, voice: Voice, file: str, rng: random.Random) -> Told:
    settings = f'<speed level="{rng.randint(80, 125)}"><pitch level="{rng.randint(80, 130)}">'
    return ["pico2wave", "-l", voice[1], "-w", file, f"{settings}{text}</pitch></speed>"], None


def _mbrola(text: str, voice: Voice, file: str, rng: random.Random) -> Told:
    speed, pitch = int(rng.triangular(115, 215, 155)), rng.randint(25, 75)
    named = ["espeak-ng", "-v", voice[1], "-s", str(speed), "-p", str(pitch)]
    return [*named, "-w", file, text], None


COMMANDS = {
    "espeak": _espeak,
    "flite": _flite,
    "festival": _festival,
    "rhvoice": _rhvoice,
    "pico": _pico,
    "mbrola": _mbrola,
}
