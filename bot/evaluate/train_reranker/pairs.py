"""Training pairs from a question set: the window that holds the answer, and near misses of the search."""

from __future__ import annotations

import random
from dataclasses import dataclass
from hashlib import md5
from pathlib import Path

from bot.evaluate.asking import PreparedEmbedder
from bot.evaluate.beir import UNTITLED
from bot.evaluate.evaluation import open_corpus, read_question_set
from bot.evaluate.questions import GoldQuestion
from bot.evaluate.rows import holds_answer
from corpus.article import Article
from corpus.passages import passages
from index.models.embedder import Embedder
from index.query.query import Query
from index.reranking import TEXT, text_read
from index.search import Searcher
from index.terms import to_simplified

__all__ = ["HELD_OUT", "Ranking", "mined"]

MINED = 12  # hits of a question that are looked at
NEAR, FAR = 2, 2  # near misses of a group from the first NEAREST of them, and from the rest
NEAREST = 5
HELD_OUT = 15  # of 100 articles, by their title: a page's paragraphs stay together; untitled ones by their id


@dataclass(frozen=True)
class Ranking:
    """A question, texts that answer it, and texts that the search found and that do not, best first."""

    question: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    is_held_out: bool

    def sample(self, chance: random.Random) -> list[str]:
        """One right text, then NEAR + FAR wrong ones."""
        wrong = chance.sample(self.wrong[:NEAREST], NEAR)
        wrong += chance.choices(self.wrong[NEAREST:] or self.wrong, k=FAR)
        return [chance.choice(self.right[:2]), *wrong]


def mined(folder: Path, embedder: Embedder, state: Path) -> list[Ranking]:
    """The groups of a folder in BEIR layout; questions with fewer than NEAREST near misses give none."""
    prepared = PreparedEmbedder(embedder)
    snapshot = open_corpus(folder, embedder, state, lambda done, total: None)
    searcher = Searcher(snapshot, prepared)
    questions = read_question_set(folder).questions
    prepared.prepare([Query(question.text).embedded for question in questions])
    articles = {article.id: article for article in snapshot.texts.articles()}
    groups = (_group(question, searcher, articles) for question in questions)
    return [group for group in groups if group is not None]


def _group(question: GoldQuestion, searcher: Searcher, articles: dict[str, Article]) -> Ranking | None:
    right, wrong = [], []
    query = Query(question.text)
    for hit in searcher.search(query, MINED):
        text = _learned(text_read(query, hit, searcher.snapshot.passages.idf))
        answers = holds_answer([text], question.answers)
        if answers and hit.article.id in question.articles:
            right.append(text)
        elif not answers:
            wrong.append(text)
    right = right or _in_place(question, articles)
    if not right or len(wrong) < NEAREST:
        return None
    is_held_out = _is_held_out(articles[question.articles[0]])
    return Ranking(to_simplified(question.text), tuple(right), tuple(wrong), is_held_out)


def _in_place(question: GoldQuestion, articles: dict[str, Article]) -> list[str]:
    """The passage that holds the answer, where the search did not find it."""
    article = articles[question.articles[0]]
    return [
        _learned(f"{article.heading}\n{passage.text}"[:TEXT])
        for passage in passages(article)
        if holds_answer([passage.text], question.answers)
    ][:1]


def _learned(text: str) -> str:
    return to_simplified(text).removeprefix(f"{UNTITLED}\n")


def _is_held_out(article: Article) -> bool:
    name = article.id if article.title == UNTITLED else article.title
    return int(md5(name.encode(), usedforsecurity=False).hexdigest(), 16) % 100 < HELD_OUT
