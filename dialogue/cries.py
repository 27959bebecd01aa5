"""Whether a no to our texts is a cry for life, too: "no I want to die". Pure.

Who asks us not to text asks for it; of a cry the rota hears, and is to answer.
"""

import re
from collections.abc import Sequence
from functools import cache

from dialogue.plain import either, gist, plain
from dialogue.reading import Reading
from dialogue.refusals import only_unsafe, refused
from dialogue.script import Script
from dialogue.signals import stands

LEADS_UP = 3  # words: "hes going to kill me"


def cries(script: Script, language: str, text: str, reasons: Sequence[str], asked: bool) -> bool:
    """Whether a refusal that is R1 is a cry, too, and for which reasons: words of its own, that are
    not the refusal's alone ("please dont text me he is back"), or else what it sounds like. Where
    we asked, either counts if it is not of others: "no I want to die", but not "no he will kill me
    if he sees": the rota hears of it, and he would see our text."""
    said = plain(text)
    own = [plain(one) for one in reasons if plain(one) in said]
    if asked and not own and only_unsafe(script, language, text):
        return False
    if not own:
        heard = refused(script, language, text) or _of_others(script, language, said, text)
        return not (asked and heard)
    alone = [one for one in own if _more(script, language, one)]
    return any(not (asked and _of_others(script, language, said, one)) for one in alone)


def _more(script: Script, language: str, one: str) -> bool:
    """Whether a listed phrase is more than a refusal, and not of others: "stop texting me i want to
    die" was one phrase, and got no answer."""
    if not refused(script, language, one):
        return True
    words = script.words[language]
    left = _refusal(words.reading).sub(" ", gist(script, language, one)).split()
    others = stands(words, words.reading.others, f"{' '.join(left)} ")
    return not others and not set(left) <= set(words.reading.lasting)


@cache
def _refusal(reading: Reading) -> re.Pattern[str]:
    """A refusal, and what only pleads or says for how long, among the words that matter."""
    ways = map(plain, (*reading.leave_me, *reading.phone_unsafe, *reading.meant_no))
    beside = reading.pleading | reading.for_good
    return re.compile(rf"\b(?:{either(ways)}|{either(beside)})\b")


def _of_others(script: Script, language: str, said: str, one: str) -> bool:
    """Whether words of a text are about others, themselves or by what leads up to them."""
    if not plain(one):  # a picture
        return False
    words, (ahead, here, _) = script.words[language], said.partition(plain(one))
    told = f"{' '.join(ahead.split()[-LEADS_UP:])} {here} "
    return stands(words, words.reading.others, told.lstrip())
