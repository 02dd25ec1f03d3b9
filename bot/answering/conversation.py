"""Follow-up questions: the question that is meant by one."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from threading import Lock

from bot.answering.question import Question, QuestionError, content_letters, understand
from bot.answering.small_talk import small_talk
from index.hit import Hit
from index.search import Searcher

__all__ = ["Conversations", "leans_in_english", "may_lean", "recent_questions"]

REACH = 3  # earlier questions that are looked at
REMEMBERED = 1000  # questions whose first article is kept: a conversation comes back to them

FEW_LETTERS = 4
LETTERS_OF_A_MATCH = 9
LETTERS_OF_A_LEAD = 6
LETTERS_OF_KEYWORDS = 2
"""A Chinese question leans on what was asked before where its content has fewer than FEW_LETTERS letters. It
may have LETTERS_OF_A_MATCH more where the article that was spoken of matches its words as well as any does,
LETTERS_OF_A_LEAD fewer for each 1.0 by which the first article that it finds by itself stands before the
second (at most MOST), and LETTERS_OF_KEYWORDS fewer where it has no word that asks. The first three from a
logistic regression on the conversations over the nine articles and ncp-dev and on unrelated questions of
ncp-dev and cmrc-trial, the last from keywords over ncp-dev; tests/quality/conversations.py measures them."""
MOST = 0.6
OFTEN = 0.01
"""Where the article that was spoken of has none of a question's words, and this share of the articles or more
has one, something else is spoken of: "医保怎么办", after taxes. Rarer ones tell nothing: "堵车了怎么办?"."""
POINTING_BACK = re.compile("(?<!其)[它他她]")  # folded; so it leans whatever it finds by itself
HITS = 20  # passages in which the second article is looked for

# What asks without a word that asks: "离远了呢", "是头一家不", "管不管", "在干吗"; and keywords alone.
ASKING_BY_FORM = re.compile(r"(?:[呢么嘛]|[不没否]$|(.)[不没]\1)")
BEFORE_A_SUBJECT = re.compile("^[那我你俺请问]+")
FEW_WORDS = 3  # content words of an English question in which a pronoun points back

OPENING = re.compile(r"^(and|but|or|so|also|then|what about|how about)\b", re.IGNORECASE)
POINTING = re.compile(
    r"\b(it|its|they|them|their|he|him|his|she|her|this|that|these|those|there|ones?)\b", re.IGNORECASE
)


class Conversations:
    """Resolves follow-ups by what a searcher finds; may be used from several threads."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._subjects: dict[str, str] = {}
        self._lock = Lock()

    def meant(self, question: Question, history: Sequence[Question]) -> Question:
        """The question with the words of those before it that it leans on; unchanged if it stands alone.

        `history` holds `recent_questions`, oldest first.
        ("那老年人呢?", ["怎样防范电信诈骗?"]) -> "怎样防范电信诈骗? 那老年人呢?"
        """
        if not history:
            return question
        *before, last = history
        context = self.meant(last, before)
        return Question(f"{context.text} {question.text}") if self._leans(question, context) else question

    def supports(self, question: Question, history: Sequence[Question]) -> bool:
        """Whether the words of a follow-up allow a sure answer from the article that was spoken of.

        They do where it holds one of them, and where they say nothing by themselves: "多少钱?". "哪里修手表?"
        after a question about a union is answered by nothing that the union's article says.
        """
        words = question.content_terms if question.has_chinese else ()
        return not words or self._searcher.word_match(words, self.subject(history)) > 0

    def subject(self, history: Sequence[Question]) -> str:
        """The id of the article that the last of the earlier questions found first; "" without any."""
        if not history:
            return ""
        *before, last = history
        return self._subject(self.meant(last, before))

    def remember(self, asked: str, article_id: str) -> None:
        """Keep which article a question found first, so that its follow-up need not search for it."""
        with self._lock:
            self._subjects.pop(asked, None)
            self._subjects[asked] = article_id
            while len(self._subjects) > REMEMBERED:
                del self._subjects[next(iter(self._subjects))]

    def _leans(self, question: Question, context: Question) -> bool:
        if not question.has_chinese:
            return leans_in_english(question)
        letters = float(question.content_letters + LETTERS_OF_KEYWORDS * question.is_bare)
        if letters >= FEW_LETTERS + LETTERS_OF_A_MATCH:
            return False
        words = question.content_terms
        match = self._searcher.word_match(words, self._subject(context))
        few = FEW_LETTERS + LETTERS_OF_A_MATCH * match
        if POINTING_BACK.search(question.folded) or letters >= few:
            return letters < few
        if match == 0 and (
            self._is_often_found(words) or not may_lean(question) or self._names_its_own(question, words)
        ):
            return False
        return letters + LETTERS_OF_A_LEAD * _lead(self._searcher.fused(question, HITS)) < few

    def _names_its_own(self, question: Question, words: Sequence[str]) -> bool:
        """Whether a question begins with what no article tells of: "特朗普是谁?", "我头疼怎么办?"."""
        if (
            not words
            or content_letters(words[0]) < len(words[0])
            or question.folded.rstrip("?").endswith("呢")
        ):
            return False
        begins = BEFORE_A_SUBJECT.sub("", question.folded).startswith(words[0])
        return begins and not any(map(self._searcher.snapshot.articles.frequency, words))

    def _is_often_found(self, words: Sequence[str]) -> bool:
        articles = self._searcher.snapshot.articles
        return any(articles.frequency(word) >= max(1, OFTEN * len(articles)) for word in words)

    def _subject(self, context: Question) -> str:
        """The id of the article that a question finds first, "" where none is left."""
        found = self._subjects.get(context.text)
        if found is None:
            found = next((hit.article.id for hit in self._searcher.fused(context, 1)), "")
            self.remember(context.text, found)
        return found


def recent_questions(history: Sequence[str]) -> list[Question]:
    """The last REACH questions among earlier messages; what is sent along as history may be anything."""
    return [question for message in history if (question := _question(message))][-REACH:]


def may_lean(question: Question) -> bool:
    """Whether a Chinese question asks something, so that it can be a follow-up: "我饿了" is none."""
    return question.asks or ASKING_BY_FORM.search(question.folded) is not None


def leans_in_english(question: Question) -> bool:
    """Whether an English question leans on the one before it: "and for the elderly?", "Is it safe?".

    One that names something, by a capital letter or a figure, leans only by the word it opens with.
    """
    if OPENING.search(question.text):
        return True
    words, text = question.content_words, question.text
    if any(word[0].isupper() or word[0].isdigit() for word in words if not text.startswith(word)):
        return False
    return len(words) <= 1 or (len(words) <= FEW_WORDS and POINTING.search(text) is not None)


def _lead(hits: Sequence[Hit]) -> float:
    """How far the first article's score stands before the second's, at most MOST."""
    if not hits:
        return 0.0
    others = (hit.score for hit in hits if hit.article.id != hits[0].article.id)
    return min(MOST, hits[0].score - next(others, -math.inf))


def _question(message: str) -> Question | None:
    try:
        question = understand(message)
    except QuestionError:
        return None
    return question if small_talk(question) in (None, "bare") else None
