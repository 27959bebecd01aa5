"""How likely each word is after those before it, from how often each was counted there."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from .written import GAP

BEGIN, END = "<s>", "</s>"
ORDER = 3
DOUBT = 1.0  # Witten and Bell: how much a history's variety counts against what followed it

History = tuple[str, ...]
Counts = dict[History, Counter[str]]
Chance = Callable[[History, str], float]


def count(messages: Iterable[list[str]]) -> Counts:
    """What follows each history of up to ORDER - 1 words, never across a word that is not known."""
    counts: Counts = defaultdict(Counter)
    for words in messages:
        said = [BEGIN, *words, END]
        for at in range(1, len(said)):
            for length in range(min(at, ORDER - 1) + 1):
                *history, word = said[at - length : at + 1]
                if GAP in (word, *history):
                    break
                counts[tuple(history)][word] += 1
    return counts


def witten_bell(counts: Counts, even: float) -> Chance:
    """For drawn messages, which repeat themselves; `even` where nothing is known."""
    trust = {h: c.total() / (c.total() + DOUBT * len(c)) for h, c in counts.items()}

    def chance(history: History, word: str) -> float:
        shorter = chance(history[1:], word) if history else even
        if history not in counts:
            return shorter
        seen = counts[history]
        return trust[history] * seen[word] / seen.total() + (1 - trust[history]) * shorter

    return chance


def kneser_ney(counts: Counts, even: float) -> Chance:
    """For written messages: modified Kneser-Ney, interpolated (Chen and Goodman 1998)."""
    seen = _continued(counts)
    less = [_discounts(c for h, c in seen.items() if len(h) == length) for length in range(ORDER)]
    total = {h: c.total() for h, c in seen.items()}
    left = {h: sum(less[len(h)][min(n, 3)] for n in c.values()) / total[h] for h, c in seen.items()}

    def chance(history: History, word: str) -> float:
        shorter = chance(history[1:], word) if history else even
        if history not in seen:
            return shorter
        times = seen[history][word]
        kept = max(times - less[len(history)][min(times, 3)], 0.0)
        return kept / total[history] + left[history] * shorter

    return chance


def _continued(counts: Counts) -> Counts:
    """Of a shorter history, after how many longer ones a word came; of a beginning, how often."""
    seen: Counts = defaultdict(Counter)
    for history, followed in counts.items():
        if len(history) == ORDER - 1 or history[:1] == (BEGIN,):
            seen[history] = followed
        if history:
            seen[history[1:]].update(followed.keys())
    return seen


def _discounts(counts: Iterable[Counter[str]]) -> list[float]:
    """What is taken from words that came never, once, twice, or oftener."""
    times = Counter(n for each in counts for n in each.values())
    base = times[1] / (times[1] + 2 * times[2])
    return [0.0, *(n - (n + 1) * base * times[n + 1] / times[n] for n in (1, 2, 3))]
