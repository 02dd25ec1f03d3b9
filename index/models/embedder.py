"""Text to vectors: the bundled model, or any of sentence-transformers."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from index.models.bundled import BundledModelError, bundled_model
from index.models.bundled_embedder import BundledEmbedder
from index.models.loading import BUNDLED, ModelError, ModelThread, native_precision, sentence_transformer
from index.models.vectors import Vectors, mean_by_text

__all__ = ["Embedder", "PassageEmbedder", "Vectors", "load_embedder"]

BATCH = 32


class PassageEmbedder(Protocol):
    """Interface that a build uses of a model. Models of one `name` give the same vectors."""

    name: str
    dimension: int

    def embed_passages(self, texts: Sequence[str]) -> Vectors: ...


class Embedder(PassageEmbedder, Protocol):
    """Interface that a search uses of a model."""

    def embed_questions(self, texts: Sequence[str]) -> Vectors: ...


def load_embedder(
    model: str, state: Path, precision: str | None = None, thread: ModelThread | None = None
) -> Embedder:
    """The model that the setting names: "bundled", a folder, or a hub name.

    A `precision`, "float32" or "bfloat16", has sentence-transformers compute in it, in `thread`, None
    makes one. With None the bundled model is computed in 8 bits, without torch, and any other in bfloat16
    where the processor computes in it, else in float32. Raises ModelError.
    """
    if model == BUNDLED:
        try:
            if precision is None:
                return BundledEmbedder(state)
            folder = bundled_model(state)
        except (BundledModelError, OSError, KeyError, ValueError) as error:
            raise ModelError(str(error)) from error
        return SentenceTransformerEmbedder(str(folder), folder.name, precision, thread or ModelThread())
    return SentenceTransformerEmbedder(
        model, _name(model), precision or native_precision(), thread or ModelThread()
    )


def _name(model: str) -> str:
    """A hub name as it is; a folder's with the sha256 of its files: trained anew, it has a new name."""
    folder = Path(model)
    if not folder.is_dir():
        return model
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return f"{folder.name}-{digest.hexdigest()[:12]}"


class SentenceTransformerEmbedder:
    """Embeds with the model's own "query" and "document" prompts, where it has them."""

    def __init__(self, path: str, name: str, precision: str, thread: ModelThread) -> None:
        self._thread = thread
        self._model = thread.run(sentence_transformer, path, precision)
        self.name = f"{name}+{precision}"
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions; a text beyond the model's length is embedded in parts, see `_halved`."""
        return self._thread.run(self._embed, texts, "query")

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages; a text beyond the model's length is embedded in parts, see `_halved`."""
        return self._thread.run(self._embed, texts, "document")

    def _embed(self, texts: Sequence[str], kind: str) -> Vectors:
        encode = self._model.encode_query if kind == "query" else self._model.encode_document
        room = self._room(kind)
        parts = [self._halved(text, room) for text in texts]
        vectors = encode(
            [part for text_parts in parts for part in text_parts],
            batch_size=BATCH,
            show_progress_bar=False,
            normalize_embeddings=True,
        )
        found = np.asarray(vectors, dtype=np.float32).reshape(-1, self.dimension)
        return mean_by_text(found, [len(text_parts) for text_parts in parts])

    def _room(self, kind: str) -> float:
        """Tokens that remain for a text beside the prompt and the special tokens."""
        length = self._model.max_seq_length or 512
        if length == math.inf:  # a model of static word vectors
            return math.inf
        return length - self._count(self._model.prompts.get(kind) or "")

    def _count(self, text: str) -> int:
        return len(self._model.tokenizer(text, truncation=False, verbose=False)["input_ids"])

    def _halved(self, text: str, room: float) -> list[str]:
        """The text in as few equal parts as fit: nothing beyond the model's length is cut off."""
        if len(text) < 2 or room == math.inf or self._count(text) <= room:
            return [text]
        middle = len(text) // 2
        return self._halved(text[:middle], room) + self._halved(text[middle:], room)
