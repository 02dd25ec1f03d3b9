"""Questions that are offered: answered ones, of different articles, and found without reading an archive."""

from collections.abc import Iterator
from itertools import count

import pytest

from bot.answering.quote import Quote
from bot.answering.suggestions import Tried, choose_examples
from bot.language import Language
from corpus.article import Article

ARTICLES = [Article(f"a{n}", f"题{n}", f"正文{n}。") for n in range(5)]


def found(article: Article, is_answer: bool) -> Tried:
    return Tried(Quote(article, 0, len(article.body), article.body, (), 1.0), is_answer)


def made(number: int) -> str:
    return f"关于“题{number}”，文章里怎么说？"


def chosen(written: dict[str, Tried], sure: tuple[int, ...]) -> tuple[str, ...]:
    """With an answer to the made questions about the articles of these numbers."""
    known = written | {made(n): found(article, n in sure) for n, article in enumerate(ARTICLES)}
    return choose_examples(list(written), ARTICLES, "zh-Hans", known.get)


def test_the_publishers_own_come_first_and_no_two_are_of_one_article() -> None:
    written = {"一题?": found(ARTICLES[1], True), "又是一题?": found(ARTICLES[1], True)}
    assert chosen(written, sure=(0, 1, 2, 3, 4)) == ("一题?", made(0), made(2), made(3))


def test_what_is_not_sure_to_be_answered_is_offered_only_where_too_few_others_are() -> None:
    written = {"一题?": found(ARTICLES[1], False)}
    assert chosen(written, sure=(0, 2, 3, 4)) == (made(0), made(2), made(3), made(4))
    assert chosen(written, sure=(3,)) == (made(3), "一题?", made(0), made(2))


def test_what_finds_nothing_is_not_offered() -> None:
    assert choose_examples(["天气?"], ARTICLES, "zh-Hans", lambda question: None) == ()


def archive() -> Iterator[Article]:
    """Without an end."""
    return (Article(f"a-{n}", f"通知{n} 副题", f"第{n}号通知。\n\n谁要看第{n}号?") for n in count())


def test_an_archives_first_questions_are_tried() -> None:
    numbers = iter(range(99))
    answers = [found(article, True) for article, _ in zip(archive(), range(99), strict=False)]

    def tried(question: str) -> Tried | None:
        number = next(numbers)
        return answers[number] if number >= 30 else None

    assert choose_examples((), archive(), "zh-Hans", tried) == (
        "谁要看第30号?", "谁要看第31号?", "谁要看第32号?", "谁要看第33号?",
    )  # fmt: skip
    assert choose_examples((), archive(), "zh-Hans", lambda question: None) == ()


def test_a_question_of_another_language_is_not_offered() -> None:
    written = ("停水怎么办?", "What about water?")
    answers = {question: found(ARTICLES[0], True) for question in written}
    assert choose_examples(written, archive(), "zh-Hans", answers.get) == ("停水怎么办?",)
    assert choose_examples(written, archive(), "en", answers.get) == ("What about water?",)


def test_none_is_tried_when_there_is_no_more_time() -> None:
    time = iter((True, True, False))
    tried: list[str] = []
    choose_examples((), archive(), "zh-Hans", lambda question: tried.append(question), lambda: next(time))
    assert tried == ["谁要看第0号?", "谁要看第1号?"]


@pytest.mark.parametrize(("language", "title"), [("en", "Metro"), ("zh-Hans", "地铁几点开")])
def test_no_question_holds_a_title_in_the_other_language(language: Language, title: str) -> None:
    chinese = Article("a", "地铁几点开", "早上六点开。")
    english = Article("b", "Metro hours", "It opens at six.")
    tried: list[str] = []
    choose_examples((), [chinese, english], language, tried.append)
    assert len(tried) == 1
    assert title in tried[0]
