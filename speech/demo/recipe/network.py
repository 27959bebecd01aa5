"""The acoustic network: a time-delay network that gives two scores a base phone, each 30 ms.

Each block squeezes what it hears through a narrow layer (fewer numbers to keep, hence room for
more blocks in the same bytes) and adds what came in, so that a deep network still learns.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional

from .features import SIZE
from .rows import Corpus

STRIDE = 3  # frames between two outputs
WIDTH, NARROW, BLOCKS = 320, 96, 8
FIRST = (-3, -2, -1, 0, 1, 2, 3)  # frames that the layer before the blocks sees
CONTEXT = FIRST[-1] + STRIDE * BLOCKS  # frames either side


@dataclass(frozen=True)
class Affine:
    """One layer as Kaldi wants it: the frames it sees, its weights, and what becomes of its sum."""

    seen: tuple[int, ...]
    weight: npt.NDArray[np.float64]
    bias: npt.NDArray[np.float64]
    rectified: bool
    added: bool  # the block's input is added before the rectifier


class Block(nn.Module):
    """A narrow layer that looks back, a wide one that looks ahead, and its norm."""

    def __init__(self) -> None:
        super().__init__()
        self.narrow = nn.Conv1d(WIDTH, NARROW, 2, bias=False)
        self.wide = nn.Conv1d(NARROW, WIDTH, 2, bias=False)
        self.norm = nn.BatchNorm1d(WIDTH)

    def forward(self, heard: torch.Tensor) -> torch.Tensor:
        return self.norm(self.wide(self.narrow(heard)))


class Network(nn.Module):
    """Takes features less their running mean; gives scores (first frame, later frame) a phone."""

    def __init__(self, outputs: int, deviation: npt.NDArray[np.float32]) -> None:
        super().__init__()
        self.register_buffer("scale", torch.from_numpy(1 / deviation))
        self.first = nn.Conv1d(SIZE, WIDTH, len(FIRST), STRIDE, bias=False)
        self.norm = nn.BatchNorm1d(WIDTH)
        # After the stride the frames lie 30 ms apart, so that -3 and 0 are neighbours.
        self.blocks = nn.ModuleList(Block() for _ in range(BLOCKS))
        self.out = nn.Conv1d(WIDTH, outputs, 1)
        nn.init.zeros_(self.out.bias)
        nn.init.normal_(self.out.weight, std=0.02)

    def forward(self, frames: torch.Tensor) -> torch.Tensor:
        """Batch, feature, frame (CONTEXT more at both ends) to batch, output, score."""
        heard = functional.relu(self.norm(self.first(frames * self.scale[:, None])))
        for block in self.blocks:
            heard = functional.relu(block(heard) + heard[:, :, 1:-1])
        return self.out(heard).transpose(1, 2)

    def affine(self) -> list[Affine]:
        """The layers with the scaling of the input and each norm folded in."""
        first = self.first.weight.detach() * self.scale[:, None]
        layers = [_folded(FIRST, first, self.norm, False)]
        for block in self.blocks:
            layers += _layers(block)
        bias = self.out.bias.detach().double().numpy()
        return [*layers, Affine((0,), _flat(self.out.weight), bias, False, False)]


def _layers(block: Block) -> list[Affine]:
    narrow = Affine((-STRIDE, 0), _flat(block.narrow.weight), np.zeros(NARROW), False, False)
    return [narrow, _folded((0, STRIDE), block.wide.weight.detach(), block.norm, True)]


def _folded(
    seen: tuple[int, ...], weight: torch.Tensor, norm: nn.BatchNorm1d, added: bool
) -> Affine:
    """A layer that does its norm's work too."""
    scale = norm.weight.detach().double() / torch.sqrt(norm.running_var.double() + norm.eps)
    bias = norm.bias.detach().double() - norm.running_mean.double() * scale
    return Affine(seen, _flat(weight.double() * scale[:, None, None]), bias.numpy(), True, added)


def _flat(weight: torch.Tensor) -> npt.NDArray[np.float64]:
    """Kaldi's order: all inputs of one frame, then the next frame's."""
    return weight.detach().double().permute(0, 2, 1).flatten(1).numpy()


def blank(corpus: Corpus) -> Network:
    """A network that has learnt nothing."""
    return Network(2 * len(corpus.phones.base), corpus.deviation)
