"""Blocks of printed lines -> paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from corpus.newspaper.patterns import ends_sentence, numbering
from corpus.readers.pdf.layout import HEADING, PdfBlock
from corpus.readers.pdf.lines import PdfLine
from corpus.readers.prose import join_lines

__all__ = ["body_text"]

# In type sizes:
INDENT = 0.8  # a line that begins so far inside its column begins a paragraph
SHORT = 1.5  # a line that ends so far before its column's edge ends one
OTHER_SIZE = 0.1  # type that differs by more is of another paragraph
LOOSE = 1.25  # lines so much farther apart than most are of two paragraphs
HANGING = tuple("。，、；：！？”’）》」』")  # LibreOffice sets them past the column's edge
BULLETS = tuple("•·●○■□◆◇▪–—*")


def body_text(blocks: Sequence[PdfBlock], body: float) -> str:
    """The article's text: paragraphs parted by an empty line, headings as lines that begin with "## "."""
    pitches = [one.base - other.base for block in blocks for one, other in pairwise(block.lines)]
    usual = median(pitches) if pitches else 0.0
    indented = any(_indents(block) for block in blocks if block.size < HEADING * body)
    paragraphs: list[tuple[bool, list[str]]] = []
    last: PdfBlock | None = None
    before_row = False
    for block in blocks:
        is_head = block.size >= HEADING * body
        for at, line in enumerate(block.lines):
            begins = (
                last is None
                or paragraphs[-1][0] != is_head
                or line.is_row
                or before_row
                or (at == 0 and _begins_block(last, block, indented))
                or (at > 0 and not is_head and _begins_line(block, at, usual, indented))
            )
            if begins:
                paragraphs.append((is_head, []))
            paragraphs[-1][1].append(line.text)
            before_row = line.is_row
            last = block
    return "\n\n".join(("## " if is_head else "") + join_lines(lines) for is_head, lines in paragraphs)


def _indents(block: PdfBlock) -> list[PdfLine]:
    inside = [line for line in block.lines if _is_inside(line, block)]
    return inside if len(inside) < len(block.lines) else []


def _is_item(line: PdfLine) -> bool:
    return bool(numbering(line.text)) or line.text.startswith(BULLETS)


def _begins_block(last: PdfBlock, block: PdfBlock, indented: bool) -> bool:
    """Whether a block's first line begins a paragraph, or goes on with the last one of the block before."""
    before, line = last.lines[-1], block.lines[0]
    if _is_item(line) or abs(before.size - line.size) > OTHER_SIZE * line.size:  # the words below a picture
        return True
    if not ends_sentence(before.text):
        return False
    if indented:
        return _is_inside(line, block) or len(block.lines) == 1
    is_below = line.page == before.page and line.base < before.base
    return is_below or len(last.lines) == 1 or _is_short(before, last)


def _begins_line(block: PdfBlock, at: int, usual: float, indented: bool) -> bool:
    before, line = block.lines[at - 1 : at + 1]
    if _is_item(line) or (indented and _is_inside(line, block)):
        return True
    if usual and before.base - line.base > LOOSE * usual:
        return True
    return _is_short(before, block) and (
        ends_sentence(before.text) or (not indented and _far_short(before, block))
    )


def _is_inside(line: PdfLine, block: PdfBlock) -> bool:
    return line.left > block.left + INDENT * line.size


def _is_short(line: PdfLine, block: PdfBlock) -> bool:
    return line.right < _edge(block) - SHORT * line.size


def _edge(block: PdfBlock) -> float:
    """How far to the right lines go, but for a stop that may hang past the edge."""
    return max(line.right - line.size * line.text.endswith(HANGING) for line in block.lines)


def _far_short(line: PdfLine, block: PdfBlock) -> bool:
    return line.right < block.left + 0.6 * (block.right - block.left)
