from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import sleep

import pytest

from bot.answering.answer import Answer
from bot.operations.trial import Trial, Trials, Variants, snapshot_with
from corpus.article import Article, to_markdown
from corpus.errors import Failure
from index.build import build
from index.store.snapshot import load_current
from tests.bot.web.stub import PARCELS, QUOTES, StubBot
from tests.index.fake_embedder import FakeEmbedder


class Pinned(StubBot):
    """Answers the question about the weather, and is the same else."""

    def ask(self, question: str, history: Sequence[str] = (), top: int = 3) -> Answer:
        answer = super().ask(question, history, top)
        if "天气" in question:
            return replace(answer, verdict="answered", quotes=(QUOTES["parcels"],))
        return answer


@contextmanager
def over(article: Article) -> Iterator[Pinned]:
    yield Pinned()


NOTHING = Variants(over, over, over)  # type: ignore[arg-type]


def finished(trials: Trials, trial: Trial) -> Trial:
    for _ in range(1000):
        found = trials.get(trial.id)
        if found and found.state != "waiting":
            return found
        sleep(0.01)
    raise AssertionError(trial)


def test_what_is_answered_otherwise_is_told(caplog: pytest.LogCaptureFixture) -> None:
    trials = Trials(StubBot(), NOTHING)
    found = finished(trials, trials.start(over(PARCELS), ["实名?", "***", "天气好吗?"]))
    assert (found.state, found.done, found.total) == ("done", 3, 3)
    [one] = found.differences
    assert (one.question, one.before.verdict, one.after.verdict) == ("天气好吗?", "none", "answered")
    assert trials.get("none") is None


@pytest.mark.parametrize("error", [Failure("no room"), RuntimeError("broken")])
def test_what_cannot_be_tried_is_told(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    @contextmanager
    def fail() -> Iterator[Pinned]:
        raise error
        yield Pinned()

    trials = Trials(StubBot(), NOTHING)
    assert finished(trials, trials.start(fail(), ["实名?"])).state == "failed"
    assert str(error) in caplog.text


def test_only_the_last_ones_are_remembered() -> None:
    trials = Trials(StubBot(), NOTHING)
    started = [trials.start(over(PARCELS), []) for _ in range(21)]
    assert trials.get(started[0].id) is None
    finished(trials, started[-1])


@pytest.mark.slow
def test_the_index_beside_holds_the_change_and_is_gone_afterwards(tmp_path: Path) -> None:
    articles, state = tmp_path / "articles", tmp_path / "state"
    (articles / "2024").mkdir(parents=True)
    water, fire = Article("water", "停水", "明天停水。"), Article("fire", "防火", "火灾要报警。")
    for article in (water, fire):
        (articles / "2024" / f"{article.id}.md").write_text(to_markdown(article), encoding="utf-8")
    embedder = FakeEmbedder()
    build([water, fire], embedder, state, lambda done, total: None)
    with snapshot_with(replace(water, body="后天停水。"), articles, state, embedder) as snapshot:
        bodies = {snapshot.texts.article(place).body for place in range(len(snapshot.texts.ids))}
    assert bodies == {"后天停水。", "火灾要报警。"}
    served = load_current(state, embedder.name)
    assert {served.texts.article(place).body for place in range(2)} == {"明天停水。", "火灾要报警。"}
    assert list(state.glob("trial-*")) == []
    assert "明天停水" in (articles / "2024" / "water.md").read_text(encoding="utf-8")
