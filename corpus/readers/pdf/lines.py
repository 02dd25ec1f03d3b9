"""A PDF's text layer -> the lines that stand on its pages, with their places and type sizes."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from corpus.readers.document import ReaderError
from corpus.script import HAN

__all__ = ["PdfLine", "PdfText", "page_picture", "pdf_text"]

GUESSED = "\v"  # a space that is not in the file: pdfium sees a gap
CHINESE = re.compile(f"[{HAN}，。、；：？！“”（）《》]")

MOST_PAGES = 2_000
MOST_GLYPHS = 5_000_000  # in one file; a newspaper page has about 10,000
# Of the type size, measured from the end of a glyph to the next one on its line:
SAME_LINE = 0.35  # how far up or down the next glyph may stand
WIDEST_SPACE = 1.2  # a wider gap is the one between columns
WIDEST_TYPED = 3.5  # unless the text itself has spaces there, as between the halves of a headline
# A guessed space is one from here on, by how many of its neighbours are Chinese: word processors put a
# quarter between Chinese and Latin by themselves, and to fill a column of eight letters a seventh.
LEAST_GAPS = (0.0, 0.5, 0.15)
# In text from the top down, of the type size: how far below the one before a glyph stands.
LEAST_PITCH, MOST_PITCH = 0.8, 1.6
LEAST_VERTICAL = 8  # glyphs
MOST_OF_PAGE = 0.6
DOTS, POINTS = 300, 72  # an inch
MOST_PIXELS = 60_000_000  # of a page's picture; a broadsheet page at 300 dpi has about 50 million
READABLE = 0.7  # share of glyphs that must be known characters


@dataclass(frozen=True)
class PdfLine:
    """One line of one column, or (`is_row`) of a table. Points from the page's left and bottom edge; `base`
    is where it stands on."""

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    is_row: bool = False

    @property
    def top(self) -> float:
        return self.base + 0.85 * self.size


@dataclass(frozen=True)
class _Glyph:
    char: str
    left: float
    right: float
    base: float
    size: float

    def laid_down(self) -> _Glyph:
        """The glyph on a page turned so that columns from the top down are lines, the right one first."""
        top = -self.base - 0.85 * self.size
        return _Glyph(self.char, top, top + self.size, self.left, self.size)


@dataclass(frozen=True)
class PdfText:
    """The lines of a file, and the numbers (from 1) of its pages that show something but hold no text."""

    lines: list[PdfLine]
    unread: tuple[int, ...]


def pdf_text(content: bytes) -> PdfText:
    """The lines of all pages, in the order in which the file draws them; turned text is left out.

    A page that the viewer turns (/Rotate) is read as it is shown; text from the top down as lines, the right
    column first.

    Raises ReaderError for a file that is damaged, locked, too large or blank, and where the letters of the
    text layer are not told.
    """
    try:
        with closing(pdfium.PdfDocument(content)) as file:
            if len(file) > MOST_PAGES:
                raise ReaderError(f"the PDF has {len(file)} pages; at most {MOST_PAGES} are read")
            pages = [list(_lines_of(file, number)) for number in range(len(file))]
            lines = [line for page in pages for line in page]
            unread = tuple(at + 1 for at, page in enumerate(pages) if not page and _shows(file, at))
            if not lines and not unread:
                raise ReaderError("the PDF holds no text" if len(file) else "the PDF has no pages")
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReaderError("the PDF is locked by a password; save it without one") from None
        raise ReaderError(f"the PDF is damaged ({error})") from None
    text = "".join(line.text for line in lines)
    strange = sum(char in "\ufffd\0" or "\ue000" <= char <= "\uf8ff" for char in text)
    if strange > (1 - READABLE) * len(text):
        raise ReaderError("the PDF does not say which letters its fonts draw; have it recognised (OCR) first")
    return PdfText(lines, unread)


def _shows(file: pdfium.PdfDocument, number: int) -> bool:
    with closing(file[number]) as page:
        return any(True for _ in page.get_objects(max_depth=3))


def page_picture(content: bytes, number: int) -> Image.Image:
    """What page `number`, from 1, shows, at 300 dots an inch; a large page at fewer."""
    with closing(pdfium.PdfDocument(content)) as file, closing(file[number - 1]) as page:
        width, height = page.get_size()
        scale = min(DOTS / POINTS, math.sqrt(MOST_PIXELS / max(1.0, width * height)))
        picture: Image.Image = page.render(scale=scale).to_pil()
        return picture


def _lines_of(file: pdfium.PdfDocument, number: int) -> Iterator[PdfLine]:
    with closing(file[number]) as page, closing(page.get_textpage()) as text:
        if text.count_chars() > MOST_GLYPHS:
            raise ReaderError(f"page {number + 1} holds more than {MOST_GLYPHS:,} characters")
        turns = page.get_rotation() // 90
        glyphs = list(_glyphs(text, turns))
        if _is_vertical(glyphs):
            glyphs = [
                glyph if isinstance(glyph, str) else glyph.laid_down() for glyph in _glyphs(text, turns, True)
            ]
        yield from _joined(iter(glyphs), number)


def _is_vertical(glyphs: list[_Glyph | str]) -> bool:
    """Whether most glyphs stand below the one before, as in text that is set from the top down."""
    drawn = [glyph for glyph in glyphs if isinstance(glyph, _Glyph)]
    below = sum(
        abs(one.left - other.left) < SAME_LINE * one.size
        and LEAST_PITCH * one.size < one.base - other.base < MOST_PITCH * one.size
        for one, other in pairwise(drawn)
    )
    return len(drawn) >= LEAST_VERTICAL and below > MOST_OF_PAGE * len(drawn)


def _glyphs(text: pdfium.PdfTextPage, turns: int, vertical: bool = False) -> Iterator[_Glyph | str]:
    """The page's glyphs as they are shown, and between them the white space as it is.

    `turns`: how many quarters the viewer turns the page to the right. Turned glyphs are left out, but
    for those that are turned to the right in `vertical` text: numbers and Latin words.
    """
    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    high = 0
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        char = _char(code)
        if not char.strip():
            generated = raw.FPDFText_IsGenerated(text, index) == 1
            yield "" if char in "\r\n" else GUESSED if generated else char
            continue
        angle = (raw.FPDFText_GetCharAngle(text, index) + turns * math.pi / 2) % (2 * math.pi)
        turned = angle % (math.pi / 2 if vertical else math.pi)
        known = raw.FPDFText_GetCharOrigin(text, index, x, y) and raw.FPDFText_GetLooseCharBox(
            text, index, box
        )
        if not known or min(turned, math.pi / (2 if vertical else 1) - turned) > 0.1:
            continue
        size = raw.FPDFText_GetFontSize(text, index)
        if raw.FPDFText_GetMatrix(text, index, matrix):
            size *= math.hypot(matrix.c, matrix.d)
        if size > 0.5 and all(map(math.isfinite, (x.value, y.value, box.left, box.right, size))):
            yield _shown(char, (x.value, y.value), box, size, turns)


def _shown(char: str, origin: tuple[float, float], box: Any, size: float, turns: int) -> _Glyph:
    """The glyph where the viewer shows it. Points from an edge: only differences between glyphs count."""
    x, y = origin
    if turns == 1:
        return _Glyph(char, y, max(box.top, y), -x, size)
    if turns == 2:
        return _Glyph(char, -x, max(-box.left, -x), -y, size)
    if turns == 3:
        return _Glyph(char, -y, max(-box.bottom, -y), x, size)
    return _Glyph(char, x, max(box.right, x), y, size)


def _char(code: Any) -> str:
    # pdfium marks a hyphen at a line's end by U+0002 and text that it cannot tell by U+0000.
    if code == 2:
        return "-"
    return chr(code) if 0 < code < 0x110000 else "\ufffd"


def _joined(glyphs: Iterator[_Glyph | str], page: int) -> Iterator[PdfLine]:
    line: list[_Glyph] = []
    parts: list[str] = []
    space = ""
    for glyph in glyphs:
        if isinstance(glyph, str):
            space = space + glyph if line else ""
            continue
        if line and not _follows(line[-1], glyph, space):
            yield _line(line, parts, page)
            line, parts, space = [], [], ""
        parts += [_between(line[-1], glyph, space), glyph.char] if line else [glyph.char]
        line.append(glyph)
        space = ""
    if line:
        yield _line(line, parts, page)


def _follows(before: _Glyph, glyph: _Glyph, space: str) -> bool:
    size = max(before.size, glyph.size)
    if abs(before.size - glyph.size) > 0.1 * size or abs(before.base - glyph.base) > SAME_LINE * size:
        return False
    widest = WIDEST_TYPED if space.strip(f" {GUESSED}") or len(space) > 1 else WIDEST_SPACE
    return -size < glyph.left - before.right < widest * size


def _between(before: _Glyph, glyph: _Glyph, space: str) -> str:
    """The white space as typed; what pdfium guesses is none where Chinese is only set apart or spread."""
    if space.strip(GUESSED) or GUESSED not in space:
        return space.replace(GUESSED, "")
    chinese = bool(CHINESE.match(before.char)) + bool(CHINESE.match(glyph.char))
    return " " if glyph.left - before.right >= LEAST_GAPS[chinese] * glyph.size else ""


def _line(line: list[_Glyph], parts: list[str], page: int) -> PdfLine:
    size = max(glyph.size for glyph in line)
    return PdfLine("".join(parts), page, line[0].left, line[-1].right, line[0].base, size)
