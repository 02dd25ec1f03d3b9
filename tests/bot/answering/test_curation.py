"""What editors put to articles is answered from there, or never is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.answering.curation import Curation, Likeness
from bot.answering.question import Question
from bot.answering.succession import Standing
from corpus.article import Article
from corpus.asked import ArticleQuestion
from tests.bot.answering.test_bot import FIRE
from tests.bot.answering.test_succession import bot_over
from tests.index.fake_embedder import searcher_over

SENTENCE = "接到诈骗电话要挂断。"
SCAM = Article(
    "scam",
    "防诈骗",
    f"诈骗分子常常冒充客服。{SENTENCE}诈骗要报警。",
    asked=(ArticleQuestion("陌生来电怎么办", SENTENCE),),
)
CARE = Article("care", "医保", "医保缴费到年底。")


def asked(*questions: ArticleQuestion, never: tuple[str, ...] = ()) -> Article:
    return replace(SCAM, asked=questions, not_asked=never)


def test_the_words_of_an_editor_are_answered_by_the_chosen_sentence(tmp_path: Path) -> None:
    with bot_over([FIRE, SCAM, CARE], tmp_path) as bot:
        answer = bot.ask("陌生来电，怎么办？")
    quote = answer.quotes[0]
    start, end = quote.sentence
    assert (answer.verdict, answer.confidence) == ("answered", 1.0)
    assert (quote.article, quote.article.body[start:end]) == (SCAM, SENTENCE)
    assert quote.article.body[quote.start : quote.end] == quote.text == SCAM.body


def test_other_words_that_say_the_same_are_answered_alike(tmp_path: Path) -> None:
    with bot_over([FIRE, asked(ArticleQuestion("诈骗咋整", SENTENCE)), CARE], tmp_path) as bot:
        quote = bot.ask("碰上诈骗如何是好").quotes[0]
    assert quote.article.body[slice(*quote.sentence)] == SENTENCE


def test_without_a_sentence_the_article_comes_first(tmp_path: Path) -> None:
    with bot_over([FIRE, CARE, asked(ArticleQuestion("天上下雨去哪躲"))], tmp_path) as bot:
        answer = bot.ask("天上下雨去哪躲?")
    assert (answer.verdict, answer.quotes[0].article.id) == ("answered", "scam")


def test_a_pin_whose_sentence_has_changed_is_not_used(tmp_path: Path) -> None:
    stale = replace(SCAM, body=SCAM.body.replace("挂断", "挂掉"))
    with bot_over([FIRE, stale, CARE], tmp_path) as bot:
        assert bot.ask("陌生来电怎么办").verdict != "answered"


def test_what_must_not_be_answered_from_an_article_never_is(tmp_path: Path) -> None:
    article = asked(never=("诈骗案哪天开庭",))
    with bot_over([FIRE, article, CARE], tmp_path) as bot:
        for question in ("诈骗案哪天开庭?", "请问诈骗案哪天开庭", "诈骗的官司啥时候打"):
            found = bot.find(question)
            assert "scam" not in {hit.article.id for hit in found.hits}
            assert "scam" not in {quote.article.id for quote in found.quotes}


def test_what_is_asked_to_the_letter_goes_before_what_is_like_a_not(tmp_path: Path) -> None:
    article = asked(ArticleQuestion("诈骗怎么办", SENTENCE), never=("诈骗怎么判",))
    with bot_over([FIRE, article, CARE], tmp_path) as bot:
        assert bot.ask("诈骗怎么办").quotes[0].article.id == "scam"
        assert "scam" not in {hit.article.id for hit in bot.find("诈骗怎么判?").hits}


def test_what_stands_under_both_is_not_answered(tmp_path: Path) -> None:
    article = asked(ArticleQuestion("诈骗怎么办", SENTENCE), never=("诈骗怎么办",))
    with bot_over([FIRE, article, CARE], tmp_path) as bot:
        assert "scam" not in {hit.article.id for hit in bot.find("诈骗怎么办").hits}


def test_a_changed_article_is_asked_what_it_says_now(tmp_path: Path) -> None:
    for question in ("天上下雨去哪躲", "地上结冰往哪走"):
        with bot_over([FIRE, CARE, asked(ArticleQuestion(question, SENTENCE))], tmp_path) as bot:
            assert bot.ask(question).quotes[0].article.id == "scam"
    with bot_over([FIRE, CARE, asked()], tmp_path) as bot:
        assert bot.ask("地上结冰往哪走").verdict != "answered"


def test_an_article_that_is_withheld_or_superseded_is_not_chosen(tmp_path: Path) -> None:
    newer = Article("newer", "防诈骗新规", "诈骗可以上网举报。", supersedes=("scam",))
    with bot_over([FIRE, SCAM, CARE], tmp_path) as bot:
        assert bot.find("陌生来电怎么办", withheld=["scam"]).verdict != "answered"
    with bot_over([FIRE, SCAM, CARE, newer], tmp_path) as bot:
        assert bot.standing("scam") == Standing(newer)
        assert bot.find("陌生来电怎么办").verdict != "answered"


def test_an_article_that_is_no_longer_valid_is_not_chosen(tmp_path: Path) -> None:
    expired = replace(SCAM, valid_until=date(2026, 1, 1))
    with bot_over([FIRE, expired, CARE], tmp_path, date(2026, 1, 2)) as bot:
        assert bot.find("陌生来电怎么办").verdict != "answered"


def test_a_follow_up_is_not_the_question_of_an_editor(tmp_path: Path) -> None:
    with bot_over([FIRE, asked(ArticleQuestion("医保怎么交", SENTENCE)), CARE], tmp_path) as bot:
        assert bot.ask("医保怎么交").quotes[0].article.id == "scam"
        assert bot.find("那老人呢?", ["医保怎么交"]).quotes[0].article.id == "care"


ALIKE = Likeness(SCAM, 0, "陌生来电怎么办", 11, 0.85, 0.0, 0.1, False, "", False)


@pytest.mark.parametrize(
    ("likeness", "probability"),
    [
        (ALIKE, 0.876),
        (replace(ALIKE, nearness=0.75), 0.405),
        (replace(ALIKE, behind=0.1), 0.381),
        (replace(ALIKE, lacks=True), 0.53),
        (replace(ALIKE, differs="name"), 0.0),
        (replace(ALIKE, differs="name", is_literal=True), 1.0),
    ],
)
def test_the_probability_that_two_questions_say_the_same(likeness: Likeness, probability: float) -> None:
    assert round(likeness.probability, 3) == probability


@pytest.mark.parametrize(
    ("asks", "question", "differs"),
    [
        ("诈骗怎么防", "诈骗如何防", ""),
        ("诈骗怎么防", "翠柏街道诈骗怎么防", "name"),
        ("2024年诈骗有多少", "2023年诈骗有多少", "number"),
        ("哪些诈骗可以报警", "哪些诈骗不可以报警", "not"),
        ("诈骗能不能报警", "诈骗不能报警吗", ""),
    ],
)
def test_names_numbers_and_not_tell_questions_apart(
    asks: str, question: str, differs: str, tmp_path: Path
) -> None:
    with searcher_over([FIRE, asked(ArticleQuestion(asks))], tmp_path) as searcher:
        [likeness] = Curation(searcher).like(
            Question(question), Question(question), searcher.search(Question(question), 5)
        )
    assert (likeness.asked, likeness.differs) == (asks, differs)
