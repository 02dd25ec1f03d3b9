"""Questions in people's words that an editor puts to an article: those it answers, and those it must not."""

from __future__ import annotations

import reprlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.body import sections
from corpus.sentences import Span, sentences

__all__ = [
    "LONGEST_QUESTION",
    "LONGEST_SENTENCE",
    "MOST",
    "ArticleQuestion",
    "ArticleQuestionError",
    "article_questions",
    "front_matter_of",
    "holding",
    "pinned",
    "question_line",
    "questions_of",
    "stale",
]

MOST = 30
"""Questions of one kind in one article; all of them fit into front matter that is still read."""

LONGEST_QUESTION = 200
LONGEST_SENTENCE = 1000
"""Characters."""


class ArticleQuestionError(ValueError):
    """A question or a sentence is not as it must be; the message says why in one sentence."""


@dataclass(frozen=True)
class ArticleQuestion:
    """A question that an article answers, and the sentence that does; "" where any of its sentences may.

    With a sentence it is a pin: that sentence is the answer, as long as it stands in the article.

    Raises ArticleQuestionError where the question is no line of 1 to LONGEST_QUESTION characters with a
    letter or a digit, or the sentence no line of at most LONGEST_SENTENCE.
    """

    question: str
    sentence: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "question", question_line(self.question))
        object.__setattr__(self, "sentence", self.sentence.strip())
        if len(self.sentence) > LONGEST_SENTENCE or not _is_line(self.sentence):
            told = reprlib.repr(self.sentence)
            raise ArticleQuestionError(
                f"sentence {told}: one line of at most {LONGEST_SENTENCE} characters is allowed"
            )


def question_line(text: str) -> str:
    """A question with single spaces. Raises ArticleQuestionError as `ArticleQuestion` does."""
    line = " ".join(text.split())
    if len(line) > LONGEST_QUESTION or not _is_line(line) or not any(c.isalnum() for c in line):
        told = reprlib.repr(line)
        raise ArticleQuestionError(
            f"question {told}: one line of 1 to {LONGEST_QUESTION} characters with a letter or a digit"
            " is allowed"
        )
    return line


def article_questions(value: object) -> tuple[ArticleQuestion, ...]:
    """The questions of a field of front matter, each a text or {q, sentence}. Raises ArticleQuestionError."""
    return _each_once([_one(entry) for entry in _listed(value)])


def questions_of(value: object) -> tuple[str, ...]:
    """The questions of a field of front matter that holds texts alone. Raises ArticleQuestionError."""
    return tuple(
        asked.question for asked in _each_once([ArticleQuestion(_text(entry)) for entry in _listed(value)])
    )


def front_matter_of(asked: ArticleQuestion) -> str | dict[str, str]:
    """Value that stands for it in front matter; `article_questions` reads it."""
    return {"q": asked.question, "sentence": asked.sentence} if asked.sentence else asked.question


def pinned(body: str, sentence: str) -> Span | None:
    """Span of the first whole sentence of a body that is this one to the letter; None where there is none."""
    if not sentence or sentence not in body:
        return None
    return next((span for span in _spans(body) if body[span.start : span.end] == sentence), None)


def holding(body: str, part: str) -> str:
    """The one sentence of a body that holds these words: "40W/m²" -> "…的国家标准,…。".

    Raises ArticleQuestionError where none does or several do.
    """
    part = part.strip()
    found = list(dict.fromkeys(text for s, e in _spans(body) if part in (text := body[s:e])))
    if part in found:
        return part
    if len(found) != 1:
        told = "no sentence" if not found else f"{len(found)} sentences"
        raise ArticleQuestionError(
            f"{told} of the article's text hold {reprlib.repr(part)}; give one to the letter"
        )
    return found[0]


def stale(body: str, asked: Sequence[ArticleQuestion]) -> list[ArticleQuestion]:
    """The pins whose sentence does not stand in the body any more: nothing is answered by them."""
    return [one for one in asked if one.sentence and pinned(body, one.sentence) is None]


def _spans(body: str) -> Iterator[Span]:
    for _, start, end in sections(body):
        yield from sentences(body, start, end)


def _is_line(text: str) -> bool:
    return all(unicodedata.category(c) not in ("Cc", "Cs") or c == "\t" for c in text)


def _listed(value: object) -> list[object]:
    listed = value if isinstance(value, list) else [value]
    return [entry for entry in listed if entry not in (None, "")]


def _one(entry: object) -> ArticleQuestion:
    if not isinstance(entry, dict):
        return ArticleQuestion(_text(entry))
    if unknown := sorted(set(map(str, entry)) - {"q", "sentence"}):
        raise ArticleQuestionError(f"unknown name {reprlib.repr(unknown[0])}; allowed: q, sentence")
    return ArticleQuestion(_text(entry.get("q")), _text(entry.get("sentence") or ""))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ArticleQuestionError(f"{reprlib.repr(value)} is not a question as text")
    return value


def _each_once(asked: Sequence[ArticleQuestion]) -> tuple[ArticleQuestion, ...]:
    found = tuple(dict.fromkeys(asked))
    if len(found) > MOST:
        raise ArticleQuestionError(f"{len(found)} questions; at most {MOST} are allowed")
    return found
