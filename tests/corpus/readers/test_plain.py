"""A text file is a newspaper page if its text shows that, else one article."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.readers.document import Note, ReaderError
from tests.corpus.printed_pages import text_of
from tests.corpus.readers.makers import articles, readings_of


def test_a_newspaper_page_in_any_encoding() -> None:
    for encoding in ("utf-8", "gb18030", "utf-16"):
        found = articles(text_of("yicheng-news").encode(encoding), "2024-11-26-A3.txt")
        assert [article.id for article in found] == [f"2024-11-26-A3-{number}" for number in range(1, 10)]
        assert found[4].title == "防范电信诈骗 筑牢安全防线"
        assert {(article.published, article.page, article.section) for article in found} == {
            (date(2024, 11, 26), "A3", "驿城新闻")
        }


def test_doubts_of_a_page_are_told() -> None:
    readings = readings_of("桥通了\n\n本报记者 何平\n\n昨日上午,新桥通车,市民", "bridge.txt")
    assert readings[1] == Note(
        "bridge.txt", "bridge-1: the text ends in mid-sentence: …昨日上午,新桥通车,市民", refused=False
    )


def test_a_notice_is_one_article_to_the_letter() -> None:
    [article] = articles("停水通知\n\n因管道检修，11月5日停水。\n涉及小区：\n阳光花园", "notice 20241104.txt")
    assert (article.title, article.published) == ("停水通知", date(2024, 11, 4))
    assert article.body == "因管道检修，11月5日停水。\n\n涉及小区：\n\n阳光花园"


def test_a_text_without_a_title_is_called_by_its_first_words() -> None:
    assert articles("明天停水。请储水。", "a.txt")[0].title == "明天停水"


@pytest.mark.parametrize(
    ("content", "reason"), [("", "the file is empty"), (" \n\u3000", "the file is blank")]
)
def test_nothing_is_refused(content: str, reason: str) -> None:
    with pytest.raises(ReaderError, match=reason):
        articles(content, "a.txt")
