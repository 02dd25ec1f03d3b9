"""One article of several that print the same text: the others take no room in a ranking."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from index.texts import Related

__all__ = ["EQUAL", "distinct"]

EQUAL = 0.05
"""Fused scores of copies that differ by less tell nothing: by that much a headline moves them (ncp-dev)."""


def distinct(
    owners: Sequence[int], scores: Sequence[float], copies: Related, day: Callable[[int], int]
) -> list[int]:
    """The places of a ranking that stay when of each article's copies one is left; in order.

    `owners` are the articles of the ranked passages, best first. The best copy stays, and where others
    are as good (EQUAL) the newest of them: it is the likeliest to be right still. `day` numbers an
    article's date, 0 where it has none; an article without a date gives way to none.
    """
    best = dict(zip(reversed(owners), reversed(scores), strict=True))  # each article's first score
    dropped: set[int] = set()
    for owner in dict.fromkeys(owners):
        rivals = [other for other in sorted(copies.get(owner, ())) if other in best and other not in dropped]
        if owner in dropped or not rivals:
            continue
        equal = [owner, *(other for other in rivals if best[other] >= best[owner] - EQUAL)]
        chosen = max(equal, key=day) if day(owner) else owner
        dropped |= {owner, *rivals} - {chosen}
    return [place for place, owner in enumerate(owners) if owner not in dropped]
