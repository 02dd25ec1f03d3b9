"""The re-ranker that needs no download, for English questions: it reads them beside Chinese articles.

It is a low-rank adapter (Hu et al. 2021) of the bundled encoder's twelve layers. The JSON file beside the
weights states how they were made.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from index.models.bundled import BundledModelError, bundled_model
from index.models.encoder import PRECISION, Encoder, Matrix, tokenizer_of
from index.models.loading import ModelError
from index.query.hubness import everyday_lines
from index.terms import Script

__all__ = ["LONGEST", "WEIGHTS", "BundledReranker"]

WEIGHTS = Path(__file__).with_name("reranker-english.safetensors")
LONGEST = 192  # tokens of a question and a text together, as in training
POOLER, CLASSIFIER = "pooler.dense", "classifier"


class BundledReranker:
    """Scores texts by the shipped weights; may be used from several threads at once."""

    scripts: frozenset[Script] = frozenset({"latin"})

    def __init__(self, state: Path, weights: Path = WEIGHTS) -> None:
        """Raises ModelError where the bundled model or the weights cannot be read."""
        digest = json.loads(weights.with_suffix(".json").read_text())["sha256"][:12]
        self.name = f"bundled-{digest}+{PRECISION}"
        try:
            folder, trained = bundled_model(state), _trained(weights)
            self._tokenizer = tokenizer_of(folder)
            sample = map(self._pair, everyday_lines("latin"), everyday_lines("han"))
            self._encoder = Encoder(
                folder, f"reranker-{digest}", sample, lambda layers: _adapted(layers, trained)
            )
            self._pooler, self._classifier = (_Dense.of(trained, name) for name in (POOLER, CLASSIFIER))
        except (BundledModelError, OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
            raise ModelError(f"the bundled re-ranker cannot be loaded: {error}") from error

    def logits(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (n_texts,): the log-odds that each text answers the question."""
        if not texts:
            return np.zeros(0, dtype=np.float32)
        first = np.array([self._encoder.states(self._pair(question, text))[0] for text in texts])
        return self._classifier.of_states(np.tanh(self._pooler.of_states(first)))[:, 0]

    def _pair(self, question: str, text: str) -> list[int]:
        """The tokens of both; of the longer one what does not fit is cut off."""
        begin, end = self._tokenizer.encode("").ids
        asked, read = (self._tokenizer.encode(one, add_special_tokens=False).ids for one in (question, text))
        room = LONGEST - 4
        asked = asked[: max(room - len(read), room // 2)]
        return [begin, *asked, end, end, *read[: room - len(asked)], end]


class _Dense(NamedTuple):
    weight: Matrix
    bias: Matrix

    @classmethod
    def of(cls, weights: Mapping[str, Matrix], name: str) -> Self:
        return cls(weights[f"{name}.weight"], weights[f"{name}.bias"])

    def of_states(self, states: Matrix) -> Matrix:
        """Shape (n_texts, n_outputs) for (n_texts, n_inputs)."""
        # A matrix product would go to BLAS, whose threads wait by spinning.
        return np.asarray(np.einsum("ni,oi->no", states, self.weight) + self.bias, dtype=np.float32)


def _trained(path: Path) -> dict[str, Matrix]:
    """The trained weights, named as the encoder's are; its own lack the "bert." before them."""
    return {name.removeprefix("bert."): values.astype(np.float32) for name, values in load_file(path).items()}


def _adapted(encoder: Mapping[str, Matrix], trained: Mapping[str, Matrix]) -> dict[str, Matrix]:
    """The encoder's weights with "up" @ "down" added to each matrix that has them.

    What else was trained takes the place of the encoder's. Raises KeyError where a half of a pair is missing.
    """
    matrices = {name.rpartition(".")[0] for name in trained if name.endswith((".up", ".down"))}
    sums = {name: encoder[name] + trained[f"{name}.up"] @ trained[f"{name}.down"] for name in matrices}
    others = {name: values for name, values in trained.items() if name.rpartition(".")[0] not in matrices}
    if stray := sorted(name for name in others if name not in encoder and not name.startswith(CLASSIFIER)):
        raise ValueError(f"{stray} are left over")
    return {**encoder, **others, **sums}
