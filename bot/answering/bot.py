"""A question to its answer: quotes with their sources, or a refusal with the nearest articles."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from threading import Lock
from time import perf_counter
from typing import get_args

from bot import messages
from bot.answering.answer import Answer, Finding, Verdict
from bot.answering.cards import Card, Cards, NoCards
from bot.answering.clause import answering_clause
from bot.answering.confidence import Calibration, kind_of
from bot.answering.conversation import Conversations, recent_questions
from bot.answering.question import check_question, without_filler
from bot.answering.quote import Quote, choose_quotes
from bot.answering.small_talk import (
    ARTICLES_MAY_TELL,
    LISTED,
    SmallTalk,
    foreign_reply,
    reply,
    small_talk,
    talk_language,
)
from bot.answering.succession import Standing, Standings
from bot.answering.suggestions import Tried, choose_examples, choose_follow_ups
from bot.answering.wishes import NEWEST, is_title, opening, questions_in, titled, wish_of
from bot.language import Language, detect_language
from corpus.article import Article
from index.hit import Hit
from index.query.latin_names import Names
from index.query.spelling import Speller
from index.recency import asked_years, rank_by_recency
from index.search import Searcher
from index.snapshot import Articles, Snapshot

__all__ = ["Answer", "Bot", "Finding", "Quote", "Verdict"]

HITS = 20  # passages that quotes and nearest articles are chosen from
NEAREST = 3
UNSUPPORTED = 0.5  # the most that a follow-up is believed whose own words the article does not hold
SPOKEN_OF = 0.3  # of the idle-looking line's words, normalised BM25: an article speaks of it
VERDICTS: tuple[Verdict, ...] = ("answered", "unsure", "none", "talk")  # the surest first

KNOWN = 1024
"""Of the program's own questions those whose finding is kept."""

FIRST_CHOICE = 2.0
"""Seconds that a caller waits for the first examples there are; then it shows none."""


