"""The account of a page: what became of every one of its characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.newspaper.lines import BYTE_ORDER_MARK, NEWLINES

__all__ = ["DROPPED", "KEPT", "Break", "Fate", "Fragment", "JoinedFragment", "account"]

Kept = Literal["body", "subhead", "title", "kicker", "subtitle", "byline", "section"]
Break = Literal["column break", "word break", "paragraph break", "line break"]
Dropped = Literal[
    "end mark", "label decoration", "subtitle dash", "heading mark", "broken hyphen", "page furniture",
    "byte order mark", "space",
]  # fmt: skip
Fate = Kept | Break | Dropped

KEPT: dict[Kept, str] = {
    "body": "Text of a paragraph, in Article.body.",
    "subhead": 'A heading inside an article, in Article.body as a line that begins with "## ".',
    "title": "Article.title; the lines of one title are joined by a space.",
    "kicker": "Article.kicker, the line above the title.",
    "subtitle": "Article.subtitle.",
    "byline": "Article.byline; what stands in several places is joined by a space.",
    "section": "Article.section of every article up to the next label.",
}
DROPPED: dict[Break | Dropped, str] = {
    "column break": "A column or line ends inside a paragraph: the halves are joined with nothing between.",
    "word break": "A line ends between two words of Latin script: it becomes one space.",
    "paragraph break": "A paragraph ends: it becomes one empty line.",
    "line break": "A line ends between two parts of the page that are kept apart anyway.",
    "end mark": "⑤5, ■ or (完) tells the printer that an article ends, not the reader anything.",
    "label decoration": "◆ and 【】 around a section's name, or the page's number before it, are ornament.",
    "subtitle dash": "The dash shows that a line is a subtitle, which Article.subtitle says already.",
    "heading mark": 'The page marks a heading with "#": "## " in the body says the same.',
    "broken hyphen": "A hyphen that the line's end put into a word.",
    "page furniture": "Date, page number, editors and jump lines belong to the page, not to an article.",
    "byte order mark": "It tells the file's encoding.",
    "space": "Indents and space at a line's end place the text on paper.",
}


@dataclass(frozen=True)
class Fragment:
    """page[start:end] and what became of it; `article` is an id, or "" where it concerns no one article."""

    start: int
    end: int
    fate: Fate
    article: str = ""


@dataclass(frozen=True)
class JoinedFragment(Fragment):
    """A fragment that is not white space; `joint` is how it joins what was before it in its field."""

    joint: Break = "line break"


def account(page: str, spans: Iterable[JoinedFragment]) -> tuple[Fragment, ...]:
    """Fragments that cover the page from end to end, without gap or overlap.

    What no span covers has to be white space. Raises AssertionError if it is not, or if spans
    overlap: a character would be lost or doubled.
    """
    fragments: list[Fragment] = []
    last = 0
    if page.startswith(BYTE_ORDER_MARK):
        fragments.append(Fragment(0, 1, "byte order mark"))
        last = 1
    for span in sorted(spans, key=lambda span: span.start):
        fragments += _space(page, last, span.start, span.joint, span.article)
        fragments.append(Fragment(span.start, span.end, span.fate, span.article))
        last = span.end
    fragments += _space(page, last, len(page), "line break", "")
    return tuple(fragments)


def _space(page: str, start: int, end: int, joint: Break, article: str) -> Iterator[Fragment]:
    between = page[start:end]
    if end < start or between.strip():
        raise AssertionError(f"characters {min(start, end)} to {max(start, end)} are accounted wrongly")
    if not between:
        return
    joined = article if joint != "line break" else ""
    first = start + len(between) - len(between.lstrip(_SPACE))
    last = start + len(between.rstrip(_SPACE))
    if first >= last:
        yield Fragment(start, end, joint if joined else "space", joined)
        return
    parts: tuple[tuple[int, int, Fate, str], ...] = (
        (start, first, "space", ""), (first, last, joint, joined), (last, end, "space", ""),
    )  # fmt: skip
    yield from (Fragment(*part) for part in parts if part[0] < part[1])


_SPACE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace() and chr(code) not in NEWLINES)
