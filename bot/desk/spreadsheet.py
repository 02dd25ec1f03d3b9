"""Tables for a spreadsheet: CSV in which nothing is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from fastapi import Response

__all__ = ["as_csv", "csv_response"]

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula at a cell's beginning."""


def as_csv(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The rows under a heading; a text that could be a formula begins with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heading)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def csv_response(name: str, text: str) -> Response:
    """The table as a download."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    # The mark has spreadsheets read it as UTF-8.
    return Response("\ufeff" + text, headers=headers, media_type="text/csv; charset=utf-8")


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
