"""Finding and answer: what was found for a question, and what is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from secrets import token_urlsafe
from typing import Literal, NamedTuple, Self

from bot.answering.cards import Card
from bot.answering.clarifying import Choice
from bot.answering.confidence import Judgement
from bot.answering.question import Question
from bot.answering.quote import Quote
from bot.language import Language
from corpus.article import Article
from index.hit import Hit

__all__ = ["Answer", "CuratedParts", "Finding", "Shown", "Verdict"]

NEAREST = 3

Verdict = Literal[Judgement, "talk"]


class CuratedParts(NamedTuple):
    """What of the publisher's own files had a part in an answer.

    `key` is a pin's article and question with a line end between, a group of synonyms' first word, an
    example's text.
    """

    kind: Literal["pin", "synonym", "example"]
    key: str


@dataclass(frozen=True)
class Finding:
    """Result of the search for a question, before it is decided what to show.

    `meant` is the question that was searched, `hits` the ranked passages, best first; `judged` are those
    that confidence goes by: without the other editions of the first article's notice. `quotes` are
    chosen whatever the verdict, and `confidence` is the probability, 0 to 1, that they answer. `curated` is
    what editors had a part in it by. `choices` are the places or years between which the question does not
    choose, where articles of each answer it equally well.
    """

    meant: Question
    hits: tuple[Hit, ...]
    judged: tuple[Hit, ...]
    quotes: tuple[Quote, ...]
    confidence: float
    verdict: Judgement
    curated: tuple[CuratedParts, ...] = ()
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Shown:
    """What of a finding is shown: no quotes where the verdict is "none", and articles that are not quoted."""

    verdict: Judgement
    confidence: float
    quotes: tuple[Quote, ...]
    nearest: tuple[Article, ...]
    curated: tuple[CuratedParts, ...]
    choices: tuple[Choice, ...]

    @classmethod
    def of(cls, found: Finding) -> Self:
        quotes = () if found.verdict == "none" else found.quotes
        quoted = {quote.article.id for quote in quotes}
        nearest = {hit.article.id: hit.article for hit in found.hits if hit.article.id not in quoted}
        others = tuple(nearest.values())[:NEAREST]
        return cls(found.verdict, found.confidence, quotes, others, found.curated, found.choices)


@dataclass(frozen=True)
class Answer:
    """Answer to a question, as every face shows it.

    `confidence`: the probability, 0 to 1, that the quotes answer. "answered" and "unsure" have
    quotes, best first; "none" has none. `nearest` are the best articles that are not quoted. `answer_id`
    is this answer's alone and cannot be guessed; who was given it may judge the answer.
    "talk" is small talk: nothing was searched, and `reply` holds the words to say, else empty. `listed` are
    the articles that those words speak of, such as the newest.
    `cards` are the publisher's notices for somebody in need, to be shown before all else, and nothing beside
    them but quotes: no votes, no other articles. Where there is no quote, `reply` holds their words too.
    `parts` are the answers to the questions of one line, in order; the quotes are then theirs together, the
    best one of each. `curated` is what editors had a part in it by, to be counted.
    `choices` are asked back instead of an answer: the `reply` holds their questions too, one of which is
    to be asked next.
    """

    question: str
    language: Language
    verdict: Verdict
    confidence: float
    quotes: tuple[Quote, ...]
    nearest: tuple[Article, ...]
    took_ms: float
    reply: str = ""
    cards: tuple[Card, ...] = ()
    listed: tuple[Article, ...] = ()
    parts: tuple[Answer, ...] = ()
    curated: tuple[CuratedParts, ...] = ()
    choices: tuple[Choice, ...] = ()
    answer_id: str = field(default_factory=partial(token_urlsafe, 12), compare=False)
