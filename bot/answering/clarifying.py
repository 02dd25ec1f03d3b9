"""A question asked back: which of two places, or of two years, where articles of both answer equally well."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from bot.answering.names import Place, names_a_place, places_in
from bot.answering.question import LIMIT, Question
from bot.answering.succession import Standings
from corpus.sentences import sentences
from index.hit import Hit
from index.recency import YEAR, asked_years, asks_for_newest, years_of
from index.terms import fold

__all__ = ["Choice", "may_choose", "offered", "picked"]

VOCABULARY = Path(__file__).with_name("vocabulary") / "choices.toml"

MOST = 4
"""Choices that are offered."""

BEHIND, FARTHER = 0.21, 0.03
"""By how much an article's best passage may score less, and its best sentence be farther from the question,
for it to answer as well as the first: fitted on half of tests/quality/clarifying.jsonl."""

FEWEST_LETTERS = 2
"""Letters of content that a question has that is asked back; "在哪儿?" may mean anything."""

LONGEST = 40
"""Characters of a line that chooses."""

ADDED = 1
"""Letters of content beside a choice's name in a line that chooses it: "我说的是古城街道的"."""

WHICH_PLACE = re.compile(
    r"[哪几](?:一个|个|些)?(?:[省市县区镇乡村]|街道|社区|地方|城市)|\bwhich \w+ (?:is|are|has|have)\b"
)
WHICH_YEAR = re.compile(r"哪一?年|\b(?:what|which) year\b")
"""What asks for a place or a year itself: all articles that name one answer."""

STOP = " 。.!?！？,，、"
_NAMED_BY = re.compile(r"[年度]|\b(?:the|one|for|of|in|from|i|mean|meant|please)\b|选|说|问|要|看|想|指")


@dataclass(frozen=True)
class Choice:
    """What tells one of the articles apart ("雪松街道", "2024年"), and the question that names it."""

    label: str
    question: str
    stem: str


def offered(question: Question, hits: Sequence[Hit], standings: Standings, today: date) -> tuple[Choice, ...]:
    """The choices between articles that answer a question as well as the first of its hits, best first.

    () where there is none to make: the question names a place, for places, or a year or the newest, for
    years; nor between copies of one text.
    """
    content = question.content_letters if question.has_chinese else 3 * len(question.content_words)
    if content < FEWEST_LETTERS:
        return ()
    equal = list(_equal(hits, standings))
    found: list[tuple[str, str]] = []
    if not names_a_place(question) and not WHICH_PLACE.search(question.folded):
        found = _places(equal)
    asks_when = (
        asked_years(question, today) or asks_for_newest(question) or WHICH_YEAR.search(question.folded)
    )
    if len(found) < 2 and not asks_when:
        found = _years(equal, question.has_chinese, standings.editions)
    if len(found) < 2:
        return ()
    between = "：" if question.has_chinese else ": "
    choices = (Choice(label, f"{label}{between}{question.text}", stem) for label, stem in found[:MOST])
    return tuple(choice for choice in choices if len(choice.question) <= LIMIT)


def may_choose(line: Question) -> bool:
    """Whether a line is short enough to be a choice, and asks nothing else."""
    asks = line.asks and not line.folded.rstrip("?").endswith("呢")
    return len(line.text) <= LONGEST and not asks


def picked(line: Question, choices: Sequence[Choice], today: date) -> Choice | None:
    """The choice that a line makes by its name or its place: "古城的", "第二个", "the one for 2024"."""
    said = line.folded.strip(STOP)
    for place, pattern in _places_said().items():
        if pattern.fullmatch(said):
            at = place if place >= 0 else len(choices) + place
            return choices[at] if at < len(choices) else None
    years = set(map(str, asked_years(line, today)))
    named = [choice for choice in choices if choice.stem in years or choice.stem in said]
    if len(named) != 1:
        return None
    rest = _NAMED_BY.sub("", said.replace(fold(named[0].label), "").replace(named[0].stem, ""))
    is_all = not any(c.isalnum() for c in rest) or Question(rest).content_letters <= ADDED
    return named[0] if is_all else None


def _equal(hits: Sequence[Hit], standings: Standings) -> Iterator[Hit]:
    """The best hit of each article that answers as well as the first one, that one first."""
    first = hits[0]
    standing = standings.of(first.article.id)
    if standing.superseded_by or standing.was_valid_until:
        return
    seen = {copy.id for copy in standing.also_in}
    told = set()
    for hit in hits:
        if hit.article.id in seen or hit.score < first.score - BEHIND:
            continue
        seen.add(hit.article.id)
        nearest, text = _nearest(hit)
        if text in told or nearest < _nearest(first)[0] - FARTHER:
            continue
        told.add(text)
        other = standings.of(hit.article.id)
        if other.superseded_by is None and other.was_valid_until is None:
            yield hit


def _nearest(hit: Hit) -> tuple[float, str]:
    """The cosine of the hit's own sentence that is nearest to the question, and that sentence folded."""
    best = max((s for s in hit.sentences if s.is_own), key=lambda sentence: sentence.cosine)
    return best.cosine, fold(hit.article.body[best.start : best.end])


def _places(equal: Sequence[Hit]) -> list[tuple[str, str]]:
    """The name and the stem of a place for each article that is about another one of the same kind."""
    if len(equal) < 2:
        return []
    first, *others = equal
    for place in _told_by(first):
        found = [place]
        for hit in others:
            own = next((p for p in _told_by(hit) if p.ending == place.ending and p.stem != place.stem), None)
            if (
                own
                and not _names(hit, place)
                and not any(p.stem == own.stem or _names(first, own) for p in found)
            ):
                found.append(own)
        if len(found) > 1:
            return [(one.name, one.stem) for one in found]
    return []


def _told_by(hit: Hit) -> list[Place]:
    """The places that an article's heading names, and the one that its text begins with."""
    article = hit.article
    start, end = next(iter(sentences(article.body)))
    opening = article.body[start:end].lstrip()
    # A place without an ending begins a dateline.
    begins = [
        place
        for place in places_in(opening)[:1]
        if place.ending and opening.removeprefix("The ").startswith(place.name)
    ]
    return [*places_in(article.heading), *begins]


def _names(hit: Hit, place: Place) -> bool:
    return place.stem in fold(f"{hit.article.heading}\n{hit.article.body}")


def _years(
    equal: Sequence[Hit], is_chinese: bool, editions: Callable[[str], set[str]]
) -> list[tuple[str, str]]:
    """The year of each article that says the same of another one, the newest first."""
    if len(equal) < 2:
        return []
    first = equal[0].article
    related, heading = editions(first.id), _without_years(first.heading)
    alike = [
        hit.article
        for hit in equal
        if hit.article.id == first.id
        or hit.article.id in related
        or _without_years(hit.article.heading) == heading
    ]
    years = sorted({year for article in alike for year in years_of(article)}, reverse=True)
    return [(f"{year}年" if is_chinese else str(year), str(year)) for year in years]


def _without_years(heading: str) -> str:
    return "".join(filter(str.isalnum, YEAR.sub("", fold(heading))))


@cache
def _places_said() -> Mapping[int, re.Pattern[str]]:
    """What says which of the choices, by its place among them, -1 for the last."""
    table = tomllib.loads(VOCABULARY.read_text(encoding="utf-8"))
    before, behind = table["before"], table["behind"]
    return {
        int(place): re.compile(f"(?:{before})*(?:{'|'.join(words.split())})(?:{behind})*")
        for place, words in table["places"].items()
    }
