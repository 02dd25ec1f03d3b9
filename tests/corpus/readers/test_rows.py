"""Tables and JSON Lines: one article a row, a bad row is told by its number."""

from __future__ import annotations

import re
from datetime import date

import pytest

from corpus.article import Article
from corpus.readers.document import Note, ReaderError
from tests.corpus.readers.makers import articles, readings_of


def test_csv_with_english_names() -> None:
    text = 'Title,Author,Date,Content,Link\n停水,张静,2024-11-26,"第一段。\n第二段,有逗号。",https://example.org/1\n'
    assert articles(text, "table.csv") == [
        Article("table-2", "停水", "第一段。\n\n第二段,有逗号。", byline="张静",
                published=date(2024, 11, 26), url="https://example.org/1")
    ]  # fmt: skip


def test_a_chinese_table_from_excel() -> None:
    text = "编号;标题;日期;正文\nwater-1;停水;2024年11月26日;明天停水。\n"
    assert articles(text.encode("gb18030"), "a.csv") == [
        Article("water-1", "停水", "明天停水。", published=date(2024, 11, 26))
    ]


def test_tab_separated_values_are_read() -> None:
    assert articles("title\ttext\nA, B\tGo; now.\n", "a.tsv")[0] == Article("a-2", "A, B", "Go; now.")


def test_a_bad_row_is_told_and_the_others_go_on() -> None:
    readings = readings_of("title,body\n甲,一。\n,二。\n丙,\n丁,四。\n", "a.csv")
    assert readings[1] == Note("a.csv:3", "no title; a column or field title or headline should hold it")
    assert readings[2] == Note("a.csv:4", "no text; a column or field body or text or content should hold it")
    assert [reading.title for reading in readings if isinstance(reading, Article)] == ["甲", "丁"]


def test_a_table_without_names_is_refused() -> None:
    with pytest.raises(ReaderError, match="named title or headline or name; the first row names 甲, 一。"):
        articles("甲,一。\n乙,二。\n", "a.csv")


def test_json_lines_and_a_json_list() -> None:
    row = '{"title": "停水", "text": "明天停水。", "date": 1732579200, "author": {"name": "张静"}}'
    expected = Article("a-1", "停水", "明天停水。", byline="张静", published=date(2024, 11, 26))
    assert articles(row + "\n", "a.jsonl") == [expected]
    assert articles(f"[{row}]", "a.json") == [expected]


@pytest.mark.parametrize("line", ["{broken", "[1]", "null", '"text"', "[" * 100_000])
def test_a_line_that_is_no_object_is_told(line: str) -> None:
    readings = readings_of(f'{line}\n{{"title": "甲", "body": "一。"}}\n', "a.jsonl")
    assert isinstance(readings[0], Note)
    assert readings[0].name == "a.jsonl:1"
    assert readings[-1] == Article("a-2", "甲", "一。")


def test_markup_of_a_cms_is_read_as_a_browser_shows_it() -> None:
    body = '<p>供暖从<strong>15日</strong>开始，不低于18&nbsp;℃。</p><p style=""text-indent:2em"">电话&ldquo;96069&rdquo;。</p>'
    [article] = articles(f'标题,正文\n供暖&mdash;公告,"{body}"\n', "a.csv")
    assert (article.title, article.body) == ("供暖—公告", "供暖从15日开始，不低于18 ℃。\n\n电话“96069”。")
    [row] = articles(
        '[{"title": "票价", "content": "<div>成人票<del>80</del>40元</div><div>a &lt; b</div>"}]', "a.json"
    )
    assert row.body == "成人票40元\n\na < b"
    assert articles("标题,正文\n气温,夜间 a < b 且 c > d。\n", "a.csv")[0].body == "夜间 a < b 且 c > d。"


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("45604", date(2024, 11, 8)),
        ("45604.395833", date(2024, 11, 8)),
        ("24-11-9", date(2024, 11, 9)),
        ("2024.11.8 8:00", date(2024, 11, 8)),
        ("2024/11/8", date(2024, 11, 8)),
    ],
)
def test_dates_as_spreadsheets_write_them(stated: str, day: date) -> None:
    assert articles(f"标题,日期,正文\n停水,{stated},明天停水。\n", "a.csv")[0].published == day


@pytest.mark.parametrize("stated", ["11/8/2024", "2024年11月", "昨天", "24-13-9"])
def test_a_date_that_is_not_read_is_told(stated: str) -> None:
    [article, note] = readings_of(f"标题,日期,正文\n停水,{stated},明天停水。\n", "a.csv")
    assert isinstance(article, Article)
    assert article.published is None
    assert note == Note(
        "a.csv:2", f"the date {stated!r} was not read; write it like 2024-11-26", refused=False
    )


def test_the_line_with_which_a_spreadsheet_names_its_separator() -> None:
    assert articles("sep=|\n标题|正文\n停水|明天,后天;停水。\n", "a.csv")[0].body == "明天,后天;停水。"


def test_json_with_the_list_inside_an_object_and_indented() -> None:
    text = '{"code": 0, "pages": [1, 2],\n "data": {"list": [\n  {"title": "甲",\n   "body": "一。"}, {"title": "乙", "body": "二。"}]}}'
    assert articles(text, "a.json") == [Article("a-1", "甲", "一。"), Article("a-2", "乙", "二。")]
    assert articles('{\n "title": "甲",\n "body": "一。"\n}\n', "a.json") == [Article("a-1", "甲", "一。")]


LONG = "因管道改造，明天上午八时到下午五时停水，请储水备用，不便之处敬请谅解。"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"title,body,导语,编辑\n停水,短。,{LONG},张静\n供水,短。,{LONG},张静\n", "a.csv"),
        (f'[{{"title": "停水", "body": "短。", "导语": "{LONG}", "编辑": "张静"}}]', "a.json"),
    ],
)
def test_columns_that_are_not_read_are_told_where_they_hold_much(text: str, name: str) -> None:
    told = readings_of(text, name)[-1]
    assert isinstance(told, Note)
    assert not told.refused
    assert re.fullmatch("only (?:7|8)% of the words in it came out; not read: 导语, 编辑", told.text)


def test_columns_that_hold_little_are_passed_over() -> None:
    readings = readings_of(f"title,body,编辑\n停水,{LONG},张静\n", "a.csv")
    assert readings == [Article("a-2", "停水", LONG)]
