"""Fits bot/confidence.json: python -m tests.quality.fit_confidence DATA.

DATA holds the question sets ncp-dev, cmrc-trial and xquad-dev in BEIR layout. A site may have nine
articles or thousands, so each set is cut into samples of SIZES articles. Of each sample are asked:
questions that it answers, the same with the right articles withheld, and questions that only other
articles of the set answer; Chinese samples also get another set's questions.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from bot.answer import HITS
from bot.confidence import FEATURES, SHIPPED, Kind, features
from bot.settings import Settings
from corpus.article import Article
from index.build import build
from index.embedder import BUNDLED, load_embedder
from index.search import Searcher
from index.snapshot import load_current

SIZES = {9: 30, 30: 12, 100: 5, 400: 2}  # articles in a sample: how many samples
ANSWERED_HERE, ANSWERED_ELSEWHERE, FOREIGN = 25, 15, 8  # questions asked of a sample
STATE = Settings().state / "fit"
EMBEDDER = load_embedder(BUNDLED, Settings().state)
# Chosen on the project's own questions, see floors.json.
THRESHOLDS = {"zh": {"answered": 0.5, "unsure": 0.03}, "en": {"answered": 0.5, "unsure": 0.06}}


class Question(NamedTuple):
    text: str
    right: frozenset[str]


class Row(NamedTuple):
    values: list[float]
    is_right: bool
    group: str


def read(folder: Path) -> tuple[list[Article], list[Question]]:
    articles = [
        Article(id=row["_id"], title=row["title"] or "-", body=row["text"])
        for row in read_jsonl(folder / "corpus.jsonl")
    ]
    right: dict[str, set[str]] = {}
    for line in (folder / "qrels" / "test.tsv").read_text().splitlines()[1:]:
        question, article, _ = line.split("\t")
        right.setdefault(question, set()).add(article)
    queries = read_jsonl(folder / "queries.jsonl")
    return articles, [Question(row["text"], frozenset(right[row["_id"]])) for row in queries if row["text"]]


def read_jsonl(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def rows(
    kind: Kind, articles: list[Article], questions: list[Question], foreign: list[Question]
) -> Iterator[Row]:
    for size, samples in SIZES.items():
        for _ in range(samples):
            sample = random.sample(articles, min(size, len(articles)))
            build(sample, EMBEDDER, STATE, lambda done, total: None)
            searcher = Searcher(load_current(STATE, EMBEDDER.name), EMBEDDER)
            yield from rows_of_sample(kind, searcher, {a.id for a in sample}, questions, foreign)


def rows_of_sample(
    kind: Kind, searcher: Searcher, ids: set[str], questions: list[Question], foreign: list[Question]
) -> Iterator[Row]:
    size = len(searcher.snapshot.dense)
    here = [question for question in questions if question.right & ids]
    for text, right in random.sample(here, min(ANSWERED_HERE, len(here))):
        hits = searcher.search(text, HITS)
        yield Row(features(kind, hits, size), hits[0].article.id in right, min(right))
        if hits := searcher.search(text, HITS, withheld=right):
            yield Row(features(kind, hits, size), False, min(right))
    elsewhere = [question for question in questions if not question.right & ids]
    others = random.sample(elsewhere, min(ANSWERED_ELSEWHERE, len(elsewhere)))
    for text, right in others + random.sample(foreign, min(FOREIGN, len(foreign))):
        yield Row(features(kind, searcher.search(text, HITS), size), False, min(right))


def fit(found: list[Row]) -> tuple[list[float], dict[str, float]]:
    x, y = np.array([row.values for row in found]), np.array([row.is_right for row in found])
    model = LogisticRegression(C=100, max_iter=1000)
    folds = GroupKFold(10).split(x, y, [row.group for row in found])
    honest = cross_val_predict(model, x, y, cv=folds, method="predict_proba")[:, 1]
    model.fit(x, y)
    figures = {"auroc": roc_auc_score(y, honest), "ece": calibration_error(honest, y)}
    weights = [float(model.intercept_[0]), *map(float, model.coef_[0])]
    return [round(w, 3) for w in weights], {name: round(float(value), 3) for name, value in figures.items()}


def calibration_error(probabilities: np.ndarray, labels: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over equal-width bins (Naeini et al. 2015)."""
    bin_of = np.minimum((probabilities * bins).astype(int), bins - 1)
    return sum(
        abs(probabilities[bin_of == b].mean() - labels[bin_of == b].mean()) * np.mean(bin_of == b)
        for b in np.unique(bin_of)
    )


def main(data: Path) -> None:
    random.seed(0)
    ncp, cmrc, xquad = (read(data / name) for name in ("ncp-dev", "cmrc-trial", "xquad-dev"))
    found: dict[Kind, list[Row]] = {
        "zh": [*rows("zh", *ncp, foreign=cmrc[1]), *rows("zh", *cmrc, foreign=ncp[1])],
        "en": [*rows("en", *xquad, foreign=[]), *rows("en", ncp[0], [], foreign=xquad[1])],
    }
    fitted = {kind: fit(kind_rows) for kind, kind_rows in found.items()}
    document = {
        "provenance": {
            "command": "python -m tests.quality.fit_confidence DATA",
            "data": {"zh": "ncp-dev, cmrc-trial", "en": "xquad-dev; its questions also on ncp-dev"},
            "date": date.today().isoformat(),
            "model": EMBEDDER.name,
            "rows": {kind: len(kind_rows) for kind, kind_rows in found.items()},
            "figures": {kind: figures for kind, (_, figures) in fitted.items()},
            "thresholds": "chosen on tests/quality/questions.jsonl and english.jsonl",
            "note": "figures by 10-fold cross-validation, grouped by article",
        },
        "features": FEATURES,
        "weights": {kind: weights for kind, (weights, _) in fitted.items()},
        "thresholds": THRESHOLDS,
    }
    SHIPPED.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(SHIPPED.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
