"""Words to learn from: what each looks like among its neighbours, whether it is a name, its weight.

From the labelled sentences that are not blind, as they are and about other people (`swapped`), from
`frames.toml` filled, from what people say in danger (`triage.meaning`) and from stories.
"""

from collections.abc import Iterator

import numpy as np

from tests.redaction.labelled import RULES, Sentence, sentences
from tests.redaction.made import made
from triage.meaning.kept import Numbers
from triage.redaction.introduced import introduced
from triage.redaction.levels import Level, level
from triage.redaction.lists import OURS
from triage.redaction.plain import pieces, plain
from triage.redaction.reading import Reading, seen
from triage.redaction.recipe.swapped import swapped
from triage.redaction.said import Said

PARTS = (
    *("tuned", "held", "unseen", "traps", "fresh", "mended", "aloud", "ninth", "heard"),
    *("overheard", "eleventh", "twelfth", "thirteenth", "wider"),
)  # labelled by hand; blind parts are not among them
TIMES, OTHERS = 5, 3  # a frame is filled; a sentence is about other people
SURE, SWAPPED, FRAMED, OTHER_FRAMED = 1.0, 0.5, 0.4, 0.25  # how much each kind counts
TRAPS = 4  # how much more a word counts that may be a name
EACH = 2  # of the stories, to save time
FEW = 100  # words of a sentence
ORDINARY = """
the a an i you he she it we they me him her us them my your his its our their this that these
those and or but if of in on at to for with from by as is are was were be been am has have had do
does did not no so very too then than there here who what when where why how which can could would
should just all some any more most much many up down out off over about into after before again
one two three
"""
Example = tuple[Numbers, bool, float]  # what a word looks like, whether it is a name, its weight


class Unread(Reading):
    """A text whose words nobody reads yet: the weights are only being made."""

    def score(self, at: int) -> float:
        """On neither side."""
        return 0.0


def examples() -> Iterator[Example]:
    """Every word that something can be learnt from."""
    dice = np.random.default_rng(5)
    for part in PARTS:
        for sentence in sentences(part):
            yield from _words(sentence, SURE)
            for other in dict.fromkeys(swapped(sentence.marked, dice) for _ in range(OTHERS)):
                if other != sentence.marked:
                    yield from _words(Sentence(part, sentence.how, other), SWAPPED)
    for how, marked in made("learn", TIMES):
        yield from _words(Sentence("learn", how, marked), FRAMED)
        yield from _words(Sentence("learn", how, swapped(marked, dice)), OTHER_FRAMED)
    for line in _ordinary():
        yield from _words(Sentence("ordinary", "", line), SURE, marked=False)


def _ordinary() -> Iterator[str]:
    """Sentences whose names nobody has marked."""
    known = OURS.parent / "triage" / "meaning" / "known.en.txt"
    yield from (line.split("\t")[-1] for line in known.read_text("utf-8").splitlines())
    texts = OURS.parent / "speech" / "demo" / "recipe" / "texts"
    for name in ("stories", "sentences"):
        lines = (texts / f"{name}.txt").read_text("utf-8").splitlines()
        yield from (line for line in lines[::EACH] if line and line[0] != "#")


def _words(sentence: Sentence, much: float, marked: bool = True) -> Iterator[Example]:
    """Where nobody marked names, a sure one is one, and what is likely one counts for nothing."""
    some = pieces(sentence.text, plain(sentence.text))[:FEW]
    levels = [level(RULES, piece) for piece in some]
    said = Said(RULES, some, levels, Unread(RULES, some, levels))
    looks = seen(RULES, some, levels) if some else ()
    for at, (piece, look) in enumerate(zip(some, looks, strict=False)):
        kinds = [k for a, b, k in sentence.secrets if a <= piece.start < b]
        sure = levels[at] is Level.SURE
        name = "name" in kinds or (not marked and sure)
        doubt = not marked and levels[at] is not Level.WORD and _likely(said, at)
        given = piece.stem in RULES.names.given
        plain_word = piece.plain.isalpha() and (given or piece.plain not in ORDINARY.split())
        if name or (plain_word and not kinds and not doubt and (marked or not sure)):
            yield look, name, much * (TRAPS if given and not name else 1)


def _likely(said: Said, at: int) -> bool:
    return said.shown(at) or introduced(said, at)
