"""The language model: a back-off trigram, smoothed after Witten and Bell, of drawn messages."""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterator

from . import grammar, lexicon

BEGIN, END = "<s>", "</s>"
ORDER = 3
MESSAGES, SEED = 60_000, 11
STORIES = 0.6  # share of the messages that are whole sentences by hand
DOUBT = 15.0  # how much a history's variety counts against what it was seen to be followed by
EVEN = 0.15  # share of the single words' probability that is the same for each word
UNKNOWN = 0.01  # probability of [unk] where nothing is known
FEWEST = {2: 1, 3: 2}  # times that an n-gram was drawn, or it is left out
GAIN = 2e-7  # and what it must tell, weighted by how often its history comes

History = tuple[str, ...]
Model = dict[History, tuple[dict[str, float], float]]  # what follows, and the back-off weight


def messages(count: int = MESSAGES, seed: int = SEED) -> Iterator[list[str]]:
    """What people might say, one to five sentences, and now and then only digits."""
    rng, stories = random.Random(seed), grammar.stories()
    for _ in range(count):
        if rng.random() < 0.05:
            yield grammar.number(rng).split()
            continue
        if rng.random() < STORIES:
            yield " ".join(rng.choices(stories, k=rng.choice([1, 2]))).split()
            continue
        sentences = rng.choices([1, 2, 3, 5], [0.35, 0.3, 0.2, 0.15])[0]
        yield [word for _ in range(sentences) for word in grammar.sentence(rng).split()]


def build() -> Model:
    """The model of MESSAGES drawn messages."""
    counts = _counts()
    model: Model = {(): (_single(counts[()]), 1.0)}
    for length in range(1, ORDER):
        for history in sorted(history for history in counts if len(history) == length):
            _add(model, history, counts[history], MESSAGES)
    return model


def probability(model: Model, history: History, word: str) -> float:
    """How likely a word is after a history, backing off as the decoder will."""
    weight = 1.0
    while history not in model or word not in model[history][0]:
        weight *= model[history][1] if history in model else 1.0
        history = history[1:]
    return weight * model[history][0][word]


def _counts() -> dict[History, Counter[str]]:
    counts: dict[History, Counter[str]] = defaultdict(Counter)
    for words in messages():
        said = [BEGIN, *words, END]
        for at in range(1, len(said)):
            for length in range(min(at, ORDER - 1) + 1):
                counts[tuple(said[at - length : at])][said[at]] += 1
    return counts


def _single(counts: Counter[str]) -> dict[str, float]:
    words, total = [*grammar.words(), END], counts.total()
    share = 1 - UNKNOWN
    known = {w: share * ((1 - EVEN) * counts[w] / total + EVEN / len(words)) for w in words}
    return {**known, lexicon.UNKNOWN: UNKNOWN}


def _add(model: Model, history: History, counts: Counter[str], messages: int) -> None:
    """One history's words, of those that tell more than the shorter history does."""
    total = counts.total()
    trust = total / (total + DOUBT * len(counts) + 1)
    kept = {}
    for word, count in sorted(counts.items()):
        shorter = probability(model, history[1:], word)
        full = trust * count / total + (1 - trust) * shorter
        gain = total / messages * full * abs(math.log(full / shorter))
        if count >= FEWEST[len(history) + 1] and (len(history) == 1 or gain >= GAIN):
            kept[word] = (full, shorter)
    if kept:
        left = max(1 - sum(full for full, _ in kept.values()), 1e-4)
        unseen = max(1 - sum(shorter for _, shorter in kept.values()), 1e-4)
        model[history] = ({word: full for word, (full, _) in kept.items()}, left / unseen)
