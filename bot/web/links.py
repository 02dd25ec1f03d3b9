"""Permanent links to a quote, `/articles/ID?quote=120-180&of=ab12cd34#quote`: written and read here alone.

`quote` are the quoted characters, as offsets into the article's body; `of` begins the SHA-256 of their
text, so that a link made before the text was changed is noticed; `sig`, if there is one, is the signature by
which /verify knows what was quoted here. All links are below the root path.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal
from urllib.parse import quote as escaped

from corpus.body import blocks
from corpus.sentences import Span, sentences

__all__ = ["PLACE", "LinkTarget", "article_link", "link_target", "quote_link", "scan_link"]

PLACE = "quote"
"""The id of the first quoted words on the article's page."""

CHECK_DIGITS = 8  # of the SHA-256: one change in 4 billion would go unnoticed
NUMBERS = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)
CHECK = re.compile(rf"[0-9a-f]{{{CHECK_DIGITS}}}", re.ASCII)


@dataclass(frozen=True)
class LinkTarget:
    """Target of a link in a body: `span` is marked, `trouble` is told.

    None: all is well. "moved": the text has changed, and the span is where the quoted words stand now.
    "changed": they are gone. "wrong": the link is none of ours. With the last two there is no span.
    """

    span: Span | None = None
    trouble: Literal["moved", "changed", "wrong"] | None = None


def article_link(article_id: str) -> str:
    """The page of an article."""
    return f"/articles/{escaped(article_id, safe='')}"


def scan_link(article_id: str, body: str, span: Span | None) -> str:
    """The picture of the lines in which an article's characters, or all of them, were read by machine."""
    quoted = f"?quote={span.start}-{span.end}&of={_check(body[span.start : span.end])}" if span else ""
    return f"{article_link(article_id)}/scan.jpg{quoted}"


def quote_link(article_id: str, start: int, text: str, signature: str = "") -> str:
    """The page of an article with `text`, which stands at `start` in its body, marked and scrolled to."""
    signed = f"&sig={signature}" if signature else ""
    return f"{article_link(article_id)}?quote={start}-{start + len(text)}&of={_check(text)}{signed}#{PLACE}"


def link_target(query: Mapping[str, str], body: str) -> LinkTarget:
    """What the query of such a link points to in the body as it is now.

    A link made by hand, without `of`, points to whole sentences of one or more characters.
    """
    if "quote" not in query:
        return LinkTarget()
    numbers, check = NUMBERS.fullmatch(query["quote"]), query.get("of")
    if numbers is None or (check is not None and not CHECK.fullmatch(check)):
        return LinkTarget(trouble="wrong")
    span = Span(int(numbers[1]), int(numbers[2]))
    if not span.start < span.end:
        return LinkTarget(trouble="wrong")
    if check is None:
        return LinkTarget(span) if _is_whole(span, body) else LinkTarget(trouble="wrong")
    if _holds(body, span, check):
        return LinkTarget(span)
    moved = _moved(body, span.end - span.start, span.start, check)
    return LinkTarget(moved, "moved") if moved else LinkTarget(trouble="changed")


def _moved(body: str, length: int, start: int, check: str) -> Span | None:
    """Where the words that `check` is of stand now, nearest to `start`."""
    places = (Span(place, place + length) for place in _beginnings(body))
    same = [place for place in places if _holds(body, place, check)]
    return min(same, key=lambda place: abs(place.start - start), default=None)


def _holds(body: str, span: Span, check: str) -> bool:
    return span.end <= len(body) and _check(body[span.start : span.end]) == check


def _is_whole(span: Span, body: str) -> bool:
    return span.start in _beginnings(body) and span.end in {sentence.end for sentence in sentences(body)}


def _beginnings(body: str) -> set[int]:
    """Where a quote can begin: with a sentence, or with the indent before it."""
    return {sentence.start for sentence in sentences(body)} | {block.start for block in blocks(body)}


def _check(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:CHECK_DIGITS]
