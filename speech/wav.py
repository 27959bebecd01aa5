"""The sizes that a WAV file claims for itself, which are not always true."""

RIFF = b"RIFF"
STREAMED = 0x7FFF0000  # writers that cannot go back put this or more where the size should be
TO_THE_END = b"\xff\xff\xff\xff"
MOST_CHUNKS = 10_000  # before the sound; writers put a few


def closed(data: bytes) -> bytes:
    """The file as its writer would have closed it.

    Some put 0 for the size of the sound until they know it, or what there was some seconds ago,
    and a call that breaks off ends them first: then whatever follows is sound. Some forget the
    byte that makes a chunk even, and nobody finds the sound behind it.
    """
    at = _sound(data)
    if at is None:
        return data
    if at % 2:
        data, at = data[:at] + b"\0" + data[at:], at + 1
    size = _number(data, at + 4)
    if _ends(data, at + 8 + size + size % 2):
        return data
    return data[: at + 4] + TO_THE_END + data[at + 8 :]


def first(data: bytes) -> tuple[bytes, bool]:
    """The file up to a second sound, or a second file, that somebody put behind; whether one is.

    libsndfile refuses such a file, and what was said in the first would be heard by nobody.
    """
    at = _sound(data)
    size = _number(data, at + 4) if at is not None else 0
    if at is None or not size:
        return data, False
    end = at + 8 + size
    goes_on = data[end : end + 5].lstrip(b"\0").startswith((RIFF, b"data"))
    return (data[:end], True) if goes_on else (data, False)


def _ends(data: bytes, at: int) -> bool:
    """Whether the file ends here, or a chunk of another name begins, which may be cut off."""
    name, promised = data[at : at + 4], _number(data, 4)
    there = max(len(data), 8 + promised if promised < STREAMED else 0)
    begins = name.isascii() and name.decode("ascii").isprintable()
    return at + 8 > len(data) or (begins and at + 8 + _number(data, at + 4) <= there)


def promises_more(data: bytes) -> bool:
    """Whether a WAV file says that it is longer than what arrived (by a padding byte).

    The size in its first line counts; where its writer put none there, the sound's own does.
    """
    at = 0 if 0 < _number(data, 4) < STREAMED else _sound(data)
    if at is None or not data.startswith(RIFF):
        return False
    return len(data) + 1 < at + 8 + _number(data, at + 4) < STREAMED


def _sound(data: bytes) -> int | None:
    """Where the chunk with the sound begins; None where there is none. Each other one is even."""
    at = 12
    for _ in range(MOST_CHUNKS if data.startswith(RIFF) else 0):
        name, size = data[at : at + 4], _number(data, at + 4)
        if name == b"data":
            return at
        at += 8 + size
        at += size % 2 if data[at : at + 4] != b"data" else 0
    return None


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")
