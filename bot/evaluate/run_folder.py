"""Folder of a run: its description, and its rows as they come."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Self

from pydantic import ValidationError

from bot.evaluate.figures import trec_run
from bot.evaluate.questions import EvaluationError
from bot.evaluate.rows import Row
from corpus.disk import replace_file

__all__ = ["RunError", "RunFolder", "read_run", "results_csv", "write_results", "write_summary"]

RUN = "run.json"
ROWS = "results.jsonl"
SUMMARY = "summary.json"
STARTED = "started"  # when a run began, of which another day makes no other run


class RunError(EvaluationError):
    """A folder holds no run, a run of other things, or one that cannot be read."""


class RunFolder:
    """A run's folder, open for rows; each is on disk before the next question is asked."""

    def __init__(self, path: Path, description: Mapping[str, Any], rows: Sequence[Row]) -> None:
        self.path = path
        self.description = description
        self.rows = list(rows)
        self._file = (path / ROWS).open("a", encoding="utf-8")

    @classmethod
    def begin(cls, path: Path, description: Mapping[str, Any]) -> Self:
        """A new run. A finished one in that folder is replaced, other files in it stay.

        Raises RunError where the folder holds a run that was cut off.
        """
        if (path / RUN).is_file() and (path / ROWS).is_file() and not (path / SUMMARY).is_file():
            raise RunError(
                f"{path} holds a run that was cut off; go on with it (--resume), or remove the folder,"
                " or name another one (--out)"
            )
        _made(path)
        (path / SUMMARY).unlink(missing_ok=True)
        (path / ROWS).unlink(missing_ok=True)
        description = {STARTED: date.today().isoformat(), **description}
        replace_file(path / RUN, _document(description))
        return cls(path, description, [])

    @classmethod
    def resume(cls, path: Path, description: Mapping[str, Any]) -> Self:
        """The run in that folder as far as it came; a line that a kill left torn is dropped.

        Raises RunError where there is none, and where it was made of something else.
        """
        former = _read_description(path)
        for name in sorted({*former, *description} - {STARTED}):
            if former.get(name) != description.get(name):
                raise RunError(
                    f"{path} cannot be gone on with: {name} was {former.get(name)!r} and now is"
                    f" {description.get(name)!r}; set it back, or name another folder (--out)"
                )
        rows, sound = _read_rows(path / ROWS)
        if (path / ROWS).is_file():
            os.truncate(path / ROWS, sound)
        return cls(path, former, rows)

    def add(self, row: Row) -> None:
        """Appends a row; it survives the end of this process, whatever that is."""
        self._file.write(json.dumps(row.to_json(), ensure_ascii=False) + "\n")
        self._file.flush()
        self.rows.append(row)

    def close(self) -> None:
        """Flush the rows to the disk and close the file."""
        os.fsync(self._file.fileno())
        self._file.close()


def read_run(path: Path) -> tuple[dict[str, Any], list[Row]]:
    """A finished run's description and rows. Raises RunError."""
    description = _read_description(path)
    if not (path / SUMMARY).is_file():
        raise RunError(f"{path} holds a run that was cut off; go on with it first (--resume)")
    return description, _read_rows(path / ROWS)[0]


def _made(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RunError(f"{path} cannot be made a folder: {error.strerror}") from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise RunError(f"{path} cannot be written to")


def _document(description: Mapping[str, Any]) -> str:
    return json.dumps(description, indent=2, ensure_ascii=False) + "\n"


def _read_description(path: Path) -> dict[str, Any]:
    try:
        description = json.loads((path / RUN).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RunError(f"{path} holds no run ({RUN} is missing)") from None
    except (OSError, ValueError) as error:
        raise RunError(f"{path / RUN} cannot be read: {error}") from None
    if not isinstance(description, dict):
        raise RunError(f"{path / RUN} holds no description of a run")
    return description


def _read_rows(path: Path) -> tuple[list[Row], int]:
    """The rows, and how many bytes of the file they fill; a last line without its end is torn."""
    rows: list[Row] = []
    sound = 0
    for number, line in enumerate(path.read_bytes().splitlines(keepends=True) if path.is_file() else [], 1):
        if not line.endswith(b"\n"):
            break
        try:
            rows.append(Row.from_json(line))
        except ValidationError as error:
            fault = error.errors()[0]
            field = ".".join(map(str, fault["loc"])) or "line"
            raise RunError(f"{path}, line {number}: no row of a run ({field!r}: {fault['msg']})") from None
        sound += len(line)
    return rows, sound


COLUMNS = (
    "id",
    "variant",
    "question",
    "language",
    "category",
    "kind",
    "answerable",
    "verdict",
    "confidence",
    "hit",
    "rank",
    "right",
    "ranked",
    "quotes_answer",
    "answer_in_quotes",
    "answer_char_recall",
    "mark_answers",
    "padding",
    "fold",
    "answers",
    "quotes",
    "history",
    "meant",
    "search_ms",
    "latency_ms",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a text for a formula: such a text gets a "'" before it (OWASP)."""


def write_results(folder: Path, rows: Sequence[Row]) -> None:
    """Writes results.csv and results.trec."""
    replace_file(folder / "results.csv", results_csv(rows))
    replace_file(folder / "results.trec", trec_run(rows, "yuanwen"))


def write_summary(folder: Path, summary: Mapping[str, Any]) -> None:
    """Writes summary.json: the last file of a run, which says that it is finished."""
    replace_file(folder / "summary.json", json.dumps(summary, indent=2, ensure_ascii=False) + "\n")


def results_csv(rows: Sequence[Row]) -> str:
    """A line a row, for a spreadsheet: with a byte order mark, lists parted by " | ", see FORMULA.

    The text is in results.jsonl untouched.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        values = {**row.to_json(), "quotes": [quote.text for quote in row.quotes]}
        writer.writerow([_cell(values[column]) for column in COLUMNS])
    return "\ufeff" + out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = " | ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
