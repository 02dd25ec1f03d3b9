"""Fits the shipped bot/answering/confidence.json: python -m bot.evaluate.fit_confidence FOLDER.

FOLDER holds sets as `evaluate --sets` takes them. Printed is what the judge is worth on each set when it is
fitted to the others; written is what comes of all of them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.answering.bot import Bot
from bot.answering.confidence import FEATURES, SHIPPED, Calibration
from bot.evaluate import across
from bot.evaluate.calibration import FOLDS, THRESHOLDS, Sample, fitted
from bot.settings import read_settings
from index.models.embedder import Embedder, load_embedder
from index.models.loading import ModelThread
from index.models.reranker import load_reranker
from index.search import Searcher
from index.store.snapshot import Snapshot

UNFITTED = Calibration(
    {kind: [0.0] * (1 + len(names)) for kind, names in FEATURES.items()}, dict.fromkeys(FEATURES, THRESHOLDS)
)


def main(folder: Path) -> None:
    settings, thread = read_settings(), ModelThread()
    embedder = load_embedder(settings.model, settings.state, thread=thread)
    reranker = load_reranker(settings.reranker, settings.state, thread)

    def over(snapshot: Snapshot, embedder: Embedder) -> Bot:
        return Bot(Searcher(snapshot, embedder, reranker), UNFITTED)

    def tell(name: str, done: int, total: int) -> None:
        if done == total:
            print(f"{name}: {total}", file=sys.stderr)

    rows = list(across.ask_sets(across.read_sets(folder), embedder, over, settings.state, tell))
    print(across.results_table(across.leave_one_out(rows)))
    SHIPPED.write_text(json.dumps(document(rows, embedder.name), indent=2) + "\n", encoding="utf-8")


def document(rows: Sequence[Sample], model: str) -> dict[str, object]:
    """Contents of the file: for each kind the weights, the thresholds, and what they come from."""
    weights, provenance = {}, {}
    for kind in FEATURES:
        own = [row for row in rows if row.kind == kind]
        weights[kind], figures = fitted(own)
        provenance[kind] = {
            "command": "python -m bot.evaluate.fit_confidence FOLDER",
            "data": ", ".join(dict.fromkeys(row.source for row in own)),
            "date": date.today().isoformat(),
            "model": model,
            "rows": len(own),
            "figures": {**figures, "note": f"by {FOLDS}-fold cross-validation, grouped by article"},
        }
    thresholds = {kind: {name: round(value, 3) for name, value in THRESHOLDS.items()} for kind in FEATURES}
    return {
        "provenance": provenance,
        "features": {kind: list(names) for kind, names in FEATURES.items()},
        "weights": weights,
        "thresholds": thresholds,
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
