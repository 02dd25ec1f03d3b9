from __future__ import annotations

from dataclasses import replace

from tests.quality.peers.metrics import Figures
from tests.quality.peers.report import Row, quality_table, rest_table

OURS = Figures(10, 0.904, 1.0, 0.95, 0.8, 0.85, 40.4, 30.2, 100.0)
THEIRS = replace(OURS, recall_at_1=0.7, answer_shown=0.9, cpu_ms=20.0, index_seconds=None)
ROWS = [
    Row("Yuanwen", 1200.4, {"own": OURS, "far": OURS}),
    Row("Other 1.0", 900.0, {"own": THEIRS}),
    Row("bare"),
]


def test_the_best_of_each_column_is_bold_also_where_others_win() -> None:
    assert quality_table(ROWS, ["own", "far"]).splitlines() == [
        "| R@1 / R@5 / answer shown | own | far |",
        "| --- | --- | --- |",
        "| Yuanwen | **.90** / **1.00** / .80 | **.90** / **1.00** / **.80** |",
        "| Other 1.0 | .70 / **1.00** / **.90** | – / – / – |",
        "| bare | – / – / – | – / – / – |",
    ]


def test_what_was_not_measured_is_a_dash() -> None:
    lines = rest_table(ROWS, "own").splitlines()
    assert lines[2:] == [
        "| Yuanwen | **.95** | **.85** | **40** | 30 | **100** | 1200 |",
        "| Other 1.0 | **.95** | **.85** | **40** | **20** | – | 900 |",
        "| bare | – | – | – | – | – | – |",
    ]
