"""Words that stand in a setting for a model that comes with the program, or for none."""

from __future__ import annotations

__all__ = ["BUNDLED", "NO_RERANKER"]

BUNDLED = "bundled"
NO_RERANKER = "none"
