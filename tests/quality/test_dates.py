"""Questions on yearly notices: the newest is quoted unless a year is asked for. With the bundled encoder."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date
from pathlib import Path

from bot.answering.bot import Bot
from bot.answering.confidence import Calibration
from index.build import build
from index.models.embedder import BUNDLED, load_embedder
from index.search import Searcher
from index.store.snapshot import load_current
from tests.quality.dated_articles import ARTICLES

QUESTIONS = Path(__file__).with_name("dates.jsonl")
TODAY = date(2025, 11, 24)
LEAST = 22


def test_the_newest_or_the_asked_years_notice_comes_first(bundled_state: Path, tmp_path: Path) -> None:
    """Of 24 questions 23 get the right one, with the re-ranker and without; by scores alone 9 (among the nine
    articles too, 2026-11-24). "马拉松有多少人参加?" misses by .06: its reports have no words in common.
    """
    embedder = load_embedder(BUNDLED, bundled_state)
    build(list(ARTICLES), embedder, tmp_path, lambda done, total: None)
    questions = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    snapshot = load_current(tmp_path, embedder.name)
    with closing(snapshot.texts):
        bot = Bot(Searcher(snapshot, embedder), Calibration.load(), today=lambda: TODAY)
        wrong = [
            q["question"] for q in questions if bot.find(q["question"]).hits[0].article.id != q["article"]
        ]
    assert len(wrong) <= len(questions) - LEAST, wrong
