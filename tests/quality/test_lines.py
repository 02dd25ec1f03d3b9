"""Lines that need a card, ordinary questions, and lines that no article answers, with the bundled model."""

from __future__ import annotations

import pytest

from bot.answering.bot import Bot
from bot.evaluate.questions import read_questions
from tests.quality.lines import cards_of, false_cards, strange_lines, with_cards
from tests.quality.sets import FOLDER, read_jsonl

NAMES = ("questions", "ownwords-nine-report", "ownwords-ncp-report")
IN_NEED = {
    "刚才有人打电话说他是公安局的,吓死我了,我该找谁问问?",
    "反诈热线电话是多少?",
    "我被骗走的五千块钱还能追回来不?",
    "What number do I dial to report a scam call?",
    "雪松派出所电话多少？我怕我爸正在被骗",
    "俺去了趟郑州，回来接个12320打来问咳嗽不咳嗽的电话，怕不是骗子吧？",
}
"""Questions of those sets whose writer needs the card that they get."""


@pytest.fixture(scope="module")
def bot(real_bot: Bot) -> Bot:
    return with_cards(real_bot)


def test_lines_that_were_not_fitted_to_get_the_right_card(
    bot: Bot, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = cards_of(bot, "cards-report")
    with capsys.disabled():
        print("", figures, sep="\n")
    assert (figures.needed, figures.others) == (160, 75)
    assert figures.right >= 154
    assert figures.false <= 11


def test_lines_written_last_get_the_right_card_and_ordinary_questions_seldom_one(
    bot: Bot, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = cards_of(bot, "cards-fresh")
    with capsys.disabled():
        print("", figures, sep="\n")
    assert (figures.needed, figures.others) == (60, 211)
    assert figures.right >= 58
    assert figures.false <= 7


def test_ordinary_questions_get_none(bot: Bot) -> None:
    questions = [
        question.text for name in NAMES for question in read_questions(FOLDER / f"{name}.jsonl").questions
    ]
    found = [question for question, _ in false_cards(bot, questions) if question not in IN_NEED]
    assert len(questions) == 266
    assert len(found) <= 3, found


@pytest.mark.parametrize("question", ["快递员哪里能热饭", "房子裂缝了镇上管不管", "医保不交行不行"])
def test_a_question_near_a_card_that_it_does_not_get_is_searched(bot: Bot, question: str) -> None:
    assert bot.ask(question).verdict in ("answered", "unsure")


def test_lines_that_no_article_answers_are_not_answered(bot: Bot, capsys: pytest.CaptureFixture[str]) -> None:
    figures = strange_lines(bot, read_jsonl(FOLDER / "strange-report.jsonl")[::3])
    with capsys.disabled():
        print("", figures, sep="\n")
    assert figures.answered == 0
    assert figures.unsure <= 0.08 * figures.asked
