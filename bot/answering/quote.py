"""Ranked passages to the exact spans to show, and the sentence to mark in each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.answering.question import Question
from bot.answering.succession import ALONE, Standing
from bot.answering.wanted import lacks
from corpus.article import Article
from index.hit import Hit, MatchedSentence, best_span, relevance
from index.terms import fold, terms

__all__ = ["Quote", "choose_quotes"]

LONGEST = 400  # characters of a quote, and
ROOM = 600  # of all quotes of an answer: what fits a phone's screen or two
ASKING = re.compile(r"[?？][”\"’」』）)]*\s*$")
WITHOUT_ANSWER, HELD = -10.0, 0.2
"""Added where a sentence asks or repeats the heading, and where it holds what is asked for
(docs/measurements.md, Constants)."""
OWN, REPEATED = 0.1, 0.1
"""Added where a sentence stands in the passage that was found; taken off: the share of the headline's words
in it (docs/measurements.md, What each lever gave)."""
BEHIND = 0.15
"""How far a quote's fused score may stand behind the best: fewer quotes, the gold answer as often inside
(docs/measurements.md, Constants)."""


@dataclass(frozen=True)
class Quote:
    """Published words: `article.body[start:end] == text`, always.

    `marks` are the sentences that answer best, as offsets into the body within start..end; `score`
    is the passage's fused score, which orders the quotes of one answer. `standing` says what has taken the
    article's place, and where else the text was published. `clause` is the part of a long first mark that
    answers, None where that is short. `signatures` are those of the text and of its sentence, empty where
    nothing is signed.
    """

    article: Article
    start: int
    end: int
    text: str
    marks: tuple[tuple[int, int], ...]
    score: float
    standing: Standing = ALONE
    clause: tuple[int, int] | None = None
    signatures: tuple[str, str] = ("", "")

    @property
    def sentence(self) -> tuple[int, int]:
        """The sentence to show first: the first mark, the whole quote where there is none."""
        return self.marks[0] if self.marks else (self.start, self.end)


def choose_quotes(
    question: Question, hits: Sequence[Hit], idf: Callable[[str], float], top: int
) -> tuple[Quote, ...]:
    """At most `top` quotes, best first, of whole sentences each.

    A quote grows from the sentence that answers best, which is marked, over the passage's ends.

    Words of the heading count against a sentence: all of the article is about them, its opening most of all.
    A sentence that repeats the heading or asks itself answers nothing; where a sum or a day is asked for, one
    that holds it is preferred. docs/measurements.md says what these rules give, and what was tried.

    Passages far behind the best one are not quoted, and no text comes twice, also not where two
    articles hold the same words. They keep to LONGEST and ROOM, but for a longer first sentence.
    """
    quotes: list[Quote] = []
    seen: set[str] = set()
    for hit in [hits[0], *hits]:  # the best passage may have sentences left that are worth a second quote
        if hit.score < hits[0].score - BEHIND:
            break
        room = min(LONGEST, ROOM - sum(len(quote.text) for quote in quotes))
        fit = _fits(question, hit, idf)
        quote = _quote(hit, fit, quotes, room)
        if quote is None or (quotes and len(quote.text) > room):
            continue
        if fold(quote.text) not in seen:
            seen.add(fold(quote.text))
            quotes.append(quote)
        if len(quotes) == top:
            break
    return tuple(quotes)


def _telling(hit: Hit, sentence: MatchedSentence, forms: Sequence[re.Pattern[str]]) -> float:
    """Score of a sentence as an answer besides its words and vector."""
    text = hit.article.body[sentence.start : sentence.end]
    if ASKING.search(text) or fold(text).strip(" 。.") in fold(hit.article.heading):
        return WITHOUT_ANSWER
    return HELD if forms and not lacks(forms, text) else 0.0


def _fits(question: Question, hit: Hit, idf: Callable[[str], float]) -> list[float]:
    """How well each of the hit's sentences answers; the headline's words count against it."""
    headline = set(terms(hit.article.heading))
    found = []
    for sentence, shared in zip(hit.sentences, relevance(question, hit, idf, headline), strict=True):
        words = terms(hit.article.body[sentence.start : sentence.end])
        repeated = len(headline.intersection(words)) / max(1, len(headline))
        telling = _telling(hit, sentence, question.wanted_forms)
        found.append(shared + telling + OWN * sentence.is_own - REPEATED * repeated)
    return found


def _quote(hit: Hit, fit: Sequence[float], quotes: Sequence[Quote], room: int) -> Quote | None:
    """A run of sentences around the one that fits best of those that are not quoted yet, which is marked.

    None where all of the passage's are quoted.
    """
    quoted = [(quote.start, quote.end) for quote in quotes if quote.article.id == hit.article.id]
    sentences = hit.sentences
    free = [not any(start < s.end and s.start < end for start, end in quoted) for s in sentences]
    if not any(sentence.is_own and is_free for sentence, is_free in zip(sentences, free, strict=True)):
        return None
    best = max((i for i, is_free in enumerate(free) if is_free), key=fit.__getitem__)
    first, last = best_span(sentences, fit, free, best, room)
    start, end = sentences[first].start, sentences[last].end
    marks = ((sentences[best].start, sentences[best].end),)
    return Quote(hit.article, start, end, hit.article.body[start:end], marks, hit.score)
