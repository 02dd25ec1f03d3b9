"""Other wordings of what an editor has put to an article, with the bundled model; the figures are printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answering.bot import Bot
from bot.answering.confidence import Calibration
from bot.evaluate.asking import PreparedEmbedder
from index.build import build
from index.models.embedder import load_embedder
from index.models.loading import BUNDLED
from index.search import Searcher
from index.store.snapshot import load_current
from index.terms import to_simplified
from tests.quality.curating import curated_articles, measure, read_wishes


@pytest.fixture(scope="module")
def curated(bundled_state: Path) -> Bot:
    """A bot over the nine articles and those of the wishes, asked what the wishes say; none is re-ranked."""
    embedder, state = PreparedEmbedder(load_embedder(BUNDLED, bundled_state)), bundled_state / "curated"
    build(curated_articles(read_wishes()), embedder, state, lambda done, total: None)
    bot = Bot(Searcher(load_current(state, embedder.name), embedder), Calibration.load())
    asked = [text for wish in read_wishes("unseen") for text in (*wish.others, *wish.near)]
    embedder.prepare([to_simplified(bot.meant(text, ())) for text in asked])
    return bot


def test_other_wordings_are_answered_from_the_article(
    curated: Bot, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = measure(curated, read_wishes("unseen"))
    with capsys.disabled():
        print(f"\n{figures}")
    assert figures.wordings == 200
    assert figures.answered >= 0.85
    assert figures.pinned >= 0.8
    assert figures.near <= 0.45
