"""Finds which phone sounds in each frame, starting from nothing but the words."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
from numba import njit

from .mixtures import Labels, Matrix, Mixtures
from .phones import SILENCE, Paths, paths
from .rows import Corpus

STATES = 3  # of a phone
SAMPLE = 900  # utterances that the mixtures learn from
ALIGNED = 6_000  # utterances; MMI, which hears all, needs no alignment
ROUNDS = 12
FEW_UNTIL = 7  # rounds on a third of the sample
SPLITS = (4, 7, 9)  # after these rounds
NONE = -1  # the phone of a frame whose utterance could not be aligned


def run(folder: Path, corpus: Corpus) -> None:
    """Writes `phones.npz`: of each frame its base phone, and whether the phone begins there."""
    mixtures = _learn(corpus)
    phone = np.full(len(corpus.frames), NONE, np.int16)
    begins = np.zeros(len(corpus.frames), np.bool_)
    for number, row in enumerate(corpus.rows[:ALIGNED]):
        ways = paths(row.words, corpus.lexicon, corpus.phones, STATES)
        states = best_path(mixtures.likelihood(dynamic(corpus.of(number))), ways)
        if len(states):
            node = states // STATES
            phone[row.place] = ways.kind[states] // STATES
            begins[row.place] = np.diff(node, prepend=-1) != 0
    np.savez(folder / "phones.npz", phone=phone, begins=begins)


def _learn(corpus: Corpus) -> Mixtures:
    sample = range(min(SAMPLE, len(corpus.rows)))
    ways = [paths(corpus.rows[n].words, corpus.lexicon, corpus.phones, STATES) for n in sample]
    frames = [dynamic(corpus.of(n)) for n in sample]
    mixtures = Mixtures(len(corpus.phones.base) * STATES, np.concatenate(frames[:300]))
    mixtures.update((frames[n], _evenly(corpus, n, frames[n])) for n in sample)
    for turn in range(ROUNDS):
        used = sample if turn >= FEW_UNTIL else sample[: len(sample) // 3]
        found = [(n, best_path(mixtures.likelihood(frames[n]), ways[n])) for n in used]
        mixtures.update((frames[n], ways[n].kind[path]) for n, path in found if len(path))
        if turn in SPLITS:
            mixtures.split()
    return mixtures


def _evenly(corpus: Corpus, number: int, frames: Matrix) -> Labels:
    """The first guess: loud frames shared out among the phones, quiet ends to silence."""
    names = {name: at for at, name in enumerate(corpus.phones.base)}
    said = [names[p] for word in corpus.rows[number].words for p in corpus.lexicon[word][0]]
    states = np.array([phone * STATES + state for phone in said for state in range(STATES)])
    loud = frames[:, 0]
    heard = np.flatnonzero(loud > loud.min() + 0.35 * (loud.max() - loud.min()))
    begin, end = heard[0], heard[-1] + 1
    guess = np.full(len(frames), SILENCE * STATES + 1, np.int64)
    guess[begin:end] = states[np.arange(end - begin) * len(states) // (end - begin)]
    return guess


def dynamic(frames: Matrix) -> Matrix:
    """Thirteen MFCCs less their mean, how they change, and how that changes."""
    still = frames[:, :13] - frames[:, :13].mean(0)
    change = _change(still)
    return np.concatenate([still, change, _change(change)], 1)


def _change(frames: Matrix) -> Matrix:
    padded = np.pad(frames, ((2, 2), (0, 0)), "edge")
    near, far = padded[3:-1] - padded[1:-3], padded[4:] - padded[:-4]
    return (near + 2 * far) / 10


def best_path(likelihood: Matrix, ways: Paths) -> npt.NDArray[np.int64]:
    """The likeliest state for each frame; empty when the frames are too few for any path."""
    return _viterbi(likelihood, ways.kind, ways.first, ways.before, ways.final)


@njit(cache=True, fastmath=True)  # type: ignore[untyped-decorator]
def _viterbi(likelihood, kind, first, before, final):  # type: ignore[no-untyped-def]
    frames, states, worst = likelihood.shape[0], kind.shape[0], -1e30
    score = np.full(states, worst, np.float32)
    came = np.zeros((frames, states), np.int32)
    for state in range(states):
        for at in range(first[state], first[state + 1]):
            if before[at] == -1:
                score[state] = likelihood[0, kind[state]]
    after = np.empty(states, np.float32)
    for frame in range(1, frames):
        for state in range(states):
            best, source = score[state], state
            for at in range(first[state], first[state + 1]):
                if before[at] >= 0 and score[before[at]] > best:
                    best, source = score[before[at]], before[at]
            after[state] = best + likelihood[frame, kind[state]]
            came[frame, state] = source
        score, after = after, score
    best, state = worst, -1
    for end in range(states):
        if final[end] and score[end] > best:
            best, state = score[end], end
    path = np.empty(frames, np.int64)
    if state < 0 or best < worst / 10:
        return path[:0]
    for frame in range(frames - 1, -1, -1):
        path[frame] = state
        state = came[frame, state]
    return path
