from __future__ import annotations

import csv

from bot.desk.spreadsheet import as_csv


def test_a_table_holds_no_formula() -> None:
    text = as_csv(("a", "b"), [("=1+1", -1), ("+1", "x"), ("-1", "@x"), ("\tx", 'say "x",\ny')])
    assert list(csv.reader(text.splitlines(keepends=True))) == [
        ["a", "b"], ["'=1+1", "-1"], ["'+1", "x"], ["'-1", "'@x"], ["'\tx", 'say "x",\ny'],
    ]  # fmt: skip
