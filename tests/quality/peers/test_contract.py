"""A job goes to an adapter and its result comes back; no toolkit is needed for that."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.quality.peers.contract import Document, Job, read_result, write_job
from tests.quality.peers.systems import OWN, SYSTEMS, System

ADAPTER = """
from tests.quality.peers.contract import Passage, Prepared, Ranking, serve

def prepare(job):
    assert (job.model, job.precision, job.length) == ("模型", "float32", 250)
    passages = [Passage(one.id, one.titled + "。") for one in job.documents for _ in range(2)]
    shown = {"都在?": None, "一句?": ["就这句。"]}
    return Prepared(lambda question: Ranking(passages, shown[question]), is_fresh=FRESH)

serve(prepare)
"""
JOB = Job(
    "模型",
    "float32",
    250,
    (Document("a", "标题", "正文"), Document("b", "", "别的")),
    ("都在?", "一句?"),
)


def run(folder: Path, source: str) -> subprocess.CompletedProcess[str]:
    adapter = folder / "adapter.py"
    adapter.write_text(source, encoding="utf-8")
    write_job(JOB, folder / "job.json")
    command = [sys.executable, str(adapter), str(folder / "job.json"), str(folder / "result.json")]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def test_an_adapters_rankings_come_back_in_the_order_of_the_questions(tmp_path: Path) -> None:
    assert run(tmp_path, ADAPTER.replace("FRESH", "True")).stderr == ""
    result = read_result(tmp_path / "result.json")
    assert result.index_seconds is not None
    passages = ("标题\n正文。", "标题\n正文。", "别的。")
    assert [(one.articles, one.passages, one.shown) for one in result.found] == [
        (("a", "b"), passages, passages),
        (("a", "b"), passages, ("就这句。",)),
    ]
    assert all(one.ms >= 0 and one.cpu_ms >= 0 for one in result.found)


def test_an_index_from_a_cache_has_no_time(tmp_path: Path) -> None:
    run(tmp_path, ADAPTER.replace("FRESH", "False"))
    assert json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))["index_seconds"] is None


def test_an_adapter_that_fails_leaves_no_result(tmp_path: Path) -> None:
    assert run(tmp_path, ADAPTER.replace("FRESH", "1 / 0")).returncode == 1
    assert [path.name for path in tmp_path.glob("result*")] == []


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.key)
def test_every_system_has_an_adapter_that_serves(system: System) -> None:
    tree = ast.parse((Path(__file__).parent / f"{system.module}.py").read_text(encoding="utf-8"))
    imported = {name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in [node.module]}
    assert ast.unparse(tree.body[-1]).endswith("serve(prepare)")
    assert "tests.quality.peers.contract" in imported
    if system.packages:  # its environment holds nothing of the project's
        assert {name for name in imported if name and re.match(r"(app|bot|index|corpus)\b", name)} == set()


@pytest.mark.parametrize("system", [one for one in SYSTEMS if one.packages], ids=lambda system: system.key)
def test_every_package_of_a_toolkit_is_pinned(system: System) -> None:
    lines = system.requirements.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][0-9a-z.]*", line)] == []
    names = {line.split("==")[0].lower().replace("_", "-") for line in lines}
    assert set(system.packages) <= names
    assert re.fullmatch(r"\d+\.\d+\.\d+", system.version)


def test_keys_are_different_and_the_project_comes_first() -> None:
    assert len({system.key for system in SYSTEMS}) == len(SYSTEMS)
    assert SYSTEMS[0] == OWN
