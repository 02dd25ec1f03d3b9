"""Fits the calibration of bot/confidence.py to questions of which it is known what is right."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.answering.bot import Bot, Finding
from bot.answering.confidence import FEATURES, OWN, SHIPPED, Kind, features, kind_of
from bot.evaluate.figures import auroc, calibration_error
from bot.evaluate.questions import EvaluationError, Question
from bot.evaluate.rows import holds_answer
from bot.language import detect_language
from corpus.disk import replace_file

__all__ = ["FOLDS", "Row", "calibrate", "fitted", "rows_of"]

FEWEST = 20  # questions of a kind, answered and not, that a regression of three numbers is fitted to
FOLDS = 5
WRONGLY_ANSWERED = 0.15  # of questions whose right articles are withheld
WRONGLY_REFUSED = 0.01  # of what is answered right

Floats = NDArray[np.float64]


class Row(NamedTuple):
    """One asking: what it is judged by, whether the quotes answer, the article it belongs to, and whether
    they do not because that was withheld."""

    kind: Kind
    values: list[float]
    is_right: bool
    group: str
    is_near_miss: bool = False


def rows_of(bot: Bot, questions: Sequence[Question]) -> Iterator[Row]:
    """Each question as it is, and those with a right article once more with all of these withheld."""
    for question in questions:
        yield _row(question, bot.find(question.text, question.history), withheld=False)
        if question.articles and len(bot.articles) > len(question.articles):
            found = bot.find(question.text, question.history, withheld=question.articles)
            yield _row(question, found, withheld=True)


def _row(question: Question, found: Finding, withheld: bool) -> Row:
    kind = kind_of(detect_language(question.text))
    right = _is_right(question, found)
    group = min(question.articles, default=question.id)
    return Row(kind, features(kind, found.judged), right, group, is_near_miss=withheld and not right)


def _is_right(question: Question, found: Finding) -> bool:
    if question.answers:
        return holds_answer([quote.text for quote in found.quotes], question.answers)
    return found.hits[0].article.id in question.articles


def fitted(rows: Sequence[Row]) -> tuple[list[float], dict[str, float], dict[str, float]]:
    """Weights (bias first), thresholds and figures of one kind's rows.

    The figures are of FOLDS-fold cross-validation by article. "answered" begins where WRONGLY_ANSWERED
    of the near misses (where there are none, of the wrong rows) still pass, "unsure" where
    WRONGLY_REFUSED of the right ones fall below. Raises EvaluationError for fewer than FEWEST right or
    wrong rows, or right ones of fewer than FOLDS articles.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict

    values = np.array([row.values for row in rows])
    truth = np.array([row.is_right for row in rows], dtype=np.bool_)
    groups = [row.group for row in rows]
    articles = len({row.group for row in rows if row.is_right})
    if min(truth.sum(), (~truth).sum()) < FEWEST or articles < FOLDS:
        raise EvaluationError(
            f"{truth.sum()} askings are answered right, from {articles} articles, {(~truth).sum()} are not;"
            f" at least {FEWEST} of each are needed, from {FOLDS} articles"
        )
    model = LogisticRegression(C=100, max_iter=2000)
    folds = GroupKFold(FOLDS).split(values, truth, groups)
    honest: Floats = cross_val_predict(model, values, truth, cv=folds, method="predict_proba")[:, 1]
    model.fit(values, truth)
    weights = [round(float(weight), 3) for weight in (model.intercept_[0], *model.coef_[0])]
    right, once = truth.astype(np.float64), np.ones((1, len(rows)))
    figures = {"auroc": float(auroc(honest, right, once)[0])}
    figures["ece"] = float(calibration_error(honest, right, once)[0])
    near = np.array([row.is_near_miss for row in rows])
    answered = float(np.quantile(honest[near if near.any() else ~truth], 1 - WRONGLY_ANSWERED))
    unsure = min(answered, float(np.quantile(honest[truth], WRONGLY_REFUSED)))
    thresholds = {"answered": round(answered, 3), "unsure": round(unsure, 3)}
    return weights, thresholds, {name: round(value, 3) for name, value in figures.items()}


def calibrate(
    bot: Bot, questions: Sequence[Question], state: Path, source: str, progress: Callable[[int, int], None]
) -> Mapping[str, Mapping[str, float]]:
    """Fits to a publisher's own questions and writes the state folder's calibration; gives its figures.

    A kind with too few questions keeps the shipped weights. Raises EvaluationError where both have.
    """
    rows: list[Row] = []
    for done, question in enumerate(questions, start=1):
        rows += rows_of(bot, [question])
        progress(done, len(questions))
    document = json.loads(SHIPPED.read_text(encoding="utf-8"))
    figures: dict[str, dict[str, float]] = {}
    troubles = []
    for kind in FEATURES:
        try:
            own = fitted([row for row in rows if row.kind == kind])
        except EvaluationError as error:
            troubles.append(f"{kind}: {error}")
            continue
        document["weights"][kind], document["thresholds"][kind], figures[kind] = own
    if not figures:
        raise EvaluationError(f"{source} is too small to calibrate by: {'; '.join(troubles)}")
    document["provenance"] = {
        "command": f"python app.py calibrate {source}",
        "date": date.today().isoformat(),
        "rows": {kind: sum(row.kind == kind for row in rows) for kind in figures},
        "figures": figures,
        "shipped": sorted(set(FEATURES) - set(figures)),
    }
    replace_file(state / OWN, json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    return figures
