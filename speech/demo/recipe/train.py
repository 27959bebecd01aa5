"""Teaches the network: first the aligned phones, then the words against anything else (MMI)."""

import math
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from . import chain
from .align import ALIGNED
from .batches import FRAMES, IGNORED, Batch, Batches
from .network import Network, blank
from .phones import paths
from .rows import Corpus

Loss = Callable[[torch.Tensor, Batch, list[int]], torch.Tensor]
State = dict[str, torch.Tensor]
SEED = 3
CE_FIRST, CE_RATE = 3_000, 2.5e-3  # utterances
# Small batches teach more an hour. The rate falls to a tenth; the network that stays is the mean of
# those of the last steps, which wander about it.
MMI_EPOCHS, MMI_RATE, MMI_FRAMES = 7, 1.2e-3, FRAMES // 3
WARMING, LOWEST = 100, 0.1  # steps until the rate is reached, and the share of it that is left
MEANT, EACH = 0.15, 10  # the last share of the steps, and how many lie between two that count
SETTLED = 40  # batches that the mean's norms are measured on
FAST = torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported()
SCALE = 0.6  # of the scores when MMI begins: cross-entropy leaves them too sure
QUIET, STEADY = 1e-3, 0.05  # of MMI's loss: how much small scores and the aligned phones count


def run(folder: Path, corpus: Corpus, threads: int) -> None:
    """Writes `network.pt`."""
    torch.set_num_threads(threads)
    torch.manual_seed(SEED)
    network, batches = blank(corpus), Batches(corpus, folder)
    rng = random.Random(SEED)
    plans = batches.plan(rng, CE_FIRST)
    _learn(network, batches, plans, CE_RATE, lambda scores, batch, _: _phones(scores, batch))
    _prepare(network, batches)
    plans = [x for _ in range(MMI_EPOCHS) for x in batches.plan(rng, None, MMI_FRAMES)]
    ends = _learn(network, batches, plans, MMI_RATE, Mmi(corpus, batches).loss)
    network.load_state_dict(ends)
    _settle(network, batches)
    torch.save(network.state_dict(), folder / "network.pt")


@torch.no_grad()
def _settle(network: Network, batches: Batches) -> None:
    """Measures the norms of a mean of networks, which are not the mean of their norms."""
    for part in network.modules():
        if isinstance(part, nn.BatchNorm1d):
            part.reset_running_stats()
            part.momentum = None  # the plain mean of all batches
    plans = batches.plan(random.Random(SEED), None, MMI_FRAMES)[:SETTLED]
    for batch, _ in _made(batches, plans):
        network(batch.heard)


def _learn(
    network: Network, batches: Batches, steps: list[list[int]], rate: float, loss_of: Loss
) -> State:
    """Takes all steps; gives the mean of what the network was in the last ones."""
    descent = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=1e-3)
    network.train()
    met: list[State] = []
    for step, (batch, numbers) in enumerate(_made(batches, steps)):
        for group in descent.param_groups:
            group["lr"] = rate * _share(step, len(steps))
        with torch.autocast("cpu", torch.bfloat16, enabled=FAST):
            scores = network(batch.heard)
        loss = loss_of(scores.float(), batch, numbers)
        descent.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        descent.step()
        if step >= (1 - MEANT) * len(steps) and step % EACH == 0:
            met.append({name: part.clone() for name, part in network.state_dict().items()})
        if step % 20 == 0:
            print(f"  step {step} of {len(steps)}: loss {loss.item():.3f}", flush=True)
    return {name: sum(each[name] for each in met) / len(met) for name in met[0]}


def _made(batches: Batches, steps: list[list[int]]) -> Iterator[tuple[Batch, list[int]]]:
    """The batches in turn; the next is made while the network learns from one."""
    noise = np.random.default_rng(SEED)
    with ThreadPoolExecutor(1) as ahead:
        waiting = ahead.submit(batches.make, steps[0], noise)
        for numbers, after in zip(steps, [*steps[1:], []], strict=True):
            batch = waiting.result()
            if after:
                waiting = ahead.submit(batches.make, after, noise)
            yield batch, numbers


def _share(step: int, steps: int) -> float:
    """The share of the rate at a step: it rises at once, and falls as half a wave."""
    falling = (1 + math.cos(math.pi * step / steps)) / 2
    return min(1, (step + 1) / WARMING) * (LOWEST + (1 - LOWEST) * falling)


def _phones(scores: torch.Tensor, batch: Batch) -> torch.Tensor:
    labels = batch.labels.flatten()
    real = max(1, int((labels != IGNORED).sum()))
    flat = scores.flatten(0, 1)
    return functional.cross_entropy(flat, labels, ignore_index=IGNORED, reduction="sum") / real


@torch.no_grad()
def _prepare(network: Network, batches: Batches) -> None:
    """Divides the scores by how common each phone is, since MMI wants likelihoods."""
    some = batches.plan(random.Random(SEED), ALIGNED)[:20]
    made = [batches.make(numbers, np.random.default_rng(SEED)).labels for numbers in some]
    labels = torch.cat([each.flatten() for each in made]).numpy()
    counts = np.bincount(labels[labels != IGNORED], minlength=network.out.out_channels) + 1.0
    prior = torch.from_numpy(np.log(counts / counts.sum())).float()
    network.out.weight *= SCALE
    network.out.bias.copy_((network.out.bias - prior) * SCALE)


class Mmi:
    """The loss of lattice-free MMI, with a bigram of phones for "anything else"."""

    def __init__(self, corpus: Corpus, batches: Batches) -> None:
        self.ways = [paths(row.words, corpus.lexicon, corpus.phones, 1) for row in corpus.rows]
        aligned = [row.place for row in corpus.rows[:ALIGNED]]
        spoken = [batches.phone[place][batches.begins[place]] for place in aligned]
        count = len(corpus.phones.base)
        self.bigram = chain.phone_bigram([each for each in spoken if len(each)], count)

    def loss(self, scores: torch.Tensor, batch: Batch, numbers: list[int]) -> torch.Tensor:
        given = scores.detach()
        likely = torch.exp((given - given.amax(2, keepdim=True)).clamp(min=-30)).numpy()
        right, reached = chain.said(likely, batch.sizes, [self.ways[n] for n in numbers])
        wrong, _ = chain.anything(likely, batch.sizes, self.bigram)
        usable = (reached > chain.IMPOSSIBLE / 2)[:, None, None]
        gradient = torch.from_numpy(np.where(usable, right - wrong, 0).astype(np.float32))
        frames = float(batch.sizes.sum())
        real = torch.arange(scores.shape[1])[None, :] < torch.from_numpy(batch.sizes)[:, None]
        small = ((scores * real[:, :, None]) ** 2).mean(2).sum() / frames
        return -(scores * gradient).sum() / frames + QUIET * small + STEADY * _phones(scores, batch)
