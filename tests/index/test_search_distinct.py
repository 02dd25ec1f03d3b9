"""Of copies the best one stays in a ranking, and among equally good ones the newest."""

from __future__ import annotations

import pytest

from index.search import EQUAL, distinct

COPIES = {1: frozenset({2, 3}), 2: frozenset({1, 3}), 3: frozenset({1, 2})}
NEAR, FAR = 3.0 - EQUAL / 2, 3.0 - 2 * EQUAL


@pytest.mark.parametrize(
    ("ranking", "days", "stays"),
    [
        ([(1, 3.0), (9, 2.5), (2, 2.4)], {}, [1, 9]),
        ([(1, 3.0), (2, NEAR), (1, 2.0), (2, 1.9), (9, 1.0)], {1: 5, 2: 7}, [2, 2, 9]),
        ([(1, 3.0), (2, NEAR)], {1: 5, 2: 5}, [1]),
        ([(1, 3.0), (2, FAR)], {1: 5, 2: 7}, [1]),  # newer, but it answers less well
        ([(1, 3.0), (2, NEAR)], {2: 7}, [1]),  # without a date it gives way to none
        ([(1, 3.0), (2, NEAR)], {1: 7}, [1]),
        ([(1, 3.0), (2, NEAR), (3, FAR)], {1: 5, 2: 6, 3: 9}, [2]),
        ([(8, 3.0), (9, 2.0)], {}, [8, 9]),
        ([], {}, []),
    ],
)
def test_the_newest_of_copies_that_score_alike_stays(
    ranking: list[tuple[int, float]], days: dict[int, int], stays: list[int]
) -> None:
    owners, scores = [owner for owner, _ in ranking], [score for _, score in ranking]
    places = distinct(owners, scores, COPIES, lambda owner: days.get(owner, 0))
    assert [owners[place] for place in places] == stays


def test_a_copys_copy_that_is_none_of_the_firsts_stays() -> None:
    chain = {1: frozenset({2}), 2: frozenset({1, 3}), 3: frozenset({2})}
    assert distinct([1, 2, 3], [3.0, 2.0, 1.0], chain, lambda owner: 0) == [0, 2]
