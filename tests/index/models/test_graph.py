"""The encoder's graph: a tiny one in float32 is what numpy says, and in 8 bits nearly that."""

from __future__ import annotations

import math

import numpy as np
import onnxruntime
import pytest

from index.models.graph import EMBEDDED, Matrix, layers_graph

WIDTH, WIDE, HEADS, EPSILON = 8, 16, 2, 1e-12
SHAPES = {
    "attention.self.query": (WIDTH, WIDTH),
    "attention.self.key": (WIDTH, WIDTH),
    "attention.self.value": (WIDTH, WIDTH),
    "attention.output.dense": (WIDTH, WIDTH),
    "intermediate.dense": (WIDE, WIDTH),
    "output.dense": (WIDTH, WIDE),
}
NORMS = ("embeddings", "encoder.layer.0.attention.output", "encoder.layer.0.output")
TEXT = np.random.default_rng(1).standard_normal((1, 5, WIDTH)).astype(np.float32)


@pytest.fixture
def weights() -> dict[str, Matrix]:
    chance = np.random.default_rng(0)
    made = {}
    for name, shape in SHAPES.items():
        made[f"encoder.layer.0.{name}.weight"] = chance.standard_normal(shape)
        made[f"encoder.layer.0.{name}.bias"] = chance.standard_normal(shape[0])
    for name in NORMS:
        made[f"{name}.LayerNorm.weight"] = chance.uniform(0.5, 1.5, WIDTH)
        made[f"{name}.LayerNorm.bias"] = chance.standard_normal(WIDTH)
    return {name: values.astype(np.float32) for name, values in made.items()}


def computed(graph: bytes) -> dict[str, Matrix]:
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(None, {EMBEDDED: TEXT}), strict=True))


def expected(weights: dict[str, Matrix]) -> Matrix:
    """One layer of BERT (Devlin et al. 2019), written out."""
    erf = np.vectorize(math.erf)

    def normed(name: str, x: Matrix) -> Matrix:
        x = (x - x.mean(axis=-1, keepdims=True)) / np.sqrt(x.var(axis=-1, keepdims=True) + EPSILON)
        return x * weights[f"{name}.LayerNorm.weight"] + weights[f"{name}.LayerNorm.bias"]

    def dense(name: str, x: Matrix) -> Matrix:
        name = f"encoder.layer.0.{name}"
        return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    x = normed("embeddings", TEXT[0])
    query, key, value = (
        dense(f"attention.self.{part}", x).reshape(-1, HEADS, WIDTH // HEADS).swapaxes(0, 1)
        for part in ("query", "key", "value")
    )
    scores = np.exp(query @ key.swapaxes(1, 2) / math.sqrt(WIDTH // HEADS))
    heads = (scores / scores.sum(axis=-1, keepdims=True)) @ value
    x = normed(NORMS[1], x + dense("attention.output.dense", heads.swapaxes(0, 1).reshape(-1, WIDTH)))
    wide = dense("intermediate.dense", x)
    return normed(NORMS[2], x + dense("output.dense", wide * (1 + erf(wide / math.sqrt(2))) / 2))


def test_in_float32_it_is_the_layer_and_tells_what_is_multiplied(weights: dict[str, Matrix]) -> None:
    states, *multiplied = computed(layers_graph(weights, 1, HEADS, EPSILON)).values()
    np.testing.assert_allclose(states[0], expected(weights), atol=1e-4)
    assert [one.shape for one in multiplied] == [(1, 5, WIDTH)] * 3 + [(1, 5, WIDE)]


def test_in_8_bits_it_is_nearly_the_layer(weights: dict[str, Matrix]) -> None:
    found = computed(layers_graph(weights, 1, HEADS, EPSILON))
    ranges = {name: np.abs(states[0]).max(axis=0) for name, states in found.items()}
    [states] = computed(layers_graph(weights, 1, HEADS, EPSILON, ranges)).values()
    exact = expected(weights)
    cosines = (
        (states[0] * exact).sum(axis=1) / np.linalg.norm(states[0], axis=1) / np.linalg.norm(exact, axis=1)
    )
    assert cosines.min() > 0.995


def test_a_missing_weight(weights: dict[str, Matrix]) -> None:
    del weights["encoder.layer.0.output.dense.bias"]
    with pytest.raises(KeyError, match=r"encoder\.layer\.0\.output\.dense\.bias"):
        layers_graph(weights, 1, HEADS, EPSILON)
