"""Slips and speech in the project's own questions, with the bundled model; the figures are printed."""

from __future__ import annotations

import pytest

from bot.answering.bot import Bot
from tests.quality.noise import KINDS, changed
from tests.quality.robustness import measure, own_questions

MOST_LOST = 2  # of the 25 to 57 questions that a kind changes; over more of them see docs/measurements.md


def test_little_is_lost_by_slips_and_speech(real_bot: Bot, capsys: pytest.CaptureFixture[str]) -> None:
    losses = dict(measure(real_bot, own_questions(), 1))
    with capsys.disabled():
        print("", *(f"{kind}: {loss}" for kind, loss in losses.items()), sep="\n")
    for kind, loss in losses.items():
        assert loss.count >= 25, kind
        assert round(loss.count * (loss.clean - loss.changed)) <= MOST_LOST, kind


def test_the_changes_are_as_they_are_meant_to_be() -> None:
    question = "24小时的医保怎么交?"
    assert sorted(changed(question, "swapped")) == sorted(question)
    assert len(changed(question, "missing")) == len(question) - 1
    assert len(changed(question, "homophone")) == len(question)
    assert "医保怎么交" in changed(question, "filler")
    assert changed(question, "traditional") == "24小時的醫保怎麼交?"
    assert changed(question, "full-width") == "２４小时的医保怎么交？"
    assert changed(question, "mixed") == "24小时的 medical insurance 怎么交?"
    for kind in KINDS:
        assert changed(question, kind) != question
        assert changed(question, kind) == changed(question, kind)
