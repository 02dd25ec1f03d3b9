"""Blocks of printed lines -> paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from corpus.page.headings import numbering
from corpus.page.words import ends_sentence
from corpus.readers.pdf_layout import HEADING, Block
from corpus.readers.pdf_lines import PdfLine
from corpus.readers.prose import join_lines

__all__ = ["body_text"]

# In type sizes:
INDENT = 0.8  # a line that begins so far inside its column begins a paragraph
SHORT = 1.5  # a line that ends so far before its column's edge ends one
OTHER_SIZE = 0.1  # type that differs by more is of another paragraph
LOOSE = 1.25  # lines so much farther apart than most are of two paragraphs
BULLETS = tuple("•·●○■□◆◇▪–—*")


def body_text(blocks: Sequence[Block], body: float) -> str:
    """The article's text: paragraphs parted by an empty line, headings as lines that begin with "## "."""
    pitches = [one.base - other.base for block in blocks for one, other in pairwise(block.lines)]
    usual = median(pitches) if pitches else 0.0
    indented = any(_indents(block) for block in blocks if block.size < HEADING * body)
    paragraphs: list[tuple[bool, list[str]]] = []
    before: PdfLine | None = None
    for block in blocks:
        is_head = block.size >= HEADING * body
        for at, line in enumerate(block.lines):
            head_goes_on = is_head and at > 0
            begins = (
                before is None
                or not paragraphs
                or paragraphs[-1][0] != is_head
                or (not head_goes_on and _begins(before, line, block, at, usual, indented))
            )
            if begins:
                paragraphs.append((is_head, []))
            paragraphs[-1][1].append(line.text)
            before = line
    return "\n\n".join(("## " if is_head else "") + join_lines(lines) for is_head, lines in paragraphs)


def _indents(block: Block) -> list[PdfLine]:
    inside = [line for line in block.lines if line.left > block.left + INDENT * line.size]
    return inside if len(inside) < len(block.lines) else []


def _begins(before: PdfLine, line: PdfLine, block: Block, at: int, usual: float, indented: bool) -> bool:
    if numbering(line.text) or line.text.startswith(BULLETS):
        return True
    is_inside = line.left > block.left + INDENT * line.size
    if at == 0:
        if abs(before.size - line.size) > OTHER_SIZE * line.size:
            return True  # the words below a picture
        # A column, or a page, has ended: the paragraph may go on.
        alone = len(block.lines) == 1
        return ends_sentence(before.text) and (not indented or is_inside or alone)
    if is_inside and indented:
        return True
    if usual and before.base - line.base > LOOSE * usual:
        return True
    ended = before.right < block.right - SHORT * line.size
    return ended and (ends_sentence(before.text) or (not indented and _far_short(before, block)))


def _far_short(line: PdfLine, block: Block) -> bool:
    return line.right < block.left + 0.6 * (block.right - block.left)
