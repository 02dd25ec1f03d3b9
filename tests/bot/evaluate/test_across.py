"""The judge tried on sets that it was not fitted to."""

from __future__ import annotations

import json
import math
import random
from pathlib import Path

import pytest

from bot.evaluate.across import JudgedSet, SetResult, leave_one_out, read_sets, results_table
from bot.evaluate.calibration import Sample
from bot.evaluate.questions import EvaluationError


def write_set(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name in ("corpus.jsonl", "queries.jsonl"):
        (folder / name).write_text(json.dumps({"_id": "1", "text": "问?"}) + "\n", encoding="utf-8")


def test_the_sets_of_a_folder_and_the_question_files_over_them(tmp_path: Path) -> None:
    write_set(tmp_path / "ncp-dev")
    (tmp_path / "ncp-dev" / "near.jsonl").write_text("{}", encoding="utf-8")
    (tmp_path / "own").mkdir()
    for name in ("ncp.jsonl", "stranger.jsonl"):
        (tmp_path / "own" / name).write_text("{}", encoding="utf-8")
    corpus = tmp_path / "ncp-dev"
    assert read_sets(tmp_path) == [
        JudgedSet("ncp-dev", corpus, corpus),
        JudgedSet("ncp-dev/near", corpus / "near.jsonl", corpus),
        JudgedSet("own/ncp", tmp_path / "own" / "ncp.jsonl", corpus),
    ]


def test_a_folder_without_sets_is_said(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"holds no set: a folder in it needs corpus\.jsonl and"):
        read_sets(tmp_path)


def rows(source: str, corpus: str, right: float, wrong: float) -> list[Sample]:
    """Thirty questions answered right, thirty not, told apart by one score."""
    chance = random.Random(source)
    return [
        Sample("zh", [chance.gauss(middle, 0.1)], is_right, f"{corpus}/{n}", False, is_right, source=source)
        for is_right, middle in ((True, right), (False, wrong))
        for n in range(30)
    ]


def test_a_set_is_judged_by_the_sets_of_other_corpora() -> None:
    alike = [*rows("a", "a", 1.0, 0.0), *rows("b", "b", 1.0, 0.0)]
    (first, second) = leave_one_out(alike)
    assert (first.name, second.name) == ("a", "b")
    assert first.answered == first.served == 1
    assert first.unanswerable_answered == 0
    assert first.auroc == 1
    assert math.isnan(first.withheld_answered)
    # Where scores mean the reverse elsewhere, the judge is wrong here.
    assert leave_one_out([*rows("a", "a", 1.0, 0.0), *rows("b", "b", 0.0, 1.0)])[0].answered == 0


def test_sets_of_one_corpus_are_never_fitted_for_each_other() -> None:
    assert leave_one_out([*rows("a", "a", 1.0, 0.0), *rows("a/near", "a", 1.0, 0.0)]) == []


def test_a_doubtful_row_is_not_answered() -> None:
    doubted = [row._replace(is_doubtful=True) for row in rows("a", "a", 1.0, 0.0)]
    first = leave_one_out([*doubted, *rows("b", "b", 1.0, 0.0)])[0]
    assert (first.answered, first.served) == (0, 1)


def test_a_table_has_a_line_a_set() -> None:
    lines = results_table([SetResult("mine", 0.9, 0.5, 0.75, 0.06, math.nan, 0.08)]).splitlines()
    assert lines[1].split() == ["mine", "0.900", "0.500", "0.750", "0.060", "–", "0.080"]
