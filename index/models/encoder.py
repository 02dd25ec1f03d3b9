"""The bundled encoder, computed by ONNX Runtime without torch. The one importer of onnxruntime."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, reduce
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from safetensors import safe_open
from tokenizers import Tokenizer

from corpus.disk import written_whole

__all__ = ["PRECISION", "Encoder", "Matrix", "Tokens", "tokenizer_of"]

PRECISION = "w8a8"
"""Weights and what they multiply have 8 bits, see index/models/graph.py; the same on every processor."""

LAYOUT = 1  # raise it when the graph changes
WEIGHTS = "model.safetensors"
WORDS = "embeddings.word_embeddings.weight"
POSITIONS, TYPES = "embeddings.position_embeddings.weight", "embeddings.token_type_embeddings.weight"

Matrix = NDArray[np.float32]
Tokens = Sequence[int]


class Encoder:
    """The layers above the token embeddings; may be used from several threads at once.

    Each call computes in the thread that calls: two questions at a time take two cores, and no thread spins.
    """

    def __init__(
        self,
        folder: Path,
        name: str,
        sample: Iterable[Tokens],
        changed: Callable[[Mapping[str, Matrix]], Mapping[str, Matrix]] = dict,
    ) -> None:
        """Of the bundled model's folder, where the graph `name` is made on first use, in some seconds.

        `sample` are texts like those to come, which tell the range of what is computed; `changed` gives the
        weights that it is made of from the folder's. Raises OSError, KeyError and ValueError where it cannot
        be made or loaded.
        """
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.longest, self.width = int(config["max_position_embeddings"]), int(config["hidden_size"])
        self._words, self._positions = _words(folder), _positions(folder)
        path = folder / "onnx" / f"{name}-{PRECISION}-{LAYOUT}.onnx"
        if not path.is_file():
            path.parent.mkdir(exist_ok=True)
            with written_whole(path) as draft:
                draft.write(self._graph(changed(_layers(folder)), config, sample))
        self._session = _session(path)

    def states(self, tokens: Tokens) -> Matrix:
        """The last layer's states of a text, shape (n_tokens, width)."""
        found = self._session.run(None, {"embedded": self._embedded(tokens)})
        return np.asarray(found[0][0], dtype=np.float32)

    def _embedded(self, tokens: Tokens) -> Matrix:
        words = self._words[np.asarray(tokens, dtype=np.int64)].astype(np.float32)
        return np.asarray(words + self._positions[: len(tokens)])[None]

    def _graph(
        self, weights: Mapping[str, Matrix], config: Mapping[str, float], sample: Iterable[Tokens]
    ) -> bytes:
        from index.models.graph import layers_graph

        sizes = int(config["num_hidden_layers"]), int(config["num_attention_heads"]), config["layer_norm_eps"]
        exact = _session(layers_graph(weights, *sizes))
        names = [output.name for output in exact.get_outputs()]
        found = (exact.run(None, {"embedded": self._embedded(tokens)}) for tokens in sample)
        most = reduce(
            lambda former, states: list(map(np.maximum, former, states)),
            ([np.abs(one[0]).max(axis=0) for one in states] for states in found),
        )
        return layers_graph(weights, *sizes, dict(zip(names, most, strict=True)))


def _session(graph: Path | bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # its own kinds have no other ancestor
        raise ValueError(str(error)) from error


def _layers(folder: Path) -> dict[str, Matrix]:
    """All weights but the token embeddings, by their names in transformers' BertModel."""
    with safe_open(folder / WEIGHTS, "np") as file:
        names = [name for name in file.keys() if name != WORDS]  # noqa: SIM118 - it is no mapping
        return {name: np.asarray(file.get_tensor(name), dtype=np.float32) for name in names}


def _positions(folder: Path) -> Matrix:
    """What is added to a token's embedding by its position, in a text of one type."""
    with safe_open(folder / WEIGHTS, "np") as file:
        positions, types = (np.asarray(file.get_tensor(n), dtype=np.float32) for n in (POSITIONS, TYPES))
    return np.asarray(positions + types[0])


@cache
def _words(folder: Path) -> NDArray[np.float16]:
    """The token embeddings, left on the disk until they are looked up."""
    path = folder / WEIGHTS
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        note = json.loads(file.read(length))[WORDS]
    return np.memmap(path, np.float16, "r", 8 + length + note["data_offsets"][0], tuple(note["shape"]))


@cache
def tokenizer_of(folder: Path) -> Tokenizer:
    """The model's tokenizer, which cuts nothing off; it is not to be changed: several threads use it."""
    return Tokenizer.from_file(str(folder / "tokenizer.json"))
