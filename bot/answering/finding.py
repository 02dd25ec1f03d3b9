"""Search pipeline: a question to ranked passages, quotes of them, and their confidence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.answering.answer import Finding
from bot.answering.clause import answering_clause
from bot.answering.confidence import Calibration, kind_of
from bot.answering.conversation import Conversations
from bot.answering.question import Question
from bot.answering.quote import Quote, choose_quotes
from bot.answering.succession import Standings
from corpus.article import Article
from index.query.latin_names import Names
from index.query.spelling import Speller
from index.recency import asked_years, rank_by_recency
from index.search import Searcher

__all__ = ["HITS", "Finder"]

HITS = 20
"""Passages that quotes and nearest articles are chosen from."""

UNSUPPORTED = 0.5  # the most that a follow-up is believed whose own words the article does not hold


class Finder:
    """Finds quotes in one snapshot; may be used from several threads."""

    def __init__(
        self,
        searcher: Searcher,
        calibration: Calibration,
        articles: Mapping[str, Article],
        today: Callable[[], date],
    ) -> None:
        """`articles` are those that are shown; `today` says what day it is, for questions about this year."""
        self.searcher = searcher
        self.calibration = calibration
        self.today = today
        self.conversations = Conversations(searcher)
        self.standings = Standings(articles, searcher.snapshot.texts)
        self._speller = Speller(searcher.snapshot.passages.frequency)
        self._names = Names(searcher.snapshot.passages.frequency)

    def meant(self, question: Question, earlier: Sequence[Question]) -> Question:
        """The question that is searched: without filler and slips, a follow-up with the words it leans on,
        Chinese names that are in Latin letters with their characters."""
        return self._mended(self._in_context(question, earlier))

    def _in_context(self, question: Question, earlier: Sequence[Question]) -> Question:
        # Slips stay: in a short question what is mended may be what was meant.
        return self.conversations.meant(question.without_filler, [one.without_filler for one in earlier])

    def _mended(self, question: Question) -> Question:
        text = self._names.named(self._speller.mended(question.text))
        return question if text == question.text else Question(text)

    def find(
        self,
        question: Question,
        earlier: Sequence[Question] = (),
        top: int = 3,
        depth: int = HITS,
        withheld: Collection[str] = (),
    ) -> Finding:
        """At most `top` quotes of `depth` hits, none from the articles whose ids are withheld.

        `earlier` are the questions before it, oldest first. Where no article is left, nothing is found.
        """
        said = self._in_context(question, earlier)
        meant = self._mended(said)
        snapshot, standings = self.searcher.snapshot, self.standings
        hits = self.searcher.search(meant, depth, withheld)
        if not hits:  # every article has been withdrawn since the index was built
            return Finding(meant, (), (), (), 0.0, "none")
        if not withheld:
            self.conversations.remember(said.text, hits[0].article.id)
        today = self.today()
        hits = rank_by_recency(meant, hits, today, standings.editions)
        hits = standings.in_force_first(hits, asked_years(meant, today))
        quotes = tuple(
            replace(
                quote, standing=standings.of(quote.article.id, withheld), clause=self._clause(meant, quote)
            )
            for quote in choose_quotes(meant, hits[:HITS], snapshot.passages.idf, top)
        )
        judged = standings.one_edition(hits)
        confidence = self.calibration.probability(meant, judged, quotes, snapshot.passages)
        verdict = self.calibration.verdict(confidence, kind_of(meant, judged[0].article))
        is_follow_up = bool(earlier) and said != question.without_filler
        if verdict == "answered" and is_follow_up and not self.conversations.supports(question, earlier):
            verdict, confidence = "unsure", min(confidence, UNSUPPORTED)
        return Finding(meant, tuple(hits), tuple(judged), quotes, confidence, verdict)

    def _clause(self, question: Question, quote: Quote) -> tuple[int, int] | None:
        start, end = quote.sentence
        idf = self.searcher.snapshot.passages.idf
        found = answering_clause(question, quote.article.body[start:end], idf)
        return None if found is None else (start + found.start, start + found.end)
