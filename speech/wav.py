"""The sizes that a WAV file claims for itself, which are not always true."""

RIFF = b"RIFF"
STREAMED = 0x7FFF0000  # writers that cannot go back put this or more where the size should be
TO_THE_END = b"\xff\xff\xff\xff"
MOST_CHUNKS = 10_000  # before the sound; writers put a few


def closed(data: bytes) -> bytes:
    """The file as its writer would have closed it.

    Some put 0 for the size of the sound until they know it, and a call that breaks off ends them
    first: then whatever follows is the sound.
    """
    at = _sound(data)
    # Behind an empty sound the name of the next chunk may follow.
    if at is None or _number(data, at + 4) or data[at + 8 : at + 12].isalpha():
        return data
    return data[: at + 4] + TO_THE_END + data[at + 8 :]


def promises_more(data: bytes) -> bool:
    """Whether a WAV file says that it is longer than what arrived (by a padding byte).

    The size in its first line counts; where its writer put none there, the sound's own does.
    """
    at = 0 if 0 < _number(data, 4) < STREAMED else _sound(data)
    if at is None or not data.startswith(RIFF):
        return False
    return len(data) + 1 < at + 8 + _number(data, at + 4) < STREAMED


def _sound(data: bytes) -> int | None:
    """Where the chunk with the sound begins; None where there is none."""
    at = 12
    for _ in range(MOST_CHUNKS if data.startswith(RIFF) else 0):
        name, size = data[at : at + 4], _number(data, at + 4)
        if name == b"data":
            return at
        at += 8 + size + size % 2
    return None


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")
