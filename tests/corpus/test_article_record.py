"""An article's record gives the article back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.article import Article, digest, from_record, to_record

WATER = Article(
    "water", "停水\t通知", "　　明天停水。\n\n请储水。", source="晚报", published=date(2024, 11, 26)
)


def test_what_is_not_stated_is_left_out() -> None:
    assert to_record(Article("a", "题", "文。")).decode() == '{"id":"a","title":"题","body":"文。"}'


@pytest.mark.parametrize("article", [WATER, replace(WATER, status="withdrawn", withdrawal="撤稿")])
def test_an_article_comes_back_from_its_record(article: Article) -> None:
    assert from_record(to_record(article)) == article


def test_the_digest_tells_articles_apart() -> None:
    changed = [
        replace(WATER, title="停水"),
        replace(WATER, published=None),
        replace(WATER, status="withdrawn"),
    ]
    assert len({digest(article) for article in (WATER, *changed)}) == 4
    assert digest(WATER) == digest(replace(WATER))


@pytest.mark.parametrize("record", ["", "{}", '{"id":"a","title":"t"}', '{"id":"/","title":"t","body":"b"}'])
def test_another_text_is_refused(record: str) -> None:
    with pytest.raises(ValueError, match="validation error"):
        from_record(record)
