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
    at = 12
    for _ in range(MOST_CHUNKS if data.startswith(RIFF) else 0):
        name, size = data[at : at + 4], _number(data, at + 4)
        if name == b"data":
            # Behind an empty sound the name of the next chunk may follow.
            unclosed = size == 0 and not data[at + 8 : at + 12].isalpha()
            return data[: at + 4] + TO_THE_END + data[at + 8 :] if unclosed else data
        at += 8 + size + size % 2
    return data


def promises_more(data: bytes) -> bool:
    """Whether the size in a WAV file's first line is more than arrived (by a padding byte)."""
    return data.startswith(RIFF) and len(data) + 1 < _number(data, 4) + 8 < STREAMED


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")
