"""An editor's say as changes of an article."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.article import Article
from corpus.asked import ArticleQuestion
from corpus.library.curating import (
    CurationError,
    curation_problems,
    duplicate_questions,
    with_asked,
    with_not_asked,
    without_asked,
    without_not_asked,
)

A = Article("a", "天气", "天冷。加衣!")
ASKED = replace(A, asked=(ArticleQuestion("冷吗?"), ArticleQuestion("穿啥", "加衣!")), not_asked=("热吗",))


def test_questions_are_put_to_an_article() -> None:
    assert with_not_asked(with_asked(with_asked(A, "冷吗?"), "穿啥", "加衣"), "热吗") == ASKED


def test_the_same_words_again_take_the_place_of_the_former() -> None:
    assert with_asked(ASKED, "冷吗？", "天冷").asked == (
        ArticleQuestion("穿啥", "加衣!"),
        ArticleQuestion("冷吗？", "天冷。"),
    )
    assert with_not_asked(ASKED, " 热吗?").not_asked == ("热吗?",)


def test_questions_are_taken_away() -> None:
    assert without_not_asked(without_asked(without_asked(ASKED, "穿啥?"), "冷吗"), "热吗") == A


@pytest.mark.parametrize("remove", [without_asked, without_not_asked])
def test_what_is_not_there_is_told(remove: object) -> None:
    with pytest.raises(CurationError, match="the article has no such question: '下雪吗'"):
        remove(ASKED, "下雪吗")  # type: ignore[operator]


def test_what_cannot_be_put_is_told() -> None:
    with pytest.raises(CurationError, match="no sentence of the article's text hold '下雪'"):
        with_asked(A, "冷吗", "下雪")
    with pytest.raises(CurationError, match="one line of 1 to 200 characters"):
        with_not_asked(A, "?")
    full = replace(A, asked=tuple(ArticleQuestion(f"第{n}问") for n in range(30)))
    with pytest.raises(CurationError, match="at most 30 questions are allowed under asked and not"):
        with_asked(full, "冷吗")


def test_problems_of_an_article() -> None:
    wrong = replace(
        ASKED,
        body="天冷。穿衣!",
        not_asked=("冷吗",),
        published=date(2025, 1, 1),
        valid_until=date(2024, 12, 31),
    )
    assert [what for what, _ in curation_problems(wrong)] == [
        "the sentence for '穿啥' does not stand in the text any more, and is not used",
        "'冷吗' stands under `asked` and under `not`",
        "valid_until 2024-12-31 is before it was published (2025-01-01)",
    ]
    assert list(curation_problems(ASKED)) == []


def test_a_question_of_two_articles() -> None:
    other = replace(A, id="b", asked=(ArticleQuestion("冷吗"), ArticleQuestion("冷不冷")))
    assert list(duplicate_questions([ASKED, other])) == [(other, ASKED, "冷吗")]
