"""Trains the bundled re-ranker: python -m bot.evaluate.train_reranker DATA.

DATA holds the question sets of SETS and NEWS in BEIR layout, as evaluate takes them. What the weights learned
from, and how well they part right from wrong texts, goes to the JSON file beside them. On two cores with AMX
it takes an hour, without it some two.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import torch

from bot.evaluate.train_reranker.pairs import Ranking, mined
from bot.evaluate.train_reranker.training import CrossEncoderTraining
from bot.settings import Settings
from index.models.bundled import bundled_model
from index.models.bundled_reranker import WEIGHTS
from index.models.embedder import load_embedder
from index.models.loading import BUNDLED

SETS = ("drcd-dev", "cmrc-trial", "xquad-dev")
NEWS = "ncp-dev"  # what most publishers have is like it, so it comes last, with half as many of the others
EPOCHS, RATE = 1.5, 1e-3
NEWS_EPOCHS, NEWS_RATE = 2, 4e-4


def main(data: Path) -> None:
    state = Settings().state
    embedder = load_embedder(BUNDLED, state)
    groups = {name: mined(data / name, embedder, state) for name in (*SETS, NEWS)}
    torch.set_num_threads(os.cpu_count() or 1)  # FAISS, which found the near misses, sets one
    training = CrossEncoderTraining(bundled_model(state))
    learned = [group for of in SETS for group in groups[of] if not group.is_held_out]
    learned += [group for group in groups["xquad-dev"] if not group.is_held_out]  # the one set of its kind
    news = [*groups[NEWS], *random.Random(0).sample(learned, len(groups[NEWS]) // 2)]
    for stage, epochs, rate in ((learned, EPOCHS, RATE), (news, NEWS_EPOCHS, NEWS_RATE)):
        for step, total, loss in training.fit(stage, epochs, rate):
            print(f"step {step} of {total}, loss {loss:.3f}", end="\r", flush=True)
    held_out = {of: [group for group in groups[of] if group.is_held_out] for of in SETS}
    _write(training, len(learned), held_out)


def _write(training: CrossEncoderTraining, learned: int, held_out: Mapping[str, Sequence[Ranking]]) -> None:
    training.save(WEIGHTS)
    provenance = {
        "sha256": sha256(WEIGHTS.read_bytes()).hexdigest(),
        "command": "python -m bot.evaluate.train_reranker DATA",
        "data": f"{', '.join(SETS)}: {learned} groups of a right text and four near misses; then {NEWS}",
        "date": date.today().isoformat(),
        "held out": {
            of: {"questions": len(groups), "auroc": round(training.auroc(groups), 3)}
            for of, groups in held_out.items()
        },
    }
    WEIGHTS.with_suffix(".json").write_text(json.dumps(provenance, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
