"""Evaluations in a process of their own: told how far they are, one at a time, compared with the last."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

import pytest

from bot.operations.evaluations import EvaluationRun, Evaluations, NotNow
from bot.settings import Settings

LONGEST = 600  # seconds that a run may take on a busy machine
QUESTIONS = """question,article
怎样防范电信诈骗?,yicheng-news-3
红烧肉怎么做?,
"""


def finished(evaluations: Evaluations, run_id: str) -> EvaluationRun:
    began = monotonic()
    while True:
        run = evaluations.get(run_id)
        assert run
        if run.state != "running":
            return run
        assert monotonic() - began < LONGEST
        sleep(0.05)


def python(source: str) -> tuple[str, ...]:
    return (sys.executable, "-c", source)


@pytest.fixture
def over(tmp_path: Path) -> Callable[[str], Evaluations]:
    """Evaluations by a program in place of `evaluate`."""
    return lambda source: Evaluations(tmp_path, tmp_path / "state", python(source))


def test_how_far_a_run_is_and_that_another_has_to_wait(
    tmp_path: Path, over: Callable[[str], Evaluations]
) -> None:
    source = f"""
import json, pathlib, sys, time
out = pathlib.Path(sys.argv[3]); out.mkdir()
(out / "run.json").write_text(json.dumps({{"rows": 3}}))
(out / "results.jsonl").write_text("{{}}\\n{{}}\\n")
while not pathlib.Path({str(tmp_path / "go")!r}).exists():
    time.sleep(.02)
(out / "summary.json").write_text("{{}}")
"""
    evaluations = over(source)
    run_id = evaluations.start("我的问题.CSV", b"question\nx\n", "zh")
    began = monotonic()
    while not ((run := evaluations.get(run_id)) and run.done):
        assert monotonic() - began < LONGEST
        sleep(0.02)
    assert (run.state, run.done, run.total, run.problem) == ("running", 2, 3, "")
    assert run.name.endswith(".csv")
    with pytest.raises(NotNow):
        evaluations.start("other.csv", b"x", "zh")
    (tmp_path / "go").touch()
    assert finished(evaluations, run_id).state == "done"
    assert [run.id for run in evaluations.all()] == [run_id]


def test_what_ended_a_run_is_told_without_its_folder(over: Callable[[str], Evaluations]) -> None:
    evaluations = over("import sys; sys.exit(f'yuanwen: {sys.argv[1]}, line 2: no question')")
    run = finished(evaluations, evaluations.start("mine.csv", b"x", "en"))
    assert (run.state, run.problem, run.total) == ("failed", "mine.csv, line 2: no question", 0)


@pytest.mark.parametrize(
    "name", ["../../evil.csv", "/etc/passwd.csv", "a\\..\\b.csv", "\x00.csv", "." * 300 + ".csv", ".csv"]
)
def test_a_name_leads_nowhere_else(tmp_path: Path, over: Callable[[str], Evaluations], name: str) -> None:
    evaluations = over("pass")
    finished(evaluations, evaluations.start(name, b"kept", "en"))
    [kept] = [path for path in tmp_path.rglob("*") if path.is_file() and path.read_bytes() == b"kept"]
    assert kept.parent.name == "questions"
    assert evaluations.get("../..") is evaluations.get("") is None


@pytest.mark.usefixtures("real_bot")
def test_the_same_questions_twice_are_compared(bundled_state: Path) -> None:
    evaluations = Evaluations(Settings.model_fields["articles"].default, bundled_state)
    runs = []
    for _ in range(2):
        runs.append(finished(evaluations, evaluations.start("ours.csv", QUESTIONS.encode(), "zh")))
    first, second = runs
    assert [(run.state, run.done, run.total, run.problem) for run in runs] == [("done", 2, 2, "")] * 2
    assert "怎样防范电信诈骗?" in second.report.read_text(encoding="utf-8")
    assert evaluations.compared(first) is None
    compared = evaluations.compared(second)
    assert compared is not None
    former, found = compared
    assert (former.id, found.paired, found.won, found.lost) == (first.id, 2, (), ())
    assert {one.figure: (one.better, one.worse) for one in found.differences}["recall_at_1"] == (0, 0)
