"""An article cut into passages: whole sentences under one subhead, with offsets into the body."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.article import Article
from corpus.body import sections
from corpus.sentences import Span, sentences

__all__ = ["LONGEST", "RULES", "SHORTEST", "Passage", "passages"]

SHORTEST, LONGEST = 120, 320  # characters, where the text allows
TARGET = 220  # the middle; the design's measurements were made with 190-token passages
MID_PARAGRAPH = 0.25  # what a cut inside a paragraph costs, against 1 for a passage of twice the target
RULES = f"1:{SHORTEST}-{LONGEST}"  # raise the number when the same article would be cut otherwise


@dataclass(frozen=True)
class Passage:
    """`article.body[start:end] == text`; the sentences are offsets into the body, in order.

    `heading` is the article's kicker, title and subtitle; `subhead` the nearest one above, or "".
    """

    article_id: str
    start: int
    end: int
    text: str
    heading: str
    subhead: str
    sentences: tuple[Span, ...]

    @property
    def titled(self) -> str:
        """What is indexed: heading and subhead on the first line, then the text."""
        return f"{self.heading} {self.subhead}".rstrip() + "\n" + self.text

    @property
    def sentence_texts(self) -> list[str]:
        """The text of each sentence."""
        return [self.text[start - self.start : end - self.start] for start, end in self.sentences]


def passages(article: Article) -> list[Passage]:
    """The article's passages in reading order; together they hold every sentence of the body once.

    Each has SHORTEST to LONGEST characters unless a section is shorter or a sentence longer. Cuts
    fall at paragraph ends where lengths allow.
    """
    found = []
    for subhead, start, end in sections(article.body):
        spans = sentences(article.body, start, end)
        for first, last in _grouped(article.body, spans):
            group = tuple(spans[first:last])
            text = article.body[group[0].start : group[-1].end]
            found.append(
                Passage(article.id, group[0].start, group[-1].end, text, article.heading, subhead, group)
            )
    return found


def _grouped(body: str, spans: list[Span]) -> list[tuple[int, int]]:
    """The cheapest division of the sentences into runs, as (first, last + 1); least-cost path."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for last in range(1, len(spans) + 1):
        options = []
        for first in range(last - 1, -1, -1):
            length = spans[last - 1].end - spans[first].start
            options.append((best[first][0] + _cost(body, spans, last, length), first))
            if length > LONGEST:
                break
        best.append(min(options))
    runs, last = [], len(spans)
    while last:
        runs.append((best[last][1], last))
        last = best[last][1]
    return runs[::-1]


def _cost(body: str, spans: list[Span], last: int, length: int) -> float:
    outside = max(0, SHORTEST - length) + max(0, length - LONGEST)
    is_cut = last < len(spans) and "\n" not in body[spans[last - 1].end : spans[last].start]
    return 10.0 * outside + ((length - TARGET) / TARGET) ** 2 + MID_PARAGRAPH * is_cut
