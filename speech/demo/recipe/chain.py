"""The sums of lattice-free MMI: how likely the said words are, against any phones at all.

Scores come as probabilities, two a phone (its first output, its later ones). Each function gives
the share of every score in all paths, which is the gradient of the logarithm of their sum.
"""

import math

import numpy as np
import numpy.typing as npt
from numba import njit, prange

from .phones import SILENCE, Paths

Shares = npt.NDArray[np.float32]
TINY = 1e-300
IMPOSSIBLE = -1e30  # the log-likelihood of an utterance that no path fits


def phone_bigram(sequences: list[npt.NDArray[np.int16]], count: int) -> Shares:
    """How likely each phone (column) is after each other (row), smoothed after Witten and Bell."""
    pairs = np.zeros((count, count))
    for sequence in sequences:
        np.add.at(pairs, (np.concatenate([[SILENCE], sequence[:-1]]), sequence), 1)
    alone = (pairs.sum(0) + 0.5) / (pairs.sum(0) + 0.5).sum()
    kinds = (pairs > 0).sum(1, keepdims=True)
    return ((pairs + (kinds + 1) * alone) / (pairs.sum(1, keepdims=True) + kinds + 1)).astype("f4")


def said(scores: Shares, sizes: npt.NDArray[np.int64], ways: list[Paths]) -> tuple[Shares, Shares]:
    """Shares and log-likelihoods over the ways to say each utterance's words."""
    shares, likelihood = np.zeros_like(scores), np.zeros(len(ways), np.float32)
    states = np.cumsum([0, *(len(way.kind) for way in ways)])
    arcs = np.cumsum([0, *(len(way.before) for way in ways)])
    kind, before, final = (
        np.concatenate([getattr(way, name) for way in ways]) for name in ("kind", "before", "final")
    )
    first = np.concatenate([way.first for way in ways])
    _all_said(scores, sizes, states, arcs, kind, first, before, final, shares, likelihood)
    return shares, likelihood


def anything(scores: Shares, sizes: npt.NDArray[np.int64], bigram: Shares) -> tuple[Shares, Shares]:
    """Shares and log-likelihoods over all sequences of phones."""
    shares, likelihood = np.zeros_like(scores), np.zeros(len(scores), np.float32)
    _all_anything(scores, sizes, bigram, shares, likelihood)
    return shares, likelihood


@njit(parallel=True, cache=True, fastmath=True, nogil=True)  # type: ignore[untyped-decorator]
def _all_said(scores, sizes, states, arcs, kind, first, before, final, shares, likelihood):  # type: ignore[no-untyped-def]
    for n in prange(len(sizes)):
        begin, end = states[n], states[n + 1]
        likelihood[n] = _said(
            scores[n],
            sizes[n],
            kind[begin:end],
            first[begin + n : end + n + 1],
            before[arcs[n] : arcs[n + 1]],
            final[begin:end],
            shares[n],
        )


@njit(cache=True, fastmath=True)  # type: ignore[untyped-decorator]
def _said(scores, size, kind, first, before, final, shares):  # type: ignore[no-untyped-def]
    states = kind.shape[0]
    entered, inside = np.zeros((size, states)), np.zeros((size, states))
    total = 0.0
    for frame in range(size):
        scale = TINY
        for s in range(states):
            come = 0.0
            for at in range(first[s], first[s + 1]):
                if before[at] == -1:
                    come += 1.0 if frame == 0 else 0.0
                elif frame > 0:
                    come += inside[frame - 1, before[at]]
            entered[frame, s] = come * scores[frame, 2 * kind[s]]
            stayed = inside[frame - 1, s] * scores[frame, 2 * kind[s] + 1] if frame > 0 else 0.0
            inside[frame, s] = entered[frame, s] + stayed
            scale += inside[frame, s]
        entered[frame] /= scale
        inside[frame] /= scale
        total += math.log(scale)
    ahead, behind, reached = np.zeros(states), np.zeros(states), 0.0
    for s in range(states):
        if final[s]:
            ahead[s] = 1.0
            reached += inside[size - 1, s]
    if reached < 1e-200:
        return IMPOSSIBLE
    for frame in range(size - 1, -1, -1):
        through = 0.0
        for s in range(states):
            through += inside[frame, s] * ahead[s]
            behind[s] = ahead[s] * scores[frame, 2 * kind[s] + 1]
        for s in range(states):
            shares[frame, 2 * kind[s]] += entered[frame, s] * ahead[s] / through
            stayed = inside[frame, s] - entered[frame, s]
            shares[frame, 2 * kind[s] + 1] += stayed * ahead[s] / through
            back = ahead[s] * scores[frame, 2 * kind[s]]
            for at in range(first[s], first[s + 1]):
                if before[at] >= 0:
                    behind[before[at]] += back
        ahead[:] = behind / (behind.max() + TINY)
    return total + math.log(reached)


@njit(parallel=True, cache=True, fastmath=True, nogil=True)  # type: ignore[untyped-decorator]
def _all_anything(scores, sizes, bigram, shares, likelihood):  # type: ignore[no-untyped-def]
    for n in prange(len(sizes)):
        likelihood[n] = _anything(scores[n], sizes[n], bigram, shares[n])


@njit(cache=True, fastmath=True)  # type: ignore[untyped-decorator]
def _anything(scores, size, bigram, shares):  # type: ignore[no-untyped-def]
    phones = bigram.shape[0]
    entered, inside = np.zeros((size, phones)), np.zeros((size, phones))
    total = 0.0
    for frame in range(size):
        come = np.zeros(phones)
        if frame == 0:
            come[:] = bigram[SILENCE]
            come[SILENCE] += 1.0
        else:
            for a in range(phones):
                for b in range(phones):
                    come[b] += inside[frame - 1, a] * bigram[a, b]
        entered[frame] = come * scores[frame, 0::2]
        inside[frame] = entered[frame]
        if frame > 0:
            inside[frame] += inside[frame - 1] * scores[frame, 1::2]
        scale = inside[frame].sum() + TINY
        entered[frame] /= scale
        inside[frame] /= scale
        total += math.log(scale)
    ahead = np.ones(phones)
    for frame in range(size - 1, -1, -1):
        through = (inside[frame] * ahead).sum() + TINY
        shares[frame, 0::2] = entered[frame] * ahead / through
        shares[frame, 1::2] = (inside[frame] - entered[frame]) * ahead / through
        back = ahead * scores[frame, 0::2]
        behind = ahead * scores[frame, 1::2]
        for a in range(phones):
            for b in range(phones):
                behind[a] += bigram[a, b] * back[b]
        ahead = behind / (behind.max() + TINY)
    return total
