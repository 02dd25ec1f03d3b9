"""What slips and speech cost: python -m tests.quality.robustness [DATA].

For each kind of change of noise.py article R@1 of the questions that it changes, clean and changed. Over the
project's own questions, and where DATA holds the sets ncp-dev and cmrc-trial in BEIR layout over SAMPLES of
their questions.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bot.answering.bot import Bot
from bot.evaluate.beir import read_beir_articles, read_beir_questions
from tests.quality.noise import KINDS, changed
from tests.quality.sets import FOLDER, Measured, nine_articles, read_jsonl

__all__ = ["Asked", "Loss", "measure", "own_questions"]

SAMPLES = {"ncp-dev": 326, "cmrc-trial": 300}  # questions of each set
VARIANTS = 3  # changes of one kind made to each of the nine articles' questions; one to each of the others


class Asked(NamedTuple):
    text: str
    right: tuple[str, ...]


class Loss(NamedTuple):
    """Of `count` changed questions: R@1 clean and changed."""

    count: int
    clean: float
    changed: float


def own_questions() -> list[Asked]:
    """The answerable questions of questions.jsonl."""
    rows = [row for row in read_jsonl(FOLDER / "questions.jsonl") if row["answerable"]]
    return [Asked(row["question"], _several(row["article"])) for row in rows]


def _several(article: str | list[str]) -> tuple[str, ...]:
    return (article,) if isinstance(article, str) else tuple(article)


def measure(bot: Bot, questions: Sequence[Asked], number: int) -> Iterator[tuple[str, Loss]]:
    """By kind, over `number` changes of each question; those that a kind leaves as they are do not count."""
    clean = {question: is_right(bot, question.text, question.right) for question in questions}
    for kind in KINDS:
        pairs = [(question, text) for question in questions for text in variants(question.text, kind, number)]
        right = [is_right(bot, text, question.right) for question, text in pairs]
        count = max(1, len(pairs))
        yield (
            kind,
            Loss(len(pairs), sum(clean[question] for question, _ in pairs) / count, sum(right) / count),
        )


def variants(text: str, kind: str, number: int) -> list[str]:
    """At most `number` different changes of a text."""
    found = dict.fromkeys(changed(text, kind, i) for i in range(number))
    return [variant for variant in found if variant != text]


def is_right(bot: Bot, question: str, right: Collection[str]) -> bool:
    return bot.find(question).hits[0].article.id in right


def _report(name: str, measured: Measured, questions: Sequence[Asked], number: int) -> None:
    changes = [text for one in questions for kind in KINDS for text in variants(one.text, kind, number)]
    measured.prepare([*(question.text for question in questions), *changes])
    print(f"{name}, {len(questions)} questions: R@1 of those that are changed, clean and changed", flush=True)
    for kind, loss in measure(measured.bot, questions, number):
        fall = loss.clean - loss.changed
        print(f"  {kind:<12}{loss.count:>5}  {loss.clean:.3f}  {loss.changed:.3f}  {fall:+.3f}", flush=True)


def main(data: Path | None) -> None:
    _report("nine", Measured(nine_articles(), "nine"), own_questions(), VARIANTS)
    if data is None:
        return
    for name, count in SAMPLES.items():
        asked = [Asked(one.text, tuple(one.articles)) for one in read_beir_questions(data / name).questions]
        sample = random.Random(0).sample(asked, min(count, len(asked)))
        _report(name, Measured(read_beir_articles(data / name), name), sample, 1)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
