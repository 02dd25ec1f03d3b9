"""The command that follows publishers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.syncing import commands


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("in", "articles", "state"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("YUANWEN_ARTICLES", str(tmp_path / "articles"))
    monkeypatch.setenv("YUANWEN_STATE", str(tmp_path / "state"))
    return tmp_path / "articles"


def run(*arguments: str) -> tuple[int, str, str]:
    """Exit status, stdout and stderr."""
    result = CliRunner().invoke(commands, list(arguments))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_sync_says_what_came_what_is_gone_and_writes_a_report(tmp_path: Path, library: Path) -> None:
    source = tmp_path / "in" / "a.txt"
    source.write_text("停水通知\n\n明天停水。", encoding="utf-8")
    (library / "sources.toml").write_text(f'[[source]]\nfolder = "{tmp_path / "in"}"\n', encoding="utf-8")
    place = tmp_path / "in"
    assert run()[:2] == (
        0,
        "added      a  no date     停水通知  (no source)\n"
        f"{place}: added 1, changed 0, unchanged 0, gone 0, refused 0\n",
    )
    assert run()[1] == "no place is to be asked yet; --all asks each of them\n"
    source.unlink()
    (tmp_path / "in" / "b.txt").write_text("停电通知\n\n明天停电。", encoding="utf-8")
    out = run("--all")[1]
    assert "gone a.txt (the file is no longer there); where it is to be quoted no longer:\n" in out
    assert "  yuanwen withdraw a --reason …\n" in out
    told = json.loads(run("--all", "--json")[1].splitlines()[-1])["sync"]
    assert [(one["place"], one["unchanged"], one["gone"]) for one in told] == [(str(place), 1, [])]
