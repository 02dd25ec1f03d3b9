"""Lines with places come out in the order in which people read them."""

from __future__ import annotations

from corpus.readers.placed import PlacedLine, in_reading_order, joined, page_text


def line(text: str, left: float, top: float, right: float, height: float = 10) -> PlacedLine:
    return PlacedLine(text, left, top, right, top + height)


def texts(lines: list[PlacedLine]) -> list[str]:
    return [line.text for line in in_reading_order(lines)]


def test_columns_one_after_the_other_below_a_headline() -> None:
    lines = [
        line("右一", 150, 40, 250), line("左一", 0, 40, 100), line("题", 0, 0, 250, 20),
        line("左二", 0, 52, 100), line("右二", 150, 52, 250), line("脚", 0, 90, 250),
    ]  # fmt: skip
    assert texts(lines) == ["题", "左一", "左二", "右一", "右二", "脚"]


def test_pieces_side_by_side_are_one_line() -> None:
    pieces = [
        line("电话", 0, 0, 20),
        line("96069", 30, 0.2, 55),
        line("。", 55, 0, 65),
        line("下", 0, 12, 10),
    ]
    assert [(one.text, one.right) for one in joined(pieces)] == [("电话 96069。", 65), ("下", 10)]


def test_lines_are_paragraphs_where_one_is_indented_or_short() -> None:
    lines = [
        line("近日，天气", 20, 0, 100), line("转寒。", 0, 12, 30), line("市供电公司提", 0, 24, 100),
        line("醒市民。", 0, 36, 100), line("人走", 20, 48, 100), line("断电", 0, 60, 50), line("完", 0, 90, 10),
    ]  # fmt: skip
    assert page_text(lines) == "近日，天气转寒。\n市供电公司提醒市民。\n人走断电\n完"


def test_a_page_without_lines() -> None:
    assert texts([]) == []
    assert page_text([]) == ""
