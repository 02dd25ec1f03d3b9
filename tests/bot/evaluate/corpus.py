"""A small corpus, questions whose figures can be worked out by hand, and a bot over them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.answering.bot import Bot
from bot.answering.confidence import Calibration
from bot.evaluate.rows import QuotedText, Row, Variant
from corpus.article import Article, to_markdown
from index.models.embedder import Embedder
from index.search import Searcher
from index.store.snapshot import Snapshot

__all__ = ["ARTICLES", "QUESTIONS", "bot_over", "row", "unseen", "write_articles"]

ARTICLES = (
    Article("scam", "防诈骗", "不要向陌生人透露信息。诈骗电话要挂断。"),
    Article("fire", "防火灾", "火灾要报警。报警电话是119。"),
    Article("care", "交医保", "医保每年缴费400元。缴费期到年底。"),
)

QUESTIONS = """\
{"question": "诈骗电话怎么办?", "article": "scam", "answers": ["诈骗电话要挂断"], "category": "plain"}
{"question": "火灾打什么电话?", "article": "fire", "answers": ["119"], "category": "plain"}
{"question": "医保缴费多少?", "article": "care", "answers": ["四百元"], "category": "sums"}
{"question": "红烧肉怎么做?", "answerable": false, "category": "elsewhere"}
"""


def write_articles(folder: Path, articles: Sequence[Article] = ARTICLES) -> Path:
    folder.mkdir()
    for article in articles:
        (folder / f"{article.id}.md").write_text(to_markdown(article), encoding="utf-8")
    return folder


def bot_over(snapshot: Snapshot, embedder: Embedder) -> Bot:
    """As the command line makes it."""
    return Bot(Searcher(snapshot, embedder), Calibration.load())


def unseen(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def row(
    name: str = "q1",
    variant: Variant = "asked",
    answerable: bool | None = True,
    verdict: str = "answered",
    confidence: float = 0.5,
    ranked: tuple[str, ...] = ("a",),
    right: tuple[str, ...] = ("a",),
    quotes: tuple[str, ...] = (),
    quotes_answer: bool | None = None,
    hit: bool | None = None,
    category: str = "",
    language: str = "zh-Hans",
    latency_ms: float | None = None,
    answer_in_quotes: bool | None = None,
    question: str = "问?",
    kind: str = "",
    mark_answers: bool | None = None,
    padding: float | None = None,
    fold: int | None = None,
) -> Row:
    """A row of which a test states what it is about."""
    return Row(
        id=name,
        variant=variant,
        question=question,
        history=(),
        language=language,
        category=category,
        kind=kind,
        answerable=answerable,
        right=right,
        answers=(),
        meant=question,
        verdict=verdict,
        confidence=confidence,
        ranked=ranked,
        rank=next((n for n, a in enumerate(ranked, 1) if a in right), None),
        quotes=tuple(QuotedText("a", "题", 0, len(text), text, text) for text in quotes),
        answer_in_quotes=answer_in_quotes,
        answer_char_recall=None,
        quotes_answer=quotes_answer,
        mark_answers=mark_answers,
        padding=padding,
        fold=fold,
        hit=hit,
        search_ms=1.0,
        latency_ms=latency_ms,
    )
