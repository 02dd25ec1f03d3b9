"""An element of a web page -> its headings, paragraphs, list items and table rows, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import lxml.html

from corpus.newspaper.patterns import ends_sentence
from corpus.script import HAN

__all__ = ["WebBlock", "squeezed", "web_blocks"]

Kind = Literal["head", "text", "row"]

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    (*HEADINGS, "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
     "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "founder-content", "header",
     "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
     "tfoot", "th", "thead", "tr", "ul")
)  # fmt: skip
PASSED_OVER = frozenset(("script", "style", "head", "title", "option"))
LONGEST_CELL = 300  # characters; what holds more is no table of figures but the arrangement of a page
SOURCE_LINE_END = re.compile(
    rf"(?<=[{HAN}，。、；：！？）》”])[ \t]*[\r\n][\s]*(?=[{HAN}，。、；：！？（《“])"
)
WAY_OUT = re.compile(
    r"[\[【(（>»]{0,2}(?:返回|点击(?:进入|查看|阅读)|查看(?:更多|详情|全文)|进入.{0,8}(?:频道|专题|专区)|阅读(?:原文|全文)|更多|详细"
    r"|我要评论|分享|收藏|\[?详情\]?).{0,12}"
)
SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
EDGES = " \t\r\n\f\xa0\u3000\u200b\ufeff"


def squeezed(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())


@dataclass(frozen=True)
class WebBlock:
    """One line of the article to be; `linked` of its characters stand in links, `element` holds it."""

    kind: Kind
    text: str
    linked: int
    element: lxml.html.HtmlElement

    @property
    def is_prose(self) -> bool:
        """Whether it ends a sentence and is not made of links."""
        return self.linked < 0.3 * len(self.text) and (len(self.text) >= 60 or ends_sentence(self.text))

    @property
    def is_linked(self) -> bool:
        """Whether most of it is links."""
        return self.linked > 0.6 * len(self.text)


def web_blocks(root: lxml.html.HtmlElement) -> list[WebBlock]:
    """The blocks below the element, whatever contains them: text between blocks and breaks is one too."""
    return list(_Walk().run(root))


class _Walk:
    def __init__(self) -> None:
        self._parts: list[tuple[str, bool]] = []

    def run(self, root: lxml.html.HtmlElement) -> Iterator[WebBlock]:
        yield from self._element(root, root, "text", False)
        yield from self._flush(root, "text")

    def _element(
        self, element: lxml.html.HtmlElement, block: lxml.html.HtmlElement, kind: Kind, linked: bool
    ) -> Iterator[WebBlock]:
        linked = linked or element.tag == "a"
        self._parts.append((element.text or "", linked))
        for child in element:
            if not isinstance(child.tag, str) or child.tag in PASSED_OVER:
                pass
            elif child.tag == "br":
                yield from self._flush(block, kind)
            elif child.tag == "table" and (rows := _rows(child)):
                yield from self._flush(block, kind)
                yield from rows
            elif child.tag in BLOCKS:
                yield from self._flush(block, kind)
                inner: Kind = "head" if child.tag in HEADINGS else kind
                yield from self._element(child, child, inner, linked)
                yield from self._flush(child, inner)
            else:
                yield from self._element(child, block, kind, linked)
            self._parts.append((child.tail or "", linked))

    def _flush(self, element: lxml.html.HtmlElement, kind: Kind) -> Iterator[WebBlock]:
        while self._parts and (not self._parts[-1][0].strip() or _is_way_out(*self._parts[-1])):
            self._parts.pop()
        text = _tidy("".join(text for text, _ in self._parts))
        linked = sum(len(squeezed(text)) for text, is_link in self._parts if is_link)
        self._parts.clear()
        if text:
            yield WebBlock(kind, text, linked, element)


def _is_way_out(text: str, linked: bool) -> bool:
    """Whether a link at a paragraph's end leads on or away, and says nothing: 返回首页>>."""
    return linked and bool(WAY_OUT.fullmatch(squeezed(text)))


def _tidy(text: str) -> str:
    return SPACES.sub(" ", SOURCE_LINE_END.sub("", text)).strip(EDGES)


def _rows(table: lxml.html.HtmlElement) -> list[WebBlock]:
    """A block for each row of a table of figures, a merged cell's words in each row that it spans.

    [] where the table only arranges a page.
    """
    if next(table.iterdescendants("table", *HEADINGS), None) is not None:
        return []
    spanning: dict[int, tuple[int, str, int]] = {}
    found, several = [], 0
    for row in table.iter("tr"):
        cells = _cells(row, spanning)
        several += sum(bool(text) for text, _ in cells) > 1
        if any(len(text) > LONGEST_CELL for text, _ in cells):
            return []
        if text := " ".join(text for text, _ in cells if text):
            found.append(WebBlock("row", text, sum(linked for _, linked in cells), row))
    return found if several > 1 else []


def _cells(row: lxml.html.HtmlElement, spanning: dict[int, tuple[int, str, int]]) -> list[tuple[str, int]]:
    """(text, linked characters) of each column; `spanning` holds what goes on below: rows left, text."""
    cells: list[tuple[str, int]] = []

    def spanned() -> None:
        while len(cells) in spanning:
            left, text, linked = spanning.pop(len(cells))
            if left > 1:
                spanning[len(cells)] = (left - 1, text, linked)
            cells.append((text, linked))

    for cell in row.iterchildren("td", "th"):
        spanned()
        inner = web_blocks(cell)
        text, linked = " ".join(block.text for block in inner), sum(block.linked for block in inner)
        for column in range(_span(cell, "colspan")):
            if (rows := _span(cell, "rowspan")) > 1:
                spanning[len(cells)] = (rows - 1, text if not column else "", linked)
            cells.append((text if not column else "", linked))
    spanned()
    return cells


def _span(cell: lxml.html.HtmlElement, name: str) -> int:
    stated = cell.get(name, "1").strip()
    return min(int(stated), 1000) or 1 if stated.isascii() and stated.isdigit() and len(stated) < 6 else 1
