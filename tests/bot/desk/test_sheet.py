from __future__ import annotations

from dataclasses import replace

import pytest

from bot.desk.sheet import Highlight, Sheet, join, lay_out, paragraph_starts, split
from bot.desk.source import source_segments
from corpus.readers.document import Document, ReaderError
from tests.bot.desk.page_text import PAGE

POWER, PARK = "2024-11-26-A3-1", "2024-11-26-A3-2"


@pytest.fixture
def sheet() -> Sheet:
    return lay_out(Document("2024-11-26-A3.txt", "2024-11-26-A3", PAGE.encode()), "驿城晚报")


def whole(sheet: Sheet) -> str:
    return "".join(segment.text for segment in source_segments(sheet))


def test_a_page_is_laid_out_with_an_account_of_every_character(sheet: Sheet) -> None:
    assert [(piece.title, piece.kicker, piece.source, piece.published) for piece in sheet.pieces] == [
        ("冬季用电有了新保障", "市供电公司", "驿城晚报", "2024-11-26"),
        ("公园冬季开放时间调整", "", "驿城晚报", "2024-11-26"),
    ]
    assert whole(sheet) == sheet.source == PAGE
    assert sheet.marks[0] == Highlight(0, 15, "page furniture")
    assert sheet.doubts[0].startswith(f"{POWER}: '热线电话怎么打'")


def test_a_text_that_is_no_page_is_found_again_line_by_line() -> None:
    sheet = lay_out(Document("停水.txt", "water", "停水通知\n\n明天停水,\n请储水。\n".encode()))
    [piece] = sheet.pieces
    assert (piece.title, whole(sheet)) == ("停水通知", sheet.source)
    assert [(mark.fate, sheet.source[mark.start : mark.end]) for mark in sheet.marks if mark.piece] == [
        ("title", "停水通知\n"),
        ("body", "明天停水,\n"),
        ("body", "请储水。\n"),
    ]


def test_other_documents_show_what_was_read_of_them() -> None:
    sheet = lay_out(Document("a.md", "a", "# 停水通知\n\n明天停水。\n".encode()))
    assert sheet.source == "停水通知\n明天停水。"
    assert {mark.fate for mark in sheet.marks} == {"title", "body"}


def test_what_holds_no_article_is_refused() -> None:
    with pytest.raises(ReaderError):
        lay_out(Document("a.txt", "a", b"   "))


def test_splitting_and_joining(sheet: Sheet) -> None:
    start = next(start for start, text in paragraph_starts(sheet.pieces[0].body) if text.startswith("热线"))
    parted = split(sheet, POWER, start)
    assert [piece.title for piece in parted.pieces][
        1
    ] == "热线电话怎么打市民拨打热线后按一号键报修,按二号键查询电费"
    assert parted.pieces[0].body.endswith("市民可以随时报修。")
    assert parted.pieces[1].body == sheet.pieces[0].body[start:]
    assert whole(parted) == PAGE
    numbers = {s.text: s.number for s in source_segments(parted)}
    assert (numbers["热线电话怎么打"], numbers["公园冬季开放时间调整"], numbers["冬季用电有了新保障"]) == (
        2,
        3,
        1,
    )
    joined = join(parted, PARK)
    assert len(joined.pieces) == 2
    assert "\n\n## 公园冬季开放时间调整\n\n自12月1日起" in joined.pieces[1].body
    assert joined.pieces[1].byline == "本报讯(记者 李四)"
    assert whole(joined) == PAGE


def test_a_subhead_becomes_the_title_of_what_is_split_off(sheet: Sheet) -> None:
    body = "第一段。\n\n## 热线电话怎么打\n\n按一号键。"
    piece = replace(sheet.pieces[0], body=body)
    parted = split(replace(sheet, pieces=(piece, sheet.pieces[1])), POWER, body.index("##"))
    assert (parted.pieces[1].title, parted.pieces[1].body) == ("热线电话怎么打", "按一号键。")


def test_what_cannot_be_divided(sheet: Sheet) -> None:
    with pytest.raises(IndexError):
        join(sheet, POWER)
    with pytest.raises(IndexError):
        split(sheet, POWER, 0)
    with pytest.raises(IndexError):
        split(sheet, POWER, 3)
    with pytest.raises(KeyError):
        join(sheet, "other")


def test_what_is_left_out_is_grey_with_its_reason(sheet: Sheet) -> None:
    out = replace(sheet, pieces=(sheet.pieces[0], replace(sheet.pieces[1], is_out=True)))
    kinds = {s.text: (s.kind, s.words.name if s.words else "") for s in source_segments(out)}
    assert kinds["公园冬季开放时间调整"] == ("left", "desk_left_out")
    assert kinds["2024年11月26日 星期二"] == ("left", "desk_fate_furniture")
