"""Trains index/reranker.safetensors: python -m tests.quality.reranker DATA.

DATA holds the question sets of SETS in BEIR layout, as evaluate takes them. On two cores it takes some
two hours; what it learned from and how well it parts right from wrong texts goes to reranker.json.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from safetensors.torch import save_file

from bot.settings import Settings
from index.bundled import bundled_model
from index.bundled_reranker import WEIGHTS
from index.embedder import load_embedder
from index.model_names import BUNDLED
from tests.quality.reranker.pairs import Group, mined
from tests.quality.reranker.training import CrossEncoderTraining

SETS = ("drcd-dev", "cmrc-trial", "xquad-dev")
EPOCHS, RATE = 2.5, 1.5e-4
NEWS = "ncp-dev"  # what most publishers have is like it, so it comes last, with half as many of the others
NEWS_EPOCHS, NEWS_RATE = 3, 7e-5


def main(data: Path) -> None:
    state = Settings().state
    embedder = load_embedder(BUNDLED, state)
    groups = {name: mined(data / name, embedder, state) for name in SETS}
    training = CrossEncoderTraining(bundled_model(state))
    learned = [group for name in SETS for group in groups[name] if not group.is_held_out]
    learned += [group for group in groups["xquad-dev"] if not group.is_held_out]  # the one set of its kind
    news = mined(data / NEWS, embedder, state)
    news += random.Random(0).sample(learned, len(news) // 2)
    for stage, epochs, rate in ((learned, EPOCHS, RATE), (news, NEWS_EPOCHS, NEWS_RATE)):
        for step, total, loss in training.fit(stage, epochs, rate):
            print(f"step {step} of {total}, loss {loss:.3f}", end="\r")
    held_out = {name: [group for group in groups[name] if group.is_held_out] for name in SETS}
    _write(training, len(learned), held_out)


def _write(training: CrossEncoderTraining, learned: int, held_out: dict[str, Sequence[Group]]) -> None:
    weights = {
        name: weight.half().contiguous()
        for name, weight in training.model.state_dict().items()
        if not name.startswith("bert.embeddings.")
    }
    save_file(weights, WEIGHTS)
    provenance = {
        "sha256": sha256(WEIGHTS.read_bytes()).hexdigest(),
        "command": "python -m tests.quality.reranker DATA",
        "data": f"{', '.join(SETS)}: {learned} groups of a right text and four near misses; then {NEWS}",
        "date": date.today().isoformat(),
        "held out": {
            name: {"questions": len(groups), "auroc": round(training.auroc(groups), 3)}
            for name, groups in held_out.items()
        },
    }
    WEIGHTS.with_suffix(".json").write_text(json.dumps(provenance, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
