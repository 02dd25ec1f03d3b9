"""HTML within other formats, a field of a table or a block of Markdown, -> plain paragraphs."""

from __future__ import annotations

import re

from corpus.body import to_body
from corpus.readers.web.blocks import WebBlock, web_blocks
from corpus.readers.web.page import parse, visible_tree

__all__ = ["has_markup", "line_of_markup", "markup_blocks", "text_of_markup"]

TAG = re.compile(
    r"</?(?:p|br|div|span|strong|b|i|em|u|font|a|img|ul|ol|li|table|tr|td|h[1-6]|section|article|center|sup|sub"
    r"|blockquote|del|s|figure|hr)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
ENTITY = re.compile(
    r"&(?:nbsp|amp|lt|gt|quot|[lr][ds]quo|mdash|ndash|hellip|middot|ensp|emsp|times|#\d{1,7}|#x[0-9a-f]{1,6});"
)


def has_markup(text: str) -> bool:
    """Whether the text holds HTML: "<p>停水</p>", "18&nbsp;℃"; "a < b" is plain."""
    return bool(TAG.search(text) or ENTITY.search(text))


def markup_blocks(text: str) -> list[WebBlock]:
    """The headings, paragraphs, list items and table rows that a browser would show."""
    tree = parse(f"<html><body><div>{text}</div></body></html>")
    return [] if tree is None else web_blocks(visible_tree(tree))


def text_of_markup(text: str) -> str:
    """The paragraphs that a browser would show, parted by one empty line; a subhead begins with "## "."""
    return to_body((block.kind == "head", block.text) for block in markup_blocks(text))


def line_of_markup(text: str) -> str:
    """What a browser would show, in one line: a title, a name."""
    return " ".join(block.text for block in markup_blocks(text))
