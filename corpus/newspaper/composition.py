"""The lines of one article -> the article, and where on the page each part of it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.article import Article
from corpus.newspaper.account import Break, Fate, JoinedFragment
from corpus.newspaper.credits import dateline_length
from corpus.newspaper.division import Doubt, Draft
from corpus.newspaper.headings import heading_parts
from corpus.newspaper.layout import Layout
from corpus.newspaper.lines import Line, joint
from corpus.newspaper.marks import MarkKind
from corpus.newspaper.paragraphs import GLUE, PageSlice, Paragraph, doubtful_subheads, paragraphs
from corpus.newspaper.patterns import heading_mark, subtitle_dash

__all__ = ["Composed", "compose"]

FIRST_WORDS = re.compile(r"[^。！？；!?;]{1,30}")
LONGEST_NAME = 3
LONGEST_QUOTED = 30

FATES: dict[MarkKind, Fate] = {
    "end mark": "end mark",
    "signature": "byline",
    "credit": "byline",
    "jump line": "page furniture",
}


@dataclass(frozen=True)
class Composed:
    """An article, the spans of its parts on the page, and what to doubt about it: of the warnings, `doubts`
    tell of other readings that are hardly worse."""

    article: Article
    spans: tuple[JoinedFragment, ...]
    warnings: tuple[str, ...]
    doubts: tuple[str, ...]


def compose(page: str, draft: Draft, id: str, printed: Layout) -> Composed:
    """Make the article `id` from its lines.

    A heading without text below becomes the text, and an article without a heading is called by its
    first words; a warning tells of either, and of a sentence that does not end.
    """
    warnings = []
    if not draft.body:
        draft = _with_heading_as_body(draft)
        warnings.append(f"{id}: no text below the heading, so the heading is kept as the text")
    found = paragraphs(page, draft.body, printed)
    dateline, found = _without_dateline(page, found)
    body = "\n\n".join(_markdown(part.text(page), part.subhead) for part in found)
    spans = [*_heading_spans(page, draft, id), *_byline_spans(draft, id)]
    spans += _dateline_spans(dateline, id)
    title = _text_of(page, spans, "title")
    if not title:
        title = _first_words(body)
        warnings.append(f"{id}: no headline found, so it is called by its first words {title!r}")
    told = {doubt.line.text for doubt in draft.doubts}
    for line in doubtful_subheads(draft.body, printed):
        if line in told:
            continue
        warnings.append(f"{id}: {line!r} is read as the start of a paragraph; it may be a subhead")
    doubts = tuple(f"{id}: {_doubt(doubt)}" for doubt in draft.doubts)
    if not draft.body[-1].closed and draft.body[-1].kind == "text":
        warnings.append(f"{id}: the text ends in mid-sentence: …{body[-12:]}")
    article = Article(
        id, title, body,
        kicker=_text_of(page, spans, "kicker"), subtitle=_text_of(page, spans, "subtitle"),
        byline=_text_of(page, spans, "byline"), section=draft.section,
    )  # fmt: skip
    return Composed(article, (*spans, *_body_spans(page, found, id)), (*doubts, *warnings), doubts)


def _doubt(doubt: Doubt) -> str:
    words = f"{doubt.line.text[:LONGEST_QUOTED]!r}"
    if doubt.begun:
        return f"{words} is read as the beginning of an article; it may belong to the article above"
    return f"another article may begin with {words}"


def _with_heading_as_body(draft: Draft) -> Draft:
    if draft.heading:
        return replace(draft, heading=[], body=draft.heading)
    return replace(draft, bylines=[], body=draft.bylines)


def _first_words(body: str) -> str:
    text = body.removeprefix("## ").split("\n")[0]
    match = FIRST_WORDS.match(text)
    return (match[0] if match else text[:30]).strip()


def _text_of(page: str, spans: list[JoinedFragment], fate: Fate) -> str:
    parts = sorted((span for span in spans if span.fate == fate), key=lambda span: span.start)
    return "".join(GLUE[part.joint] * (at > 0) + page[part.start : part.end] for at, part in enumerate(parts))


# ---- where the parts stand


def _heading_spans(page: str, draft: Draft, id: str) -> Iterator[JoinedFragment]:
    before: Line | None = None
    for line, part in heading_parts(draft.heading):
        fate, lead = _lead(line.text)
        if lead:
            yield JoinedFragment(line.start, line.start + lead, fate, id)
        # A subtitle's second line has no dash of its own: the line's end has broken it off.
        broken = part == "subtitle" and before is not None and not lead
        how = joint(page, before.text, line.text) if broken and before else "line break"
        yield JoinedFragment(
            line.start + lead, line.end, part, id, "word break" if how == "broken hyphen" else how
        )
        before = line if part == "subtitle" else None


def _lead(text: str) -> tuple[Fate, int]:
    dash = subtitle_dash(text)
    return ("subtitle dash", dash) if dash else ("heading mark", heading_mark(text))


def _byline_spans(draft: Draft, id: str) -> Iterator[JoinedFragment]:
    for line in draft.bylines:
        how: Break = "column break" if line.ends_names else "line break"
        yield JoinedFragment(line.start, line.end, "byline", id, how)
    for line in (*draft.bylines, *draft.body):
        for tail in line.tails:
            yield JoinedFragment(tail.start, tail.end, FATES[tail.mark], id)


def _dateline_spans(pieces: list[PageSlice], id: str) -> Iterator[JoinedFragment]:
    for at, piece in enumerate(pieces):
        yield JoinedFragment(piece.start, piece.end, "byline", id, piece.joint if at else "line break")
        if piece.end < piece.hyphen_end:
            yield JoinedFragment(piece.end, piece.hyphen_end, "broken hyphen", id)


def _body_spans(page: str, found: list[Paragraph], id: str) -> Iterator[JoinedFragment]:
    for at, part in enumerate(found):
        for piece in part.pieces:
            # Nothing of the body stands before the first paragraph that a break could part it from.
            how = "line break" if at == 0 and piece is part.pieces[0] else piece.joint
            start, end = piece.start, piece.end
            mark = heading_mark(page[start:end]) if part.subhead else 0
            if mark:
                yield JoinedFragment(start, start + mark, "heading mark", id, how)
            yield JoinedFragment(start + mark, end, "subhead" if part.subhead else "body", id, how)
            if end < piece.hyphen_end:
                yield JoinedFragment(end, piece.hyphen_end, "broken hyphen", id)


def _markdown(text: str, subhead: bool) -> str:
    return f"## {text[heading_mark(text) :]}" if subhead else text


# ---- the dateline in front of the first paragraph


def _without_dateline(page: str, found: list[Paragraph]) -> tuple[list[PageSlice], list[Paragraph]]:
    """The pieces of the dateline (本报讯(记者 张静)), and the paragraphs without it."""
    first, *others = found
    length = 0 if first.subhead else dateline_length(first.text(page))
    if not 0 < length < len(first.text(page)):
        return [], found
    dateline, rest = _cut(page, first.pieces, length)
    return list(_with_names_apart(page, dateline)), [replace(first, pieces=tuple(rest)), *others]


def _cut(page: str, pieces: tuple[PageSlice, ...], length: int) -> tuple[list[PageSlice], list[PageSlice]]:
    before: list[PageSlice] = []
    rest = list(pieces)
    while rest and length > 0:
        piece = rest.pop(0)
        length -= len(GLUE[piece.joint]) if before else 0
        cut = min(piece.end, piece.start + length)
        before.append(replace(piece, end=cut, hyphen_end=piece.hyphen_end if cut == piece.end else cut))
        length -= cut - piece.start
        if cut < piece.end:
            spaces = len(page[cut : piece.end]) - len(page[cut : piece.end].lstrip())
            rest.insert(0, replace(piece, start=cut + spaces))
    return before, rest


def _with_names_apart(page: str, pieces: list[PageSlice]) -> Iterator[PageSlice]:
    """A line's end between two names has taken the space between them; inside a name it has not."""
    for at, piece in enumerate(pieces):
        if at and piece.joint == "column break":
            before = pieces[at - 1]
            left = re.split(r"[\s(（]", page[before.start : before.end])[-1]
            right = re.split(r"[\s)）]", page[piece.start : piece.end])[0]
            if left and right and len(left + right) > LONGEST_NAME:
                piece = replace(piece, joint="word break")
        yield piece
