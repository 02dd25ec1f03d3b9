"""The lines of a newspaper page -> which article each belongs to, and as what."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from corpus.newspaper.furniture import is_jump, label
from corpus.newspaper.layout import Layout
from corpus.newspaper.lines import Line
from corpus.newspaper.patterns import tag
from corpus.newspaper.roles import with_kinds
from corpus.newspaper.scores import Flow, Gap
from corpus.newspaper.search import Parse, best_parse

__all__ = ["DOUBTFUL", "DividedPage", "Doubt", "Draft", "divide_page"]

DOUBTFUL = 1.0  # points: another reading that is worse by less is told


@dataclass(frozen=True)
class Doubt:
    """A parse that is hardly worse: in it, no article begins with this line (`begun`), or one does."""

    line: Line
    begun: bool


@dataclass
class Draft:
    """The lines of one article, in page order; a heading may be missing."""

    section: str
    heading: list[Line] = field(default_factory=list)
    bylines: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


@dataclass
class DividedPage:
    """The page's articles, and the lines that belong to none.

    `labels` hold where the name stands in the line's text. `certain` is false if nothing on the page
    (end mark, byline, dateline, another article) shows where articles begin or end.
    """

    drafts: list[Draft] = field(default_factory=list)
    labels: list[tuple[Line, tuple[int, int]]] = field(default_factory=list)
    marks: list[Line] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
    certain: bool = False


def divide_page(lines: list[Line], printed: Layout) -> DividedPage:
    """Divide the page by its best parse, and tell where another is hardly worse."""
    division = DividedPage()
    lines = with_kinds(lines, printed)
    flow, sections = _flow(lines, printed, division)
    if not flow.lines:
        return division
    reading = best_parse(flow, DOUBTFUL)
    _draft(flow, reading, sections, division)
    division.certain = (
        len(division.drafts) > 1
        or any(line.ends_article or line.kind == "byline" or line.opens_dateline for line in flow.lines)
        or bool(division.marks)
    )
    return division


def _flow(lines: list[Line], printed: Layout, division: DividedPage) -> tuple[Flow, list[str]]:
    """The page's running lines, with the section that each stands in; what is none goes to the division."""
    texts: list[Line] = []
    gaps: list[Gap] = []
    sections: list[str] = []
    gap, section = Gap(), ""
    for line in lines:
        if line.kind == "furniture":
            division.furniture.append(line)
            gap = replace(gap, furniture=True) if not is_jump(line.text) else replace(gap, jump=True)
        elif line.kind == "mark":
            division.marks.append(line)
            gap = replace(gap, mark=True)
        elif line.kind == "label":
            name = label(line.text) or (0, len(line.text))
            division.labels.append((line, name))
            section = line.text[slice(*name)]
            gap = replace(gap, label=True)
        else:
            texts.append(line)
            gaps.append(gap)
            sections.append(section)
            gap = Gap()
    return Flow(texts, gaps, printed), sections


def _draft(flow: Flow, reading: Parse, sections: list[str], division: DividedPage) -> None:
    starts = [opening.at for opening in reading.openings] + [len(flow.lines)]
    section, tagged = "", ""
    for opening, end in zip(reading.openings, starts[1:], strict=True):
        heading = flow.lines[opening.at : opening.at + opening.length]
        if sections[opening.at] != section:
            section = tagged = sections[opening.at]
        if len(heading) > 1 and (name := tag(heading[0].text)):
            division.labels.append((heading[0], name))
            tagged = heading[0].text[slice(*name)]
            heading = heading[1:]
        draft = Draft(tagged, heading)
        for line in flow.lines[opening.at + opening.length : end]:
            (draft.bylines if line.kind == "byline" else draft.body).append(line)
        if opening.margin < DOUBTFUL:
            draft.doubts.append(Doubt(flow.lines[opening.at], begun=True))
        draft.doubts += [
            Doubt(flow.lines[missed.at], begun=False)
            for missed in reading.missed
            if opening.at < missed.at < end
        ]
        division.drafts.append(draft)
