"""The service follows publishers in a process of its own, and takes up what that brings."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest

from bot.operations.syncing import SyncLoop


def loop(folder: Path, code: str, changed: list[str]) -> SyncLoop:
    command = (sys.executable, "-c", code)
    return SyncLoop(folder, folder / "articles", folder / "state", lambda: changed.append("!"), command)


@pytest.mark.parametrize(("added", "changes"), [(1, ["!"]), (0, [])])
def test_a_run_that_brings_something_is_taken_up(tmp_path: Path, added: int, changes: list[str]) -> None:
    changed: list[str] = []
    code = (
        "import os; print('{\"article\": {}}'); assert os.environ['YUANWEN_STATE'].endswith('/state');"
        f'print(\'{{"sync": [{{"added": {added}, "changed": 0}}]}}\')'
    )
    loop(tmp_path, code, changed).run_once()
    assert changed == changes


def test_a_run_that_fails_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    changed: list[str] = []
    with caplog.at_level(logging.WARNING):
        loop(tmp_path, "import sys; sys.exit('yuanwen: no place')", changed).run_once()
    assert changed == []
    assert caplog.messages == ["sync: yuanwen: no place"]
