"""A yes to "May we text you back?" in other words than "1" or "yes", or how and when to ring. Pure.

Of a yes nothing is guessed: "you can text me" is one, "call me old fashioned" is none.
"""

import re
from functools import cache
from itertools import dropwhile

from dialogue import wishes
from dialogue.digits import digit
from dialogue.plain import begins_with, either, plain, plain_ones
from dialogue.reading import Reading
from dialogue.script import Script
from dialogue.signals import stands


def agrees(script: Script, language: str, text: str) -> bool:
    """Whether a text begins with it that we may: "yes you can text me, but only after six"."""
    words = script.words[language]
    reading, said = words.reading, f"{plain(text)} "
    noes = {word for word in said.split() if word in reading.noes and digit(word) is None}
    if noes or stands(words, reading.others, said):
        return False
    ahead = reading.pleading | single(script, language, "yes")
    parts = (_behind(ahead, part) for part in wishes.PARTS.split(text))
    told = next(filter(str.strip, parts), "")
    return begins_with(told, reading.may) or _bids(reading, told)


def welcome(script: Script, language: str, text: str) -> bool:
    """Whether a text also says to ring or text, or when: "after 2", but not "he is in after 2"."""
    words, asks = script.words[language], _asks(script.words[language].reading)
    parts = [plain(part) for part in wishes.PARTS.split(text)]
    if any(asks.search(part) or _when(words.reading).fullmatch(part) for part in parts):
        return True
    said = f"{plain(text)} "
    others = stands(words, words.reading.others, said)
    return not others and _times(words.reading).search(said) is not None


def single(script: Script, language: str, option: str) -> frozenset[str]:
    words = script.question(language, "contact").options[option].words
    return frozenset(word for word in plain_ones(words) if " " not in word)


def _behind(ahead: frozenset[str], part: str) -> str:
    """The plain words of a part behind a yes or a plea, with a space behind each."""
    return "".join(f"{word} " for word in dropwhile(ahead.__contains__, plain(part).split()))


def _bids(reading: Reading, told: str) -> bool:
    """Whether somebody bids us text or ring, and nothing else: "text me back please"."""
    return not set(told.split()) & reading.may_if and _bid(reading).match(told) is not None


@cache
def _asks(reading: Reading) -> re.Pattern[str]:
    """How somebody tells us to ring or text, in the plain words of a part of what they say."""
    ahead, ways = (
        (*reading.pleading, *reading.instead),
        reading.may + reading.bid + reading.any_time,
    )
    return re.compile(rf"(?:^|\b(?:{either(ahead)}) )(?:{either(ways)})\b")


@cache
def _when(reading: Reading) -> re.Pattern[str]:
    """A part of the day and nothing else beside a no: "nah evenings only"."""
    times, noes, joins = map(either, (reading.day_parts, reading.noes, reading.instead))
    return re.compile(rf"(?:(?:{noes}) )?(?:(?:{joins}) )*(?:{times})(?: (?:{joins}))*")


@cache
def _bid(reading: Reading) -> re.Pattern[str]:
    """How somebody bids us, in the plain words of a part, with a space behind each."""
    ways, ends, joins = map(either, (reading.bid, reading.may_end, reading.instead))
    when, numbered = either(reading.only_when + reading.any_time), either(reading.may_on)
    time = rf"(?:(?:{joins}) )*(?:(?:{when}) |(?:{numbered}) \d)"
    return re.compile(rf"(?:{ways}) (?:(?:{ends}) )*(?:$|{time})")


@cache
def _times(reading: Reading) -> re.Pattern[str]:
    """An hour of the day, but not "after 2 weeks"."""
    hours, counts = either(reading.hours), either(reading.counted)
    return re.compile(rf"\b(?:{hours}) \d+(?!\d| (?:{counts}) )")
