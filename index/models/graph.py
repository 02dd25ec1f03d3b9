"""The bundled encoder's twelve layers as an ONNX graph, in float32 or in 8 bits. The one importer of onnx.

In 8 bits (W8A8) the weights have a scale for each of a matrix's rows, and what is multiplied by them one for
a whole text. Some columns of that are thirty times as large as the others: these are divided by a factor and
the weights multiplied by it, so that little is lost (SmoothQuant, Xiao et al. 2023). Cosine to float32 over
the nine articles' paragraphs: .9990 with that, .9970 without (docs/measurements.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

__all__ = ["EMBEDDED", "Matrix", "layers_graph"]

EMBEDDED = "embedded"
"""The graph's input: the sum of a text's embeddings, shape (1, n_tokens, width)."""

SHARE = 0.65
"""How much of the difference between columns the weights take over; .5 to .75 do alike."""

OWN = "com.microsoft"  # ONNX Runtime's operators for transformers
OPSETS = (helper.make_opsetid("", 18), helper.make_opsetid(OWN, 1))
IR = 10  # what ONNX Runtime reads since 1.18

Matrix = NDArray[np.float32]


def layers_graph(
    weights: Mapping[str, Matrix],
    n_layers: int,
    n_heads: int,
    epsilon: float,
    ranges: Mapping[str, Matrix] | None = None,
) -> bytes:
    """The serialised graph; its first output is the last layer's states, shape (1, n_tokens, width).

    `weights` are named as in transformers' BertModel. Without `ranges` it computes in float32, and its
    further outputs are all that is multiplied by weights; `ranges` are the greatest magnitudes of their
    columns, by the outputs' names. Raises KeyError where a weight is missing.
    """
    graph = _Graph(weights, epsilon, ranges)
    last = graph.normed("embeddings.LayerNorm", [EMBEDDED])
    for number in range(n_layers):
        last = graph.layer(f"encoder.layer.{number}", last, n_heads)
    return graph.serialised(last)


class _Graph:
    """Nodes in order; each is named like its output."""

    def __init__(
        self, weights: Mapping[str, Matrix], epsilon: float, ranges: Mapping[str, Matrix] | None
    ) -> None:
        self._weights, self._epsilon, self._ranges = weights, epsilon, ranges
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []
        self._multiplied: list[str] = []

    def layer(self, name: str, states: str, n_heads: int) -> str:
        """Attention, then the feed-forward network, each added to what it read."""
        own = f"{name}.attention.self"
        parts = [f"{own}.query", f"{own}.key", f"{own}.value"]
        joint = self.product(own, states, np.concatenate([self.matrix(part) for part in parts]))
        self._nodes.append(helper.make_node("Split", [joint], parts, axis=-1, num_outputs=len(parts)))
        bias = self.constant(f"{own}.bias", np.concatenate([self.bias(part) for part in parts]))
        heads = self.node("MultiHeadAttention", [*parts, bias], f"{own}.heads", OWN, num_heads=n_heads)
        attended = self.added(f"{name}.attention.output", heads, states)
        wide = self.product(f"{name}.wide", attended, self.matrix(f"{name}.intermediate.dense"))
        bias = self.constant(f"{name}.wide.bias", self.bias(f"{name}.intermediate.dense"))
        return self.added(
            f"{name}.output", self.node("BiasGelu", [wide, bias], f"{name}.gelu", OWN), attended
        )

    def added(self, name: str, states: str, before: str) -> str:
        """What a dense layer makes of the states, added to those before, and normed."""
        product = self.product(f"{name}.dense", states, self.matrix(f"{name}.dense"))
        bias = self.constant(f"{name}.dense.bias", self.bias(f"{name}.dense"))
        return self.normed(f"{name}.LayerNorm", [product, before], [bias])

    def normed(self, name: str, states: Sequence[str], bias: Sequence[str] = ()) -> str:
        """Layer normalisation of one input, or of the sum of two and a bias."""
        gamma = self.constant(f"{name}.weight", self.matrix(name))
        beta = self.constant(f"{name}.bias", self.bias(name))
        kind, domain = ("SkipLayerNormalization", OWN) if bias else ("LayerNormalization", "")
        return self.node(kind, [*states, gamma, beta, *bias], name, domain, epsilon=self._epsilon)

    def product(self, name: str, states: str, matrix: Matrix) -> str:
        """The states by a matrix of shape (n_outputs, n_inputs)."""
        self._multiplied.append(states)
        if self._ranges is None:
            return self.node("MatMul", [states, self.constant(f"{name}.weights", matrix.T)], name)
        factors = _factors(self._ranges[states], matrix)
        smooth = self.node(
            "Mul", [states, self.constant(f"{name}.factors", np.reciprocal(factors))], f"{name}.smooth"
        )
        values, scales = _in_8_bits(matrix * factors)
        weights = [self.constant(f"{name}.values", values.T), self.constant(f"{name}.scales", scales)]
        zeros = self.constant(f"{name}.zeros", np.zeros(len(matrix), dtype=np.int8))
        return self.node("DynamicQuantizeMatMul", [smooth, *weights, zeros], name, OWN)

    def node(self, kind: str, inputs: Sequence[str], name: str, domain: str = "", **settings: Any) -> str:
        self._nodes.append(helper.make_node(kind, inputs, [name], domain=domain, **settings))
        return name

    def constant(self, name: str, values: NDArray[np.float32] | NDArray[np.int8]) -> str:
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def matrix(self, name: str) -> Matrix:
        return self._weights[f"{name}.weight"]

    def bias(self, name: str) -> Matrix:
        return self._weights[f"{name}.bias"]

    def serialised(self, last: str) -> bytes:
        further = [] if self._ranges else list(dict.fromkeys(self._multiplied))
        shape: list[str | int | None] = [1, "tokens", None]
        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [helper.make_tensor_value_info(EMBEDDED, TensorProto.FLOAT, shape)],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in (last, *further)],
            self._constants,
        )
        model = helper.make_model(graph, opset_imports=OPSETS, ir_version=IR)
        return bytes(model.SerializeToString())


def _factors(ranges: Matrix, matrix: Matrix) -> Matrix:
    """What the states' columns are divided by, shape (n_inputs,), of geometric mean 1."""
    columns = np.abs(matrix).max(axis=0)
    factors = np.maximum(ranges, 1e-5) ** SHARE / np.maximum(columns, 1e-5) ** (1 - SHARE)
    return np.asarray(factors / np.exp(np.log(factors).mean()), dtype=np.float32)


def _in_8_bits(matrix: Matrix) -> tuple[NDArray[np.int8], Matrix]:
    """Values of -127 to 127, and the scale of each row, shape (n_outputs,)."""
    scales = np.abs(matrix).max(axis=1) / np.float32(127)
    return np.rint(matrix / scales[:, None]).astype(np.int8), scales
