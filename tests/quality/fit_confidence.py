"""Fits bot/confidence.json: python -m tests.quality.fit_confidence DATA [zh | en].

DATA holds the question sets ncp-dev, cmrc-trial and xquad-dev in BEIR layout. A site may have nine
articles or thousands, so each set is asked whole and in samples of SIZES articles. Of each are asked
questions that it answers, the same with the right articles withheld, and questions that only other
articles of the set answer; Chinese ones also get another set's questions.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from bot.answering.bot import Bot
from bot.answering.confidence import FEATURES, SHIPPED, Calibration, Kind
from bot.evaluate.asking import PreparedEmbedder
from bot.evaluate.beir import read_beir_articles, read_beir_questions
from bot.evaluate.calibration import FOLDS, Row, fitted, rows_of
from bot.evaluate.questions import Question
from bot.settings import Settings
from corpus.article import Article
from index.build import build
from index.models.embedder import load_embedder
from index.models.loading import BUNDLED, ModelThread
from index.models.reranker import load_reranker
from index.search import Searcher
from index.snapshot import load_current
from index.terms import to_simplified

SIZES = {9: 12, 30: 5, 100: 2}  # articles in a sample: how many samples
ANSWERED_HERE, ANSWERED_ELSEWHERE, FOREIGN = 25, 15, 6  # questions asked of a sample
OF_ALL = 330  # questions asked of a whole set
DATA = {"zh": "ncp-dev, cmrc-trial", "en": "xquad-dev; its questions also on ncp-dev"}
ROOT = Settings().state
STATE = ROOT / "fit"
THREAD = ModelThread()
EMBEDDER = PreparedEmbedder(load_embedder(BUNDLED, ROOT, thread=THREAD))
RERANKER = load_reranker(BUNDLED, ROOT, THREAD)
NEVER = {"answered": 1.0, "unsure": 1.0}
UNFITTED = Calibration(
    {kind: [0.0] * (1 + len(names)) for kind, names in FEATURES.items()}, dict.fromkeys(FEATURES, NEVER)
)


class Set(NamedTuple):
    articles: list[Article]
    questions: tuple[Question, ...]


def read(folder: Path) -> Set:
    return Set(read_beir_articles(folder), read_beir_questions(folder).questions)


def rows(data: Set, foreign: tuple[Question, ...]) -> Iterator[Row]:
    EMBEDDER.prepare([to_simplified(question.text) for question in (*data.questions, *foreign)])
    yield from rows_of_sample(data, data.articles, foreign, OF_ALL)
    for size, samples in SIZES.items():
        for _ in range(samples):
            drawn_rows = rows_of_sample(data, random.sample(data.articles, size), foreign, ANSWERED_HERE)
            yield from (row._replace(is_near_miss=False) for row in drawn_rows)  # misses, not near ones
        print(f"{size} articles are done", flush=True)


def rows_of_sample(
    data: Set, sample: list[Article], foreign: tuple[Question, ...], most: int
) -> Iterator[Row]:
    build(sample, EMBEDDER, STATE, lambda done, total: None)
    snapshot = load_current(STATE, EMBEDDER.name)
    with closing(snapshot.texts):
        bot = Bot(Searcher(snapshot, EMBEDDER, RERANKER), UNFITTED)
        here = [question for question in data.questions if bot.articles.keys() & question.articles]
        elsewhere = [question for question in data.questions if not bot.articles.keys() & question.articles]
        yield from rows_of(bot, drawn(here, most))
        strangers = drawn(elsewhere, ANSWERED_ELSEWHERE) + drawn(list(foreign), FOREIGN)
        yield from rows_of(bot, [replace(stranger, articles=(), answers=()) for stranger in strangers])


def drawn(questions: list[Question], most: int) -> list[Question]:
    return random.sample(questions, min(most, len(questions)))


def rows_of_kind(kind: Kind, data: Path) -> list[Row]:
    random.seed(0)
    ncp = read(data / "ncp-dev")
    if kind == "en":
        xquad = read(data / "xquad-dev")
        return [*rows(xquad, foreign=()), *rows(Set(ncp.articles, ()), foreign=xquad.questions)]
    cmrc = read(data / "cmrc-trial")
    return [*rows(ncp, foreign=cmrc.questions), *rows(cmrc, foreign=ncp.questions)]


def main(data: Path, kinds: Sequence[Kind]) -> None:
    """Fits these kinds; what is stated of the others stays."""
    document = json.loads(SHIPPED.read_text(encoding="utf-8"))
    document["features"] = FEATURES
    for kind in kinds:
        found = rows_of_kind(kind, data)
        document["weights"][kind], document["thresholds"][kind], figures = fitted(found)
        document["provenance"][kind] = {
            "command": f"python -m tests.quality.fit_confidence DATA {kind}",
            "data": DATA[kind],
            "date": date.today().isoformat(),
            "model": EMBEDDER.name,
            "rows": len(found),
            "figures": {**figures, "note": f"by {FOLDS}-fold cross-validation, grouped by article"},
        }
    SHIPPED.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(SHIPPED.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), [kind for kind in FEATURES if kind in sys.argv[2:]] or list(FEATURES))
