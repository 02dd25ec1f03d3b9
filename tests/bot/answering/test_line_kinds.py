"""The kind of a line by its vector."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bot.answering.line_kinds import SHIPPED, LineKinds
from bot.settings import Settings
from corpus.library.cards import card_files

KINDS = LineKinds("small", ("ordinary", "fire"), np.eye(2, dtype=np.float32) * 10, np.zeros(2, np.float32))
BURNING = np.array([0, 1], np.float32)


def test_the_probability_of_each_kind() -> None:
    assert KINDS.of(BURNING) == pytest.approx({"ordinary": 0.0000454, "fire": 0.9999546}, abs=1e-6)


def test_of_another_models_vectors_nothing_is_known(tmp_path: Path) -> None:
    path = tmp_path / "kinds.json"
    values = {"model": "small", "names": ["ordinary", "fire"], "weights": [[1, 0], [0, 1]], "biases": [0, 0]}
    path.write_text(json.dumps(values), encoding="utf-8")
    assert LineKinds.load("other+float32", path) is None
    loaded = LineKinds.load("small+bfloat16", path)
    assert loaded is not None
    assert loaded.names == ("ordinary", "fire")


def test_each_shipped_card_has_its_kind() -> None:
    model = json.loads(SHIPPED.read_text(encoding="utf-8"))["model"]
    shipped = LineKinds.load(model)
    assert shipped is not None
    cards = {path.name.split(".")[0] for path in card_files(Settings.model_fields["articles"].default)}
    assert set(shipped.names) == {"ordinary", "idle", *cards}
    assert shipped.weights.shape == (384, len(shipped.names))
