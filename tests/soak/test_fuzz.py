"""The fuzzer in small."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak.fuzz import bot_over_articles, fuzz


@pytest.mark.slow
def test_no_question_breaks_the_promise(tmp_path: Path) -> None:
    found = fuzz(bot_over_articles("fake", tmp_path), seconds=60, most=100)
    assert found.asked > found.refused > 0
