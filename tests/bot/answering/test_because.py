"""An editor is told why an answer comes from an article, or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from corpus.asked import ArticleQuestion
from tests.bot.answering.test_bot import FIRE
from tests.bot.answering.test_curation import CARE, SCAM, SENTENCE
from tests.bot.answering.test_succession import bot_over


def test_a_pin_is_told_with_its_signals(tmp_path: Path) -> None:
    with bot_over([FIRE, SCAM, CARE], tmp_path) as bot:
        because = bot.because("陌生来电，怎么办？", "scam")
    assert because.is_answer
    assert because.place == 1
    assert because.pin is not None
    assert (because.pin.asked, because.pin.is_literal) == ("陌生来电怎么办", True)
    told = because.lines()
    assert told[:2] == ["answered from scam: answered, 1.00", "searched: 陌生来电，怎么办？"]
    assert told[2] == "place 1 of the articles found"
    assert told[3].startswith("signals: dense ")
    assert told[4].startswith("asked: 陌生来电怎么办: 1.00 (nearness ")


def test_what_keeps_an_article_from_answering_is_told(tmp_path: Path) -> None:
    barred = replace(SCAM, asked=(ArticleQuestion("诈骗怎么办", SENTENCE),), not_asked=("诈骗怎么判",))
    expired = replace(CARE, valid_until=date(2025, 1, 1))
    with bot_over([FIRE, barred, expired], tmp_path) as bot:
        told = bot.because("诈骗怎么判?", "scam").lines()
        assert told[0].startswith("not answered from scam: ")
        assert told[2:4] == ["not: 诈骗怎么判", "not among the articles found"]
        assert bot.because("医保怎么交", "care").lines()[-1] == "was valid until 2025-01-01"
