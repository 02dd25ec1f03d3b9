"""Search pipeline: a question to ranked passages, quotes of them, and their confidence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.answering.answer import CuratedParts, Finding, Shown
from bot.answering.because import Because
from bot.answering.clarifying import offered
from bot.answering.clause import answering_clause
from bot.answering.confidence import Calibration, kind_of
from bot.answering.conversation import Conversations
from bot.answering.curation import Curation, Likeness
from bot.answering.once import Once
from bot.answering.question import Question
from bot.answering.quote import Quote, choose_quotes
from bot.answering.succession import Standings
from bot.answering.synonyms import Synonyms
from corpus.article import Article
from index.hit import Hit
from index.query.latin_names import Names
from index.query.spelling import Speller
from index.recency import asked_years, rank_by_recency
from index.search import Searcher

__all__ = ["HITS", "Finder"]

HITS = 20
"""Passages that quotes and nearest articles are chosen from."""

KEPT = 2000
"""Questions whose answers are kept while nothing changes, some 3 kB each; a busy hour asks no more."""

UNSUPPORTED = 0.5  # the most that a follow-up is believed whose own words the article does not hold


class Finder:
    """Finds quotes in one snapshot; may be used from several threads."""

    def __init__(
        self,
        searcher: Searcher,
        calibration: Calibration,
        articles: Mapping[str, Article],
        today: Callable[[], date],
        synonyms: Sequence[Sequence[str]] = (),
    ) -> None:
        """`articles` are those that are shown; `today` says what day it is, for questions about this year.

        `synonyms` are groups of words that mean the same.
        """
        self.searcher = searcher
        self.calibration = calibration
        self.today = today
        self.conversations = Conversations(searcher)
        self.standings = Standings(articles, searcher.snapshot.texts, today)
        self.curation = Curation(searcher)
        self._articles = articles
        self._speller = Speller(searcher.snapshot.passages.frequency)
        self._names = Names(searcher.snapshot.passages.frequency)
        self._synonyms = Synonyms(synonyms, searcher.snapshot.passages.frequency)
        self._kept: Once[Shown] = Once(KEPT)

    def meant(self, question: Question, earlier: Sequence[Question]) -> Question:
        """The question that is searched: without filler and slips, a follow-up with the words it leans on,
        Chinese names that are in Latin letters with their characters, the publisher's synonyms."""
        return self._mended(self._in_context(question, earlier))

    def _in_context(self, question: Question, earlier: Sequence[Question]) -> Question:
        # Slips stay: in a short question what is mended may be what was meant.
        return self.conversations.meant(question.without_filler, [one.without_filler for one in earlier])

    def _mended(self, question: Question) -> Question:
        text = self._names.named(self._speller.mended(self._synonyms.said(question.text)))
        return question if text == question.text else Question(text)

    def shown(self, question: Question, earlier: Sequence[Question], top: int) -> Shown:
        """What is shown of what `find` finds: computed once a day for all who mean the same."""
        said, today = self._in_context(question, earlier), self.today()
        # A follow-up's own words, and those before it, tell what supports an answer.
        leans = said != question.without_filler
        words = (question.text, *(one.text for one in earlier)) if leans else ()
        key = (said.text, top, today, words)
        return self._kept.get(key, lambda: Shown.of(self._find(said, question, earlier, today, top)))

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
        return self._find(said, question, earlier, self.today(), top, depth, withheld)

    def _find(
        self,
        said: Question,
        question: Question,
        earlier: Sequence[Question],
        today: date,
        top: int,
        depth: int = HITS,
        withheld: Collection[str] = (),
    ) -> Finding:
        """As `find`; `said` is what the question means beside the earlier ones, its slips not yet mended."""
        meant = self._mended(said)
        snapshot, standings = self.searcher.snapshot, self.standings
        may_not = {*withheld, *self.curation.barred(meant), *self.curation.barred(question.without_filler)}
        curated = tuple(CuratedParts("synonym", word) for word in self._synonyms.used(said.text))
        hits = self.searcher.search(meant, depth, may_not)
        if not hits:  # every article has been withdrawn since the index was built
            return Finding(meant, (), (), (), 0.0, "none", curated)
        if not withheld:
            self.conversations.remember(said.text, hits[0].article.id)
        hits = rank_by_recency(meant, hits, today, standings.editions)
        hits = standings.valid_first(standings.in_force_first(hits, asked_years(meant, today)))
        quotes = tuple(
            self._told(quote, meant, withheld)
            for quote in choose_quotes(meant, hits[:HITS], snapshot.passages.idf, top)
        )
        judged = standings.one_edition(hits)
        confidence = self.calibration.probability(meant, judged, quotes, snapshot.passages)
        verdict = self.calibration.verdict(confidence, kind_of(meant, judged[0].article))
        is_follow_up = bool(earlier) and said != question.without_filler
        if verdict == "answered" and is_follow_up and not self.conversations.supports(question, earlier):
            verdict, confidence = "unsure", min(confidence, UNSUPPORTED)
        choices = () if verdict == "none" else offered(meant, hits, standings, today)
        found = Finding(meant, tuple(hits), tuple(judged), quotes, confidence, verdict, curated, choices)
        if is_follow_up:  # its words together with others are not what an editor has seen
            return found
        pins = self.curation.like(meant, said, hits, lambda article: self._may_answer(article, may_not))
        if not pins:
            return found
        is_found = verdict != "none" and quotes[0].article.id == pins[0].article.id
        return self._pinned(found, pins[0], top, withheld) if pins[0].is_same(is_found) else found

    def because(self, question: Question, article_id: str, cards: Mapping[str, str]) -> Because:
        """Why the question is answered from that article or not; `cards` are found for it before."""
        found = self.find(question)
        ids = list(dict.fromkeys(hit.article.id for hit in found.hits))
        barred = {**self.curation.barred(found.meant), **self.curation.barred(question.without_filler)}
        likeness = self.curation.like(
            found.meant, question.without_filler, found.hits, lambda article: article.id == article_id
        )
        return Because(
            article_id,
            found,
            cards,
            ids.index(article_id) + 1 if article_id in ids else 0,
            next((hit.signals for hit in found.hits if hit.article.id == article_id), None),
            likeness[0] if likeness else None,
            barred.get(article_id, ""),
            self.standings.of(article_id),
        )

    def _may_answer(self, article: Article, may_not: Collection[str]) -> bool:
        if not article.body or article.id not in self._articles or article.id in may_not:
            return False
        standing = self.standings.of(article.id, may_not)
        return standing.superseded_by is None and standing.was_valid_until is None

    def _pinned(self, found: Finding, pin: Likeness, top: int, withheld: Collection[str]) -> Finding:
        """The finding with the article first that an editor has chosen for the question."""
        own = [hit for hit in found.hits if hit.article.id == pin.article.id]
        if not own:
            own = self.searcher.search(found.meant, 1, set(self._articles) - {pin.article.id})
        quote = self._told(self._chosen(pin, found.meant, own), found.meant, withheld)
        others = [one for one in found.quotes if not _overlap(one, quote)]
        hits = (*own, *(hit for hit in found.hits if hit not in own))
        confidence = max(found.confidence, pin.probability)
        curated = (*found.curated, CuratedParts("pin", f"{pin.article.id}\n{pin.asked}"))
        return replace(
            found, hits=hits, quotes=(quote, *others)[:top], confidence=confidence, verdict="answered",
            curated=curated, choices=(),
        )  # fmt: skip

    def _chosen(self, pin: Likeness, question: Question, own: Sequence[Hit]) -> Quote:
        """The passage of the sentence that is pinned; without one, the article's best quote."""
        for passage, sentence in self.searcher.sentences_of(question, pin.position):
            if sentence.start == pin.start:
                marks = ((sentence.start, sentence.end),)
                return Quote(pin.article, passage.start, passage.end, passage.text, marks, own[0].score)
        return choose_quotes(question, own, self.searcher.snapshot.passages.idf, 1)[0]

    def _told(self, quote: Quote, question: Question, withheld: Collection[str]) -> Quote:
        standing = self.standings.of(quote.article.id, withheld)
        return replace(quote, standing=standing, clause=self._clause(question, quote))

    def _clause(self, question: Question, quote: Quote) -> tuple[int, int] | None:
        start, end = quote.sentence
        idf = self.searcher.snapshot.passages.idf
        found = answering_clause(question, quote.article.body[start:end], idf)
        return None if found is None else (start + found.start, start + found.end)


def _overlap(one: Quote, other: Quote) -> bool:
    return one.article.id == other.article.id and one.start < other.end and other.start < one.end
