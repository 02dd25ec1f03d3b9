"""Workbooks with named columns are read like tables."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pytest

from corpus.article import Article
from corpus.readers.document import Note, ReaderError
from tests.corpus.readers.makers import articles, readings_of


def workbook(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


NAMES: list[object] = ["标题", "日期", "正文"]


def test_a_row_is_an_article_and_a_day_is_a_day() -> None:
    content = workbook(
        甲=[
            ["驿城晚报稿件"],
            NAMES,
            ["停水", datetime(2024, 11, 8), "明天停水。"],
            [],
            ["停电", 45604, "<p>后天停电。</p>"],
        ]
    )
    assert articles(content, "a.xlsx") == [
        Article("a-3", "停水", "明天停水。", published=date(2024, 11, 8)),
        Article("a-5", "停电", "后天停电。", published=date(2024, 11, 8)),
    ]
    assert articles(content, "stdin")[0].title == "停水"


def test_a_sheet_without_names_is_told() -> None:
    content = workbook(稿件=[NAMES, ["停水", None, "明天停水。"]], 名单=[["张静", 1]], 空=[])
    [article, note] = readings_of(content, "a.xlsx")
    assert isinstance(article, Article)
    assert note == Note(
        "a.xlsx:名单", "no column is named title or headline or name; the first row names 张静, 1"
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (workbook(名单=[["张静"]]), "no column is named title"),
        (workbook(空=[]), "the workbook is empty"),
        (b"PK\x03\x04 and no more", "damaged"),
    ],
)
def test_what_is_no_table_of_articles_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(ReaderError, match=reason):
        articles(content, "a.xlsx")
