"""What shows by its form: e-mail, web addresses, handles, accounts.

Also dates, times and money, which stay.
"""

import re
from collections.abc import Iterator, Sequence

from triage.redaction.plain import Piece
from triage.redaction.rules import Rules

Span = tuple[int, int, str]  # in plain letters

EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,64}"
    r"(?:(?:@|\s@\s|\s?[\[(]at[\])]\s?)[\w-]{1,63}(?:\.[\w-]{1,24}){1,5}|@[a-z][\w-]{1,63})"
)
LINK = re.compile(
    r"(?:https?://|(?<!\w)www\.)[^\s<>\"]{1,500}"
    r"|(?<![\w.@-])[\w-]{2,40}(?:\.[\w-]{2,40}){0,3}\.(?:com|org|net|info|co\.uk|org\.uk|me\.uk|io)"
    r"(?![\w.])(?:/[^\s<>\"]{0,300})?"
)
# ISO 13616: a country, two digits that check it, up to 30 signs in fours.
IBAN = re.compile(r"(?<!\w)[a-z]{2}\d\d(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,3})?(?!\w)")
BOX = re.compile(r"(?<!\w)p\.?\s?o\.?\s?box\s\d{1,6}")
HANDLE = re.compile(r"(?<![\w@.])(?:@[\w.]{2,40}|[a-z0-9]{1,30}(?:_[a-z0-9]{1,30}){1,4}(?!\w))")
DATE = re.compile(
    r"(?<!\d)(?:[0-3]?\d([/.-])[01]?\d\1(?:\d{4}|\d\d)|[01]?\d/[0-3]?\d/\d\d|(?:19|20)\d\d([/.-])\d{1,2}\2\d{1,2})(?!\d)"
)
OLD = r"(?:19\d\d|200\d|201[0-5])"  # so long ago that nobody tells of a visit
OLD_DATE = re.compile(
    r"(?<![\d/.-])\d{1,2}([/.-])\d{1,2}\1(?:[3-9]\d|0\d|1[0-5])(?![\d/.-])"  # "12/8/61"
    r"|(?<![\d/.-])(?:\d{1,2}([/.-])\d{1,2}\2|\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?[a-z]{3,9},?\s)"
    rf"{OLD}(?!\d)"
    rf"|(?<![\d/.-])\d{{1,2}}\s(?:i{{1,3}}|i[vx]|vi{{0,3}}|xi{{0,2}})\s{OLD}(?!\d)"  # Polish
    rf"|(?<!\d){OLD}-\d\d-\d\d(?!\d)"
)
# A house and its street: what stands between a number and a postcode.
HOUSE = re.compile(
    r"(?<![\w/.:])\d{1,4}[a-z]?,?\s((?:[a-z']{2,20},?\s){1,5})"
    r"(?=[a-z]{1,2}\d[a-z\d]?\s?\d[abd-hjlnp-uw-z]{2}(?!\w))"
)
STAYS = re.compile(
    r"(?<![\d.])\d{1,2}[:.]\d\d(?![\d]|[ -]?\d{3})(?:\s?[ap]m)?"  # times, money, doses
    r"|[£$€]\s?\d[\d,.]*"
    r"|(?<!\d)\d{1,3}(?:,\d{3})+(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d\s?[-/]\s?(?:(?:19|20)\d\d|\d\d)(?![\d-])"
    r"|(?<!\d)\d{1,3}\s?/\s?\d{1,3}(?![\d/])"
    r"|(?<!\d)\d{1,7}(?:\.\d{1,4})?\s?(?:mg|ml|mcg|kg|cm|mm|%)"
)
END = ".,;:!?)'\""


def written(rules: Rules, text: str) -> Iterator[Span]:
    """E-mail and web addresses in a plain text."""
    for match in EMAIL.finditer(text):
        yield match.start(), match.start() + len(match[0].rstrip(END)), "email"
    for match in IBAN.finditer(text):
        if _account(re.sub(r"\W", "", match[0])):
            yield match.start(), match.end(), "bank"
    for match in BOX.finditer(text):
        yield match.start(), match.end(), "address"
    for match in HOUSE.finditer(text):
        if rules.streets["not_street"].isdisjoint(re.findall(r"[a-z']+", match[1])):
            yield match.start(), match.start() + len(match[0].rstrip(", ")), "address"
    for match in OLD_DATE.finditer(text):  # nobody tells of a visit then: somebody was born
        yield match.start(), match.end(), "birth"
    for pattern in (LINK, HANDLE):
        for match in pattern.finditer(text):
            said = match[0].rstrip(END)
            host = re.sub(r"^https?://", "", said).split("/")[0].removeprefix("www.")
            public = any(host == ours or host.endswith(f".{ours}") for ours in rules.web["stays"])
            if not public:
                yield match.start(), match.start() + len(said), "web"


def _account(chars: str) -> bool:
    """Whether signs pass the check of an international account: modulo 97 (ISO 13616)."""
    return int("".join(str(int(c, 36)) for c in chars[4:] + chars[:4])) % 97 == 1


def held(pieces: Sequence[Piece], places: Sequence[tuple[int, int]]) -> list[bool]:
    """Which words lie within the given places (start, end; in order, in what was written)."""
    found = [False] * len(pieces)
    at = 0
    for start, end in places:
        while at < len(pieces) and pieces[at].end <= start:
            at += 1
        while at < len(pieces) and pieces[at].start < end:
            found[at] = True
            at += 1
    return found
