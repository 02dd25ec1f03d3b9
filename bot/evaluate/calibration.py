"""Fits the calibration of bot/confidence.py to questions of which it is known what is right."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.answering.bot import Bot, Finding
from bot.answering.confidence import FEATURES, OWN, SHIPPED, Kind, features, is_doubtful, kind_of
from bot.evaluate.questions import EvaluationError, GoldQuestion
from bot.evaluate.rows import holds_answer
from bot.evaluate.selective import auroc, calibration_error
from corpus.disk import replace_file

__all__ = ["FOLDS", "THRESHOLDS", "Sample", "calibrate", "fitted", "rows_of"]

FEWEST = 20  # questions of a kind, answered and not, that a regression of three numbers is fitted to
FOLDS = 5

WRONGLY_ANSWERED = 3.0
WRONGLY_SHOWN = 0.05
"""What "answered" and "unsure" cost where the quotes do not answer, in refusals of what they do answer."""

THRESHOLDS: Mapping[str, float] = {
    "answered": WRONGLY_ANSWERED / (1 + WRONGLY_ANSWERED),
    "unsure": WRONGLY_SHOWN / (1 + WRONGLY_SHOWN),
}
"""From which probability on a verdict costs less than a refusal (Chow 1970)."""

ANSWERABLE = 2.0
"""Questions that are answered right for each that is not: so much the right rows of a set weigh beside its
wrong ones. With 1 as few as .33 of the questions in people's own words are "answered", with 3 .23 of the
unanswerable ones; both on sets that were not fitted to."""

Floats = NDArray[np.float64]


class Sample(NamedTuple):
    """One asking: what it is judged by, whether the quotes answer, and the article it belongs to.

    `is_doubtful` ones are never "answered" (`Calibration.probability`). `is_answerable` is None where the
    right articles were withheld and another one's quotes hold a gold answer. `source` is the set.
    """

    kind: Kind
    values: list[float]
    is_right: bool
    group: str
    is_doubtful: bool = False
    is_answerable: bool | None = None
    is_withheld: bool = False
    source: str = ""


def rows_of(bot: Bot, questions: Sequence[GoldQuestion]) -> Iterator[Sample]:
    """Each question as it is, and those with a right article once more with all of these withheld."""
    for question in questions:
        yield _row(bot, question, bot.find(question.text, question.history))
        if question.articles and len(bot.articles) > len(question.articles):
            found = bot.find(question.text, question.history, withheld=question.articles)
            yield _row(bot, question, found)._replace(is_withheld=True, is_answerable=None)


def _row(bot: Bot, question: GoldQuestion, found: Finding) -> Sample:
    kind = kind_of(found.meant, found.judged[0].article)
    return Sample(
        kind,
        features(kind, found.judged),
        _is_right(question, found),
        group=min(question.articles, default=question.id),
        is_doubtful=is_doubtful(found.meant, found.quotes, bot.snapshot.passages),
        is_answerable=question.answerable,
    )


def _is_right(question: GoldQuestion, found: Finding) -> bool:
    if question.answers:
        return holds_answer([quote.text for quote in found.quotes], question.answers)
    return found.hits[0].article.id in question.articles


def fitted(rows: Sequence[Sample]) -> tuple[list[float], dict[str, float]]:
    """Weights (bias first) and figures of one kind's rows.

    Each set counts as much as any other, in it the right rows ANSWERABLE times the wrong ones. The figures
    are of FOLDS-fold cross-validation by article. Raises EvaluationError for fewer than FEWEST right or
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
    model = LogisticRegression(C=1e4, max_iter=5000)  # scores differ by hundredths
    folds = GroupKFold(FOLDS).split(values, truth, groups)
    balance = _balanced(rows)
    honest: Floats = cross_val_predict(
        model, values, truth, cv=folds, method="predict_proba", params={"sample_weight": balance}
    )[:, 1]
    model.fit(values, truth, sample_weight=balance)
    weights = [round(float(weight), 3) for weight in (model.intercept_[0], *model.coef_[0])]
    right = truth.astype(np.float64)
    figures = {"auroc": float(auroc(honest, right, balance[None])[0])}
    figures["ece"] = float(calibration_error(honest, right, balance[None])[0])
    return weights, {name: round(value, 3) for name, value in figures.items()}


def _balanced(rows: Sequence[Sample]) -> Floats:
    """A weight a row, 1 on average: each set's right rows weigh ANSWERABLE times its wrong ones."""
    counts = Counter((row.source, row.is_right) for row in rows)
    parts = {True: ANSWERABLE, False: 1.0}
    weights = np.array([parts[row.is_right] / counts[row.source, row.is_right] for row in rows])
    return np.asarray(weights * len(rows) / weights.sum(), dtype=np.float64)


def calibrate(
    bot: Bot,
    questions: Sequence[GoldQuestion],
    state: Path,
    source: str,
    progress: Callable[[int, int], None],
) -> Mapping[str, Mapping[str, float]]:
    """Fits to a publisher's own questions and writes the state folder's calibration; gives its figures.

    A kind with too few questions keeps the shipped weights. Raises EvaluationError where both have.
    """
    rows: list[Sample] = []
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
        document["weights"][kind], figures[kind] = own
        document["thresholds"][kind] = THRESHOLDS
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
