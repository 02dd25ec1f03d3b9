"""An article's body as the blocks and pieces that a page shows; every character stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

__all__ = ["Block", "blocks", "cut"]

SUBHEAD = "## "
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


def cut(block: Block, spans: Iterable[tuple[int, int]]) -> list[tuple[int, str]]:
    """The block's text cut where a span of the body begins or ends; before each piece its place there."""
    end = len(block.text)
    inside = {min(max(bound - block.start, 0), end) for span in spans for bound in span}
    return [(block.start + a, block.text[a:b]) for a, b in pairwise(sorted({0, end, *inside}))]


def _block(start: int, text: str) -> Block:
    if text.startswith(SUBHEAD):
        return Block(start + len(SUBHEAD), text.removeprefix(SUBHEAD), True)
    return Block(start, text, False)
