"""Whether a no to our texts is a cry for life, too: "no I want to die". Pure.

Who asks us not to text asks for it; of a cry the rota hears, and is to answer.
"""

from collections.abc import Sequence

from dialogue.plain import plain
from dialogue.refusals import only_unsafe, refused
from dialogue.script import Script
from dialogue.signals import stands

LEADS_UP = 3  # words: "hes going to kill me"


def cries(script: Script, language: str, text: str, reasons: Sequence[str], asked: bool) -> bool:
    """Whether a refusal that is R1 is a cry, too, and for which reasons: words of its own, that are
    not the refusal's ("please dont text me he is back"), or else what it sounds like. Where we
    asked, either counts if it is not of others: "no I want to die", but not "no he will kill me if
    he sees": the rota hears of it, and he would see our text."""
    said = plain(text)
    own = [plain(one) for one in reasons if plain(one) in said]
    if asked and not own and only_unsafe(script, language, text):
        return False
    if not asked:
        return not own or any(not refused(script, language, one) for one in own)
    return any(
        not refused(script, language, one) and not _of_others(script, language, said, one)
        for one in own or [text]
    )


def _of_others(script: Script, language: str, said: str, one: str) -> bool:
    """Whether words of a text are about others, themselves or by what leads up to them."""
    if not plain(one):  # a picture
        return False
    words, (ahead, here, _) = script.words[language], said.partition(plain(one))
    told = f"{' '.join(ahead.split()[-LEADS_UP:])} {here} "
    return stands(words, words.reading.others, told.lstrip())
