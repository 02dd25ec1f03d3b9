"""Text to vectors, by the bundled model."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from index.models.bundled import bundled_model
from index.models.encoder import PRECISION, Encoder, Tokens, tokenizer_of
from index.models.vectors import Vectors, mean_by_text
from index.query.hubness import everyday_lines

__all__ = ["BundledEmbedder"]

QUESTION, PASSAGE = "query: ", "passage: "


class BundledEmbedder:
    """Embeds with the prompts that the model was trained with; may be used from several threads at once.

    Each text is computed by itself: its vector is the same whatever stands beside it, and none is padded.
    """

    def __init__(self, state: Path) -> None:
        """Raises BundledModelError where the model cannot be had, and what Encoder raises."""
        folder = bundled_model(state)
        self._tokenizer = tokenizer_of(folder)
        lines = everyday_lines("han") + everyday_lines("latin")
        sample = (self._tokens(f"{kind}{line}") for kind in (QUESTION, PASSAGE) for line in lines)
        self._encoder = Encoder(folder, "encoder", sample)
        self.name = f"{folder.name}+{PRECISION}"
        self.dimension = self._encoder.width

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions; a text beyond the model's length is embedded in parts, see `_parts`."""
        return self._embed(QUESTION, texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages; a text beyond the model's length is embedded in parts, see `_parts`."""
        return self._embed(PASSAGE, texts)

    def _embed(self, kind: str, texts: Sequence[str]) -> Vectors:
        parts = [self._parts(kind, text) for text in texts]
        tokens = [part for text_parts in parts for part in text_parts]
        if len(tokens) == 1:  # a question: in the thread that asks
            vectors = [self._vector(tokens[0])]
        else:
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                vectors = list(pool.map(self._vector, tokens))
        found = np.array(vectors, dtype=np.float32).reshape(-1, self.dimension)
        return mean_by_text(found, [len(text_parts) for text_parts in parts])

    def _vector(self, tokens: Tokens) -> Vectors:
        """The mean of a text's states, of length 1, shape (dimension,)."""
        mean = self._encoder.states(tokens).mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)

    def _parts(self, kind: str, text: str) -> list[Tokens]:
        """The text's tokens in as few equal parts as fit: nothing beyond the model's length is cut off."""
        tokens = self._tokens(f"{kind}{text}")
        if len(text) < 2 or len(tokens) <= self._encoder.longest:
            return [tokens]
        middle = len(text) // 2
        return self._parts(kind, text[:middle]) + self._parts(kind, text[middle:])

    def _tokens(self, text: str) -> Tokens:
        return self._tokenizer.encode(text).ids
