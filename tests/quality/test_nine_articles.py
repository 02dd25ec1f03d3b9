"""The project's own questions on the nine articles, asked of the bundled model; the figures are printed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot.answer import Answer, Bot

FOLDER = Path(__file__).parent


class Asked(NamedTuple):
    row: dict[str, Any]
    answer: Answer

    @property
    def is_first_right(self) -> bool:
        """The article named first, by a quote or, in a refusal, as the nearest, is a right one."""
        named = [quote.article.id for quote in self.answer.quotes] + [a.id for a in self.answer.nearest]
        right = self.row["article"]
        return named[0] in (right if isinstance(right, list) else [right])

    @property
    def is_answer_quoted(self) -> bool:
        return any(words in quote.text for quote in self.answer.quotes for words in self.row["answers"])


def ask_all(bot: Bot, name: str) -> list[Asked]:
    rows = map(json.loads, (FOLDER / name).read_text(encoding="utf-8").splitlines())
    return [Asked(row, bot.ask(row["question"])) for row in rows]


def share(asked: Iterable[Asked], holds: Callable[[Asked], bool]) -> float:
    values = [holds(one) for one in asked]
    return sum(values) / len(values)


@pytest.mark.parametrize(
    ("name", "first_right", "quoted", "refused"),
    [("questions.jsonl", 0.95, 0.90, 0.90), ("english.jsonl", 0.85, 0.85, 0.80)],
)
def test_the_right_article_the_answer_and_the_refusal(
    real_bot: Bot,
    capsys: pytest.CaptureFixture[str],
    name: str,
    first_right: float,
    quoted: float,
    refused: float,
) -> None:
    asked = ask_all(real_bot, name)
    answerable = [one for one in asked if one.row["answerable"]]
    unanswerable = [one for one in asked if not one.row["answerable"]]
    figures = (
        share(answerable, lambda one: one.is_first_right),
        share(answerable, lambda one: one.is_answer_quoted),
        share(unanswerable, lambda one: one.answer.verdict == "none"),
    )
    with capsys.disabled():
        print(
            f"\n{name}: {len(answerable)} answerable, right article first {figures[0]:.3f},"
            f" answer quoted {figures[1]:.3f}; {len(unanswerable)} unanswerable, refused {figures[2]:.3f}"
        )
    assert figures[0] >= first_right
    assert figures[1] >= quoted
    assert figures[2] >= refused
