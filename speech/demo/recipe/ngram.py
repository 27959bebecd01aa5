"""The language model: a back-off trigram, of written messages and of drawn ones, mixed."""

import math
import random
from collections.abc import Iterator

from . import grammar, lexicon, written
from .smoothing import BEGIN, END, Chance, Counts, History, count, kneser_ney, witten_bell

DRAWN, SEED = 40_000, 11
SHARE = 0.25  # of the drawn messages; the others are written
DIGITS = 0.15  # share of the drawn that are digits alone
EVEN = 0.02  # share of the single words' probability that is the same for each word
UNKNOWN = 0.01  # probability of [unk] where nothing is known
GAIN = 2.4e-5  # what an n-gram must tell, weighted by how often it comes in a message

Model = dict[History, tuple[dict[str, float], float]]  # what follows, and the back-off weight


def messages(number: int = DRAWN, seed: int = SEED) -> Iterator[list[str]]:
    """Sentences of the templates, and now and then only digits."""
    rng = random.Random(seed)
    for _ in range(number):
        drawn = grammar.number if rng.random() < DIGITS else grammar.sentence
        yield drawn(rng).split()


def build() -> Model:
    """Both kinds of messages, each smoothed in its way; n-grams that tell little are left out."""
    kinds = [(1 - SHARE, count(written.messages())), (SHARE, count(messages()))]
    words = [*written.words(), END]
    even = 1 / len(words)
    by_hand, drawn = kneser_ney(kinds[0][1], even), witten_bell(kinds[1][1], even)

    def chance(history: History, word: str) -> float:
        return (1 - SHARE) * by_hand(history, word) + SHARE * drawn(history, word)

    single = {w: (1 - UNKNOWN) * ((1 - EVEN) * chance((), w) + EVEN * even) for w in words}
    model: Model = {(): ({**single, lexicon.UNKNOWN: UNKNOWN}, 1.0)}
    histories = {history for _, counts in kinds for history in counts if history}
    for history in sorted(histories, key=lambda each: (len(each), each)):
        _add(model, history, kinds, chance)
    return model


def probability(model: Model, history: History, word: str) -> float:
    """How likely a word is after a history, backing off as the decoder will."""
    weight = 1.0
    while history not in model or word not in model[history][0]:
        weight *= model[history][1] if history in model else 1.0
        history = history[1:]
    return weight * model[history][0][word]


def _add(model: Model, history: History, kinds: list[tuple[float, Counts]], chance: Chance) -> None:
    """One history's words, of those that tell more than the shorter history does."""
    often, words, kept = 0.0, set(), {}
    for share, counts in kinds:
        followed = counts.get(history, {})
        often += share * sum(followed.values()) / counts[BEGIN,].total()
        words |= {*followed}
    for word in sorted(words):
        full, shorter = chance(history, word), probability(model, history[1:], word)
        if often * full * abs(math.log(full / shorter)) >= GAIN:
            kept[word] = (full, shorter)
    if kept:
        left = max(1 - sum(full for full, _ in kept.values()), 1e-4)
        unseen = max(1 - sum(shorter for _, shorter in kept.values()), 1e-4)
        model[history] = ({word: full for word, (full, _) in kept.items()}, left / unseen)
