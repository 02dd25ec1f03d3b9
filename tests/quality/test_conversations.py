"""Follow-ups over the nine articles, with the bundled model; the figures are printed."""

from __future__ import annotations

import pytest

from bot.answering.bot import Bot
from tests.quality.conversations import measure, read_turns


@pytest.mark.parametrize(
    ("name", "follow_ups", "kept", "alone", "changed"),
    [("nine", 73, 0.85, 76, 0.02), ("nine, short", 0, 1, 20, 0.05), ("nine, held out", 10, 0.85, 10, 0.05)],
)
def test_follow_ups_are_understood_and_other_questions_left_alone(
    real_bot: Bot,
    capsys: pytest.CaptureFixture[str],
    name: str,
    follow_ups: int,
    kept: float,
    alone: int,
    changed: float,
) -> None:
    figures = measure(real_bot, [turn for conversation in read_turns(name) for turn in conversation])
    with capsys.disabled():
        print(f"\n{name}: {figures}")
    assert (figures.follow_ups, figures.alone) == (follow_ups, alone)
    assert figures.kept >= kept
    assert figures.changed <= changed
