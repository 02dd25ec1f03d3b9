"""The lines of a page -> blocks and columns, in the order in which people read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.readers.pdf_lines import PdfLine

__all__ = ["HEADING", "OVERLAP", "Block", "blocks_of", "body_size", "is_columned", "overlap", "reading_order"]

# Measured on pages from LibreOffice, Chromium, cairo and LaTeX, as shares of the type size:
HEADING = 1.15  # type this much larger than the body's is a heading
PITCH = 2.0  # lines of one block stand at most so far apart
OVERLAP = 0.5  # of the narrower one's width: what stands below belongs to what is above


@dataclass
class Block:
    """Lines of one size that stand below each other."""

    lines: list[PdfLine]

    @property
    def left(self) -> float:
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.right for line in self.lines)

    @property
    def top(self) -> float:
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        return self.lines[-1].base

    @property
    def size(self) -> float:
        return self.lines[0].size


def body_size(lines: Sequence[PdfLine]) -> float:
    """The size of most of the text, in points."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[round(2 * line.size) / 2] += len(line.text)
    return max(counts, key=lambda size: (counts[size], -size))


def blocks_of(lines: Sequence[PdfLine]) -> list[Block]:
    """The blocks of one page, from the top down."""
    blocks: list[Block] = []
    for line in sorted(lines, key=lambda line: (-line.base, line.left)):
        above = [block for block in blocks if _goes_on(block, line)]
        if above:
            min(above, key=lambda block: block.bottom).lines.append(line)
        else:
            blocks.append(Block([line]))
    return blocks


def _goes_on(block: Block, line: PdfLine) -> bool:
    last = block.lines[-1]
    pitch = last.base - line.base
    return (
        abs(last.size - line.size) <= 0.1 * line.size
        and 0.3 * line.size < pitch <= PITCH * line.size
        and overlap(block.left, block.right, line.left, line.right) >= OVERLAP
    )


def overlap(left: float, right: float, other_left: float, other_right: float) -> float:
    """What two stretches share, as a part of the shorter one."""
    shared = min(right, other_right) - max(left, other_left)
    return shared / max(0.1, min(right - left, other_right - other_left))


def is_columned(blocks: Sequence[Block], body: float) -> bool:
    """Whether text of several lines stands beside text of several lines."""
    text = [block for block in blocks if len(block.lines) > 2 and block.size < HEADING * body]
    return any(
        one.right <= other.left and min(one.top, other.top) > max(one.bottom, other.bottom)
        for one in text
        for other in text
    )


def reading_order(blocks: list[Block]) -> list[Block]:
    """Columns from left to right, each from top to bottom; what spans columns parts what is above and below.

    The recursive cut of Nagy and Seth (1984), upright cuts first.
    """
    if len(blocks) < 2:
        return list(blocks)
    for key, reach in ((_left, _right), (_above, _below)):
        ordered = sorted(blocks, key=key)
        end = reach(ordered[0])
        for at, block in enumerate(ordered[1:], 1):
            if key(block) >= end - 0.5:
                return [*reading_order(ordered[:at]), *reading_order(ordered[at:])]
            end = max(end, reach(block))
    return sorted(blocks, key=lambda block: (-block.top, block.left))


def _left(block: Block) -> float:
    return block.left


def _right(block: Block) -> float:
    return block.right


def _above(block: Block) -> float:
    return -block.top


def _below(block: Block) -> float:
    return -block.bottom
