from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

import pytest

from bot.answering.answer import CuratedParts
from bot.desk.desk import Desk
from bot.operations.figures import Count
from bot.operations.questions import QuestionBook
from bot.operations.questions import QuestionRecord as AskedQuestion
from bot.operations.trial import Trials, Variants
from corpus.article import Article, to_markdown
from corpus.asked import ArticleQuestion
from corpus.library.editing import find
from tests.bot.desk.browser import Browser
from tests.bot.desk.test_questions import apart, open_first
from tests.bot.operations.test_trial import Pinned, finished
from tests.bot.web.stub import StubBot

WATER = Article(
    "water", "停水通知", "明天停水,请储水。停到晚上十点。\n\n## 时间\n\n上午九点开始。", source="驿城晚报"
)
CHOICE = re.compile(r'<input type="radio"[^>]* value="([^"]*)"')


@pytest.fixture(autouse=True)
def asked(desk: Desk) -> None:
    (desk.articles / "water.md").write_text(to_markdown(WATER), encoding="utf-8")
    book, today = QuestionBook(desk.database, apart), datetime.now().date().isoformat()
    for question, count in (("几点来水?", 5), ("几时有水?", 2)):
        book.add({AskedQuestion(today, question, question, "zh-Hans", "none"): count})
        book.sort()


def now(desk: Desk) -> Article:
    return find(desk.articles, "water")[1]


def open_article(browser: Browser) -> str:
    """The address of the form that puts the question to the article, which is shown then."""
    address = open_first(browser, "几点来水?")
    browser.get(f"{address}/articles?q=停水")
    browser.get(browser.address_of("停水通知"))
    return f"{address}/articles/water"


def test_a_question_goes_to_a_sentence_of_an_article(
    publisher: Browser, desk: Desk, changes: list[str]
) -> None:
    address = open_article(publisher)
    assert CHOICE.findall(publisher.page.text) == [
        "",
        "明天停水,请储水。",
        "停到晚上十点。",
        "上午九点开始。",
    ]
    publisher.send(
        address, **{"shown": publisher.shown, "word-1": "1", "word-2": "1", "sentence": "停到晚上十点。"},
        action="asked",
    )  # fmt: skip
    assert "It stands with “停水通知” now" in publisher.said
    assert now(desk).asked == (
        ArticleQuestion("几点来水?", "停到晚上十点。"),
        ArticleQuestion("几时有水?", "停到晚上十点。"),
    )
    assert changes == ["changed"]
    assert "几点来水?" in publisher.get("/desk/questions?state=answered").text
    publisher.get("/desk/articles/water")
    assert "几点来水? 停到晚上十点。" in publisher.said


def test_a_question_can_be_barred_from_an_article(publisher: Browser, desk: Desk) -> None:
    address = open_article(publisher)
    publisher.send(address, **{"shown": publisher.shown, "word-1": "1"}, action="not")
    assert (now(desk).asked, now(desk).not_asked) == ((), ("几点来水?",))
    publisher.get("/desk/articles/water")
    publisher.send(
        "/desk/articles/water", shown=publisher.shown, question="几点来水?", barred="1", action="forget"
    )
    assert now(desk) == WATER


def test_what_cannot_be_attached_changes_nothing(publisher: Browser, desk: Desk) -> None:
    address = open_article(publisher)
    form = {"shown": publisher.shown, "token": publisher.token, "action": "asked"}
    for typed, status in (
        ({}, 400),
        ({"word-1": "1", "sentence": "没有这一句。"}, 400),
        ({"word-9": "1"}, 400),
        ({"word-1": "1", "shown": "0"}, 409),
    ):
        assert publisher.client.post(address, data={**form, **typed}).status_code == status, typed
    assert now(desk) == WATER
    assert publisher.get(address.replace("water", "none")).status_code == 404
    assert publisher.get("/desk/questions/99/articles").status_code == 404


