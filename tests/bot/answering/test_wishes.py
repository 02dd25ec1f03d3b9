"""What no single sentence answers: several questions, what is new, what an article is about."""

from __future__ import annotations

import pytest

from bot.answering.bot import Bot
from bot.answering.question import Question
from bot.answering.wishes import is_title, opening, questions_in, wish_of
from corpus.article import Article


@pytest.mark.parametrize(
    ("line", "wish"),
    [
        ("今天有什么新闻", "news"),
        ("what's new", "news"),
        ("讲讲这篇文章", "about"),
        ("What is this article about?", "about"),
        ("消防演练什么时候举行", None),
    ],
)
def test_wishes(line: str, wish: str | None) -> None:
    assert wish_of(Question(line)) == wish


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("医保怎么缴?基站安全吗?", ["医保怎么缴?", "基站安全吗?"]),
        (
            "医保怎么缴,基站安全吗,工会会员有多少",
            ["医保怎么缴", "基站安全吗", "工会会员有多少"],
        ),
        ("真的吗?医保怎么缴?", ["真的吗?医保怎么缴?"]),
        ("我家在城东,怎么去驿站", ["我家在城东,怎么去驿站"]),
        ("老人遇到可疑电话怎么办,找谁", ["老人遇到可疑电话怎么办,找谁"]),
        (
            "Is 5G safe? How many union members are there?",
            ["Is 5G safe?", "How many union members are there?"],
        ),
    ],
)
def test_the_questions_of_a_line(line: str, parts: list[str]) -> None:
    assert [part.text for part in questions_in(Question(line))] == parts


def test_an_opening_is_whole_sentences() -> None:
    article = Article("a", "题", "第一句。第二句。\n\n" + "长" * 300 + "。")
    assert opening(article) == (0, 4, 8)


def test_a_title_by_itself() -> None:
    assert is_title(Question(" 《加强医保宣传》"))
    assert not is_title(Question("《加强医保宣传》是谁写的"))


def test_what_is_new_is_a_list(real_bot: Bot) -> None:
    answer = real_bot.ask("今天有什么新闻")
    assert (answer.verdict, answer.quotes) == ("talk", ())
    assert [article.id for article in answer.listed] == [f"yicheng-news-{n}" for n in range(1, 9)]
    assert answer.reply.splitlines()[1] == f"· 《{answer.listed[0].title}》"


def test_what_this_article_is_about_is_its_opening(real_bot: Bot) -> None:
    answer = real_bot.ask("讲讲这篇文章", ["水屯镇查了多少户房屋?"])
    [quote] = answer.quotes
    assert (answer.verdict, quote.article.id, quote.start) == ("answered", "yicheng-news-7", 0)
    assert quote.article.body[quote.start : quote.end] == quote.text
    assert quote.marks[0][0] == 0
    assert real_bot.ask("讲讲这篇文章").verdict == "talk"


def test_questions_of_one_line_are_answered_one_by_one(real_bot: Bot) -> None:
    answer = real_bot.ask("水屯镇查了多少户房屋?驿城区总工会有多少会员?")
    assert [part.quotes[0].article.id for part in answer.parts] == ["yicheng-news-7", "yicheng-news-1"]
    assert [quote.article.id for quote in answer.quotes] == ["yicheng-news-7", "yicheng-news-1"]
