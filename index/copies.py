"""Articles that print one story: an agency's text in several papers, and a notice's new edition each year."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from corpus.article import Article
from index.folding import fold
from index.minhash import alike_pairs
from index.signatures import cached_signatures, letters

__all__ = ["COPY_RULES", "Relation", "figures", "related"]

COPY = 0.8
"""From this share of common five-character pieces on two articles are copies. Checked on ncp-dev, where
48 of 175,528 pairs print one text: 46 of them are found and no other one is (precision 1.00, recall .96; 17
groups, 45 of 593 articles). One shares .76 only (it has other addresses), one has its numbers garbled. The
eight others between .43 and .77 are a notice and the report on it, or reports on one press conference; at
.7 one of them would pass."""
EDITION = 0.5
"""From this share on they are editions of one notice: below, yearly notices of some 150 characters share less
with each other than with other subjects' notices."""
COPY_RULES = f"1:{COPY}-{EDITION}"  # raise the number when other articles would be related

FIGURE = re.compile(r"\d+(?:[.,:]\d+)*|[〇一二三四五六七八九十百千万亿两]{2,}")
BEFORE, AFTER = 4, 3  # letters around a figure that tell what it counts,
NEAR = 24  # looked for among so many characters


class Relation(NamedTuple):
    """Places of two articles, the lower first; copies say the same, editions differ in a figure or more."""

    one: int
    other: int
    is_copy: bool


def related(digests: Sequence[bytes], article_at: Callable[[int], Article], cache: Path) -> list[Relation]:
    """The copies and editions among articles, known by their digests, in order.

    Two that state different figures in the same words are editions whatever else they share: last
    year's amount must not be shown as this year's. So are two of which one supersedes the other. `cache`
    is a file that keeps the texts' signatures: with 10,000 articles of 900 letters, one of them new, this
    takes .35 s of processor time (all new: 4.1 s).
    """
    signatures = cached_signatures(digests, lambda place: article_at(place).body, cache)
    article = lru_cache(maxsize=1024)(article_at)
    kept = [place for place, known in enumerate(signatures) if known is not None]
    if len(kept) < 2:
        return []
    stacked = np.array([signatures[place] for place in kept])
    pairs, shares = alike_pairs(stacked, EDITION)
    return [
        Relation(kept[a], kept[b], share >= COPY and _say_the_same(article(kept[a]), article(kept[b])))
        for (a, b), share in zip(pairs.tolist(), shares.tolist(), strict=True)
    ]


def _say_the_same(one: Article, other: Article) -> bool:
    if one.id in other.supersedes or other.id in one.supersedes:
        return False
    first, second = figures(one.body), figures(other.body)
    return not any(first[around].isdisjoint(second[around]) for around in first.keys() & second.keys())


@lru_cache(maxsize=4096)
def figures(text: str) -> Mapping[str, frozenset[str]]:
    """The figures of a text by the letters around them: "每人缴费380元。" -> {"每人缴费|元": {"380"}}.

    Numbers in digits, and in two or more Chinese ones.
    """
    folded = fold(text)
    found: dict[str, set[str]] = {}
    for match in FIGURE.finditer(folded):
        before = _words(folded[max(0, match.start() - NEAR) : match.start()])[-BEFORE:]
        after = _words(folded[match.end() : match.end() + NEAR])[:AFTER]
        found.setdefault(f"{before}|{after}", set()).add(match.group())
    return {around: frozenset(numbers) for around, numbers in found.items()}


def _words(text: str) -> str:
    return letters(FIGURE.sub("", text))
