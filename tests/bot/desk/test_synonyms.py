from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import pytest
from fastapi import FastAPI

from bot.answering.answer import Answer, CuratedParts
from bot.desk.desk import Desk
from bot.operations.figures import Count
from bot.operations.trial import Trials, Variants
from corpus.library.synonyms import read_synonyms
from tests.bot.desk.browser import Browser
from tests.bot.web.stub import QUOTES, StubBot

PATH = "/desk/synonyms"


class WithSynonyms(StubBot):
    """Answers what it is asked by a word of a group."""

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self._words = [word for group in groups for word in group]

    def ask(self, question: str, history: Sequence[str] = (), top: int = 3) -> Answer:
        answer = super().ask(question, history, top)
        if any(word in question for word in self._words):
            return replace(answer, verdict="answered", quotes=(QUOTES["parcels"],))
        return answer


@contextmanager
def with_synonyms(groups: Sequence[Sequence[str]]) -> Iterator[StubBot]:
    yield WithSynonyms(groups)


@pytest.fixture(autouse=True)
def trials(desk: Desk) -> None:
    variants = Variants(with_synonyms, with_synonyms, with_synonyms)  # type: ignore[arg-type]
    object.__setattr__(desk, "trials", Trials(StubBot(), variants))


def test_synonyms_are_tried_before_and_after_then_saved(
    publisher: Browser, desk: Desk, changes: list[str]
) -> None:
    publisher.get(PATH)
    typed = "# 读者的说法\n天气 = 气象"
    publisher.send(PATH, groups=typed, tried="天气好吗?", shown=publisher.shown, action="try")
    assert publisher.typed["groups"] == typed
    before, after = publisher.said.split("After the change")
    assert ("Now no answer" in before, "answered" in after) == (True, True)
    assert (read_synonyms(desk.articles), changes) == ((), [])
    publisher.send(PATH, groups=typed, shown=publisher.shown, action="save")
    assert (read_synonyms(desk.articles), changes) == ((("天气", "气象"),), ["changed"])
    assert (desk.articles / "synonyms.txt").read_text(encoding="utf-8") == f"{typed}\n"
    last = desk.log.latest(1)[0]
    assert (last.user, last.action) == ("chief", "synonyms changed")
    desk.figures.add({Count.of_curated(datetime.now(), CuratedParts("synonym", "天气")): 7})
    publisher.get(PATH)
    assert "天气 = 气象 7 times" in publisher.said


@pytest.mark.parametrize(
    "typed", ["落单", "甲 = 乙", "信号塔 = 基站\n基站 = 铁塔", "<script> = \x00基站", "灯笼 = 灯笼"]
)
def test_a_wrong_line_is_told_and_nothing_is_written(publisher: Browser, desk: Desk, typed: str) -> None:
    publisher.get(PATH)
    publisher.send(PATH, groups=typed, shown=publisher.shown, action="save")
    assert (publisher.page.status_code, "Not saved: line" in publisher.said) == (400, True)
    assert not (desk.articles / "synonyms.txt").exists()
    assert "<script> =" not in publisher.page.text


def test_the_second_of_two_editors_is_told_and_loses_nothing(
    service: FastAPI, publisher: Browser, desk: Desk
) -> None:
    other = Browser(service).signed_in("root")
    for browser in (publisher, other):
        browser.get(PATH)
    publisher.send(PATH, groups="信号塔 = 基站", shown=publisher.shown, action="save")
    other.send(PATH, groups="医保 = 医疗保险", shown=other.shown, action="save")
    assert (other.page.status_code, other.typed["groups"]) == (409, "医保 = 医疗保险")
    assert "<pre>信号塔 = 基站" in other.page.text
    assert read_synonyms(desk.articles) == (("信号塔", "基站"),)
    other.send(PATH, groups="医保 = 医疗保险", shown=other.shown, action="save")
    assert read_synonyms(desk.articles) == (("医保", "医疗保险"),)


def test_what_they_would_change_in_the_last_days(publisher: Browser) -> None:
    publisher.get(PATH)
    publisher.send(PATH, groups="信号塔 = 基站", shown=publisher.shown, action="changes")
    assert publisher.page.url.path.startswith("/desk/trials/")


def test_a_broken_file_is_told(publisher: Browser, desk: Desk) -> None:
    (desk.articles / "synonyms.txt").write_bytes(b"\xff\xfe\xff")
    assert publisher.get(PATH).status_code == 503
    assert "synonyms.txt" in publisher.said


def test_editors_may_not(editor: Browser) -> None:
    assert editor.get(PATH).status_code == 403
