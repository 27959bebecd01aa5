"""Letters as both databases read them alike, and back as people wrote them. Pure.

PostgreSQL takes "A&E" for an entity, "and/or" for a path and, in some locales, a curly quote for a
letter; both leave emoji out, and neither knows where a Chinese word ends. So a sign is stored as
control characters that are nothing to either, and an emoji, or a letter of a script without spaces,
as a word of its own.
"""

import re
import unicodedata

# Arabic letters that keyboards write in two ways, and strokes that most people leave out.
ONE_WAY = {ord("ي"): "ی", ord("ى"): "ی", ord("ك"): "ک", 0x0640: "", 0x0670: ""}
ONE_WAY |= dict.fromkeys(range(0x064B, 0x0660), "")
# Where highlights begin and end, and what is used here: nobody types these.
CONTROLS = {code: " " for code in range(32) if code not in (9, 10, 13)}
ODD = re.compile("[&<>/.@:=?_#~%+-]|[^\x00-\x7f]")
# Thai, Lao, Burmese, Khmer, Japanese, Chinese: scripts without spaces between words.
NO_SPACES = re.compile(
    "[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3100-\u312f\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
EIGHTS, SIGN = "\x10\x11\x12\x13\x14\x15\x16\x17", re.compile("\x0e([\x10-\x17]+)\x0f")
WORD = re.compile("\x01(\x02?)u([0-9a-f]{2,6})(\x03?)\x01")
INTO = str.maketrans("01234567", EIGHTS)
BACK = str.maketrans(EIGHTS, "01234567")
LEFT = re.compile("[\x00\x01\x04-\x08\x0b\x0c\x0e-\x1f]")


def stored(text: str) -> str:
    """Words as they are indexed and asked for."""
    plain = unicodedata.normalize("NFC", text.translate(CONTROLS)).translate(ONE_WAY)
    return ODD.sub(lambda found: _stored(found[0]), plain)


def shown(around: str) -> str:
    """What a database gives back of stored words, as people wrote it; marks of hits stay."""
    signs = SIGN.sub(lambda found: chr(int(found[1].translate(BACK), 8)), around)
    words = WORD.sub(lambda found: f"{found[1]}{chr(int(found[2], 16))}{found[3]}", signs)
    return LEFT.sub("", words)


def _stored(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind == "So" or (NO_SPACES.match(letter) and kind[0] in "LM"):
        return f"\x01u{ord(letter):x}\x01"
    return letter if kind[0] in "LMN" and letter != "\ufe0f" else _sign(letter)


def _sign(letter: str) -> str:
    return f"\x0e{format(ord(letter), 'o').translate(INTO)}\x0f"
