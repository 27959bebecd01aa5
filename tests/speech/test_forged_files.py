"""Files made by hand: odd ones that players play are heard, forged ones are refused, both soon."""

import gzip
import struct
import time

import numpy as np
import pytest
from tape import file, tone

from speech.audio import NotAudio, prove

TONE = tone(2, 300)
WAV = file(TONE)
DATA = WAV[44:]
MP3 = file(TONE, kind="MP3")
NOTHING = file(np.zeros(80_000, np.float32), kind="MP3")[288:]  # the first frame says how many
PCM_GUID = bytes.fromhex("0100000000001000800000aa00389b71")
ANY = np.random.default_rng(5).integers(0, 256, 500_000, np.uint8).tobytes()


def riff(*chunks: tuple[bytes, bytes], form: bytes = b"RIFF", size: int | None = None) -> bytes:
    """A RIFF file of these chunks; one that is data may lie about its size."""
    body = b"WAVE"
    for name, said in chunks:
        claimed = size if size is not None and name == b"data" else len(said)
        body += name + struct.pack("<I", claimed) + said + b"\0" * (len(said) % 2)
    return form + struct.pack("<I", size or len(body)) + body


def fmt(code: int = 1, rate: int = 8000, bits: int = 16, align: int = 2, extra: bytes = b""):
    """A `fmt ` chunk of one channel."""
    return b"fmt ", struct.pack("<HHIIHH", code, 1, rate, 2 * rate, align, bits) + extra


def wav(*first: tuple[bytes, bytes]) -> bytes:
    return riff(*first, (b"data", DATA))


HEARD = {
    "a thousand chunks of junk": wav(*[(b"JUNK", bytes(51))] * 1000, fmt()),
    "the extensible form": wav(fmt(0xFFFE, extra=struct.pack("<HHI", 22, 16, 4) + PCM_GUID)),
    "a block of three bytes": wav(fmt(align=3)),
    "a block of no bytes": wav(fmt(align=0)),
    "a script in a chunk": wav((b"JUNK", b"<script>alert(1)</script>"), fmt()),
    "a tag behind it": WAV + b"TAG" + bytes(125),
    "an MP3 in a WAV": riff(
        fmt(0x55, bits=0, align=1, extra=struct.pack("<HHIHHH", 12, 1, 2, 417, 1, 0)),
        (b"data", MP3),
    ),
    "tags before and behind": b"ID3\x04\0\0\0\0\x01\0" + bytes(128) + MP3 + b"APETAGEX" + bytes(24)
    + b"TAG" + bytes(125),
    "GSM": file(TONE, subtype="GSM610"),
    "infinities": file(np.full(16_000, np.inf), subtype="DOUBLE"),
}  # fmt: skip
REFUSED = {
    "2,000,000 chunks without anything": riff() + b"JUNK\0\0\0\0" * 2_000_000,
    "200,000 chunks and then a form": wav(*[(b"JUNK", b"")] * 200_000, fmt()),
    "an extensible form of nobody's": wav(fmt(0xFFFE, extra=struct.pack("<HHI", 22, 16, 4) * 3)),
    "RF64 of four exabytes": riff(
        (b"ds64", struct.pack("<QQQI", 2**62, 2**62, 2**61, 0)), fmt(), (b"data", DATA),
        form=b"RF64", size=0xFFFFFFFF,
    ),
    "sound before its form": riff((b"data", DATA), fmt()),
    "a form without sound": riff(fmt()),
    "sound of no bytes": riff(fmt(), (b"data", b"")),
    "no samples a second": wav(fmt(rate=0)),
    "no bits": wav(fmt(bits=0)),
    "65,535 bits": wav(fmt(bits=65_535)),
    "ADPCM in blocks of 65,535 bytes": wav(fmt(0x11, bits=4, align=65_535, extra=b"\2\0\xf9\1")),
    "big-endian": WAV.replace(b"RIFF", b"RIFX", 1),
    "noise after the first bytes of an MP3": b"\xff\xfb\x90\x00" + ANY,
    "noise after a tag": b"ID3\x03\0\0\0\0\0\0" + ANY,
    "4 hours of nothing in 14 MB": NOTHING * 1440,
    "AIFF": file(TONE, kind="AIFF"),
    "OGG": file(TONE, kind="OGG"),
    "FLAC": file(TONE, kind="FLAC"),
    "gzip": gzip.compress(WAV),
    "XML that grows": b"<?xml version='1.0'?><!DOCTYPE a [" + b"<!ENTITY b '&a;&a;'>" * 5000,
    "a program": b"\x7fELF" + ANY,
}  # fmt: skip


@pytest.mark.parametrize("what", HEARD)
def test_an_odd_file_is_heard_whole(what: str) -> None:
    assert prove(HEARD[what]).seconds == pytest.approx(2, abs=0.05)


@pytest.mark.parametrize("what", REFUSED)
def test_a_forged_file_is_refused_with_a_plain_reason(what: str) -> None:
    started = time.process_time()
    with pytest.raises(NotAudio) as refused:
        prove(REFUSED[what])
    assert 5 < len(refused.value.reason) < 100
    assert time.process_time() - started < 2
