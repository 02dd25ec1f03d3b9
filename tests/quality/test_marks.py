"""Whether the sentence that answers is the marked one, with the bundled model."""

from __future__ import annotations

import pytest

from bot.answering.bot import Bot
from bot.evaluate.questions import read_questions
from tests.quality.marks import marks_of, measure
from tests.quality.sets import FOLDER

LEAST = 0.74  # of the 57 questions of questions.jsonl, all with quotes: .754 in 8 bits, .772 before


def test_the_advice_is_marked_and_not_the_opening(real_bot: Bot) -> None:
    [mark] = marks_of(real_bot.find("怎样防范电信诈骗?").quotes[0])
    assert mark.endswith("提醒老年人不要向陌生人透露自己及家人的信息,有疑问第一时间向公安机关求助。")


def test_the_marked_sentence_mostly_holds_the_answer(
    real_bot: Bot, capsys: pytest.CaptureFixture[str]
) -> None:
    marks = measure(real_bot, read_questions(FOLDER / "questions.jsonl").questions)
    with capsys.disabled():
        print("", marks, sep="\n")
    assert LEAST <= marks.marked <= marks.quoted
