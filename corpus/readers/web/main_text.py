"""Main text of a web page: what trafilatura finds, checked against the page's own blocks."""

from __future__ import annotations

from dataclasses import dataclass

import lxml.html

from corpus.readers.web.blocks import WebBlock, squeezed
from corpus.readers.web.boilerplate import (
    begins_the_rest,
    is_boilerplate,
    is_caption,
    is_disclaimer,
    is_imprint,
)

__all__ = ["MainText", "main_text"]

MOST = 0.8  # of the weight of the prose: an element that holds so much holds the article
FOUND = 3.0  # weight of a character that trafilatura takes for the article's
SHORTEST = 12  # characters of a paragraph that can be known again
REST = 0.35  # of the article's prose: where more stands behind a line like 相关阅读, that line is in the text
LISTS = frozenset(("ul", "ol", "dl", "li", "dd", "table", "tbody", "thead", "tr", "td", "blockquote"))
ATTACHMENTS = (".doc", ".docx", ".xls", ".xlsx", ".pdf", ".zip", ".rar", ".wps", ".ofd", ".et")


@dataclass(frozen=True)
class MainText:
    """`blocks` of the article; `before` and `after` are the page's other lines, where its credits stand."""

    before: list[WebBlock]
    blocks: list[WebBlock]
    after: list[WebBlock]

    @property
    def share(self) -> float:
        """The share of the page's prose that is the article's, from 0 to 1."""
        taken = sum(len(block.text) for block in self.blocks)
        left = sum(len(b.text) for b in (*self.before, *self.after) if _is_text(b))
        return taken / (taken + left) if taken else 0.0


def main_text(
    blocks: list[WebBlock], extracted: str, holder: lxml.html.HtmlElement | None = None
) -> MainText:
    """The article among a page's blocks; `extracted` is what trafilatura takes for it.

    `holder` is the element with the article where that is known. Where the page shows no prose, the
    lines that trafilatura takes are the article, and where it takes none, all blocks are `before`.
    """
    if holder is not None:
        return _held(blocks, holder)
    weights = _weights(blocks, squeezed(extracted))
    if not weights:
        text = squeezed(extracted)
        taken = [block for block in blocks if squeezed(block.text) in text and not is_boilerplate(block)]
        return MainText(blocks, taken, [])
    holder = _holder(blocks, weights)
    inside = {
        id(block) for block in blocks if holder is block.element or holder in block.element.iterancestors()
    }
    prose = [at for at, block in enumerate(blocks) if at in weights and id(block) in inside]
    first, last = prose[0], prose[-1]
    for at in range(first + 1, last):
        if begins_the_rest(blocks[at]) and _length(blocks, prose, at, last) < REST * _length(
            blocks, prose, first, at
        ):
            last = max(index for index in prose if index < at)
            break
    begin, end = _widened(blocks, first, last)
    taken = [block for at, block in enumerate(blocks[begin:end], begin)
             if id(block) in inside and _belongs(blocks, at, first, last)]  # fmt: skip
    taken = [block for block in blocks[:begin] if id(block) in inside and is_caption(block)] + taken
    return MainText(blocks[:first], _captions_behind(taken), blocks[last + 1 :])


def _captions_behind(blocks: list[WebBlock]) -> list[WebBlock]:
    """The words of a picture above the text are no beginning of it: they go behind."""
    first = next((at for at, block in enumerate(blocks) if not is_caption(block)), 0)
    return blocks[first:] + blocks[:first]


def _held(blocks: list[WebBlock], holder: lxml.html.HtmlElement) -> MainText:
    inside = [
        at
        for at, block in enumerate(blocks)
        if holder is block.element or holder in block.element.iterancestors()
    ]
    if not inside:
        return MainText(blocks, [], [])
    first, last = inside[0], inside[-1]
    cut = next((at for at in inside if begins_the_rest(blocks[at]) and not any(
        _is_text(block) for block in blocks[at : last + 1])), last + 1)  # fmt: skip
    taken = [blocks[at] for at in inside if at < cut and _belongs(blocks, at, first, last)]
    return MainText(blocks[:first], _captions_behind(taken), blocks[cut:])


def _is_text(block: WebBlock) -> bool:
    return block.kind == "text" and block.is_prose and not (is_boilerplate(block) or is_disclaimer(block))


def _weights(blocks: list[WebBlock], extracted: str) -> dict[int, float]:
    """What each line of prose, by its number, says of where the article stands."""
    weights = {}
    for at, block in enumerate(blocks):
        if _is_text(block):
            text = squeezed(block.text)
            weights[at] = len(text) * (FOUND if len(text) >= SHORTEST and text in extracted else 1.0)
    without_captions = {at: weight for at, weight in weights.items() if not is_caption(blocks[at])}
    return without_captions or weights


def _holder(blocks: list[WebBlock], weights: dict[int, float]) -> lxml.html.HtmlElement:
    """The deepest element that holds most of the prose."""
    held: dict[lxml.html.HtmlElement, float] = {}
    for at, weight in weights.items():
        element = blocks[at].element
        for one in (element, *element.iterancestors()):
            held[one] = held.get(one, 0.0) + weight
    most = MOST * sum(weights.values())
    fitting = [element for element, weight in held.items() if weight >= most]
    return max(fitting, key=lambda element: sum(1 for _ in element.iterancestors()))


def _length(blocks: list[WebBlock], prose: list[int], begin: int, end: int) -> int:
    return sum(len(blocks[at].text) for at in prose if begin <= at <= end)


def _widened(blocks: list[WebBlock], first: int, last: int) -> tuple[int, int]:
    """With the headings, rows and short lines that stand with the first and the last paragraph."""
    begin, end = first, last + 1
    while begin > 0 and _stands_with(blocks[begin - 1], blocks[first]):
        begin -= 1
    while end < len(blocks) and _stands_with(blocks[end], blocks[last]):
        end += 1
    if end < len(blocks) and is_boilerplate(blocks[end]):
        while end > last + 1 and is_imprint(blocks[end - 1]):
            end -= 1
    return begin, end


def _stands_with(block: WebBlock, prose: WebBlock) -> bool:
    if block.is_linked and not is_attachment(block):
        return False
    if begins_the_rest(block) or is_boilerplate(block) or is_disclaimer(block):
        return False
    parent = prose.element.getparent()
    while parent is not None and parent.tag in LISTS:
        parent = parent.getparent()
    if parent is None or parent.tag in ("body", "html"):
        return block.element is prose.element or block.element.getparent() is parent
    return block.element is parent or parent in block.element.iterancestors()


def is_attachment(block: WebBlock) -> bool:
    """Whether the line is a link to a file: 附件：1.申请表.doc."""
    links = (a.get("href", "").lower().split("?")[0] for a in block.element.iter("a"))
    return block.text.startswith("附件") or any(link.endswith(ATTACHMENTS) for link in links)


def _belongs(blocks: list[WebBlock], at: int, first: int, last: int) -> bool:
    block = blocks[at]
    if is_boilerplate(block) or is_disclaimer(block) or begins_the_rest(block):
        return False
    if not block.is_linked or is_attachment(block):
        return True
    # One line that is a link may be a heading; several in a row are a list of other articles.
    alone = not any(blocks[near].is_linked for near in (at - 1, at + 1) if 0 <= near < len(blocks))
    return alone and block.kind == "head" and first < at < last
