"""Lines that are no single question: several at once, what is new, what an article is about."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from bot.answering.patterns import Pattern, read_slots
from bot.answering.question import Question
from corpus.article import Article
from corpus.sentences import sentences
from index.terms import fold

__all__ = ["NEWEST", "Wish", "is_title", "opening", "questions_in", "titled", "wish_of"]

Wish = Literal["news", "about"]

VOCABULARY = Path(__file__).with_name("vocabulary") / "wishes.toml"
NEWEST = 8
"""How many articles are listed where somebody asks what is new."""

MOST = 4  # questions in one line; more are no line but a text
FEWEST_LETTERS = 2  # of a question's content: "是吗?" is none
OPENING = 220  # characters
QUESTION_END = re.compile(r"(?<=[?？])\s*|\n+|[;；]\s*")
CLAUSE = re.compile(r"[,，、;；。\n]\s*|\s{2,}")
TITLE = re.compile("《([^《》]{2,60})》|“([^“”]{2,60})”")


def wish_of(question: Question) -> Wish | None:
    """Wish of a line that asks for no sentence of an article: "今天有什么新闻" -> "news"."""
    said = question.utterance
    return next((kind for kind, when in _wishes().items() if any(p.matches(said) for p in when)), None)


@cache
def _wishes() -> Mapping[Wish, tuple[Pattern, ...]]:
    table, slots = tomllib.loads(VOCABULARY.read_text(encoding="utf-8")), read_slots()
    kinds: tuple[Wish, ...] = ("news", "about")
    return {kind: tuple(Pattern.of(text, slots) for text in table[kind]["when"]) for kind in kinds}


def questions_in(line: Question) -> list[Question]:
    """The questions of a line that holds two to four, else the line alone.

    "医保怎么缴?基站安全吗?" -> ["医保怎么缴?", "基站安全吗?"]; clauses parted by commas are questions
    where each of them asks and says what about.
    """
    for parted in (QUESTION_END, CLAUSE):
        found = [Question(part.strip()) for part in parted.split(line.text) if part and part.strip()]
        if 2 <= len(found) <= MOST and all(map(_is_question, found)):
            return found
    return [line]


def _is_question(part: Question) -> bool:
    letters = part.content_letters if part.has_chinese else 2 * len(part.content_words)
    return letters >= FEWEST_LETTERS and part.asks


def is_title(line: Question) -> bool:
    """Whether a line is a title between marks and nothing else: "《加强医保宣传》"."""
    return TITLE.fullmatch(line.text.strip()) is not None


def titled(question: Question, articles: Iterable[Article]) -> Article | None:
    """The first among the articles whose title the question names between marks."""
    named = [fold(one or other) for one, other in TITLE.findall(question.text)]
    return next((a for a in articles if any(name in fold(a.heading) for name in named)), None)


def opening(article: Article) -> tuple[int, int, int]:
    """Offsets of an article's opening: its start, the end of its first sentence, its end."""
    found = sentences(article.body)
    within = [span for span in found if span.end - found[0].start <= OPENING] or found[:1]
    return found[0].start, found[0].end, within[-1].end
