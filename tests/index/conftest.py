"""The bundled model in its full precision."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.models.embedder import Embedder, load_embedder
from index.models.loading import BUNDLED


@pytest.fixture(scope="session")
def exact_embedder(bundled_state: Path) -> Embedder:
    """The bundled model computing in float32."""
    return load_embedder(BUNDLED, bundled_state, precision="float32")
