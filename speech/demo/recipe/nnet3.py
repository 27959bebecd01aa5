"""Writes the acoustic model in Kaldi's binary form, as far as libvosk needs it."""

import io
import struct
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .features import SIZE
from .network import CONTEXT, Affine
from .phones import Phones
from .rows import Corpus

STEPS = (0, 64, 192, 255)  # bytes of a column's least element, quarter, three quarters, most
STAY = 0.5  # every transition's probability: the scores of a chain model carry the rest
COUNT = 1_000.0  # frames that the global mean stands for


class Binary:
    """Tokens, numbers and matrices, one after the other, after Kaldi's mark of a binary file."""

    def __init__(self) -> None:
        self._file = io.BytesIO(b"\0B")
        self._file.seek(2)

    def token(self, *names: str) -> None:
        self.raw("".join(f"{name} " for name in names).encode())

    def raw(self, content: bytes) -> None:
        self._file.write(content)

    def integer(self, *values: int) -> None:
        for value in values:
            self.raw(b"\4" + struct.pack("<i", value))

    def real(self, value: float) -> None:
        self.raw(b"\4" + struct.pack("<f", value))

    def integers(self, values: list[int]) -> None:
        self.integer(len(values))
        self.raw(np.array(values, "<i4").tobytes())

    def vector(self, values: npt.NDArray[np.float64] | list[float]) -> None:
        self.token("FV")
        self.integer(len(values))
        self.raw(np.asarray(values, "<f4").tobytes())

    def compressed(self, matrix: npt.NDArray[np.float64]) -> None:
        """A matrix as CM, one byte an element: each column has a scale of its own, in quarters."""
        low, span = float(matrix.min()), max(float(np.ptp(matrix)), 1e-5)
        ranked = np.sort(matrix, 0)[[0, len(matrix) // 4, 3 * len(matrix) // 4, -1]]
        heads = np.round((ranked - low) / span * 65_535) + np.arange(4)[:, None]  # rising
        heads = np.minimum(heads, 65_532 + np.arange(4)[:, None])
        marks = low + heads / 65_535 * span
        columns = [np.interp(matrix[:, at], marks[:, at], STEPS) for at in range(matrix.shape[1])]
        self.token("CM")
        self.raw(struct.pack("<ffii", low, span, *matrix.shape))
        self.raw(heads.T.astype("<u2").tobytes())
        self.raw(np.round(columns).astype("u1").tobytes())

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self._file.getvalue())


def save(folder: Path, corpus: Corpus, layers: list[Affine]) -> None:
    """`final.mdl`, and the global mean that the running mean of a call starts from."""
    model = Binary()
    _transitions(model, corpus.phones)
    _network(model, layers)
    model.save(folder / "final.mdl")
    mean, variance = corpus.mean, corpus.deviation.astype(np.float64) ** 2
    sums = [[*(mean * COUNT), COUNT], [*((mean**2 + variance) * COUNT), 0.0]]
    stats = Binary()
    stats.token("DM")
    stats.integer(2, SIZE + 1)
    stats.raw(np.array(sums, "<f8").tobytes())
    stats.save(folder / "global_cmvn.stats")


def _transitions(model: Binary, phones: Phones) -> None:
    """Chain topology: one state a phone, one score when it is entered, one while it lasts."""
    count = len(phones.placed) - 1
    model.token("<TransitionModel>", "<Topology>")
    model.integers(list(range(1, count + 1)))
    model.integers([-1] + [0] * count)
    model.integer(-1, 1, 2)  # the form with two scores; one topology; two states
    model.integer(0, 1, 2)  # the state: its scores, two transitions
    for target in (0, 1):
        model.integer(target)
        model.real(STAY)
    model.integer(-1, -1, 0)  # the end
    model.token("</Topology>", "<Tuples>")
    model.integer(count)
    for phone in range(1, count + 1):
        base = phones.base_of[phone]
        model.integer(phone, 0, 2 * base, 2 * base + 1)
    model.token("</Tuples>", "<LogProbs>")
    model.vector([0.0] + [float(np.log(STAY))] * (2 * count))
    model.token("</LogProbs>", "</TransitionModel>")


def _network(model: Binary, layers: list[Affine]) -> None:
    model.token("<Nnet3>")
    model.raw(("\n" + "\n".join(_wiring(layers)) + "\n\n").encode())
    model.token("<NumComponents>")
    model.integer(len(layers) + sum(layer.rectified for layer in layers))
    for number, layer in enumerate(layers):
        model.token("<ComponentName>", f"affine{number}", "<FixedAffineComponent>")
        model.token("<LinearParams>")
        model.compressed(layer.weight)
        model.token("<BiasParams>")
        model.vector(layer.bias)
        model.token("</FixedAffineComponent>")
        if layer.rectified:
            _rectifier(model, number, len(layer.bias))
    model.token("</Nnet3>", "<LeftContext>")
    model.integer(CONTEXT)
    model.token("<RightContext>")
    model.integer(CONTEXT)
    model.token("<Priors>")
    model.vector([])


def _wiring(layers: list[Affine]) -> list[str]:
    lines, source, wide = [f"input-node name=input dim={SIZE}"], "input", "input"
    for number, layer in enumerate(layers):
        frames = [f"Offset({source}, {at})" if at else source for at in layer.seen]
        heard = f"Append({', '.join(frames)})" if len(frames) > 1 else source
        source = f"affine{number}"
        lines.append(f"component-node name={source} component={source} input={heard}")
        if layer.rectified:
            total = f"Sum({source}, {wide})" if layer.added else source
            source = wide = f"relu{number}"
            lines.append(f"component-node name={source} component={source} input={total}")
    return [*lines, f"output-node name=output input={source} objective=linear"]


def _rectifier(model: Binary, number: int, size: int) -> None:
    model.token("<ComponentName>", f"relu{number}", "<RectifiedLinearComponent>", "<Dim>")
    model.integer(size)
    for statistics in ("<ValueAvg>", "<DerivAvg>"):
        model.token(statistics)
        model.vector([])
    model.token("<Count>")
    model.raw(b"\x08" + struct.pack("<d", 0.0))
    model.token("</RectifiedLinearComponent>")
