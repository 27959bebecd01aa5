"""What the training voices read and the language model learns: sentences of our own, drawn.

`texts/sentences.txt` holds templates, `texts/classes.txt` what may stand in their slots,
`texts/words.txt` further words that the model shall know, each drawn alone; `texts/rare.txt`, for
the language model only, words that it shall just know. Its whole messages are in `written.py`.
"""

import random
import re
from functools import cache
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
SLOT = re.compile(r"\{(\w+)\}")
CHOICE = re.compile(r"\(([^()]*)\)")  # the innermost one first
AN = re.compile(r"\ba (?=[aeio]|x ray|ultra|n h s|m p\b)")
A = re.compile(r"\ban (?=[bcdfgjklmpqrstvwyz]|n(?! h s)|h(?!our|onest)|one\b)")


def lines(name: str) -> list[str]:
    """The lines of a text, without comments and empty ones."""
    read = (TEXTS / name).read_text().splitlines()
    return [line.strip() for line in read if line.strip() and not line.startswith("#")]


@cache
def classes() -> dict[str, list[str]]:
    """What may stand in each slot."""
    split = (line.split(" = ", 1) for line in lines("classes.txt"))
    return {name: alternatives.split("|") for name, alternatives in split}


@cache
def templates() -> tuple[list[str], list[float]]:
    """The templates, and how often each is drawn."""
    found = [re.fullmatch(r"(?:([\d.]+) )?(.+)", line) for line in lines("sentences.txt")]
    read = [(match[2], float(match[1] or 1)) for match in found if match]
    return [template for template, _ in read], [weight for _, weight in read]


def fill(template: str, rng: random.Random) -> str:
    """One sentence of a template."""
    text = template
    while match := SLOT.search(text) or CHOICE.search(text):
        alternatives = classes()[match[1]] if match[0][0] == "{" else match[1].split("|")
        text = text[: match.start()] + rng.choice(alternatives) + text[match.end() :]
    text = A.sub("a ", AN.sub("an ", text)).replace("the the ", "the ")
    return " ".join(text.split())


def sentence(rng: random.Random) -> str:
    """A sentence as somebody might say it of care."""
    texts, weights = templates()
    return fill(rng.choices(texts, weights)[0], rng)


def number(rng: random.Random) -> str:
    """Digits in a row, as people say a telephone or reference number."""
    count = rng.choice([1, 2, 3, 4, 5, 5, 6, 7, 10, 11])
    return " ".join(fill("{dig}", rng) for _ in range(count))


@cache
def vocabulary() -> list[str]:
    """Every word that a template, a class or `words.txt` holds, in order."""
    texts = [*templates()[0], *(text for texts in classes().values() for text in texts)]
    plain = " ".join(re.sub(r"[(){}|]", " ", SLOT.sub(" ", text)) for text in texts)
    return sorted({*plain.split(), *" ".join(lines("words.txt")).split(), "a", "an"})
