"""Figures of small rankings, worked out by hand."""

from __future__ import annotations

import math

import pytest

from tests.quality.peers.contract import Found, Result
from tests.quality.peers.metrics import Figures, figures, has_answer, hit_at, ndcg_at, within
from tests.quality.peers.sets import Question


def test_a_hit_is_any_right_article_among_the_first() -> None:
    assert hit_at(1, ["a", "b"], {"b", "c"}) == 0
    assert hit_at(2, ["a", "b"], {"b", "c"}) == 1
    assert hit_at(5, [], {"b"}) == 0


@pytest.mark.parametrize(
    ("ranking", "right", "expected"),
    [
        (["a", "b", "c"], {"a"}, 1),
        (["a", "b", "c"], {"b"}, 1 / math.log2(3)),
        (["a", "b", "c"], {"a", "c"}, (1 + 1 / 2) / (1 + 1 / math.log2(3))),
        (["a", "b", "c"], {"d"}, 0),
        ([], {"a"}, 0),
    ],
)
def test_ndcg_discounts_by_the_logarithm_of_the_rank(
    ranking: list[str], right: set[str], expected: float
) -> None:
    assert ndcg_at(10, ranking, right) == pytest.approx(expected)


def test_ndcg_looks_at_the_first_k_only() -> None:
    assert ndcg_at(2, ["a", "b", "c"], {"c"}) == 0
    assert ndcg_at(1, ["a", "b"], {"a", "b"}) == 1


def test_texts_are_cut_where_the_room_is_full() -> None:
    assert within(["一二三", "四五六", "七"], 5) == ["一二三", "四五", ""]
    assert within(["一二三"], 5) == ["一二三"]


def test_an_answer_is_inside_one_text_whatever_the_spaces() -> None:
    assert has_answer(["发放 宣传手册\n300多份。"], ["手册300多份"]) == 1
    assert has_answer(["宣传手册", "300多份"], ["手册300多份"]) == 0
    assert has_answer(["宣传手册"], ["横幅", "手册"]) == 1
    assert has_answer([], ["手册"]) == 0


def test_the_figures_of_a_set() -> None:
    questions = [
        Question("谁?", frozenset({"a"}), ("张静",)),
        Question("几份?", frozenset({"b", "c"}), ("300多份",)),
    ]
    far = "前" * 600 + "300多份"
    result = Result(
        2.5,
        (
            Found(("a", "b"), ("记者张静", "别的"), ("记者张静",), 10.0, 4.0),
            Found(("a", "c"), ("别的", far), ("别的", far), 20.0, 8.0),
        ),
    )
    assert figures(questions, result) == Figures(
        questions=2,
        recall_at_1=0.5,
        recall_at_5=1.0,
        ndcg_at_10=pytest.approx((1 + (1 / math.log2(3)) / (1 + 1 / math.log2(3))) / 2),
        answer_shown=0.5,
        answer_whole=1.0,
        ms=15.0,
        cpu_ms=6.0,
        index_seconds=2.5,
    )


def test_a_result_of_other_questions_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        figures([Question("谁?", frozenset({"a"}), ("张静",))], Result(1.0, ()))
