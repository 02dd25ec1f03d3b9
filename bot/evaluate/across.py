"""Leave-one-out of calibration: fitted to some sets and tried on another.

A folder of sets holds folders in BEIR layout. A question file beside a set's corpus is asked of it too; one
in a folder without a corpus, of the set whose name begins with the file's: own/ncp.jsonl of ncp-dev.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.answering.bot import Bot
from bot.evaluate.asking import PreparedEmbedder
from bot.evaluate.beir import CORPUS, QUERIES
from bot.evaluate.calibration import THRESHOLDS, Sample, fitted, rows_of
from bot.evaluate.evaluation import open_corpus, read_question_set
from bot.evaluate.questions import EvaluationError
from bot.evaluate.selective import auroc, calibration_error
from index.models.embedder import Embedder
from index.query.query import Query
from index.store.snapshot import Snapshot

__all__ = ["JudgedSet", "SetResult", "ask_sets", "leave_one_out", "read_sets", "results_table"]


@dataclass(frozen=True)
class JudgedSet:
    """Questions and the corpus they are asked of; sets of one corpus are fitted or tried together."""

    name: str
    questions: Path
    corpus: Path


@dataclass(frozen=True)
class SetResult:
    """The judge on a set that it was not fitted to, as shares; NaN where the set does not ask for it."""

    name: str
    auroc: float
    answered: float
    served: float
    unanswerable_answered: float
    withheld_answered: float
    ece: float


def read_sets(folder: Path) -> list[JudgedSet]:
    """The sets of a folder, by name. Raises EvaluationError where there are none."""
    corpora = {path.parent.name: path.parent for path in sorted(folder.glob(f"*/{CORPUS}"))}
    found = [
        JudgedSet(name, corpus, corpus) for name, corpus in corpora.items() if (corpus / QUERIES).is_file()
    ]
    for path in sorted(folder.glob("*/*.jsonl")):
        if path.name in (CORPUS, QUERIES):
            continue
        beside = [path.parent] if path.parent.name in corpora else []
        own = beside or [corpus for name, corpus in corpora.items() if name.startswith(path.stem)]
        if own:
            found.append(JudgedSet(f"{path.parent.name}/{path.stem}", path, own[0]))
    if not found:
        raise EvaluationError(f"{folder} holds no set: a folder in it needs {CORPUS} and {QUERIES}")
    return found


def ask_sets(
    sets: Sequence[JudgedSet],
    embedder: Embedder,
    bot_over: Callable[[Snapshot, Embedder], Bot],
    state: Path,
    progress: Callable[[str, int, int], None],
) -> Iterator[Sample]:
    """The rows of all sets, `source` the name of their set and `group` that of its corpus and the article."""
    for asked in sets:
        snapshot = open_corpus(asked.corpus, embedder, state, lambda *done: progress("building", *done))
        with closing(snapshot.texts):
            prepared = PreparedEmbedder(embedder)
            bot = bot_over(snapshot, prepared)
            questions = read_question_set(asked.questions).questions
            prepared.prepare([Query(bot.meant(one.text, one.history)).embedded for one in questions])
            for done, question in enumerate(questions, start=1):
                for row in rows_of(bot, [question]):
                    yield row._replace(source=asked.name, group=f"{asked.corpus.name}/{row.group}")
                progress(asked.name, done, len(questions))


def leave_one_out(rows: Sequence[Sample]) -> list[SetResult]:
    """Each set judged by what the sets of other corpora of its kind say; none for a set without such."""
    found = []
    for source in dict.fromkeys(row.source for row in rows):
        own = [row for row in rows if row.source == source]
        corpora = {_corpus(row) for row in own}
        others = [row for row in rows if _corpus(row) not in corpora]
        weights = {}
        for kind in {row.kind for row in own}:
            try:
                weights[kind] = fitted([row for row in others if row.kind == kind])[0]
            except EvaluationError:
                continue
        judged = [row for row in own if row.kind in weights]
        if judged:
            found.append(_tried(source, judged, [_probability(row, weights[row.kind]) for row in judged]))
    return found


def _corpus(row: Sample) -> str:
    return row.group.partition("/")[0]


def _probability(row: Sample, weights: Sequence[float]) -> float:
    score = weights[0] + sum(w * x for w, x in zip(weights[1:], row.values, strict=True))
    probability = 1 / (1 + math.exp(-score))
    return min(probability, THRESHOLDS["answered"] - 0.001) if row.is_doubtful else probability


def _tried(name: str, rows: Sequence[Sample], probabilities: Sequence[float]) -> SetResult:
    sure = np.array(probabilities)
    right = np.array([row.is_right for row in rows])
    withheld = np.array([row.is_withheld for row in rows])
    answerable = np.array([row.is_answerable is True for row in rows]) & ~withheld
    unanswerable = np.array([row.is_answerable is False for row in rows]) & ~withheld
    missed = withheld & ~right
    answered, unsure = sure >= THRESHOLDS["answered"], sure >= THRESHOLDS["unsure"]
    told = answerable | (unanswerable if unanswerable.any() else missed)
    once = np.ones((1, int(told.sum())))
    return SetResult(
        name,
        auroc=float(auroc(sure[told], answerable[told].astype(np.float64), once)[0]),
        answered=_share(answered[answerable]),
        served=_share((answered | (unsure & right))[answerable]),
        unanswerable_answered=_share(answered[unanswerable]),
        withheld_answered=_share(answered[missed]),
        ece=float(calibration_error(sure[told], right[told].astype(np.float64), once)[0]),
    )


def _share(chosen: NDArray[np.bool_]) -> float:
    return float(chosen.mean()) if len(chosen) else math.nan


COLUMNS: Mapping[str, str] = {
    "auroc": "AUROC",
    "answered": "answered",
    "served": "served",
    "unanswerable_answered": "unanswerable",
    "withheld_answered": "withheld",
    "ece": "ECE",
}


def results_table(tried: Sequence[SetResult]) -> str:
    """Table of the results, a line a set."""
    lines = [f"{'':<24}" + "".join(f"{title:>14}" for title in COLUMNS.values())]
    lines += [
        f"{one.name:<24}"
        + "".join(
            "             –" if math.isnan(value := getattr(one, name)) else f"{value:>14.3f}"
            for name in COLUMNS
        )
        for one in tried
    ]
    return "\n".join(lines)
