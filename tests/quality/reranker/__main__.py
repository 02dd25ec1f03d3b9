"""Trains index/reranker.safetensors: python -m tests.quality.reranker DATA.

DATA holds the question sets of SETS and NEWS in BEIR layout, as evaluate takes them. What it learned from,
and how well it parts right from wrong texts, goes to reranker.json. The weights of both halves of NEWS go to
the state folder, where tests.quality.fit_confidence looks for them. On two cores with AMX it takes an hour.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Sequence
from copy import deepcopy
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import torch

from bot.settings import Settings
from index.bundled import bundled_model
from index.bundled_reranker import WEIGHTS
from index.embedder import load_embedder
from index.model_names import BUNDLED
from tests.quality.reranker.halves import NEWS, weights_without
from tests.quality.reranker.pairs import Group, mined
from tests.quality.reranker.training import CrossEncoderTraining

SETS = ("drcd-dev", "cmrc-trial", "xquad-dev")
EPOCHS, RATE = 1.5, 1e-3
NEWS_EPOCHS, NEWS_RATE = 2, 4e-4  # with half as many of the others


def main(data: Path) -> None:
    state = Settings().state
    embedder = load_embedder(BUNDLED, state)
    groups = {name: mined(data / name, embedder, state) for name in (*SETS, NEWS)}
    torch.set_num_threads(os.cpu_count() or 1)  # FAISS, which found the near misses, sets one
    learned = [group for name in SETS for group in groups[name] if not group.is_held_out]
    learned += [group for group in groups["xquad-dev"] if not group.is_held_out]  # the one set of its kind
    training = CrossEncoderTraining(bundled_model(state))
    _learn(training, learned, EPOCHS, RATE)
    without_news = deepcopy(training.model.state_dict())
    news_auroc = training.auroc(groups[NEWS])
    half_aurocs = []
    for left_out in (0, 1):
        new = [group for group in groups[NEWS] if group.half == left_out]
        _learn_news(training, [group for group in groups[NEWS] if group.half != left_out], learned)
        half_aurocs.append(training.auroc(new))
        _write(training, weights_without(state, left_out), {"left out": f"half {left_out} of {NEWS}"})
        training.model.load_state_dict(without_news)
    _learn_news(training, groups[NEWS], learned)
    held_out = {name: [group for group in groups[name] if group.is_held_out] for name in SETS}
    provenance = {
        "command": "python -m tests.quality.reranker DATA",
        "data": f"{', '.join(SETS)}: {len(learned)} groups of a right text and four near misses; then {NEWS}",
        "date": date.today().isoformat(),
        "auroc": {
            **{f"{name}, held-out articles": training.auroc(held_out[name]) for name in SETS},
            f"{NEWS}, before it was learned": news_auroc,
            f"{NEWS}, halves, by what learned the other": half_aurocs,
        },
    }
    _write(training, WEIGHTS, provenance)


def _learn_news(training: CrossEncoderTraining, news: Sequence[Group], others: Sequence[Group]) -> None:
    _learn(training, [*news, *random.Random(0).sample(others, len(news) // 2)], NEWS_EPOCHS, NEWS_RATE)


def _learn(training: CrossEncoderTraining, groups: Sequence[Group], epochs: float, rate: float) -> None:
    for step, total, loss in training.fit(groups, epochs, rate):
        print(f"step {step} of {total}, loss {loss:.3f}", end="\r", flush=True)


def _write(training: CrossEncoderTraining, path: Path, provenance: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    training.save(path)
    document = {"sha256": sha256(path.read_bytes()).hexdigest(), **provenance}
    path.with_suffix(".json").write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
