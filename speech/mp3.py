"""The frames of an MP3 file, counted one by one.

libsndfile believes what the first frame says of their number, or guesses it from that frame's size:
of a file whose frames differ in size, or of two files in one, the rest was never heard.
"""

import re
import struct
from dataclasses import dataclass
from itertools import islice

STARTS = (b"ID3", b"\xff")  # a tag before the sound, or a frame of it
# So a frame of layer 3 begins (ISO 11172-3, 13818-3): MPEG 2.5, 2 or 1, with a checksum or without,
# and with a bit rate and a sample rate of the tables.
BEGINS = re.compile(rb"\xff(?=[\xe2\xe3\xf2\xf3\xfa\xfb][\x10-\xef])")
MPEG_1, MONO = 3, 3
RATES = {MPEG_1: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
KBPS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
KBPS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
# In place of sound the first frame may hold a table: one of these names, flags, and for flags 1 and
# 2 the numbers of frames and of bytes; or another table, which has its own form and place.
TABLE, NUMBERS = re.compile(rb"(?:Xing|Info)\0\0\0([\0-\x0f]).{8}", re.DOTALL), 3
OTHER_TABLE, ITS_PLACE = b"VBRI", slice(36, 40)
MOST_FALSE = 100_000  # beginnings without a frame, looked at in a row: a third of a second


@dataclass(frozen=True)
class Counted:
    """`data`: the frames without what lies between them, and first a table with their true number.

    It is empty where there is a table and no sound.

    `cut_short`: the file's own table promised more, or the last frame is not whole. `goes_on`:
    what follows is of another rate or other channels, and not in `data`.
    """

    data: bytes
    cut_short: bool
    goes_on: bool


def counted(data: bytes) -> Counted | None:
    """The frames of an MP3 file; None where there are not even two in a row."""
    start = _first(data, _behind_tag(data))
    start = _first(data, 0) if start is None else start
    if start is None:
        return None
    kind, parts, number, cut = _kind(data, start), [], 0, False
    while start is not None and _kind(data, start) == kind:
        end, more = _run(data, start)
        parts.append(data[start:end])
        number, cut = number + more, _begins(data, end, kind)
        start = _first(data, end)
    frames, promised = _with_table(b"".join(parts), number)
    return Counted(frames, cut or promised > number, goes_on=start is not None)


def _behind_tag(data: bytes) -> int:
    """Where an ID3 tag says that it ends: a picture in it may look like sound."""
    if not data.startswith(b"ID3"):
        return 0
    size = 0
    for seven_bits in data[6:10]:
        size = size << 7 | seven_bits & 0x7F
    return 10 + size


def _first(data: bytes, at: int) -> int | None:
    """Where two frames of one kind follow each other, or one ends the data."""
    for found in islice(BEGINS.finditer(data, at), MOST_FALSE):
        end = found.start() + _size(data, found.start())
        if end == len(data) or _begins(data, end, _kind(data, found.start())):
            return found.start()
    return None


def _run(data: bytes, at: int) -> tuple[int, int]:
    """Where the frames end that follow each other from `at` on, and how many they are."""
    kind, number = _kind(data, at), 0
    while _begins(data, at, kind) and (end := at + _size(data, at)) <= len(data):
        at, number = end, number + 1
    return at, number


def _begins(data: bytes, at: int, kind: tuple[int, ...]) -> bool:
    return BEGINS.match(data, at) is not None and _size(data, at) > 0 and _kind(data, at) == kind


def _kind(data: bytes, at: int) -> tuple[int, ...]:
    """What stays the same in all the frames of a recording: version, sample rate, one channel."""
    return data[at + 1] >> 1, data[at + 2] >> 2 & 3, data[at + 3 : at + 4] >= b"\xc0"


def _size(data: bytes, at: int) -> int:
    """The bytes of the frame that begins at `at`; 0 for a sample rate that there is not."""
    version, kbps, rate = data[at + 1] >> 3 & 3, data[at + 2] >> 4, data[at + 2] >> 2 & 3
    if rate == 3:
        return 0
    bits = 144_000 * KBPS_1[kbps] if version == MPEG_1 else 72_000 * KBPS_2[kbps]
    return bits // RATES[version][rate] + (data[at + 2] >> 1 & 1)


def _with_table(frames: bytes, number: int) -> tuple[bytes, int]:
    """The frames with a true table before them, and the number that the file's own promised.

    None from a file's own table alone: a call that broke off at once.
    """
    first = frames[: _size(frames, 0)]
    own = TABLE.search(first, 4, 64)
    if own and own[1][0] & NUMBERS == NUMBERS:
        numbers = own.end() - 8
        promised = struct.unpack_from(">I", first, numbers)[0]
        told = bytearray(frames)
        struct.pack_into(">II", told, numbers, number - 1, len(frames))
        return bytes(told) if number > 1 else b"", promised + 1
    if own or first[ITS_PLACE] == OTHER_TABLE:
        frames, number = frames[len(first) :], number - 1
    return _table(frames, number) + frames if frames else b"", 0


def _table(frames: bytes, number: int) -> bytes:
    """A frame of silence and 64 kbit/s, as large as the table needs; its sound is skipped."""
    version = frames[1] >> 3 & 3
    # Its bit rate, by its place in the list of its version, and the bytes between header and sound
    # (side information), where the table stands: fewer for one channel and for MPEG 2.
    kbps, side = (5, 32) if version == MPEG_1 else (8, 17)
    if frames[3] >> 6 == MONO:
        side = 17 if version == MPEG_1 else 9
    # The first frame's own header, without a checksum (the 1), with that rate and no padding.
    head = bytes((0xFF, frames[1] | 1, kbps << 4 | frames[2] & 0x0C, frames[3]))
    size = _size(head, 0)
    table = b"Xing" + struct.pack(">III", NUMBERS, number, size + len(frames))
    return (head + bytes(side) + table).ljust(size, b"\0")
