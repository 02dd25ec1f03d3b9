"""Questions that two places or years answer are asked back, with the bundled model; figures are printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answering.bot import Bot
from bot.answering.confidence import Calibration
from index.build import build
from index.models.embedder import load_embedder
from index.models.loading import BUNDLED
from index.search import Searcher
from index.store.snapshot import load_current
from tests.quality.clarifying import articles_of, measure, read_groups


def test_choices_on_the_half_that_was_not_fitted_to(
    bundled_state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    embedder, state = load_embedder(BUNDLED, bundled_state), bundled_state / "clarifying"
    build(articles_of(read_groups()), embedder, state, lambda done, total: None)
    bot = Bot(Searcher(load_current(state, embedder.name), embedder), Calibration.load())
    figures = measure(bot, read_groups("report"))
    with capsys.disabled():
        print(f"\n{figures}")
    assert (figures.open, figures.picks, figures.plain) == (18, 37, 24)
    assert figures.asked >= 11
    assert figures.tapped == figures.taps
    assert figures.picked >= 22
    assert figures.false <= 2
