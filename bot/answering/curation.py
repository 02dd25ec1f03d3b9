"""An editor's say on single questions: which article answers them, and which must not."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.answering.names import lacks_name
from bot.answering.question import Question
from bot.answering.wanted import lacks
from corpus.article import Article
from index.hit import Hit
from index.search import Searcher
from index.terms import fold, script

__all__ = ["Curation", "Likeness"]

NEARNESS, BEHIND, LEAD, LACKS, BIAS = 23.43, -24.43, 9.33, -1.84, -18.89
"""A logistic regression of `Likeness` on those wishes of tests/quality/curation that it may be fitted to;
docs/measurements.md says what it gives on the others."""

SAME, FAR = 0.4, 0.6
"""The probability from which on a question says the same as those that an article is asked: SAME where a
search finds something in that article first, FAR where it does not."""

BARRED = 0.84
"""The cosine from which on a question says the same as one that an article must not answer."""

ALONE = 0.02
"""By how much the nearest question of a kind is nearer than the two nearest on average."""

LIKELY = 3
"""Kinds of questions that are looked at closely."""

NUMBER = re.compile(r"\d+(?:\.\d+)?")
WHICH = re.compile(r"[哪谁啥]|什么|\b(?:who|which|what)\b")
NOT = re.compile(r"不[能可得准许要该宜]|禁止|勿|\b(?:not|cannot|never)\b|n't\b")


@dataclass(frozen=True)
class Likeness:
    """Likeness of a question to those of one kind that an article is asked.

    `position` is the article's in the index. Of a kind are those with one sentence, which stands at `start`,
    -1 without one. `nearness` is the mean cosine of the two nearest; `behind` how far their sentence stands
    behind the article's best one for the question; `lead` how far the article's best sentence stands before
    the best one of other articles; `lacks` whether the sentence, without one the article, lacks what is asked
    for; `differs` what else tells the questions apart: "name", "number" or "not", "" for nothing.
    """

    article: Article
    position: int
    asked: str
    start: int
    nearness: float
    behind: float
    lead: float
    lacks: bool
    differs: str
    is_literal: bool

    @property
    def probability(self) -> float:
        """That the question says the same, 0 to 1."""
        if self.is_literal or self.differs:
            return float(self.is_literal)
        score = NEARNESS * self.nearness + BEHIND * self.behind + LEAD * self.lead + LACKS * self.lacks
        return 1 / (1 + math.exp(-score - BIAS))

    def is_same(self, is_found: bool) -> bool:
        """`is_found`: whether a search by itself finds the article first, if not for sure."""
        return self.probability >= (SAME if is_found else FAR)


class Curation:
    """What editors have put to the articles of one snapshot; may be used from several threads."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._article = searcher.snapshot.texts.article
        self._asked = searcher.snapshot.texts.questions()
        self._rows: dict[str, list[int]] = defaultdict(list)
        """The rows of each question by its letters and digits."""
        self._kinds: dict[tuple[int, int], list[int]] = defaultdict(list)
        """The rows of each kind, by article and start of the sentence."""
        for row, one in enumerate(self._asked):
            self._rows[_letters(fold(one.text))].append(row)
            if one.is_answered:
                self._kinds[one.article, one.start].append(row)
        self._barring = np.array([not one.is_answered for one in self._asked], dtype=bool)

    def barred(self, question: Question) -> dict[str, str]:
        """The ids of the articles that must not answer a question, each with what it is not asked."""
        if not self._barring.any():
            return {}
        cosines = self._searcher.likeness(question)
        literal = self._rows.get(_letters(question.folded), [])
        found = {}
        for row in np.flatnonzero(self._barring & (cosines >= BARRED)).tolist():
            one = self._asked[row]
            rivals = [r for (at, _), rows in self._kinds.items() if at == one.article for r in rows]
            if not set(rivals).intersection(literal) and cosines[row] >= max(cosines[rivals], default=0.0):
                found[self._article(one.article).id] = one.text
        for row in literal:
            if self._barring[row]:
                found[self._article(self._asked[row].article).id] = self._asked[row].text
        return found

    def like(
        self,
        question: Question,
        said: Question,
        hits: Sequence[Hit],
        may: Callable[[Article], bool] = lambda article: True,
    ) -> list[Likeness]:
        """How a question compares with those that articles are asked, the likeliest first.

        `said` is the question in its own words, `hits` are what was found for it; only articles that `may`
        answer are looked at.
        """
        if not self._kinds:
            return []
        cosines = self._searcher.likeness(question)
        literal = set(self._rows.get(_letters(said.folded), []))
        near = {kind: _nearness(cosines[rows]) for kind, rows in self._kinds.items()}
        likely = sorted(near, key=lambda kind: (bool(literal.intersection(self._kinds[kind])), near[kind]))
        found: list[Likeness] = []
        for position, start in reversed(likely):
            if not may(self._article(position)):
                continue
            rows = self._kinds[position, start]
            nearest = max(rows, key=cosines.__getitem__)
            is_literal = not literal.isdisjoint(rows)
            found.append(
                self._likeness(question, position, start, near[position, start], nearest, is_literal, hits)
            )
            if len(found) == LIKELY:
                break
        return sorted(found, key=lambda likeness: (likeness.probability, likeness.nearness), reverse=True)

    def _likeness(
        self,
        question: Question,
        position: int,
        start: int,
        nearness: float,
        nearest: int,
        is_literal: bool,
        hits: Sequence[Hit],
    ) -> Likeness:
        article, asked = self._article(position), self._asked[nearest].text
        sentences = [sentence for _, sentence in self._searcher.sentences_of(question, position)]
        best = max((sentence.cosine for sentence in sentences), default=0.0)
        chosen = next((sentence for sentence in sentences if sentence.start == start), None)
        others = [s.cosine for hit in hits if hit.article.id != article.id for s in hit.sentences if s.is_own]
        held = article.body[chosen.start : chosen.end] if chosen else article.body
        of_kind = " ".join(self._asked[row].text for row in self._kinds[position, start])
        return Likeness(
            article,
            position,
            asked,
            start,
            nearness,
            best - chosen.cosine if chosen else 0.0,
            best - max(others) if others else 0.0,
            question.script == script(held) and lacks(question.wanted_forms, held),
            _difference(question, asked, f"{of_kind}\n{article.heading}\n{article.body}"),
            is_literal,
        )


def _nearness(cosines: NDArray[np.float32]) -> float:
    if len(cosines) == 1:
        return float(cosines[0]) - ALONE
    return float(np.sort(cosines)[-2:].mean())


def _letters(folded: str) -> str:
    return "".join(filter(str.isalnum, folded))


def _difference(question: Question, asked: str, held: str) -> str:
    """What tells a question from the one that is asked: a name or a number that is not `held`, a "not"."""
    if lacks_name(question, held, lambda name: False):
        return "name"
    folded, other = question.folded, fold(asked)
    if set(NUMBER.findall(folded)) - set(NUMBER.findall(fold(held))):
        return "number"
    both_which = WHICH.search(folded) and WHICH.search(other)
    if both_which and bool(NOT.search(folded)) != bool(NOT.search(other)):
        return "not"
    return ""
