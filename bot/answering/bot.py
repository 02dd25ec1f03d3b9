"""A question to its answer: quotes with their sources, or a refusal with the nearest articles."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from time import perf_counter

from bot import messages
from bot.answering.answer import Answer, CuratedParts, Finding, Verdict
from bot.answering.because import Because
from bot.answering.cards import Card, Cards, NoCards
from bot.answering.clarifying import Choice, may_choose, picked
from bot.answering.confidence import Calibration
from bot.answering.conversation import recent_questions
from bot.answering.finding import HITS, Finder
from bot.answering.line_kinds import IDLE, ORDINARY, Lines
from bot.answering.parts import together
from bot.answering.question import Question, cut_short, understand
from bot.answering.quote import Quote
from bot.answering.small_talk import (
    ARTICLES_MAY_TELL,
    LISTED,
    SmallTalk,
    foreign_reply,
    reply,
    small_talk,
    talk_language,
)
from bot.answering.succession import Standing
from bot.answering.suggestions import Suggestions, Tried
from bot.answering.wishes import NEWEST, is_title, opening, questions_in, titled, wish_of
from bot.language import Language
from corpus.article import Article
from index.search import Searcher
from index.store.snapshot import Articles, Snapshot

__all__ = ["Answer", "Bot", "Finding", "Quote", "Verdict"]

IDLE_ENOUGH = 0.7  # the probability, beside a question's, from which on a line asks nothing of articles
IDLE_LEANING = 0.97  # and where it leans on an earlier question: "在哪儿?"
SURE = 0.9  # the one that a card needs where an article speaks of the line's words; else it is
FAINT = 0.1  # at most: enough for a card whose words are found
SPOKEN_OF = 0.3  # of the idle-looking line's words, normalised BM25: an article speaks of it


class Bot:
    """Answers from one searcher; may be asked from several threads."""

    def __init__(
        self,
        searcher: Searcher,
        calibration: Calibration,
        written_examples: Sequence[str] = (),
        today: Callable[[], date] = date.today,
        cards: Cards = NoCards,
        synonyms: Sequence[Sequence[str]] = (),
    ) -> None:
        """`today` says what day it is, for questions about this year."""
        self._searcher = searcher
        self._today = today
        self._calibration = calibration
        self._cards = cards
        self._lines = Lines(searcher)
        self.articles: Mapping[str, Article] = Articles(searcher.snapshot)
        withdrawn = (*searcher.snapshot.texts.withdrawn(), *searcher.snapshot.withdrawn)
        self.withdrawn: Mapping[str, Article] = {
            article.id: replace(article, body="") for article in withdrawn
        }
        self._finder = finder = Finder(searcher, calibration, self.articles, today, synonyms)
        self._written = frozenset(written_examples)
        self._suggestions = Suggestions(written_examples, self.articles, lambda text: _try(finder, text))

    @property
    def snapshot(self) -> Snapshot:
        return self._searcher.snapshot

    def onto(
        self,
        snapshot: Snapshot,
        calibration: Calibration,
        written_examples: Sequence[str],
        cards: Cards = NoCards,
        synonyms: Sequence[Sequence[str]] = (),
    ) -> Bot:
        """A bot over another snapshot of the same model; nothing is embedded for it."""
        bot = Bot(self._searcher.onto(snapshot), calibration, written_examples, self._today, cards, synonyms)
        bot._suggestions.follow(self._suggestions)
        return bot

    def ask(self, question: str, history: Sequence[str] = (), top: int = 3) -> Answer:
        """Answer a question with at most `top` quotes; `history` holds the earlier ones, oldest first.

        Raises QuestionError for what is no question.
        """
        return self._ask(understand(question), history, top)

    def _ask(self, question: Question, history: Sequence[str], top: int) -> Answer:
        started = perf_counter()
        history = [cut_short(line) for line in history]
        likely = self._likely(question)
        if cards := self._cards.of(question, likely):
            return self._in_need(cards, question, top, started)
        if choice := self._chosen(question, history, top):
            return replace(self._ask(Question(choice.question), (), top), question=question.text)
        if said := foreign_reply(question):
            return _talked(question, question.language, said, started)
        earlier = self._questions(history)
        if wished := self._wished(question, earlier, history, started):
            return wished
        kind = small_talk(question) or self._idle(question, earlier, likely)
        if kind and not self._is_searched(kind, question, earlier):
            return self._talk(kind, question, history, started)
        if len(parts := questions_in(question)) > 1:
            # Each is answered by itself; a later one may lean on those before it.
            texts = [part.text for part in parts]
            answers = [self._ask(part, [*history, *texts[:n]], top) for n, part in enumerate(parts)]
            return together(question, answers, _milliseconds(started))
        found = self._finder.shown(question, () if kind in ARTICLES_MAY_TELL else earlier, top)
        if kind and found.verdict != "answered" and kind != "bare":
            return self._talk(kind, question, history, started)
        # "为什么?" by itself supports no sure answer, whatever was asked before.
        verdict = "unsure" if kind == "bare" and found.verdict == "answered" else found.verdict
        if found.choices:
            return _asked_back(question, found.choices, started)
        return Answer(
            question=question.text,
            language=question.language,
            verdict=verdict,
            confidence=round(found.confidence, 3),
            quotes=found.quotes,
            nearest=found.nearest,
            took_ms=_milliseconds(started),
            curated=(*found.curated, *self._examples_in(question)),
        )

    def notices(self, question: str) -> tuple[Card, ...]:
        """The publisher's cards for whoever says that, without any search."""
        line = Question(question)
        return self._cards.of(line, self._likely(line))

    def because(self, question: str, article_id: str) -> Because:
        """Why a question is answered from an article or not, for its editor. Raises QuestionError."""
        asked = understand(question)
        return self._finder.because(asked, article_id, self._cards.because(asked, self._likely(asked)))

    def _chosen(self, line: Question, history: Sequence[str], top: int) -> Choice | None:
        """What a line chooses of that which the question before it was asked back with."""
        if not history or not may_choose(line):
            return None
        earlier = self._questions(history)
        if not earlier or earlier[-1].text != history[-1]:
            return None
        *before, last = earlier
        return picked(line, self._finder.shown(last, before, top).choices, self._today())

    def _questions(self, history: Sequence[str]) -> list[Question]:
        """The earlier lines that ask something of the articles; what got a card is not spoken of again."""
        lines = recent_questions(history)
        return [line for line in lines if not self._cards.because(line, self._likely(line))]

    def _likely(self, line: Question) -> Mapping[str, float]:
        """How likely a line is of each kind; where an article speaks of its words, of cards what is sure."""
        likely = self._lines.likely(line)
        if not likely or self._searcher.words_found(line) < SPOKEN_OF:
            return likely
        faint = {kind: chance if chance >= SURE else min(chance, FAINT) for kind, chance in likely.items()}
        return {**faint, ORDINARY: likely[ORDINARY]}

    def _idle(
        self, question: Question, earlier: Sequence[Question], likely: Mapping[str, float]
    ) -> SmallTalk | None:
        """Whether a line's vector says that it asks nothing of articles."""
        idle, ordinary = likely.get(IDLE, 0.0), likely.get(ORDINARY, 1.0)
        chance = idle / (idle + ordinary)  # what is nearer to a card that it does not get is no idle talk
        if chance < IDLE_ENOUGH:
            return None
        leans = bool(earlier) and self._finder.conversations.meant(question, earlier) != question
        return None if leans and chance < IDLE_LEANING else "daily"

    def _is_searched(self, kind: SmallTalk, question: Question, earlier: Sequence[Question]) -> bool:
        """Whether what looks like small talk may be a question all the same."""
        if kind == "bare":  # "为什么?"
            return bool(earlier)
        return kind in ARTICLES_MAY_TELL and self._searcher.words_found(question) >= SPOKEN_OF

    def _wished(
        self, question: Question, earlier: Sequence[Question], history: Sequence[str], started: float
    ) -> Answer | None:
        """Answer to what is new, or what an article is about; None for any other question."""
        wish = wish_of(question)
        if wish == "news":
            ids = (i for i in self.snapshot.texts.newest() if i in self.articles)
            newest = tuple(self.articles[i] for i in islice(ids, NEWEST))
            titles = (f"{LISTED}《{article.title}》" for article in newest)
            said = "\n".join([messages.NEWEST.to(question.language), *titles])
            return _talked(question, question.language, said, started, listed=newest)
        if wish != "about" and not is_title(question):
            return None
        near = (hit.article for hit in self._searcher.fused(question, HITS))
        spoken_of = self._finder.conversations.subject(earlier)
        article = titled(question, near) or self.articles.get(spoken_of)
        if article is None:
            return self._talk("incomplete", question, history, started)
        start, first_end, end = opening(article)
        text, standing = article.body[start:end], self.standing(article.id)
        quote = Quote(article, start, end, text, ((start, first_end),), 1.0, standing)
        took = _milliseconds(started)
        return Answer(question.text, question.language, "answered", 1.0, (quote,), (), took)

    def meant(self, question: str, history: Sequence[str]) -> str:
        """The text that is searched for a question, for evaluation. Raises QuestionError."""
        return self._finder.meant(understand(question), self._questions(history)).text

    def find(
        self,
        question: str,
        history: Sequence[str] = (),
        top: int = 3,
        depth: int = HITS,
        withheld: Collection[str] = (),
    ) -> Finding:
        """Finding that `ask` decides on, for evaluation: `depth` hits, none from the articles withheld.

        Where no article is left, nothing is found. Raises QuestionError.
        """
        return self._finder.find(understand(question), self._questions(history), top, depth, withheld)

    def standing(self, article_id: str) -> Standing:
        """Standing of an article: what has taken its place, and where else its text was published."""
        return self._finder.standings.of(article_id)

    def examples(self, language: Language) -> tuple[str, ...]:
        """Questions in that language that these articles answer, the publisher's own first."""
        return self._suggestions.examples(language)

    def follow_ups(self, answer: Answer, asked: Sequence[str], language: Language) -> tuple[str, ...]:
        """Questions in that language to go on with after an answer; `asked` are those asked already."""
        if answer.cards:
            return ()
        known = (*asked, answer.question)
        return self._suggestions.follow_ups(answer.quotes, answer.nearest, known, language)

    def prepare_examples(self, has_time: Callable[[], bool]) -> None:
        """See Suggestions.prepare."""
        self._suggestions.prepare(has_time)

    def _examples_in(self, question: Question) -> Iterator[CuratedParts]:
        if question.text in self._written:
            yield CuratedParts("example", question.text)

    def _in_need(self, cards: tuple[Card, ...], question: Question, top: int, started: float) -> Answer:
        """The publisher's notices, and quotes below them where an article does help."""
        quotes: tuple[Quote, ...] = ()
        confidence = 1.0
        if self._cards.let_articles_follow(cards):
            found = self._finder.shown(question, (), top)
            if found.verdict == "answered":
                quotes, confidence = found.quotes, round(found.confidence, 3)
        return Answer(
            question=question.text,
            language=question.language,
            verdict="answered" if quotes else "talk",
            confidence=confidence,
            quotes=quotes,
            nearest=(),
            took_ms=_milliseconds(started),
            reply="" if quotes else "\n\n".join(f"{card.title}\n{card.text}" for card in cards),
            cards=cards,
        )

    def _talk(self, kind: SmallTalk, question: Question, history: Sequence[str], started: float) -> Answer:
        language = talk_language(question, history)
        said = reply(kind, language, self.examples(language), self._cards.contact)
        return _talked(question, language, said, started)


def _try(finder: Finder, text: str) -> Tried | None:
    # Not by `ask`: the reply to an example that is small talk would name the examples.
    found = finder.find(understand(text))
    return None if found.verdict == "none" else Tried(found.quotes[0], found.verdict == "answered")


def _talked(
    question: Question, language: Language, said: str, started: float, listed: tuple[Article, ...] = ()
) -> Answer:
    took = _milliseconds(started)
    return Answer(question.text, language, "talk", 1.0, (), (), took, said, listed=listed)


def _asked_back(question: Question, choices: tuple[Choice, ...], started: float) -> Answer:
    said = [messages.WHICH_ONE.to(question.language), *(LISTED + choice.question for choice in choices)]
    took = _milliseconds(started)
    return Answer(
        question.text, question.language, "talk", 1.0, (), (), took, "\n".join(said), choices=choices
    )


def _milliseconds(started: float) -> float:
    return round(1000 * (perf_counter() - started), 1)
