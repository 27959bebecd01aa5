"""Checks that no word means two things: two options of a question, or two keywords. Pure."""

from collections.abc import Iterable, Iterator, Mapping

from dialogue.answers import ORDER
from dialogue.plain import matter, plain
from dialogue.script import Script


def problems(script: Script, language: str) -> Iterator[str]:
    """Each word that would be taken for one thing where the person meant the other."""
    for key in (*ORDER, "safe"):
        options = script.asked(language, key).options
        said = {
            option: [
                " ".join(matter(script, language, way)) for way in (*choice.words, choice.text)
            ]
            for option, choice in options.items()
        }
        yield from _shared(f"questions.{key}.options", said)
    keywords = dict(script.words[language].keywords)
    yield from _shared("keywords", {word: map(plain, ways) for word, ways in keywords.items()})


def _shared(where: str, said: Mapping[str, Iterable[str]]) -> Iterator[str]:
    known: dict[str, str] = {}
    for key, ways in said.items():
        for way in filter(None, ways):
            if known.setdefault(way, key) != key:
                yield f"{where}: {way!r} stands under both {known[way]} and {key}"
