"""Makes `layers.onnx` and `words.npy` of the thinned encoder.

    python -m pip install onnx
    git show 952d41a:triage/meaning/encoder.npy > THIN      (or what `thin` wrote)
    python -m triage.meaning.recipe.pack THIN

What it multiplies by becomes whole numbers of 7 bits: in 8 bits a processor without the newest
orders cuts off sums that come out too large, and finds something else; in 7 all find the same.
Then `triage.meaning.learn` learns anew, and what `triage.redaction.recipe.learn` makes of it is
compared with the nets that are there (page 37).
"""

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from triage.meaning.encoder import LAYERS, LAYERS_AT, SIZE, WORDS_AT
from triage.meaning.kept import Numbers, keep, kept
from triage.meaning.recipe.plain import HEADS

FORMAT = 20  # the first that knows gelu
# How what each piece asks, holds and tells is turned, so that each of the twelve ways is by itself.
TURNS = (("query", [1, 0, 2]), ("key", [1, 2, 0]), ("value", [1, 0, 2]))


def main(thin: Path) -> None:
    """Write the encoder, whole first and then in small numbers."""
    with tempfile.TemporaryDirectory() as folder:
        held, whole = kept(thin), Path(folder) / "whole.onnx"
        keep(
            WORDS_AT,
            {
                "words": held["words"],
                "scale": held["words.scale"],
                "places": held["places"] + held["kind"],
            },
        )
        onnx.save(Graph(held).layers(), whole)
        quantize_dynamic(
            whole,
            LAYERS_AT,
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul"],
            extra_options={"MatMulConstBOnly": True},
        )


class Graph:
    """What is done with the weights, step by step; each step is known by its name."""

    def __init__(self, held: Mapping[str, Numbers]) -> None:
        self.held = held
        self.steps: list[onnx.NodeProto] = []
        self.kept: list[onnx.TensorProto] = []

    def layers(self) -> onnx.ModelProto:
        """From what each piece of a text means by itself to its states, and to the text's point."""
        flow, means = self.level("rows", "start"), []
        for number in range(LAYERS):
            flow = self.layer(flow, number)
            means.append(self.mean(flow, number))
        self.step("Identity", [flow], "states")
        self.step("Concat", means, "point", axis=0)
        rows = helper.make_tensor_value_info("rows", TensorProto.FLOAT, ["many", SIZE])
        states = helper.make_tensor_value_info("states", TensorProto.FLOAT, ["many", SIZE])
        point = helper.make_tensor_value_info("point", TensorProto.FLOAT, [LAYERS, SIZE])
        graph = helper.make_graph(self.steps, "layers", [rows], [states, point], self.kept)
        made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", FORMAT)])
        made.ir_version = 10
        onnx.checker.check_model(made)
        return made

    def layer(self, flow: str, number: int) -> str:
        """Each piece as one layer hands it on."""
        name = f"{number}.attention"
        seen = self.through(self.attended(flow, name), f"{name}.out")
        flow = self.level(self.step("Add", [flow, seen], f"{name}.both"), name)
        wide = self.through(flow, f"{number}.wide")
        wide = self.step("Gelu", [wide], f"{number}.gelu", approximate="tanh")
        told = self.through(wide, f"{number}.narrow")
        return self.level(
            self.step("Add", [flow, told], f"{number}.narrow.both"), f"{number}.narrow"
        )

    def attended(self, flow: str, name: str) -> str:
        """What each piece has seen of every other, in twelve ways at once."""
        apart = self.whole(f"{name}.apart", [-1, HEADS, SIZE // HEADS])
        asked, held, told = (
            self.heads(flow, f"{name}.{part}", perm, apart) for part, perm in TURNS
        )
        looks = self.step("MatMul", [asked, held], f"{name}.looks")
        evened = self.number(f"{name}.even", np.array((HEADS / SIZE) ** 0.5))
        looks = self.step("Mul", [looks, evened], f"{name}.evened")
        looks = self.step("Softmax", [looks], f"{name}.shares", axis=-1)
        seen = self.step("MatMul", [looks, told], f"{name}.seen")
        seen = self.step("Transpose", [seen], f"{name}.turned", perm=[1, 0, 2])
        return self.step("Reshape", [seen, self.whole(f"{name}.flat", [-1, SIZE])], f"{name}.row")

    def heads(self, flow: str, name: str, perm: list[int], apart: str) -> str:
        row = self.step("Reshape", [self.through(flow, name), apart], f"{name}.apart")
        return self.step("Transpose", [row], f"{name}.turned", perm=perm)

    def mean(self, flow: str, number: int) -> str:
        """The mean of all pieces, of length 1."""
        axis = self.whole(f"{number}.all", [0])
        mean = self.step("ReduceMean", [flow, axis], f"{number}.mean", keepdims=1)
        return self.step("LpNormalization", [mean], f"{number}.point", axis=1, p=2)

    def through(self, flow: str, name: str) -> str:
        product = self.step("MatMul", [flow, self.keep(f"{name}.weight")], f"{name}.product")
        return self.step("Add", [product, self.keep(f"{name}.bias")], f"{name}.through")

    def level(self, flow: str, name: str) -> str:
        by = [self.keep(f"{name}.level.{part}") for part in ("weight", "bias")]
        return self.step("LayerNormalization", [flow, *by], f"{name}.level", axis=-1, epsilon=1e-12)

    def step(self, does: str, what: list[str], name: str, **how: object) -> str:
        self.steps.append(helper.make_node(does, what, [name], **how))
        return name

    def keep(self, name: str) -> str:
        self.kept.append(numpy_helper.from_array(np.ascontiguousarray(self.held[name]), name))
        return name

    def number(self, name: str, numbers: Numbers) -> str:
        self.kept.append(numpy_helper.from_array(np.asarray(numbers, np.float32), name))
        return name

    def whole(self, name: str, numbers: list[int]) -> str:
        self.kept.append(numpy_helper.from_array(np.array(numbers, np.int64), name))
        return name


if __name__ == "__main__":
    main(Path(sys.argv[1]))
