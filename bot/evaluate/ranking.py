"""How well articles are ranked, by ir-measures. Its one importer."""

from __future__ import annotations

from collections.abc import Sequence

import ir_measures

from bot.evaluate.row import Row

__all__ = ["RANKING", "ranking_values", "trec_run"]

RANKING = {
    "recall_at_1": ir_measures.Success @ 1,
    "recall_at_5": ir_measures.Success @ 5,
    "recall_at_10": ir_measures.Success @ 10,
    "mrr": ir_measures.RR @ 10,
    "ndcg_at_10": ir_measures.nDCG @ 10,
}
"""Recall@k is the share of questions with a right article among the first k. Where one article is right that
is R@k; where several are (agencies reprint each other) one of them is all that a visitor needs, and
ir-measures calls it Success@k. MRR looks at the ten articles that are recorded."""


def ranking_values(rows: Sequence[Row]) -> dict[str, list[float | None]]:
    """For each measure a value, 0 to 1, a row; None where no right article is known or all are withheld."""
    judged = {str(n): row for n, row in enumerate(rows) if row.variant == "asked" and row.right}
    found: dict[str, list[float | None]] = {name: [None] * len(rows) for name in RANKING}
    names = {str(measure): name for name, measure in RANKING.items()}
    qrels = {n: dict.fromkeys(row.right, 1) for n, row in judged.items()}
    run = {n: _scores(row) for n, row in judged.items()}
    for value in ir_measures.iter_calc(list(RANKING.values()), qrels, run) if judged else ():
        found[names[str(value.measure)]][int(value.query_id)] = float(value.value)
    return found


def trec_run(rows: Sequence[Row], tag: str) -> str:
    """A TREC run file: "q1 Q0 article rank score tag" a line; a question asked without gold is q1/removed."""
    lines = []
    for row in rows:
        name = "_".join(row.id.split()) + ("/removed" if row.variant == "gold-removed" else "")
        for rank, (article, score) in enumerate(_scores(row).items(), start=1):
            lines.append(f"{name} Q0 {article} {rank} {score:g} {tag}\n")
    return "".join(lines)


def _scores(row: Row) -> dict[str, float]:
    """Falling scores for the ranked articles: evaluation programs sort by them."""
    return {article: float(len(row.ranked) - place) for place, article in enumerate(row.ranked)}
