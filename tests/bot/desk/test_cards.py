from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

import pytest
from fastapi import FastAPI

from bot.answering.answer import CuratedParts
from bot.desk.desk import Desk
from bot.operations.figures import Count
from bot.operations.trial import Trials, Variants
from corpus.library.cards import CardFile, read_cards
from corpus.library.files import read_examples
from tests.bot.desk.browser import Browser
from tests.bot.web.stub import StubBot

TYPED = {
    "name": "water", "title": "停水<b>", "text": "打 96110。", "phones": "96110，12345",
    "when": "停水 几点\n没水",
    "rank": "5", "language-zh": "1", "tried": "我家没水了",
}  # fmt: skip


@pytest.fixture
def own(desk: Desk) -> None:
    (desk.articles / "cards").mkdir()


@pytest.mark.usefixtures("own")
def test_a_card_is_tried_then_saved_then_removed(publisher: Browser, desk: Desk, changes: list[str]) -> None:
    publisher.get("/desk/cards/new?when=没水")
    assert publisher.typed["when"] == "没水"
    publisher.send("/desk/cards/new", **TYPED, action="try")
    assert "This card would be shown." in publisher.said
    assert (read_cards(desk.articles), changes) == ((), [])
    publisher.send("/desk/cards/new", **{**TYPED, "tried": "天气"}, action="try")
    assert "This card would not be shown." in publisher.said
    assert "The answer it gets now no answer" in publisher.said
    publisher.send("/desk/cards/new", **TYPED, action="save")
    card = CardFile("water", "停水<b>", "打 96110。", ("zh",), ("96110", "12345"), ("停水 几点", "没水"))
    assert (read_cards(desk.articles), changes) == ((card,), ["changed"])
    desk.figures.add({Count.of_card(datetime.now(), "water"): 3})
    publisher.get("/desk/cards")
    assert "停水<b> 96110 · 12345 · shown 3 times in 30 days" in publisher.said
    assert "<b>" not in publisher.page.text.split("<main")[1]
    publisher.get("/desk/cards/water.md")
    publisher.send("/desk/cards/water.md", **{**TYPED, "title": "无水"}, shown=publisher.shown, action="save")
    assert [card.title for card in read_cards(desk.articles)] == ["无水"]
    publisher.get("/desk/cards/water.md")
    publisher.send("/desk/cards/water.md", shown=publisher.shown, action="remove")
    assert read_cards(desk.articles) == ()
    assert "打 96110。" in desk.log.latest(1)[0].details


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(
    "typed",
    [{"title": ""}, {"text": " "}, {"phones": "abc"}, {"when": "<nothing>"}, {"name": "../x"}, {"name": ""},
     {"language-zh": ""}, {"rank": "0"}],
)  # fmt: skip
def test_a_wrong_card_is_told_and_not_written(publisher: Browser, desk: Desk, typed: dict[str, str]) -> None:
    publisher.get("/desk/cards/new")
    publisher.send("/desk/cards/new", **{**TYPED, **typed}, action="save")
    assert (publisher.page.status_code, read_cards(desk.articles)) == (400, ())
    assert "Not saved:" in publisher.said
    assert publisher.typed["tried"] == "我家没水了"


@pytest.mark.usefixtures("own")
def test_a_new_card_takes_no_others_name(publisher: Browser, desk: Desk) -> None:
    for title in ("甲", "乙"):
        publisher.get("/desk/cards/new")
        publisher.send("/desk/cards/new", **{**TYPED, "title": title}, action="save")
    assert publisher.page.status_code == 400
    assert [card.title for card in read_cards(desk.articles)] == ["甲"]


def test_a_question_is_tried_and_examples_are_saved(publisher: Browser, desk: Desk) -> None:
    publisher.get("/desk/cards?q=实名收寄率是多少")
    assert "实名收寄率必须达到百分之百。" in publisher.said
    publisher.send("/desk/cards", examples="停水吗?\n\n 几点? ", shown=publisher.shown)
    assert read_examples(desk.articles) == ("停水吗?", "几点?")
    desk.figures.add({Count.of_curated(datetime.now(), CuratedParts("example", "几点?")): 2})
    publisher.get("/desk/cards")
    assert "How often used in the last 30 days 几点? 2 times" in publisher.said


def test_cards_that_are_none(publisher: Browser, editor: Browser) -> None:
    assert publisher.get("/desk/cards/nothing.md").status_code == 404
    assert publisher.send("/desk/cards/nothing.md", action="remove").status_code in (403, 404)
    assert editor.get("/desk/cards").status_code == editor.get("/desk/cards/new").status_code == 403


@pytest.mark.usefixtures("own")
def test_the_second_of_two_who_change_a_card_is_told_and_loses_nothing(
    service: FastAPI, publisher: Browser, desk: Desk
) -> None:
    publisher.get("/desk/cards/new")
    publisher.send("/desk/cards/new", **TYPED, action="save")
    other = Browser(service).signed_in("root")
    for browser in (publisher, other):
        browser.get("/desk/cards/water.md")
    publisher.send("/desk/cards/water.md", **{**TYPED, "title": "甲"}, shown=publisher.shown, action="save")
    old = other.shown
    other.send("/desk/cards/water.md", **{**TYPED, "title": "乙"}, shown=old, action="save")
    assert (other.page.status_code, 'value="乙"' in other.page.text) == (409, True)
    assert "title: 甲" in other.page.text
    assert [card.title for card in read_cards(desk.articles)] == ["甲"]
    other.send("/desk/cards/water.md", shown=old, action="remove")
    assert other.page.status_code == 409
    other.get("/desk/cards/water.md")
    other.send("/desk/cards/water.md", **{**TYPED, "title": "乙"}, shown=other.shown, action="save")
    assert [card.title for card in read_cards(desk.articles)] == ["乙"]


def test_the_second_of_two_who_change_the_examples_is_told(
    service: FastAPI, publisher: Browser, desk: Desk
) -> None:
    other = Browser(service).signed_in("root")
    for browser in (publisher, other):
        browser.get("/desk/cards")
    publisher.send("/desk/cards", examples="甲?", shown=publisher.shown)
    other.send("/desk/cards", examples="乙?", shown=other.shown)
    assert (other.page.status_code, other.typed["examples"]) == (409, "乙?")
    assert "<pre>甲?</pre>" in other.page.text
    other.send(
        "/desk/cards", examples="乙?", shown=other.page.text.split('name="shown" value="')[1].split('"')[0]
    )
    assert read_examples(desk.articles) == ("乙?",)


@pytest.mark.usefixtures("own")
def test_what_a_card_would_change_is_shown_before_it_is_saved(publisher: Browser, desk: Desk) -> None:
    tried: list[Sequence[CardFile]] = []

    @contextmanager
    def with_cards(cards: Sequence[CardFile]) -> Iterator[StubBot]:
        tried.append(cards)
        yield StubBot()

    variants = Variants(with_cards, with_cards, with_cards)  # type: ignore[arg-type]
    object.__setattr__(desk, "trials", Trials(StubBot(), variants))
    publisher.get("/desk/cards/new")
    publisher.send("/desk/cards/new", **TYPED, action="changes")
    assert publisher.page.url.path.startswith("/desk/trials/")
    assert [[card.id for card in cards] for cards in tried] == [["water"]]
    assert read_cards(desk.articles) == ()
