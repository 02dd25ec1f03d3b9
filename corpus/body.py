"""The grammar of an article's body: paragraphs, and subheads as lines that begin with "## ".

Every character stays as it is; whoever reads or writes a body does it by these functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

__all__ = ["SUBHEAD", "Block", "blocks", "cut", "sections", "subheads", "to_body"]

SUBHEAD = "## "
"""What marks a line of the body as a subhead."""

SUBHEAD_LINE = re.compile(r"^## (.*)$", re.MULTILINE)
BLOCK = re.compile(r"^## [^\n]*$|[^\n]+(?:\n(?!## )[^\n]+)*", re.MULTILINE)


class Block(NamedTuple):
    """A paragraph or a subhead: `body[start:start + len(text)] == text`."""

    start: int
    text: str
    is_subhead: bool


def blocks(body: str) -> list[Block]:
    """The body in reading order; what is left out are the line ends between blocks and the subheads' "## ".

    "　　天冷。\\n加衣。\\n\\n## 交通" -> [Block(0, "　　天冷。\\n加衣。", False), Block(14, "交通", True)]
    """
    found = (_block(match.start(), match.group()) for match in BLOCK.finditer(body))
    return [block for block in found if block.text.strip() or not block.is_subhead]


def subheads(body: str) -> list[str]:
    """The subheads in reading order, blank ones left out: "## 交通\\n\\n慢行。" -> ["交通"]."""
    return [subhead for subhead, _, _ in sections(body) if subhead]


def sections(body: str) -> Iterator[tuple[str, int, int]]:
    """Subhead, start and end of each stretch of text between subheads; the first has the subhead ""."""
    subhead, start = "", 0
    for match in SUBHEAD_LINE.finditer(body):
        yield subhead, start, match.start()
        subhead, start = match.group(1).strip(), match.end()
    yield subhead, start, len(body)


def to_body(blocks: Iterable[tuple[bool, str]]) -> str:
    """The body of blocks, each given as whether it is a subhead, and its text without a mark.

    [(False, "天冷。"), (True, "交通")] -> "天冷。\\n\\n## 交通"
    """
    return "\n\n".join(SUBHEAD + text if is_subhead else text for is_subhead, text in blocks)


def cut(block: Block, spans: Iterable[tuple[int, int]]) -> list[tuple[int, str]]:
    """The block's text cut where a span of the body begins or ends; before each piece its place there."""
    end = len(block.text)
    inside = {min(max(bound - block.start, 0), end) for span in spans for bound in span}
    return [(block.start + a, block.text[a:b]) for a, b in pairwise(sorted({0, end, *inside}))]


def _block(start: int, text: str) -> Block:
    if text.startswith(SUBHEAD):
        return Block(start + len(SUBHEAD), text.removeprefix(SUBHEAD), True)
    return Block(start, text, False)
