"""The project's own questions on the nine articles, with the bundled model: the figures are printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.answer import Answer, Bot

QUESTIONS = Path(__file__).with_name("questions.jsonl")


class Asked(NamedTuple):
    row: dict
    answer: Answer

    @property
    def is_first_right(self) -> bool:
        right = self.row["article"]
        return bool(self.answer.quotes) and self.answer.quotes[0].article.id in (
            right if isinstance(right, list) else [right]
        )

    @property
    def is_answer_quoted(self) -> bool:
        return any(words in quote.text for quote in self.answer.quotes for words in self.row["answers"])


@pytest.fixture(scope="module")
def asked(bot: Bot) -> list[Asked]:
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    return [Asked(row, bot.ask(row["question"])) for row in rows]
