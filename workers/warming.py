"""Makes ready before the fork what a first job would make ready: every hand then shares it."""

import ctypes
from contextlib import suppress

from sqlalchemy.orm import configure_mappers

from dialogue import signals
from speech.hearing import hear
from speech.reading import read
from triage import urgency
from workers.room import Room

# Two seconds of a WAV file, 8 kHz and 16 bits, of a soft hum: no word is in it, and it is long
# enough for silences to be looked for.
HEADER = bytes.fromhex(
    "52494646247d0000 57415645 666d7420 10000000 0100 0100 401f0000 803e0000 0200 1000"
    "64617461 007d0000"
)
HUM = HEADER + bytes(range(250)) * 128
SAID = "the nurse was kind but nobody told me anything for nine hours on monday"


def warm(room: Room) -> None:
    """One hearing in each model, one look for urgent phrases and signals; nothing is connected.

    What is known by meaning lies ready in its files, and in memory while somebody uses it
    (triage/meaning/kept.py): 33 MB less while nobody calls.
    """
    configure_mappers()
    for model in room.models.values():
        if model:
            hear(model, HUM)
    for ear in room.urgent.values():
        urgency.tier(ear.phrases, SAID, unclear=True)
    for tier in (None, "R1"):
        signals.found(room.script, SAID, tier)
    read(SAID.split())
    give_back()


def give_back() -> None:
    """What was freed goes back to the system at once: glibc would keep it for this process."""
    with suppress(AttributeError):  # other systems have no such call, and need none
        ctypes.CDLL(None).malloc_trim(0)
