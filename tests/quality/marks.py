"""How often the marked sentence is the one that answers: python -m tests.quality.marks [DATA].

Of the questions that get quotes: the share whose quotes hold a gold answer whole, the share whose marked
sentences do, and how much of the quoted text is marked. Over the project's own questions, and where DATA
holds the sets of SETS in BEIR layout, over SAMPLE of the questions of each.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bot.answering.bot import Bot, Quote
from bot.evaluate.beir import read_beir_articles, read_beir_questions
from bot.evaluate.questions import GoldQuestion, read_questions
from bot.evaluate.rows import holds_answer
from tests.quality.sets import FOLDER, Measured, nine_articles

SETS = ("ncp-dev", "xquad-dev", "cmrc-trial")
SAMPLE = 330


class Marks(NamedTuple):
    """Of `count` questions with quotes, as shares; `length` is that of the marked text in the quoted."""

    count: int
    quoted: float
    marked: float
    length: float


def measure(bot: Bot, questions: Sequence[GoldQuestion]) -> Marks:
    """Over the questions that have gold answers."""
    found = [(bot.find(question.text), question.answers) for question in questions if question.answers]
    shown = [(finding.quotes, answers) for finding, answers in found if finding.verdict != "none"]
    quoted = [([quote.text for quote in quotes], answers) for quotes, answers in shown]
    marked = [([text for quote in quotes for text in marks_of(quote)], answers) for quotes, answers in shown]
    return Marks(
        len(shown),
        sum(holds_answer(texts, answers) for texts, answers in quoted) / len(shown),
        sum(holds_answer(texts, answers) for texts, answers in marked) / len(shown),
        _length(marked) / _length(quoted),
    )


def marks_of(quote: Quote) -> list[str]:
    return [quote.article.body[start:end] for start, end in quote.marks]


def _length(rows: Sequence[tuple[Sequence[str], object]]) -> int:
    return sum(len(text) for texts, _ in rows for text in texts)


def _report(name: str, measured: Measured, questions: Sequence[GoldQuestion]) -> None:
    measured.prepare(question.text for question in questions)
    marks = measure(measured.bot, questions)
    print(
        f"{name:<12}{marks.count:>5}  {marks.quoted:.3f}  {marks.marked:.3f}  {marks.length:.2f}", flush=True
    )


def main(data: Path | None) -> None:
    print("questions with quotes, answer in the quotes, in the marked sentences, marked text of the quoted")
    files = (FOLDER / "questions.jsonl", FOLDER / "english.jsonl")
    own = [question for file in files for question in read_questions(file).questions]
    _report("nine", Measured(nine_articles(), "nine"), own)
    for name in SETS if data else ():
        asked = read_beir_questions(data / name).questions
        sample = random.Random(0).sample(asked, min(SAMPLE, len(asked)))
        _report(name, Measured(read_beir_articles(data / name), name), sample)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
