"""Teaches the network: first the aligned phones, then the words against anything else (MMI)."""

import math
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from . import chain
from .batches import IGNORED, Batch, Batches
from .network import Network, blank
from .phones import paths
from .rows import Corpus

Loss = Callable[[torch.Tensor, Batch, list[int]], torch.Tensor]
SEED = 3
CE_EPOCHS, CE_RATE = 2, 2.5e-3
MMI_EPOCHS, MMI_RATE = 4, 1e-3
SCALE = 0.6  # of the scores when MMI begins: cross-entropy leaves them too sure
QUIET, STEADY = 1e-3, 0.05  # of MMI's loss: how much small scores and the aligned phones count


def run(folder: Path, corpus: Corpus, threads: int) -> None:
    """Writes `network.pt`."""
    torch.set_num_threads(threads)
    torch.manual_seed(SEED)
    network, batches = blank(corpus), Batches(corpus, folder)
    _learn(network, batches, CE_EPOCHS, CE_RATE, lambda scores, batch, _: _phones(scores, batch))
    _prepare(network, batches)
    mmi = Mmi(corpus, batches)
    _learn(network, batches, MMI_EPOCHS, MMI_RATE, mmi.loss)
    torch.save(network.state_dict(), folder / "network.pt")


def _learn(network: Network, batches: Batches, epochs: int, rate: float, loss_of: Loss) -> None:
    rng, noise = random.Random(SEED), np.random.default_rng(SEED)
    plans = [batches.plan(rng) for _ in range(epochs)]
    steps = [numbers for plan in plans for numbers in plan]
    descent = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=1e-3)
    network.train()
    for step, numbers in enumerate(steps):
        falling = 0.97 * (1 + math.cos(math.pi * step / len(steps))) / 2 + 0.03
        for group in descent.param_groups:
            group["lr"] = rate * min(1, (step + 1) / 40) * falling
        batch = batches.make(numbers, noise)
        loss = loss_of(network(batch.heard), batch, numbers)
        descent.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        descent.step()
        if step % 20 == 0:
            print(f"  step {step} of {len(steps)}: loss {loss.item():.3f}", flush=True)


def _phones(scores: torch.Tensor, batch: Batch) -> torch.Tensor:
    labels = batch.labels.flatten()
    return functional.cross_entropy(scores.flatten(0, 1), labels, ignore_index=IGNORED)


@torch.no_grad()
def _prepare(network: Network, batches: Batches) -> None:
    """Divides the scores by how common each phone is, since MMI wants likelihoods."""
    some = batches.plan(random.Random(SEED))[:20]
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
        spoken = [batches.phone[row.place][batches.begins[row.place]] for row in corpus.rows]
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
