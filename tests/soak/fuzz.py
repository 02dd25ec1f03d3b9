"""Anything at all on the question's path: python -m tests.soak.fuzz --minutes 10 [--model bundled].

What is no question is refused with its reason; of every other one each quote stands to the letter.
Questions are made of characters from all of Unicode, of words of the articles, of what the rules look for,
and of one piece said again and again; none may take longer than SLOWEST seconds of a processor.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import monotonic, thread_time
from typing import NamedTuple

from bot.answering.bot import Bot
from bot.answering.confidence import Calibration
from bot.answering.question import LIMIT, QuestionError
from bot.settings import ROOT
from corpus.library.files import read_library
from index.build import build
from index.models.loading import ModelThread
from index.search import Searcher
from index.store.snapshot import load_current

__all__ = ["Slowest", "fuzz", "lines"]

SLOWEST = 30.0
"""Seconds of a processor that one question may take in this thread; the model's own thread is not counted."""

PIECES = (
    *(
        "嗯",
        "请问",
        "什么",
        "怎么办",
        "多少钱",
        "哪里",
        "为什么",
        "那",
        "呢",
        "?",
        "？",
        "。",
        "，",
        "…",
        " ",
    ),
    *(
        "你好",
        "谢谢",
        "今天有什么新闻",
        "讲讲这篇文章",
        "还有呢",
        "2024年",
        "5G",
        "(",
        "[",
        "*",
        "\\",
        "《",
        "》",
    ),
    *("a", "the", "what is", "how do i", "well", "，那个，", "是的", "1+1", "\n", "\t", "𠮷", "ß", "İ", "ﬃ"),
    *("\ufdfa", "\u202e", "\u200b", "e\u0301", "👨\u200d👩\u200d👧"),
)


class Slowest(NamedTuple):
    """How many questions were asked and refused, and the one that took most seconds of a processor."""

    asked: int
    refused: int
    seconds: float
    question: str


def lines(chance: random.Random, words: Sequence[str]) -> Iterator[str]:
    """Questions without end, of at most LIMIT + 20 characters."""
    while True:
        length = chance.choice((1, 3, 10, 60, LIMIT, LIMIT + 20))
        kind = chance.randrange(4)
        if kind == 0:
            text = "".join(chr(chance.randrange(0x110000)) for _ in range(length))
        elif kind == 1:
            text = "".join(chance.choice(PIECES) for _ in range(length))
        elif kind == 2:
            text = "".join(
                chance.choice((chance.choice(PIECES), chance.choice(words))) for _ in range(length)
            )
        else:
            text = chance.choice((*PIECES, *words)) * length
        yield text[: LIMIT + 20]


def fuzz(bot: Bot, seconds: float, seed: int = 0, most: int = sys.maxsize) -> Slowest:
    """Asks for so many seconds, at most `most` questions; raises AssertionError."""
    chance = random.Random(seed)
    words = [article.title[at : at + 4] for article in bot.articles.values() for at in range(0, 12, 4)]
    asked = refused = 0
    slowest, worst, history = 0.0, "", list[str]()
    ends = monotonic() + seconds
    for question in lines(chance, words):
        if monotonic() > ends or asked == most:
            return Slowest(asked, refused, slowest, worst)
        began = thread_time()
        asked += 1
        try:
            answer = bot.ask(question, history, chance.randint(1, 10))
        except QuestionError:
            refused += 1
            continue
        for quote in answer.quotes:
            assert quote.article.body[quote.start : quote.end] == quote.text, question
            assert all(quote.start <= start < end <= quote.end for start, end in quote.marks), question
        if (took := thread_time() - began) > slowest:
            slowest, worst = took, question
        assert took < SLOWEST, question
        history = [*history, question[:LIMIT]][-20:] if chance.random() < 0.7 else []
    raise AssertionError("lines never end")


def bot_over_articles(model: str, state: Path) -> Bot:
    """A bot over the nine articles; `model` is "fake" or a setting's value."""
    folder, thread = ROOT / "corpus" / "articles", ModelThread()
    if model == "fake":
        from tests.index.fake_embedder import FakeEmbedder

        embedder, reranker = FakeEmbedder(), None
    else:
        from index.models.embedder import load_embedder
        from index.models.reranker import load_reranker

        embedder = load_embedder(model, state, thread=thread)  # type: ignore[assignment]
        reranker = load_reranker(model, state, thread)
    build(read_library(folder), embedder, state, lambda done, total: None)
    return Bot(Searcher(load_current(state, embedder.name), embedder, reranker), Calibration.load())


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser("python -m tests.soak.fuzz", description="Anything at all is asked.")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--model", choices=["bundled", "fake"], default="bundled")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        bot = bot_over_articles(options.model, Path(name))
        found = fuzz(bot, 60 * options.minutes, options.seed)
    print(
        f"{found.asked} questions, {found.refused} refused, the slowest {found.seconds:.2f} s of a processor:"
        f" {found.question[:60]!r}"
    )


if __name__ == "__main__":
    main()
