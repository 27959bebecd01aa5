"""What the words suggest, by plain rules, with the words that led to it. Pure; a person decides."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from triage import places
from triage.taxonomy import MOST, Taxonomy
from triage.urgency_phrases import Phrases
from triage.urgency_spelling import Sentence

REACH = 3  # words between "not" and what it takes back: "not at all very kind"
FLIPPED = {"positive": "negative", "negative": None}  # "not rude" praises nobody


@dataclass(frozen=True)
class Suggestion:
    """A value for a field (`themes` takes several), and the person's own words that led to it."""

    field: str
    value: str
    said: tuple[str, ...]

    @property
    def mark(self) -> str:
        return f"{self.field}:{self.value}"


def suggest(taxonomy: Taxonomy, text: str, language: str) -> tuple[Suggestion, ...]:
    """Service, place, feeling and themes that the words point to; nothing in another language."""
    if language != taxonomy.listed.language:
        return ()
    sentences = list(taxonomy.spelling.sentences(text))
    return (
        *_service(taxonomy, sentences),
        *_place(taxonomy, sentences),
        *_feeling(taxonomy, sentences),
        *_themes(taxonomy, sentences),
    )


def marks(suggestions: Iterable[Suggestion]) -> list[str]:
    """What was offered, to be kept beside what was chosen."""
    return [each.mark for each in suggestions]


def taken(offered: Iterable[str], coded: Mapping[str, object]) -> list[str]:
    """Which offers stand in what was chosen in the end."""
    return [mark for mark in offered if _stands(coded.get(mark.partition(":")[0]), mark)]


def rates(rows: Iterable[tuple[Sequence[str], Sequence[str]]]) -> Mapping[str, tuple[int, int]]:
    """(offered, taken) of each saved coding -> by field: how many were taken, of how many."""
    offered: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for some, those in rows:
        offered.update(mark.partition(":")[0] for mark in some)
        kept.update(mark.partition(":")[0] for mark in those)
    return {field: (kept[field], n) for field, n in offered.items()}


def _stands(value: object, mark: str) -> bool:
    wanted = mark.partition(":")[2]
    return wanted in value if isinstance(value, list) else wanted == value


def _themes(taxonomy: Taxonomy, sentences: Sequence[Sentence]) -> Iterator[Suggestion]:
    """The themes with the most to show for them, in the order of the file."""
    found = {key: _said(some, sentences) for key, some in taxonomy.themes.items()}
    first = sorted(found, key=lambda key: -len(found[key]))[:MOST]
    for key, said in found.items():
        if said and key in first:
            yield Suggestion("themes", key, tuple(said))


def _service(taxonomy: Taxonomy, sentences: Sequence[Sentence]) -> Iterator[Suggestion]:
    """The service that is named most; of two that are named as often, neither."""
    found = {key: _said(some, sentences) for key, some in taxonomy.services.items()}
    first, second = sorted(found, key=lambda key: -len(found[key]))[:2]
    if len(found[first]) > len(found[second]):
        yield Suggestion("service", first, tuple(found[first]))


def _feeling(taxonomy: Taxonomy, sentences: Sequence[Sentence]) -> Iterator[Suggestion]:
    found: dict[str, list[str]] = {"positive": [], "negative": []}
    for sentence in sentences:
        before = 0
        for kind, start, end in _felt(taxonomy, sentence):
            near = _near(taxonomy, sentence.words[before:start])
            denied, before = taxonomy.listed.denies & set(near), end
            meant = FLIPPED[kind] if denied else kind
            if meant:
                found[meant].append(sentence.said(start - len(near) if denied else start, end))
    kinds = [kind for kind, said in found.items() if said]
    if kinds:
        value = kinds[0] if len(kinds) == 1 else "mixed"
        yield Suggestion("sentiment", value, _once(found["positive"] + found["negative"]))


def _felt(taxonomy: Taxonomy, sentence: Sentence) -> list[tuple[str, int, int]]:
    """Each feeling in a sentence. Of two that overlap the longer: "no complaints" is none."""
    hits = [
        (kind, start, end)
        for kind, some in taxonomy.feelings.items()
        for start, _, end in some.found(sentence.words)
    ]
    hits.sort(key=lambda hit: hit[1] - hit[2])
    kept: list[tuple[str, int, int]] = []
    for hit in hits:
        if all(hit[2] <= start or hit[1] >= end for _, start, end in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit[1])


def _near(taxonomy: Taxonomy, words: Sequence[str]) -> list[str]:
    """The last of these words, from where the thought turned: "not clean but kind"."""
    near = list(words[-REACH:])
    turned = [at for at, word in enumerate(near) if word in taxonomy.listed.turns]
    return near[turned[-1] + 1 :] if turned else near


def _place(taxonomy: Taxonomy, sentences: Sequence[Sentence]) -> Iterator[Suggestion]:
    said = places.place(taxonomy.listed.place, sentences)
    if said:
        yield Suggestion("place", places.titled(said), (said,))


def _said(some: Phrases, sentences: Sequence[Sentence]) -> list[str]:
    """Where the phrases stand, in the person's own words, each once."""
    return list(
        _once(
            sentence.said(start, end)
            for sentence in sentences
            for start, end, _ in some.found(sentence.words)
        )
    )


def _once(said: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words.strip(" .,;:!?") for words in said))
