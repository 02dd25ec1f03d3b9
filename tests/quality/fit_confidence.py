"""Fits bot/confidence.json: python -m tests.quality.fit_confidence DATA.

DATA holds the question sets ncp-dev, cmrc-trial and xquad-dev in BEIR layout. A site may have nine
articles or thousands, so each set is asked whole and in samples of SIZES articles. Of each are asked
questions that it answers, the same with the right articles withheld, and questions that only other
articles of the set answer; Chinese ones also get another set's questions. What ncp-dev asks is re-ranked by
what did not learn from it, so tests.quality.reranker comes first.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from bot.answer import Bot
from bot.confidence import FEATURES, SHIPPED, Calibration, Kind
from bot.evaluate.beir import read_beir_articles, read_beir_questions
from bot.evaluate.calibration import FOLDS, Row, fitted, rows_of
from bot.evaluate.encoding import PreparedEmbedder
from bot.evaluate.question import Question
from bot.settings import Settings
from corpus.article import Article
from index.build import build
from index.embedder import load_embedder
from index.folding import to_simplified
from index.hub import ModelThread
from index.model_names import BUNDLED
from index.search import Searcher
from index.snapshot import load_current
from tests.quality.reranker.halves import Halves

SIZES = {9: 12, 30: 5, 100: 2}  # articles in a sample: how many samples
ANSWERED_HERE, ANSWERED_ELSEWHERE, FOREIGN = 25, 15, 6  # questions asked of a sample
OF_ALL = 330  # questions asked of a whole set
ROOT = Settings().state
STATE = ROOT / "fit"
THREAD = ModelThread()
EMBEDDER = PreparedEmbedder(load_embedder(BUNDLED, ROOT, thread=THREAD))
NEVER = {"answered": 1.0, "unsure": 1.0}
UNFITTED = Calibration(
    {kind: [0.0] * (1 + len(names)) for kind, names in FEATURES.items()}, dict.fromkeys(FEATURES, NEVER)
)


class Set(NamedTuple):
    articles: list[Article]
    questions: tuple[Question, ...]


def read(folder: Path) -> Set:
    return Set(read_beir_articles(folder), read_beir_questions(folder).questions)


def rows(data: Set, foreign: tuple[Question, ...], reranker: Halves) -> Iterator[Row]:
    EMBEDDER.prepare([to_simplified(question.text) for question in (*data.questions, *foreign)])
    yield from rows_of_sample(data, data.articles, foreign, OF_ALL, reranker)
    for size, samples in SIZES.items():
        for _ in range(samples):
            sample = random.sample(data.articles, size)
            drawn_rows = rows_of_sample(data, sample, foreign, ANSWERED_HERE, reranker)
            yield from (row._replace(is_near_miss=False) for row in drawn_rows)  # misses, not near ones
        print(f"{size} articles are done", flush=True)


def rows_of_sample(
    data: Set, sample: list[Article], foreign: tuple[Question, ...], most: int, reranker: Halves
) -> Iterator[Row]:
    build(sample, EMBEDDER, STATE, lambda done, total: None)
    snapshot = load_current(STATE, EMBEDDER.name)
    with closing(snapshot.texts):
        bot = Bot(Searcher(snapshot, EMBEDDER, reranker), UNFITTED)
        here = [question for question in data.questions if bot.articles.keys() & question.articles]
        elsewhere = [question for question in data.questions if not bot.articles.keys() & question.articles]
        for question in drawn(here, most):
            reranker.turn_to(question)
            yield from rows_of(bot, [question])
        for stranger in drawn(elsewhere, ANSWERED_ELSEWHERE) + drawn(list(foreign), FOREIGN):
            reranker.turn_to(stranger)
            yield from rows_of(bot, [replace(stranger, articles=(), answers=())])


def drawn(questions: list[Question], most: int) -> list[Question]:
    return random.sample(questions, min(most, len(questions)))


def main(data: Path) -> None:
    random.seed(0)
    ncp, cmrc, xquad = (read(data / name) for name in ("ncp-dev", "cmrc-trial", "xquad-dev"))
    halves = Halves(ROOT, THREAD, ncp.questions)
    of_xquad = [*rows(xquad, (), halves), *rows(Set(ncp.articles, ()), xquad.questions, halves)]
    of_others = [*rows(ncp, cmrc.questions, halves), *rows(cmrc, ncp.questions, halves)]
    found: dict[Kind, list[Row]] = {"zh": of_others, "en": of_xquad}
    fits = {kind: fitted(kind_rows) for kind, kind_rows in found.items()}
    document = {
        "provenance": {
            "command": "python -m tests.quality.fit_confidence DATA",
            "data": {"zh": "ncp-dev, cmrc-trial", "en": "xquad-dev; its questions also on ncp-dev"},
            "date": date.today().isoformat(),
            "model": EMBEDDER.name,
            "rows": {kind: len(kind_rows) for kind, kind_rows in found.items()},
            "figures": {kind: figures for kind, (_, _, figures) in fits.items()},
            "note": f"figures by {FOLDS}-fold cross-validation, grouped by article",
        },
        "features": FEATURES,
        "weights": {kind: weights for kind, (weights, _, _) in fits.items()},
        "thresholds": {kind: thresholds for kind, (_, thresholds, _) in fits.items()},
    }
    SHIPPED.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(SHIPPED.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
