from __future__ import annotations

import numpy as np

from bot.operations.likeness import Leaders, packed


def unit(*values: float) -> np.ndarray:
    vector = np.array(values, np.float32)
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


def test_the_nearest_where_it_is_near_enough() -> None:
    leaders = Leaders()
    assert (leaders.nearest(unit(1, 0)), leaders.last) == (0, 0)
    leaders.add(3, packed(unit(1, 0)))
    leaders.add(7, packed(unit(0, 1)))
    assert [leaders.nearest(unit(*v)) for v in ((1, 0.1), (0.1, 1), (1, 1))] == [3, 7, 0]
    assert leaders.last == 7


def test_many_and_then_those_of_another_model() -> None:
    leaders = Leaders()
    for number in range(1, 201):
        leaders.add(number, packed(unit(1, number)))
    assert leaders.nearest(unit(1, 1)) == 1
    leaders.add(201, packed(unit(1, 0, 0)))
    assert (leaders.nearest(unit(1, 0)), leaders.nearest(unit(1, 0, 0))) == (0, 201)
