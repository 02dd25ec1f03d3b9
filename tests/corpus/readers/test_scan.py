"""A picture of stripes, each a line of its own gray, so that what is cut out can be told by its pixels."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from corpus.readers.document import Scan
from corpus.readers.placed import PlacedLine
from corpus.readers.scan import cut_out, lines_with, scan_of

LINES = (
    PlacedLine("停水通知", 0, 0, 200, 30, 0.99),
    PlacedLine("因管道检修，明天八", 0, 100, 300, 130, 0.97),
    PlacedLine("时起城东停水。请储", 0, 140, 300, 170, 0.61),
    PlacedLine("水备用。", 400, 100, 500, 130, 0.98),
)


def picture() -> Image.Image:
    page = Image.new("L", (600, 200), 255)
    for number, line in enumerate(LINES):
        page.paste(50 * number, tuple(map(int, (line.left, line.top, line.right, line.bottom))))
    return page


def grays(content: bytes) -> set[int]:
    """The shades of large areas, to the nearest 50; 250 is the paper."""
    with Image.open(io.BytesIO(content)) as shown:
        return {50 * round(shade / 50) for shade, count in enumerate(shown.histogram()) if count > 500}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("因管道检修，明天八时起城东停水。", [1, 2]),
        ("请储水备用。", [2, 3]),
        ("## 停水通知\n\n请储水备用。", [0, 2, 3]),
        ("因管道检修，明日八时起城东停水。", [1, 2]),  # an editor has mended a character
        ("春季招生开始了。", []),
        ("", []),
    ],
)
def test_the_lines_in_which_words_stand(text: str, found: list[int]) -> None:
    assert lines_with(LINES, text) == [LINES[at] for at in found]


def test_only_the_lines_are_shown_column_below_column() -> None:
    scan = scan_of(picture(), LINES)
    shown = cut_out(scan, scan.lines[1:])
    with Image.open(io.BytesIO(shown)) as found:
        # The first column of two lines with 4 pixels around it, a gap, and the second of one.
        assert found.size == (304, 78 + 12 + 38)
    assert grays(shown) == {50, 100, 150, 250}
    assert grays(cut_out(scan, scan.lines[:1])) == {0, 250}


def test_large_type_is_made_smaller_and_the_lines_with_it() -> None:
    [line] = scan_of(Image.new("RGB", (600, 200)), [PlacedLine("大", 60, 30, 120, 90, 0.5)]).lines
    assert line == PlacedLine("大", 30, 15, 60, 45, 0.5)


def test_a_damaged_picture_and_no_lines_are_refused() -> None:
    with pytest.raises(ValueError, match="damaged"):
        cut_out(Scan(b"\xff\xd8 no picture", LINES), LINES)
    with pytest.raises(ValueError, match="no lines"):
        cut_out(scan_of(picture(), LINES), ())


def test_a_line_outside_of_the_picture_shows_nothing_of_it() -> None:
    scan = Scan(scan_of(picture(), LINES).picture, (PlacedLine("远", 500, 150, 1e9, 1e9),))
    with Image.open(io.BytesIO(cut_out(scan, scan.lines))) as found:
        assert found.size == (104, 54)
