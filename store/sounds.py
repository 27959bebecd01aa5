"""What opens at a place: whether the sound there is whole, and which key seals it."""

import hashlib
from dataclasses import dataclass

from store.place import Place
from store.recordings import SealedAudio
from store.seal import CannotOpen, Seal


@dataclass(frozen=True)
class Sound:
    """The plain sound's checksum, and whether the newest key seals it."""

    checksum: str
    newest: bool


def sound(place: Place, key: str, seal: Seal) -> Sound | None:
    """None where there is nothing, or nothing that one of our keys opens whole."""
    try:
        with SealedAudio(place, key, seal) as opened:
            newest = seal.is_newest_sound(opened.header)
            return Sound(hashlib.sha256(opened.readall()).hexdigest(), newest)
    except (FileNotFoundError, CannotOpen):
        return None
