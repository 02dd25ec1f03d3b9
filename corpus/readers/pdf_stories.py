"""The blocks of a newspaper page -> its articles: which text belongs to which headline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.readers.pdf_layout import HEADING, OVERLAP, Block, overlap, reading_order

__all__ = ["Story", "stories_of"]

# Measured on pages from LibreOffice, Chromium, cairo and LaTeX, as shares of the type size:
HEADLINE = 1.45  # type this much larger than the body's, on a page of columns, begins an article
NEAR = 2.2  # kicker, headline and subtitle stand at most so far apart, by the larger of two


@dataclass
class Story:
    """The headline's blocks from top to bottom, and the text's in reading order."""

    headline: list[Block] = field(default_factory=list)
    text: list[Block] = field(default_factory=list)

    @property
    def left(self) -> float:
        return min(part.left for part in self.headline)

    @property
    def right(self) -> float:
        return max(part.right for part in self.headline)

    @property
    def top(self) -> float:
        return self.headline[0].top

    @property
    def bottom(self) -> float:
        return self.headline[-1].bottom


def stories_of(blocks: list[Block], body: float) -> list[Story]:
    """The articles of one page of columns, from the top; the first has no headline where text has none above.

    A headline is type of 1.45 times the body's size. A text belongs to what stands next above it, headline
    or text; but for columns that begin in one line with it, where the headline of one of them fills the gap
    above it: a headline may be narrower than its article.
    """
    heads = [block for block in blocks if block.size >= HEADING * body]
    large = [block for block in heads if block.size >= HEADLINE * body]
    stories = [Story(group) for group in _grouped(large, heads)]
    in_headline = {id(block) for story in stories for block in story.headline}
    loose = Story()
    for block, story in _owned([block for block in blocks if id(block) not in in_headline], stories, body):
        (story or loose).text.append(block)
    for story in (loose, *stories):
        story.text = reading_order(story.text)
    stories.sort(key=lambda story: (-round(story.top / body), story.left))
    return [loose, *stories] if loose.text else stories


def _grouped(large: list[Block], heads: list[Block]) -> list[list[Block]]:
    groups: list[list[Block]] = []
    taken: set[int] = set()
    for head in sorted(large, key=lambda block: -block.size):
        if id(head) in taken:
            continue
        group, grows = [head], True
        while grows:
            near = [block for block in heads if id(block) not in taken and block not in group
                    and any(_is_near(member, block) for member in group)]  # fmt: skip
            group += near
            grows = bool(near)
        taken |= {id(block) for block in group}
        groups.append(sorted(group, key=lambda block: -block.top))
    return groups


def _is_near(one: Block, other: Block) -> bool:
    gap = max(one.bottom - other.top, other.bottom - one.top)
    near = gap <= (NEAR - 1) * max(one.size, other.size)
    return near and overlap(one.left, one.right, other.left, other.right) >= OVERLAP


def _owned(
    blocks: Sequence[Block], stories: Sequence[Story], body: float
) -> Iterator[tuple[Block, Story | None]]:
    """Each block with its story, None where nothing tells."""
    owners: dict[int, Story | None] = {}
    done: list[Block] = []
    for row in _rows(blocks, body):
        above = {id(block): _above(block, stories, done) for block in row}
        for block in row:
            found = above[id(block)]
            owners[id(block)] = found if isinstance(found, Story) or found is None else owners[id(found)]
        told: set[int] = set()
        for order in (row, row[::-1]):  # columns are read from the left: what stands there tells first
            for mate, block in pairwise(order):
                story, found = owners[id(mate)], above[id(block)]
                fills_gap = story is not None and (found is None or story.top <= found.bottom + body / 2)
                if fills_gap and id(block) not in told:
                    owners[id(block)] = story
                    told.add(id(block))
        done += row
        for block in row:
            yield block, owners[id(block)] or _neighbour(block, done, owners)


def _rows(blocks: Sequence[Block], body: float) -> Iterator[list[Block]]:
    """From the top down, those that begin in one line, each row from the left."""
    left = sorted(blocks, key=lambda block: -block.top)
    while left:
        row = [block for block in left if block.top >= left[0].top - body]
        left = left[len(row) :]
        yield sorted(row, key=lambda block: block.left)


def _above(block: Block, stories: Sequence[Story], done: Sequence[Block]) -> Story | Block | None:
    """The headline or the text that stands next above a block."""
    width = block.right - block.left
    candidates: list[Story | Block] = [*stories, *done]
    above = [
        other
        for other in candidates
        if other.bottom >= block.top - 0.5 * block.size
        and min(other.right, block.right) - max(other.left, block.left) > 0.1 * width
    ]
    return min(above, key=lambda other: other.bottom, default=None)


def _neighbour(block: Block, done: Sequence[Block], owners: dict[int, Story | None]) -> Story | None:
    """The story of the text right beside the block on its left: a headline may stand over one column only."""
    beside = [
        part
        for part in done
        if part.right <= block.left and part.top > block.bottom and part.bottom < block.top
    ]
    return owners[id(max(beside, key=lambda part: part.right))] if beside else None
