"""A run's folder."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from bot.evaluate.run_folder import RunError, RunFolder, read_run
from tests.bot.evaluate.corpus import row

MADE_OF = {"model": "fake", "limit": None}


def test_a_row_comes_back_as_it_was_written(tmp_path: Path) -> None:
    one = row(quotes=("第一行\n第二行\u2028",), ranked=("a", "b"), confidence=0.123456789)
    with closing(RunFolder.begin(tmp_path / "out", MADE_OF)) as run:
        run.add(one)
    with closing(RunFolder.resume(tmp_path / "out", MADE_OF)) as run:
        assert run.rows == [one]


def test_a_run_that_is_not_finished_is_not_read(tmp_path: Path) -> None:
    with closing(RunFolder.begin(tmp_path, MADE_OF)) as run:
        run.add(row())
    with pytest.raises(RunError, match="holds a run that was cut off; go on with it first"):
        read_run(tmp_path)
    (tmp_path / "summary.json").write_text("{}", encoding="utf-8")
    description, rows = read_run(tmp_path)
    assert rows == [row()]
    assert description["model"] == "fake"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "results.jsonl",
            '{"id": "q1"}\n',
            r"jsonl, line 1: no row of a run \('variant': Field required\)",
        ),
        ("results.jsonl", "[]\n", r"results\.jsonl, line 1: no row of a run"),
        ("run.json", "{", r"run\.json cannot be read"),
        ("run.json", "[]", r"run\.json holds no description"),
    ],
)
def test_a_damaged_run_is_named(tmp_path: Path, name: str, content: str, said: str) -> None:
    RunFolder.begin(tmp_path, MADE_OF).close()
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(RunError, match=said):
        RunFolder.resume(tmp_path, MADE_OF)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RunError, match="cannot be made a folder: Not a directory"):
        RunFolder.begin(tmp_path / "file" / "out", MADE_OF)
