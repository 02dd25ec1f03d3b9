"""Questions worth showing: each is answered by an article at hand, no two by the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice, takewhile

from bot import messages
from bot.questions import Language, detect_language
from corpus.article import Article
from corpus.sentences import sentences
from index.folding import to_traditional

__all__ = ["asked_in", "choose_examples"]

COUNT = 4
TRIED = 40  # candidates that are asked at most: a start should not wait long on a large archive
LONGEST = 32  # characters of a question that is taken from an article


def choose_examples(
    written: Sequence[str],
    articles: Iterable[Article],
    language: Language,
    answered_by: Callable[[str], str | None],
    has_time: Callable[[], bool] = lambda: True,
) -> tuple[str, ...]:
    """At most COUNT questions in that language: the publisher's own first, then made from the articles.

    No more articles are read than questions are tried, and none is tried when there is no more time.
    `answered_by` gives the id of the article that answers a question, None where none does.
    """
    chosen: dict[str, str] = {}
    candidates = chain(_in_language(written, language), _made(articles, language))
    for question in takewhile(lambda _: has_time(), islice(candidates, TRIED)):
        article_id = answered_by(question)
        if article_id is not None:
            chosen.setdefault(article_id, question)
        if len(chosen) == COUNT:
            break
    return tuple(chosen.values())


def _in_language(written: Sequence[str], language: Language) -> list[str]:
    own = [question for question in written if detect_language(question) == language]
    if language == "zh-Hant" and not own:
        return [to_traditional(question) for question in _in_language(written, "zh-Hans")]
    return own


def _made(articles: Iterable[Article], language: Language) -> Iterator[str]:
    """A question that the article itself asks, else one about the first half of its title."""
    for article in articles:
        topic = article.title.split()[0]
        yield from asked_in(article, language)[:1] or [messages.EXAMPLE.to(language, topic=topic)]


def asked_in(article: Article, language: Language) -> list[str]:
    """The short questions in that language that the article's own text asks."""
    found = (article.body[start:end].strip("“”\"'‘’「」") for start, end in sentences(article.body))
    short = [text for text in found if text.endswith(("?", "？")) and len(text) <= LONGEST]
    return [question for question in short if detect_language(question) == language]
