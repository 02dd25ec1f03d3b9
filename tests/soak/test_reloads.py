"""Reloads in small: no former index is kept, and the figures are right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak.reloads import Reloaded, reload_often, write_articles
from tests.soak.service import served


def test_what_grows_after_the_fifth_reload_is_a_fault() -> None:
    assert Reloaded([1, 2, 3, 4, 100, 105, 109], []).faults == []
    assert Reloaded([1, 2, 3, 4, 100, 105, 120], []).faults == ["memory rose by 20%"]


def test_former_indexes_that_are_open_are_a_fault() -> None:
    files = ["/state/a (deleted)", "/state/b (deleted)"]
    assert Reloaded([100] * 5, files[:1]).faults == []
    assert Reloaded([100] * 5, files).faults == ["open: /state/a (deleted), /state/b (deleted)"]


@pytest.mark.slow
def test_memory_stays_as_it_is(tmp_path: Path) -> None:
    write_articles(tmp_path / "articles", 60)
    (tmp_path / "state").mkdir()
    with served(tmp_path, "fake") as service:
        found = reload_often(service, 8)
    assert found.faults == []
