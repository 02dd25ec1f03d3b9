"""Where printed lines begin a paragraph."""

from __future__ import annotations

import pytest

from corpus.readers.pdf.layout import PdfBlock
from corpus.readers.pdf.lines import PdfLine
from corpus.readers.pdf.paragraphs import body_text

SIZE = 12.0


def block(*lines: tuple[str, float]) -> PdfBlock:
    """Lines one below the other, with where each ends."""
    return PdfBlock(
        [PdfLine(text, 0, 0.0, right, 700 - 20.0 * at, SIZE) for at, (text, right) in enumerate(lines)]
    )


def test_a_stop_past_the_edge_makes_no_other_line_short() -> None:
    ragged = block(("志愿者清扫街巷。", 560), ("受到居民欢迎。", 576), ("提升办事效率", 565), ("结尾。", 90))
    assert body_text([ragged], SIZE) == "志愿者清扫街巷。受到居民欢迎。提升办事效率结尾。"


@pytest.mark.parametrize("last", ["提升办事效率", "提升办事效率。"])
def test_a_line_that_ends_short_of_the_edge_ends_a_paragraph(last: str) -> None:
    assert body_text([block(("清扫街巷。", 400), (last, 565))], SIZE) == f"清扫街巷。\n\n{last}"


@pytest.mark.parametrize(("end", "joint"), [(565, ""), (400, "\n\n")])
def test_a_paragraph_goes_on_over_the_page_unless_its_last_line_is_short(end: float, joint: str) -> None:
    below = PdfBlock(
        [PdfLine(text, 1, 0.0, 565, 700 - 20.0 * at, SIZE) for at, text in enumerate(["提升", "效率。"])]
    )
    above = block(("志愿者清扫街巷", 565), ("受到居民欢迎。", end))
    assert body_text([above, below], SIZE) == f"志愿者清扫街巷受到居民欢迎。{joint}提升效率。"
