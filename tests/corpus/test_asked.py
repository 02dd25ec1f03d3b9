"""Questions that are put to an article: read, refused, and pinned to a sentence to the letter."""

from __future__ import annotations

import pytest

from corpus.asked import (
    LONGEST_QUESTION,
    MOST,
    ArticleQuestion,
    ArticleQuestionError,
    article_questions,
    holding,
    pinned,
    questions_of,
    stale,
)

BODY = "　　天冷。加衣!\n\n## 交通\n\n慢行。天冷。\n出门看路"


def test_a_question_is_one_line() -> None:
    assert ArticleQuestion("  今天 \n 冷吗  ", " 天冷。 ") == ArticleQuestion("今天 冷吗", "天冷。")


@pytest.mark.parametrize(
    "question", ["", " ", "？！", "冷\x00吗", "冷\ud800吗", "冷" * (LONGEST_QUESTION + 1)]
)
def test_what_is_no_question(question: str) -> None:
    with pytest.raises(
        ArticleQuestionError, match="one line of 1 to 200 characters with a letter or a digit"
    ):
        ArticleQuestion(question)


@pytest.mark.parametrize("sentence", ["天\n冷", "\x07", "天" * 1001])
def test_what_is_no_sentence(sentence: str) -> None:
    with pytest.raises(ArticleQuestionError, match="one line of at most 1000 characters is allowed"):
        ArticleQuestion("冷吗", sentence)


def test_both_forms_in_front_matter() -> None:
    value = ["冷吗", {"q": "穿啥", "sentence": "加衣!"}, {"q": "冷吗"}, None]
    assert article_questions(value) == (ArticleQuestion("冷吗"), ArticleQuestion("穿啥", "加衣!"))
    assert article_questions("冷吗") == (ArticleQuestion("冷吗"),)
    assert article_questions(None) == article_questions([]) == ()
    assert questions_of(["冷吗", "冷吗", "热吗"]) == ("冷吗", "热吗")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([{"q": "冷吗", "answer": "冷"}], "unknown name 'answer'; allowed: q, sentence"),
        ([{"sentence": "天冷。"}], "None is not a question as text"),
        ([["冷吗"]], "['冷吗'] is not a question as text"),
        ([{"q": {"q": "冷吗"}}], "{'q': '冷吗'} is not a question as text"),
        ([f"第{n}问" for n in range(MOST + 1)], "31 questions; at most 30 are allowed"),
    ],
)
def test_what_is_refused(value: object, message: str) -> None:
    with pytest.raises(ArticleQuestionError) as refused:
        article_questions(value)
    assert str(refused.value) == message


def test_a_pin_is_a_whole_sentence_to_the_letter() -> None:
    assert pinned(BODY, "天冷。") == (2, 5)
    assert pinned(BODY, "出门看路") == (24, 28)
    assert [pinned(BODY, text) for text in ("天冷", "天冷。加衣!", "交通", "天热。", "")] == [None] * 5


def test_a_sentence_is_found_by_words_that_stand_in_it_only() -> None:
    assert holding(BODY, "加") == "加衣!"
    assert holding(BODY, " 天冷。 ") == "天冷。"
    with pytest.raises(ArticleQuestionError, match="no sentence of the article's text hold '下雪'"):
        holding(BODY, "下雪")
    with pytest.raises(ArticleQuestionError, match="2 sentences of the article's text hold '。'"):
        holding(BODY, "。")


def test_a_pin_is_stale_once_its_sentence_has_changed() -> None:
    pins = [ArticleQuestion("穿啥", "加衣!"), ArticleQuestion("冷吗", "不冷。"), ArticleQuestion("热吗")]
    assert stale(BODY, pins) == [pins[1]]