class Bot:
    """Answers from one searcher; may be asked from several threads."""

    def __init__(
        self,
        searcher: Searcher,
        calibration: Calibration,
        written_examples: Sequence[str] = (),
        today: Callable[[], date] = date.today,
        cards: Cards = NoCards,
    ) -> None:
        """`today` says what day it is, for questions about this year."""
        self._searcher = searcher
        self._conversations = Conversations(searcher)
        self._speller = Speller(searcher.snapshot.passages.frequency)
        self._names = Names(searcher.snapshot.passages.frequency)
        self._today = today
        self._calibration = calibration
        self._written_examples = written_examples
        self._cards = cards
        self._examples: dict[Language, tuple[str, ...]] = {}
        self._choosing = {language: Lock() for language in get_args(Language)}
        self._known: dict[str, Tried | None] = {}
        self._former_examples: Mapping[Language, tuple[str, ...]] = {}
        self.articles: Mapping[str, Article] = Articles(searcher.snapshot)
        texts = searcher.snapshot.texts
        withdrawn = (*texts.withdrawn(), *searcher.snapshot.withdrawn)
        self.withdrawn: Mapping[str, Article] = {
            article.id: replace(article, body="") for article in withdrawn
        }
        self._standings = Standings(self.articles, texts)

    @property
    def snapshot(self) -> Snapshot:
        return self._searcher.snapshot

    def onto(
        self,
        snapshot: Snapshot,
        calibration: Calibration,
        written_examples: Sequence[str],
        cards: Cards = NoCards,
    ) -> Bot:
        """A bot over another snapshot of the same model; nothing is embedded for it."""
        bot = Bot(self._searcher.onto(snapshot), calibration, written_examples, self._today, cards)
        if written_examples == self._written_examples:
            bot._former_examples = {**self._former_examples, **self._examples}
        return bot

    def ask(self, question: str, history: Sequence[str] = (), top: int = 3) -> Answer:
        """Answers a question with at most `top` quotes; `history` holds the earlier ones, oldest first.

        Raises QuestionError for what is no question.
        """
        started = perf_counter()
        question = check_question(question)
        language = detect_language(question)
        if cards := self._cards.of(question, language):
            return self._in_need(cards, question, top, started)
        if said := foreign_reply(question):
            return Answer(question, language, "talk", 1.0, (), (), _milliseconds(started), said)
        earlier = self._questions(history)
        if wished := self._wished(question, earlier, started):
            return wished
        if (kind := small_talk(question)) and not self._is_searched(kind, question, earlier):
            return self._talk(kind, question, history, started)
        if len(parts := questions_in(question)) > 1:
            return self._one_by_one(question, parts, history, top, started)
        found = self.find(question, () if kind in ARTICLES_MAY_TELL else history, top)
        if kind and found.verdict != "answered" and kind != "bare":
            return self._talk(kind, question, history, started)
        # "为什么?" by itself supports no sure answer, whatever was asked before.
        verdict = "unsure" if kind == "bare" and found.verdict == "answered" else found.verdict
        quotes = () if verdict == "none" else found.quotes
        return Answer(
            question=question,
            language=language,
            verdict=verdict,
            confidence=round(found.confidence, 3),
            quotes=quotes,
            nearest=_nearest(found.hits, quotes),
            took_ms=_milliseconds(started),
        )

    def notices(self, question: str) -> tuple[Card, ...]:
        """The publisher's cards for whoever says that, without any search."""
        return self._cards.of(question, detect_language(question))

    def _questions(self, history: Sequence[str]) -> list[str]:
        """The earlier lines that ask something of the articles; what got a card is not spoken of again."""
        return [line for line in recent_questions(history) if not self._cards.because(line)]

    def _is_searched(self, kind: SmallTalk, question: str, earlier: Sequence[str]) -> bool:
        """Whether what looks like small talk may be a question all the same."""
        if kind == "bare":  # "为什么?"
            return bool(earlier)
        return kind in ARTICLES_MAY_TELL and self._searcher.words_found(question) >= SPOKEN_OF

    def _wished(self, question: str, earlier: Sequence[str], started: float) -> Answer | None:
        """What is new, or what an article is about."""
        wish, language = wish_of(question), detect_language(question)
        if wish == "news":
            ids = (i for i in self.snapshot.texts.newest() if i in self.articles)
            newest = tuple(self.articles[i] for i in islice(ids, NEWEST))
            titles = (f"{LISTED}《{article.title}》" for article in newest)
            said = "\n".join([messages.NEWEST.to(language), *titles])
            return Answer(
                question, language, "talk", 1.0, (), (), _milliseconds(started), said, listed=newest
            )
        if wish != "about" and not is_title(question):
            return None
        near = (hit.article for hit in self._searcher.fused(question, HITS))
        article = titled(question, near) or self.articles.get(self._conversations.subject(earlier))
        if article is None:
            return self._talk("incomplete", question, earlier, started)
        start, first_end, end = opening(article)
        text, standing = article.body[start:end], self._standings.of(article.id)
        quote = Quote(article, start, end, text, ((start, first_end),), 1.0, standing)
        return Answer(question, language, "answered", 1.0, (quote,), (), _milliseconds(started))

    def _one_by_one(
        self, line: str, parts: Sequence[str], history: Sequence[str], top: int, started: float
    ) -> Answer:
        """Each question of a line answered for itself, a later one with those before it in mind."""
        answers = tuple(self.ask(part, [*history, *parts[:n]], top) for n, part in enumerate(parts))
        quotes = tuple(
            {answer.quotes[0].text: answer.quotes[0] for answer in answers if answer.quotes}.values()
        )
        searched = [answer for answer in answers if answer.verdict != "talk"] or list(answers)
        surest = min(searched, key=lambda answer: VERDICTS.index(answer.verdict))
        language, took = detect_language(line), _milliseconds(started)
        said = "" if surest.verdict != "talk" else "\n".join(answer.reply for answer in answers)
        nearest = surest.nearest if not quotes else ()
        return Answer(
            line, language, surest.verdict, surest.confidence, quotes, nearest, took, said, parts=answers
        )

    def meant(self, question: str, history: Sequence[str]) -> str:
        """The question that is searched: without filler and slips, a follow-up with the words it leans on,
        Chinese names that are in Latin letters with their characters."""
        return self._searched(self._said(question, history))

    def _searched(self, said: str) -> str:
        return self._names.named(self._speller.mended(said))

    def _said(self, question: str, history: Sequence[str]) -> str:
        # Slips stay: in a short question what is mended may be what was meant.
        asked, *earlier = [without_filler(text) for text in (question, *self._questions(history))]
        return self._conversations.meant(asked, earlier)

    def find(
        self,
        question: str,
        history: Sequence[str] = (),
        top: int = 3,
        depth: int = HITS,
        withheld: Collection[str] = (),
    ) -> Finding:
        """What `ask` decides on, for evaluation: `depth` hits, none from the articles withheld.

        `question` has passed check_question. Where no article is left, nothing is found.
        """
        said = self._said(question, history)
        meant = self._searched(said)
        snapshot = self._searcher.snapshot
        hits = self._searcher.search(meant, depth, withheld)
        if not hits:  # every article has been withdrawn since the index was built
            return Finding(meant, (), (), (), 0.0, "none")
        if not withheld:
            self._conversations.remember(said, hits[0].article.id)
        standings = self._standings
        today = self._today()
        hits = rank_by_recency(meant, hits, today, standings.editions)
        hits = standings.in_force_first(hits, asked_years(meant, today))
        chosen = choose_quotes(meant, hits[:HITS], snapshot.passages.idf, top)
        quotes = tuple(
            replace(
                quote, standing=standings.of(quote.article.id, withheld), clause=self._clause(meant, quote)
            )
            for quote in chosen
        )
        judged = standings.one_edition(hits)
        confidence = self._calibration.probability(meant, judged, quotes, snapshot.passages)
        verdict = self._calibration.verdict(confidence, kind_of(meant, judged[0].article))
        earlier = self._questions(history)
        is_follow_up = bool(earlier) and said != without_filler(question)
        if verdict == "answered" and is_follow_up and not self._conversations.supports(question, earlier):
            verdict, confidence = "unsure", min(confidence, UNSUPPORTED)
        return Finding(meant, tuple(hits), tuple(judged), quotes, confidence, verdict)

    def _clause(self, question: str, quote: Quote) -> tuple[int, int] | None:
        start, end = quote.sentence
        idf = self._searcher.snapshot.passages.idf
        found = answering_clause(question, quote.article.body[start:end], idf)
        return None if found is None else (start + found.start, start + found.end)

    def standing(self, article_id: str) -> Standing:
        """What has taken an article's place, and where else its text was published."""
        return self._standings.of(article_id)

    def examples(self, language: Language) -> tuple[str, ...]:
        """Questions in that language that these articles answer, the publisher's own first.

        While one caller chooses them, the others get those of before.
        """
        former = self._former_examples.get(language, ())
        lock = self._choosing[language]
        if language not in self._examples and lock.acquire(timeout=0 if former else FIRST_CHOICE):
            try:
                self._choose_examples(language, lambda: True)
            finally:
                lock.release()
        return self._examples.get(language, former)

    def _choose_examples(self, language: Language, has_time: Callable[[], bool]) -> None:
        former = self._former_examples.get(language, ())
        if language not in self._examples and former and all(map(self._tried, former)):
            self._examples[language] = former
        if language not in self._examples:
            found = choose_examples(
                self._written_examples, self.articles.values(), language, self._tried, has_time
            )
            if has_time():
                self._examples[language] = found

    def follow_ups(self, answer: Answer, asked: Sequence[str], language: Language) -> tuple[str, ...]:
        """Questions in that language to go on with after an answer; `asked` are those asked already."""
        if answer.cards:
            return ()
        offered = self.examples(language)
        known = (*asked, answer.question)
        return choose_follow_ups(answer.quotes, answer.nearest, offered, known, language, self._answering)

    def prepare_examples(self, has_time: Callable[[], bool]) -> None:
        """Chooses the examples of each language before a visitor waits for them, while there is time.

        `has_time` stays false once it is. A language for which there were none is left until somebody
        asks for it: forty questions would be tried after each change.
        """
        for language in get_args(Language):
            if has_time() and self._former_examples.get(language) != ():
                with self._choosing[language]:
                    self._choose_examples(language, has_time)

    def _answering(self, question: str) -> Quote | None:
        tried = self._tried(question)
        return tried.quote if tried and tried.is_answer else None

    def _tried(self, question: str) -> Tried | None:
        """What a question of the program's own finds: those of an article come with each answer from it.

        Not by lru_cache over a method: that circle would keep an old index until a full collection.
        """
        if question in self._known:
            return self._known[question]
        found = self._try(question)
        if len(self._known) >= KNOWN:
            self._known.clear()
        self._known[question] = found
        return found

    def _try(self, question: str) -> Tried | None:
        # Not by `ask`: the reply to an example that is small talk would name the examples.
        found = self.find(check_question(question))
        return None if found.verdict == "none" else Tried(found.quotes[0], found.verdict == "answered")

    def _in_need(self, cards: tuple[Card, ...], words: str, top: int, started: float) -> Answer:
        """The publisher's notices, and quotes below them where an article does help."""
        quotes: tuple[Quote, ...] = ()
        language, confidence = detect_language(words), 1.0
        if self._cards.let_articles_follow(cards):
            found = self.find(words, (), top)
            if found.verdict == "answered":
                quotes, confidence = found.quotes, round(found.confidence, 3)
        verdict: Verdict = "answered" if quotes else "talk"
        said = "" if quotes else "\n\n".join(f"{card.title}\n{card.text}" for card in cards)
        took = _milliseconds(started)
        return Answer(words, language, verdict, confidence, quotes, (), took, said, cards)

    def _talk(self, kind: SmallTalk, words: str, history: Sequence[str], started: float) -> Answer:
        language = talk_language(words, history)
        said = reply(kind, language, self.examples(language), self._cards.contact)
        return Answer(words, language, "talk", 1.0, (), (), _milliseconds(started), said)


def _milliseconds(started: float) -> float:
    return round(1000 * (perf_counter() - started), 1)


def _nearest(hits: Sequence[Hit], quotes: Sequence[Quote]) -> tuple[Article, ...]:
    quoted = {quote.article.id for quote in quotes}
    articles = {hit.article.id: hit.article for hit in hits if hit.article.id not in quoted}
    return tuple(articles.values())[:NEAREST]
