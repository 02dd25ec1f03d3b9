"""What counts as quoted, and as an answer in it."""

from __future__ import annotations

import pytest

from bot.evaluate.rows import answer_recall, first_rank, holds_answer, shown


def test_three_quotes_of_six_hundred_characters_count() -> None:
    assert shown(["一", "二", "三", "四"]) == ["一", "二", "三"]
    assert [len(text) for text in shown(["一" * 400, "二" * 300, "三"])] == [400, 200]


@pytest.mark.parametrize(
    ("quotes", "answers", "held"),
    [
        (["投诉电话：１２３４５。"], ["电话:12345"], True),
        (["基站輻射\n安全"], ["基站辐射安全"], True),
        (["The Fire Brigade"], ["fire brigade"], True),
        (["甲", "乙"], ["甲乙"], False),
        (["甲"], ["乙", "甲"], True),
        ([], ["甲"], False),
        (["一" * 600 + "甲"], ["甲"], False),
    ],
)
def test_a_gold_answer_is_inside_one_quote(quotes: list[str], answers: list[str], held: bool) -> None:
    assert holds_answer(quotes, answers) is held


@pytest.mark.parametrize(
    ("quotes", "answers", "recall"),
    [
        (["甲乙丙丁"], ["乙丙"], 1.0),
        (["甲乙。丁"], ["甲乙丙丁"], 0.75),
        (["丁甲乙"], ["甲乙丙丁"], 0.5),  # not in this order
        (["甲乙", "丙丁"], ["甲乙丙丁"], 0.5),  # of the better quote
        (["甲"], ["乙", "甲丙"], 0.5),  # of the better answer
        ([], ["甲"], 0.0),
    ],
)
def test_the_share_of_an_answers_characters(quotes: list[str], answers: list[str], recall: float) -> None:
    assert answer_recall(quotes, answers) == recall


def test_the_place_of_the_first_right_article() -> None:
    assert first_rank(["a", "b", "c"], ["c", "b"]) == 2
    assert first_rank(["a"], ["b"]) is None
