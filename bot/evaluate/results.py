"""The files of a finished run beside its rows: CSV, TREC run, summary."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.evaluate.ranking import trec_run
from bot.evaluate.row import Row
from corpus.atomic import replace_file

__all__ = ["results_csv", "write_results", "write_summary"]

COLUMNS = (
    "id",
    "variant",
    "question",
    "language",
    "category",
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
