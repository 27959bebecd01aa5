"""Teaches the network: first the aligned phones, then the words against anything else (MMI)."""

import copy
import math
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from . import chain
from .align import ALIGNED
from .batches import FRAMES, IGNORED, Batch, Batches
from .corpus import SENTENCES
from .network import Network, blank
from .phones import paths
from .rows import Corpus

Loss = Callable[[torch.Tensor, Batch, list[int]], torch.Tensor]
SEED = 3
CE_FIRST = 3_000  # utterances
CE_EPOCHS, CE_RATE = 1, 2.5e-3
# Epochs, the rate that falls over them, and the frames of a batch: small ones teach more an hour.
MMI_CYCLES = ((3, 1.5e-3, FRAMES), (3, 1e-3, FRAMES // 3), (3, 8e-4, FRAMES // 3))
# Then twice from there, each in an order of its own, over talk and with calls that hold no word.
LAST_STEPS, LAST_RATE, LAST_SEEDS, BABBLE = 248, 8e-4, (100, 101), 0.3
SETTLED = 40  # batches that the mean's norms are measured on
FAST = torch.cpu._is_amx_tile_supported()
SCALE = 0.6  # of the scores when MMI begins: cross-entropy leaves them too sure
QUIET, STEADY = 1e-3, 0.05  # of MMI's loss: how much small scores and the aligned phones count


def run(folder: Path, corpus: Corpus, threads: int) -> None:
    """Writes `network.pt`."""
    torch.set_num_threads(threads)
    torch.manual_seed(SEED)
    network, batches = blank(corpus), Batches(corpus, folder)
    rng = random.Random(SEED)
    plans = [numbers for _ in range(CE_EPOCHS) for numbers in batches.plan(rng, CE_FIRST)]
    _learn(network, batches, plans, CE_RATE, lambda scores, batch, _: _phones(scores, batch))
    _prepare(network, batches)
    mmi = Mmi(corpus, batches)
    for epochs, rate, frames in MMI_CYCLES:
        plans = [x for _ in range(epochs) for x in batches.plan(rng, SENTENCES, frames)]
        _learn(network, batches, plans, rate, mmi.loss)
    _refine(network, batches, mmi)
    torch.save(network.state_dict(), folder / "network.pt")


def _refine(network: Network, batches: Batches, mmi: "Mmi") -> None:
    """The last rounds, which start alike; half of what stays is the start, half their mean."""
    batches.babble = BABBLE
    start = copy.deepcopy(network.state_dict())
    ends = []
    for seed in LAST_SEEDS:
        network.load_state_dict(start)
        plans = batches.plan(random.Random(seed), None, FRAMES // 3)[:LAST_STEPS]
        _learn(network, batches, plans, LAST_RATE, mmi.loss, seed)
        ends.append(copy.deepcopy(network.state_dict()))
    settle(network, batches, [start] * len(ends) + ends)


@torch.no_grad()
def settle(network: Network, batches: Batches, ends: list[dict[str, torch.Tensor]]) -> None:
    """The mean of several networks; its norms are measured anew, for they are not the mean."""
    total = {name: sum(end[name] for end in ends) / len(ends) for name in ends[0]}
    network.load_state_dict(total)
    for part in network.modules():
        if isinstance(part, nn.BatchNorm1d):
            part.reset_running_stats()
            part.momentum = None  # the plain mean of all batches
    noise = np.random.default_rng(SEED)
    for numbers in batches.plan(random.Random(SEED), None, FRAMES // 3)[:SETTLED]:
        network(batches.make(numbers, noise).heard)


def _learn(
    network: Network,
    batches: Batches,
    steps: list[list[int]],
    rate: float,
    loss_of: Loss,
    seed: int = SEED,
) -> None:
    noise = np.random.default_rng(seed)
    descent = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=1e-3)
    network.train()
    for step, numbers in enumerate(steps):
        falling = 0.97 * (1 + math.cos(math.pi * step / len(steps))) / 2 + 0.03
        for group in descent.param_groups:
            group["lr"] = rate * min(1, (step + 1) / 40) * falling
        batch = batches.make(numbers, noise)
        with torch.autocast("cpu", torch.bfloat16, enabled=FAST):
            scores = network(batch.heard)
        loss = loss_of(scores.float(), batch, numbers)
        descent.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        descent.step()
        if step % 20 == 0:
            print(f"  step {step} of {len(steps)}: loss {loss.item():.3f}", flush=True)


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
