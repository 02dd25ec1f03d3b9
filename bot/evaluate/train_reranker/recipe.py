"""Recipes: epochs and rates by which each of the re-ranker's weights is trained."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["RECIPES", "Recipe"]


@dataclass(frozen=True)
class Recipe:
    """Epochs and learning rates over all sets, then over the news with half as many of the others.

    `layers` of the encoder, trained whole or, `is_adapter`, by low-rank matrices beside them.
    """

    layers: int
    is_adapter: bool
    epochs: float
    rate: float
    news_epochs: float
    news_rate: float


RECIPES = {
    "reranker": Recipe(5, False, epochs=2.5, rate=1.5e-4, news_epochs=3, news_rate=7e-5),
    "reranker-english": Recipe(12, True, epochs=1.5, rate=1e-3, news_epochs=2, news_rate=4e-4),
}
"""By the name of the file in index/models/."""
