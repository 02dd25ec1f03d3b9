"""How well questions that say the same as an editor's are told: `python -m tests.quality.curating`.

curation/wishes.jsonl holds for each wish three questions that an article is asked with its sentence, twenty
other wordings, and six questions that seem to say the same and do not. All were written before anything was
measured, in two manners: "a" on the nine articles, mostly as people speak, "b" on made-up ones. Half of the
wishes may be fitted to, the others are only reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.answering.bot import Bot, Finding
from corpus.article import Article
from corpus.asked import ArticleQuestion
from corpus.library.files import read_library
from tests.quality.sets import FOLDER, Measured, nine_articles, read_jsonl

__all__ = ["CurationFigures", "Wish", "captured", "curated_articles", "measure", "read_wishes"]

CURATION = FOLDER / "curation"
ORDINARY = 500
"""Questions of the other sets, none of which an editor has put to an article."""


class Wish(NamedTuple):
    """What people want to know, in an editor's words and in others."""

    wish: str
    article: str
    author: str
    part: str
    sentence: str
    asked: Sequence[str]
    others: Sequence[str]
    near: Sequence[str]


@dataclass(frozen=True)
class CurationFigures:
    """Shares of the wordings that are `answered` from the article, and by the `pinned` sentence; and of the
    near misses that are answered by it too."""

    wordings: int
    answered: float
    pinned: float
    near: float


def read_wishes(part: str = "") -> list[Wish]:
    """Those of a part, "fit" or "unseen"; of both without one."""
    wishes = [Wish(**record) for record in read_jsonl(CURATION / "wishes.jsonl")]
    return [wish for wish in wishes if part in ("", wish.part)]


def curated_articles(wishes: Iterable[Wish]) -> list[Article]:
    """The nine articles and those of the folder, asked what the wishes say."""
    articles = {article.id: article for article in (*nine_articles(), *read_library(CURATION))}
    for wish in wishes:
        article = articles[wish.article]
        asked = tuple(ArticleQuestion(question, wish.sentence) for question in wish.asked)
        articles[wish.article] = replace(article, asked=(*article.asked, *asked))
    return list(articles.values())


def _is_answered(found: Finding, wish: Wish) -> bool:
    return found.verdict == "answered" and found.quotes[0].article.id == wish.article


def _is_pinned(found: Finding, wish: Wish) -> bool:
    start, end = found.quotes[0].sentence
    return _is_answered(found, wish) and found.quotes[0].article.body[start:end] == wish.sentence


def measure(bot: Bot, wishes: Sequence[Wish]) -> CurationFigures:
    others = [(wish, bot.find(text)) for wish in wishes for text in wish.others]
    near = [(wish, bot.find(text)) for wish in wishes for text in wish.near]
    return CurationFigures(
        len(others),
        sum(_is_answered(found, wish) for wish, found in others) / len(others),
        sum(_is_pinned(found, wish) for wish, found in others) / len(others),
        sum(_is_pinned(found, wish) for wish, found in near) / len(near),
    )


def ordinary() -> list[tuple[str, str]]:
    """ORDINARY questions of the other sets, each with its article, "" where none here answers it."""
    found: dict[str, str] = {}
    for path in sorted(FOLDER.glob("*.jsonl")):
        if path.name.startswith(("questions", "english", "ownwords")):
            for record in read_jsonl(path):
                found.setdefault(record["question"], record["article"] or "")
    step = len(found) / ORDINARY
    listed = list(found.items())
    return [listed[int(n * step)] for n in range(ORDINARY)]


def captured(curated: Bot, plain: Bot) -> list[tuple[str, str]]:
    """Ordinary questions that get an answer from another article than theirs by an editor's say alone."""
    taken = []
    for text, article in ordinary():
        found = curated.find(text)
        by = found.quotes[0].article.id
        if found.verdict == "answered" and by != article and plain.find(text).quotes[0] != found.quotes[0]:
            taken.append((text, by))
    return taken


def main() -> None:
    curated = Measured(curated_articles(read_wishes()), "curated").bot
    plain = Measured(curated_articles(()), "uncurated").bot
    for part in ("fit", "unseen"):
        for author in ("a", "b"):
            wishes = [wish for wish in read_wishes(part) if wish.author == author]
            print(f"{part} {author}: {measure(curated, wishes)}; without an editor: {measure(plain, wishes)}")
    print(f"of {ORDINARY} ordinary questions captured: {captured(curated, plain)}")


if __name__ == "__main__":
    main()
