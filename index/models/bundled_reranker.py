"""The re-ranker that needs no download, for English questions: it reads them beside Chinese articles.

It is a low-rank adapter (Hu et al. 2021) of the bundled encoder's twelve layers. The JSON file beside the
weights states how they were made. Token embeddings and tokenizer are those of the bundled model's folder,
only read where a token occurs.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError

from index.models.bundled import BundledModelError, bundled_model
from index.models.loading import ModelError, ModelThread
from index.terms import Script

if TYPE_CHECKING:
    from tokenizers import Encoding

__all__ = ["LONGEST", "WEIGHTS", "BundledReranker"]

WEIGHTS = Path(__file__).with_name("reranker-english.safetensors")
LONGEST = 192  # tokens of a question and a text together, as in training
WORDS = "embeddings.word_embeddings.weight"


class BundledReranker:
    """Scores texts by the shipped weights."""

    scripts: frozenset[Script] = frozenset({"latin"})

    def __init__(self, state: Path, precision: str, thread: ModelThread, weights: Path = WEIGHTS) -> None:
        """Raises ModelError where the bundled model or the weights cannot be read."""
        self._thread = thread
        provenance = json.loads(weights.with_suffix(".json").read_text())
        self.name = f"bundled-{provenance['sha256'][:12]}+{precision}"
        try:
            folder = bundled_model(state)
            self._tokenizer = _tokenizer(folder)
            self._words = thread.run(_word_vectors, folder)
            self._model = thread.run(_loaded, folder, weights, precision)
        except (BundledModelError, OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
            raise ModelError(f"the bundled re-ranker cannot be loaded: {error}") from error

    def logits(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (n_texts,): the log-odds that each text answers the question."""
        if not texts:
            return np.zeros(0, dtype=np.float32)
        pairs = self._tokenizer.encode_batch([(question, text) for text in texts])
        return self._thread.run(self._scores, pairs)

    def _scores(self, pairs: list[Encoding]) -> NDArray[np.float32]:
        import torch

        ids = torch.tensor([pair.ids for pair in pairs])
        mask = torch.tensor([pair.attention_mask for pair in pairs])
        with torch.inference_mode():
            vectors = self._words[ids].to(self._model.dtype)
            scores = self._model(inputs_embeds=vectors, attention_mask=mask).logits
        return np.asarray(scores.float().squeeze(1).numpy(), dtype=np.float32)


def _tokenizer(folder: Path) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(LONGEST, strategy="longest_first")
    tokenizer.enable_padding(pad_id=json.loads((folder / "config.json").read_text())["pad_token_id"])
    return tokenizer


def _word_vectors(folder: Path) -> Any:
    """The token embeddings, left on the disk until they are looked up."""
    from safetensors import safe_open

    with safe_open(folder / "model.safetensors", "pt") as encoder:
        return encoder.get_tensor(WORDS)


def _loaded(folder: Path, path: Path, precision: str) -> Any:
    """The model above the token embeddings, the adapter at `path` added to the encoder's layers."""
    import torch
    from safetensors import safe_open
    from safetensors.torch import load_file
    from transformers import BertConfig, BertForSequenceClassification

    trained = {name: weight.float() for name, weight in load_file(path).items()}
    with safe_open(folder / "model.safetensors", "pt") as encoder:
        names = [name for name in encoder.keys() if name != WORDS]  # noqa: SIM118  # no mapping
        kept = {f"bert.{name}": encoder.get_tensor(name) for name in names}
    config = BertConfig.from_pretrained(folder, num_labels=1, vocab_size=1, pad_token_id=0)
    model = BertForSequenceClassification(config)
    missing, unexpected = model.load_state_dict(_adapted(kept, trained), strict=False)
    if unexpected or set(missing) != {f"bert.{WORDS}"}:
        raise ModelError(f"{path.name} does not fit: {missing} are missing, {unexpected} are left over")
    return model.to(getattr(torch, precision)).eval()


def _adapted(encoder: dict[str, Any], trained: dict[str, Any]) -> dict[str, Any]:
    """The encoder's weights with "up" @ "down" added to each matrix that has them.

    What else was trained takes the place of the encoder's. Raises KeyError where a half of a pair is missing.
    """
    matrices = {name.rpartition(".")[0] for name in trained if name.endswith((".up", ".down"))}
    sums = {name: encoder[name] + trained[f"{name}.up"] @ trained[f"{name}.down"] for name in matrices}
    others = {name: weight for name, weight in trained.items() if name.rpartition(".")[0] not in matrices}
    return encoder | others | sums
