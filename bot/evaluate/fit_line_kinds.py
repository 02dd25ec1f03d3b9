"""Fits the shipped bot/answering/line_kinds.json.

python -m bot.evaluate.fit_line_kinds FOLDER [LINES.jsonl ...]

The examples of each kind are bot/evaluate/lines/KIND.txt, one a line, and the further LINES as tests/quality
holds them: lines that need a card, strange lines, questions, conversations. Ordinary questions come also from
each set in FOLDER in BEIR layout: every second one, so that the others can tell what was learned.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from bot.answering.line_kinds import IDLE, ORDINARY, SHIPPED
from bot.evaluate.beir import read_beir_questions
from bot.settings import read_settings
from index.models.embedder import Vectors, load_embedder
from index.terms import to_simplified

LINES = Path(__file__).with_name("lines")
STRENGTH = 50.0
"""sklearn's C, for vectors of length 1; twice and four times as much do alike on lines not fitted to."""
DIGITS = 4


def main(folder: Path, further: Sequence[Path]) -> None:
    settings = read_settings()
    embedder = load_embedder(settings.model, settings.state)
    given = (row for path in further for row in _read(path))
    examples = list(dict.fromkeys([*_own(), *given, *_asked(folder)]))
    vectors = embedder.embed_questions([to_simplified(text) for text, _ in examples])
    names = [ORDINARY, IDLE, *sorted({kind for _, kind in examples} - {ORDINARY, IDLE})]
    weights, biases = fitted(vectors, [names.index(kind) for _, kind in examples])
    document = {
        "provenance": {
            "command": "python -m bot.evaluate.fit_line_kinds FOLDER LINES.jsonl ...",
            "data": ", ".join(path.name for path in (LINES, *further, *_sets(folder))),
            "date": date.today().isoformat(),
            "examples": dict(sorted(Counter(kind for _, kind in examples).items())),
        },
        "model": embedder.name.partition("+")[0],
        "names": names,
        "weights": [[round(value, DIGITS) for value in row] for row in weights.tolist()],
        "biases": [round(value, DIGITS) for value in biases.tolist()],
    }
    SHIPPED.write_text(json.dumps(document, separators=(",", ":")) + "\n", encoding="utf-8")


def fitted(vectors: Vectors, kinds: Sequence[int]) -> tuple[Vectors, Vectors]:
    """Weights, shape (dimension, n_kinds), and biases. A kind of many examples counts by their root."""
    from sklearn.linear_model import LogisticRegression

    often = Counter(kinds)
    counts = np.array([often[kind] ** -0.5 for kind in kinds])
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    model.fit(vectors, kinds, sample_weight=counts / counts.mean())
    return np.asarray(model.coef_.T, dtype=np.float32), np.asarray(model.intercept_, dtype=np.float32)


def _own() -> Iterator[tuple[str, str]]:
    for path in sorted(LINES.glob("*.txt")):
        yield from ((line, path.stem) for line in path.read_text(encoding="utf-8").splitlines() if line)


def _read(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "after" in row:
            yield row["q"], IDLE
        elif "card" in row:
            yield row["q"], row["card"]
        elif row.get("answerable", True):
            yield from ((turn["question"], ORDINARY) for turn in row.get("turns", [row]))


def _asked(folder: Path) -> Iterator[tuple[str, str]]:
    for path in _sets(folder):
        for question in read_beir_questions(path).questions[::2]:
            yield question.text, ORDINARY


def _sets(folder: Path) -> list[Path]:
    return sorted(path.parent for path in folder.glob("*/queries.jsonl"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
