"""The acoustic network: a time-delay network that gives two scores a base phone, each 30 ms."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional

from .features import SIZE
from .rows import Corpus

STRIDE = 3  # frames between two outputs
# Of each layer: which frames it sees, and its width. The second one does the stride.
LAYERS = [((-2, -1, 0, 1, 2), 192), ((-1, 0, 1), 192), *[((-3, 0, 3), 192)] * 4]
STRIDES = [1, STRIDE, 1, 1, 1, 1]
CONTEXT = sum(seen[-1] for seen, _ in LAYERS)  # frames either side


@dataclass(frozen=True)
class Affine:
    """One layer as Kaldi wants it: weights over the frames it sees, and whether a ReLU follows."""

    seen: tuple[int, ...]
    weight: npt.NDArray[np.float64]
    bias: npt.NDArray[np.float64]
    rectified: bool


class Network(nn.Module):
    """Takes features less their running mean; gives scores (first frame, later frame) a phone."""

    def __init__(self, outputs: int, deviation: npt.NDArray[np.float32]) -> None:
        super().__init__()
        self.register_buffer("scale", torch.from_numpy(1 / deviation))
        widths = [SIZE, *(width for _, width in LAYERS)]
        convolutions = [
            nn.Conv1d(before, width, len(seen), stride)
            for before, (seen, width), stride in zip(widths, LAYERS, STRIDES, strict=False)
        ]
        # After the stride the frames lie 30 ms apart, so -3, 0 and 3 are neighbours.
        self.convolutions = nn.ModuleList(convolutions)
        self.norms = nn.ModuleList(nn.BatchNorm1d(width) for width in widths[1:])
        self.out = nn.Conv1d(widths[-1], outputs, 1)
        nn.init.zeros_(self.out.bias)
        nn.init.normal_(self.out.weight, std=0.02)

    def forward(self, frames: torch.Tensor) -> torch.Tensor:
        """Batch, feature, frame (CONTEXT more at both ends) to batch, output, score."""
        heard = frames * self.scale[:, None]
        for convolution, norm in zip(self.convolutions, self.norms, strict=True):
            heard = norm(functional.relu(convolution(heard)))
        return self.out(heard).transpose(1, 2)

    def affine(self) -> list[Affine]:
        """The layers with the scaling of the input and of each norm folded into the next."""
        scale, shift = self.scale.double(), torch.zeros(SIZE, dtype=torch.double)
        norms, seen = [*self.norms, None], [*(seen for seen, _ in LAYERS), (0,)]
        folded = []
        for layer, norm, frames in zip([*self.convolutions, self.out], norms, seen, strict=True):
            weight = layer.weight.detach().double()
            bias = layer.bias.detach().double() + (weight * shift[None, :, None]).sum((1, 2))
            weight = (weight * scale[None, :, None]).permute(0, 2, 1).flatten(1)
            folded.append(Affine(frames, weight.numpy(), bias.numpy(), norm is not None))
            if norm is not None:
                scale = norm.weight.detach().double() / torch.sqrt(norm.running_var + norm.eps)
                shift = norm.bias.detach().double() - norm.running_mean.double() * scale
        return folded


def blank(corpus: Corpus) -> Network:
    """A network that has learnt nothing."""
    return Network(2 * len(corpus.phones.base), corpus.deviation)
