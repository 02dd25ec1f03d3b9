"""An embedder that has the questions' vectors before they are asked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.embedder import Embedder, Vectors

__all__ = ["PreparedEmbedder"]


class PreparedEmbedder:
    """Answers from the vectors that `prepare` computed in one batch; other texts go to the embedder."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}
        self.name, self.dimension = embedder.name, embedder.dimension

    def prepare(self, texts: Sequence[str]) -> None:
        """Embeds these questions; the vectors of those that were prepared before are dropped."""
        # Alike lengths pad each other least.
        unique = sorted(set(texts), key=len)
        vectors = list(self._embedder.embed_questions(unique)) if unique else []
        self._known = dict(zip(unique, vectors, strict=True))

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        if any(text not in self._known for text in texts):
            return self._embedder.embed_questions(texts)
        return np.array([self._known[text] for text in texts], dtype=np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._embedder.embed_passages(texts)
