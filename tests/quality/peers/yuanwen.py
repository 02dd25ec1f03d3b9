"""Yuanwen itself: `Bot.find`, whose quotes are what a visitor is shown.

The name of the job's file says whether it is "plain", without its re-ranker. Its state is the folder
of that file, where vectors stay: a second run embeds nothing. To measure the index again, remove that
folder's `index` and `vectors.sqlite`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bot.answering.bot import Bot
from bot.answering.confidence import Calibration
from bot.answering.question import check_question
from bot.settings import Settings
from corpus.article import Article
from index.build import build
from index.models.embedder import Embedder, load_embedder
from index.models.loading import BUNDLED, NO_RERANKER, ModelThread
from index.models.reranker import load_reranker
from index.search import Searcher
from index.store.snapshot import Snapshot, load_current
from tests.quality.peers.contract import DEPTH, Document, Job, Passage, Prepared, Ranking, serve

__all__ = ["built"]

NO_TITLE = "-"  # an article must have one
VECTORS = "vectors.sqlite"  # see index/build.py


def built(job: Job, state: Path) -> tuple[Embedder, Snapshot]:
    embedder = load_embedder(BUNDLED, Settings().state)
    build([article(one) for one in job.documents], embedder, state, lambda done, total: None)
    return embedder, load_current(state, embedder.name)


def article(document: Document) -> Article:
    return Article(id=document.id, title=document.title or NO_TITLE, body=document.text)


def prepare(job: Job) -> Prepared:
    path = Path(sys.argv[1])
    is_fresh = not (path.parent / VECTORS).exists()
    embedder, snapshot = built(job, path.parent)
    reranker = load_reranker(
        NO_RERANKER if "plain" in path.stem else BUNDLED, Settings().state, ModelThread()
    )
    bot = Bot(Searcher(snapshot, embedder, reranker), Calibration.load())

    def search(question: str) -> Ranking:
        found = bot.find(check_question(question), depth=DEPTH)
        passages = [Passage(hit.article.id, hit.passage.text) for hit in found.hits]
        return Ranking(passages, [quote.text for quote in found.quotes])

    return Prepared(search, is_fresh)


if __name__ == "__main__":
    serve(prepare)