def test_without_words_the_articles_that_the_bot_names_are_offered(publisher: Browser) -> None:
    publisher.get(f"{open_first(publisher, '几点来水?')}/articles")
    assert "快递" in publisher.said


def test_a_stale_sentence_is_listed_with_what_mends_it(publisher: Browser, desk: Desk) -> None:
    stale = Article(
        "water", "停水通知", "后天停水。", asked=(ArticleQuestion("几点来水?", "停到晚上十点。"),)
    )
    (desk.articles / "water.md").write_text(to_markdown(stale), encoding="utf-8")
    publisher.get("/desk/articles")
    assert "The sentence for “几点来水?” is not in the text any more" in publisher.said
    publisher.get("/desk/articles/water")
    assert "choose a sentence anew" in publisher.said
    publisher.send("/desk/articles/water", shown=publisher.shown, question="几点来水?", action="forget")
    assert now(desk).asked == ()


def test_valid_until_is_set_and_taken_away(publisher: Browser, desk: Desk) -> None:
    for typed, kept in (("2026-12-31", date(2026, 12, 31)), ("", None)):
        publisher.get("/desk/articles/water")
        fields = {**publisher.typed, "shown": publisher.shown, "valid_until": typed}
        publisher.send("/desk/articles/water", **fields, action="save")
        assert now(desk).valid_until == kept
    publisher.get("/desk/articles/water")
    fields = {**publisher.typed, "shown": publisher.shown, "valid_until": "31.12."}
    assert publisher.send("/desk/articles/water", **fields, action="save").status_code == 400


def test_editors_may_not(editor: Browser) -> None:
    assert editor.get("/desk/questions/1/articles").status_code == 403


def test_what_it_would_change_is_shown_before_it_is_published(
    desk: Desk, publisher: Browser, changes: list[str]
) -> None:
    address = open_article(publisher)
    form = {"shown": publisher.shown, "word-1": "1", "token": publisher.token, "action": "try"}
    assert publisher.client.post(address, data=form).status_code == 404
    tried: list[Article] = []

    @contextmanager
    def over(article: Article) -> Iterator[Pinned]:
        tried.append(article)
        yield Pinned()

    trials = Trials(StubBot(), Variants(over, over, over))  # type: ignore[arg-type]
    object.__setattr__(desk, "trials", trials)
    page = publisher.client.post(address, data={**form, "sentence": "停到晚上十点。"})
    trial_id = page.url.path.rpartition("/")[2]
    found = trials.get(trial_id)
    assert found
    finished(trials, found)
    publisher.get(f"/desk/trials/{trial_id}")
    assert "Of the 1 kinds of questions" in publisher.said
    assert [article.asked for article in tried] == [(ArticleQuestion("几点来水?", "停到晚上十点。"),)]
    assert (now(desk), changes) == (WATER, [])
    assert publisher.get("/desk/trials/none").status_code == 404


def test_a_question_is_put_to_an_article_on_its_own_page(
    publisher: Browser, desk: Desk, changes: list[str]
) -> None:
    path = "/desk/articles/water"
    publisher.get(path)
    publisher.send(path, shown=publisher.shown, question="几时停?", sentence="停到晚上十点。", action="ask")
    publisher.send(path, shown=publisher.shown, question="怎么报修?", barred="1", action="ask")
    assert (now(desk).asked, now(desk).not_asked) == (
        (ArticleQuestion("几时停?", "停到晚上十点。"),),
        ("怎么报修?",),
    )
    assert changes == ["changed", "changed"]
    desk.figures.add({Count.of_curated(datetime.now(), CuratedParts("pin", "water\n几时停?")): 4})
    publisher.get(path)
    assert "几时停? used 4 times in 30 days" in publisher.said
    for typed in ({"question": ""}, {"question": "x", "sentence": "没有这一句。"}, {"question": "x" * 900}):
        publisher.get(path)
        publisher.send(path, shown=publisher.shown, **typed, action="ask")
        assert publisher.page.status_code == 400, typed
    assert len(now(desk).asked) == 1
