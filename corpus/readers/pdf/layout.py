"""The lines of a page -> blocks and columns, in the order in which people read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.readers.pdf.lines import PdfLine

__all__ = [
    "HEADING",
    "OVERLAP",
    "PdfBlock",
    "Story",
    "body_size",
    "is_columned",
    "overlap",
    "pdf_blocks",
    "reading_order",
    "stories_of",
]

# Measured on pages from LibreOffice, Chromium, cairo and LaTeX, as shares of the type size:
HEADING = 1.15  # type this much larger than the body's is a heading
PITCH = 2.0  # lines of one block stand at most so far apart
OVERLAP = 0.5  # of the narrower one's width: what stands below belongs to what is above


@dataclass
class PdfBlock:
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


def pdf_blocks(lines: Sequence[PdfLine]) -> list[PdfBlock]:
    """The blocks of one page, from the top down."""
    blocks: list[PdfBlock] = []
    for line in sorted(lines, key=lambda line: (-line.base, line.left)):
        above = [block for block in blocks if _goes_on(block, line)]
        if above:
            min(above, key=lambda block: block.bottom).lines.append(line)
        else:
            blocks.append(PdfBlock([line]))
    return blocks


def _goes_on(block: PdfBlock, line: PdfLine) -> bool:
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


def is_columned(blocks: Sequence[PdfBlock], body: float) -> bool:
    """Whether text of several lines stands beside text of several lines."""
    text = [block for block in blocks if len(block.lines) > 2 and block.size < HEADING * body]
    return any(
        one.right <= other.left and min(one.top, other.top) > max(one.bottom, other.bottom)
        for one in text
        for other in text
    )


def reading_order(blocks: list[PdfBlock]) -> list[PdfBlock]:
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


def _left(block: PdfBlock) -> float:
    return block.left


def _right(block: PdfBlock) -> float:
    return block.right


def _above(block: PdfBlock) -> float:
    return -block.top


def _below(block: PdfBlock) -> float:
    return -block.bottom


# Measured on pages from LibreOffice, Chromium, cairo and LaTeX, as shares of the type size:
HEADLINE = 1.45  # type this much larger than the body's, on a page of columns, begins an article
BELOW = 2.5  # columns begin at most so far below their headline, by the body's size
NEAR = 2.2  # kicker, headline and subtitle stand at most so far apart, by the larger of two


@dataclass
class Story:
    """The headline's blocks from top to bottom, and the text's in reading order."""

    headline: list[PdfBlock] = field(default_factory=list)
    text: list[PdfBlock] = field(default_factory=list)

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


def stories_of(blocks: list[PdfBlock], body: float) -> list[Story]:
    """The articles of one page of columns, from the top; the first has no headline where text has none above.

    A headline is type of 1.45 times the body's size. A text belongs to what stands next above it, headline
    or text, but where a headline beside fills the gap above it: it may be narrower than its article.
    """
    heads = [block for block in blocks if block.size >= HEADING * body]
    large = [block for block in heads if block.size >= HEADLINE * body]
    text = [block for block in blocks if block.size < HEADING * body]
    stories = [Story(group) for group in _grouped(large, heads, text)]
    in_headline = {id(block) for story in stories for block in story.headline}
    loose = Story()
    for block, story in _owned([block for block in blocks if id(block) not in in_headline], stories, body):
        (story or loose).text.append(block)
    for story in (loose, *stories):
        story.text = reading_order(story.text)
    stories.sort(key=lambda story: (-round(story.top / body), story.left))
    return [loose, *stories] if loose.text else stories


def _grouped(large: list[PdfBlock], heads: list[PdfBlock], text: list[PdfBlock]) -> list[list[PdfBlock]]:
    groups: list[list[PdfBlock]] = []
    taken: set[int] = set()
    for head in sorted(large, key=lambda block: -block.size):
        if id(head) in taken:
            continue
        group, grows = [head], True
        while grows:
            near = [block for block in heads if id(block) not in taken and block not in group
                    and any(_is_near(member, block) for member in group)
                    and not _is_beside_text(block, head, text)]  # fmt: skip
            group += near
            grows = bool(near)
        taken |= {id(block) for block in group}
        groups.append(sorted(group, key=lambda block: -block.top))
    return groups


def _is_beside_text(block: PdfBlock, head: PdfBlock, text: Sequence[PdfBlock]) -> bool:
    """Whether text below the headline begins beside the block: then this is a subhead on top of a column."""
    return block.top < head.bottom and any(
        block.bottom < other.top <= head.bottom
        and overlap(head.left, head.right, other.left, other.right) >= OVERLAP
        for other in text
    )


def _is_near(one: PdfBlock, other: PdfBlock) -> bool:
    gap = max(one.bottom - other.top, other.bottom - one.top)
    near = gap <= (NEAR - 1) * max(one.size, other.size)
    return near and overlap(one.left, one.right, other.left, other.right) >= OVERLAP


def _owned(
    blocks: Sequence[PdfBlock], stories: Sequence[Story], body: float
) -> Iterator[tuple[PdfBlock, Story | None]]:
    """Each block with its story, None where nothing tells."""
    owners: dict[int, Story | None] = {}
    done: list[PdfBlock] = []
    for block in sorted(blocks, key=lambda block: (-block.top, block.left)):
        above = _story_above(block, stories, done)
        if isinstance(above, Story):
            found: Story | None = above
        else:
            found = _beside_gap(block, above, stories, body)
            if found is None:
                found = owners[id(above)] if above else _neighbour(block, done, owners)
        owners[id(block)] = found
        done.append(block)
        yield block, found


def _beside_gap(
    block: PdfBlock, above: PdfBlock | None, stories: Sequence[Story], body: float
) -> Story | None:
    """The story whose headline ends where the block begins, and fills the gap above it from the side.

    Columns are read from the left: the nearest headline there, else the nearest on the right.
    """
    filling = [
        story
        for story in stories
        if (above is None or story.top <= above.bottom + body / 2)
        and -0.5 * body <= story.bottom - block.top <= BELOW * body
    ]
    left = [story for story in filling if story.left <= block.left]
    if left:
        return max(left, key=lambda story: story.left)
    return min(filling, key=lambda story: story.left, default=None)


def _story_above(
    block: PdfBlock, stories: Sequence[Story], done: Sequence[PdfBlock]
) -> Story | PdfBlock | None:
    """The headline or the text that stands next above a block."""
    width = block.right - block.left
    candidates: list[Story | PdfBlock] = [*stories, *done]
    above = [
        other
        for other in candidates
        if other.bottom >= block.top - 0.5 * block.size
        and min(other.right, block.right) - max(other.left, block.left) > 0.1 * width
    ]
    return min(above, key=lambda other: other.bottom, default=None)


def _neighbour(block: PdfBlock, done: Sequence[PdfBlock], owners: dict[int, Story | None]) -> Story | None:
    """The story of the text right beside the block on its left: a headline may stand over one column only."""
    beside = [
        part
        for part in done
        if part.right <= block.left and part.top > block.bottom and part.bottom < block.top
    ]
    return owners[id(max(beside, key=lambda part: part.right))] if beside else None
