"""Markdown with or without front matter -> one article in plain words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.article import ArticleError, from_markdown
from corpus.front_matter import LONGEST, load
from corpus.readers.account import told_share
from corpus.readers.document import Document, Note, ReaderError, Reading
from corpus.readers.encoding import decode
from corpus.readers.fields import article_of, issue_date
from corpus.readers.markup import markup_blocks
from corpus.readers.prose import body_of, first_words

__all__ = ["read_markdown"]

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
BREAK = re.compile(r"<br\b", re.IGNORECASE)
STRUCK = re.compile(r"<(/?)(?:del|s|strike|rt|rp)\b", re.IGNORECASE)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
FENCES = ("---", "+++")


def read_markdown(document: Document) -> Iterator[Reading]:
    """The article. A file that this program has written comes back to the letter.

    Else headings become subheads, the first one the title where the front matter states none; marks of
    emphasis, links and pictures go, struck text too; lists and table rows become paragraphs. HTML is read
    as a browser shows it.

    Raises ReaderError.
    """
    text = decode(document.content, document.charset).replace("\r\n", "\n").replace("\r", "\n")
    values, rest = _front_matter(text)
    if "id" in values:
        try:
            yield from_markdown(text, document.stem)
            return
        except ArticleError:
            pass  # another program's front matter
    blocks = list(_blocks(PARSER.parse(rest)))
    if not any(str(name).lower() in ("title", "标题") for name in values):
        heading = _title_at([kind for kind, _ in blocks])
        if heading is not None:
            values["title"] = blocks.pop(heading)[1]
    body = "\n\n".join(f"## {line}" if kind in HEADINGS else line for kind, line in blocks)
    if not body.strip():
        raise ReaderError("no text stands below the title")
    values.setdefault("title", first_words(body))
    if found := issue_date(document.name):
        values.setdefault("date", found.isoformat())
    yield article_of(values, document.stem, body)
    if told := told_share(rest, str(values["title"]) + body):
        yield Note(document.name, told, refused=False)


def _title_at(kinds: list[str]) -> int | None:
    if "h1" in kinds:
        return kinds.index("h1")
    return 0 if kinds and kinds[0] in HEADINGS else None


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    fence, _, rest = text.partition("\n")
    if fence.strip() not in FENCES:
        return {}, text
    header, closing, body = rest.partition(f"\n{fence.strip()}\n")
    if not closing:
        return {}, text
    try:
        values = tomllib.loads(header[:LONGEST]) if "+" in fence else load(header)
    except (ValueError, RecursionError) as error:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ReaderError(f"the front matter cannot be read: {first}") from error
    if not isinstance(values, dict):
        return {}, text
    return values, body


def _blocks(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """(kind, text) of each block in order; a kind that begins with "h" is a heading."""
    kind, cells = "p", list[str]()
    for token in tokens:
        if token.type.endswith("_open"):
            kind = token.tag
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and any(cells):
            yield "p", " ".join(cells)
        elif token.type == "inline" and kind in ("td", "th"):
            cells.append(" ".join(_plain(token).split("\n")))
        elif token.type == "inline" and (text := _plain(token)):
            yield (kind, text.replace("\n", " ")) if kind in HEADINGS else ("p", body_of(text))
        elif token.type in ("fence", "code_block") and token.content.strip():
            yield "p", token.content.rstrip("\n")
        elif token.type == "html_block":
            yield from (
                (block.element.tag if block.kind == "head" else "p", block.text)
                for block in markup_blocks(token.content)
            )


def _plain(inline: Token) -> str:
    """Its words, line by line; what is struck, with ~~ or in HTML, is none of them."""
    parts, struck = [], 0
    for token in inline.children or ():
        if token.type in ("s_open", "s_close"):
            struck += token.nesting
        elif token.type == "html_inline":
            struck += _strikes(token.content)
            parts += ["\n"] if BREAK.match(token.content) else []
        elif struck > 0:
            continue
        elif token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
    return "".join(parts).strip()


def _strikes(tag: str) -> int:
    """1 where the tag begins struck text or a reading over characters, -1 where it ends it, else 0."""
    match = STRUCK.match(tag)
    return 0 if match is None else -1 if match[1] else 1
