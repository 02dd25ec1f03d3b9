"""Scores to a calibrated probability that the quotes answer, and from it the verdict."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from bot.answer_type import lacks, wanted_forms
from bot.questions import Language
from bot.quote import Quote
from index.hit import Hit

__all__ = ["FEATURES", "Calibration", "Kind", "Verdict", "features", "kind_of"]

Verdict = Literal["answered", "unsure", "none"]
Kind = Literal["zh", "en"]

FEATURES: Mapping[Kind, tuple[str, ...]] = {"zh": ("match",), "en": ("lift", "size")}
"""What each kind of question is judged by. English ones share no words with Chinese articles, and their
dense scores say little until the passages' mean is taken off: AUROC .61 without, .86 with it (own
questions)."""

LEXICAL_SHARE = 0.1
"""The weight of `lexical` in "match". A fit to official questions would take .6 (AUROC against withheld
articles .967, with .1 .953), but people who ask in their own words share few with an article: of the
project's own Chinese questions .80 were answered then where 90 % of the unanswerable are refused, now .89."""

LACKING = 0.05
"""What remains of a probability where the quotes hold nothing of the kind that is asked for, such as a
sum of money. With it the AUROC on the project's own English questions is .94, without .86."""

SHIPPED = Path(__file__).with_name("confidence.json")


def kind_of(language: Language) -> Kind:
    """The kind of a question in that language."""
    return "en" if language == "en" else "zh"


def features(kind: Kind, hits: Sequence[Hit], size: int) -> list[float]:
    """The FEATURES of a kind for ranked hits (at least one) out of an index of `size` passages.

    `lift` is how far the first hit's dense score stands above the mean passage's; `size` is the
    logarithm of the passages: among more of them the best one stands higher by chance.
    """
    signals = hits[0].signals
    values = {
        "match": signals.dense + LEXICAL_SHARE * signals.lexical,
        "lift": signals.dense - signals.background,
        "size": math.log(size),
    }
    return [values[name] for name in FEATURES[kind]]


@dataclass(frozen=True)
class Calibration:
    """For each kind a logistic regression (the bias, then one weight a feature) and two thresholds."""

    weights: Mapping[str, Sequence[float]]
    thresholds: Mapping[str, Mapping[str, float]]

    @classmethod
    def load(cls, path: Path = SHIPPED) -> Self:
        """Reads a file that the fitting command wrote; its "provenance" says from what.

        Raises ValueError where it was fitted to other FEATURES.
        """
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["features"] != {kind: list(names) for kind, names in FEATURES.items()}:
            raise ValueError(
                f"{path} was fitted to {document['features']}, now it is {FEATURES}; fit it again"
            )
        return cls(document["weights"], document["thresholds"])

    def probability(
        self, question: str, kind: Kind, hits: Sequence[Hit], quotes: Sequence[Quote], size: int
    ) -> float:
        """The probability, 0 to 1, that `quotes`, chosen from `hits`, answer the question."""
        bias, *weights = self.weights[kind]
        score = bias + sum(w * x for w, x in zip(weights, features(kind, hits, size), strict=True))
        probability = 1 / (1 + math.exp(-score))
        first = [quote.text for quote in quotes if quote.article.id == hits[0].article.id]
        return LACKING * probability if lacks(wanted_forms(question), "\n".join(first)) else probability

    def verdict(self, probability: float, kind: Kind) -> Verdict:
        """ "answered" or "unsure" from their thresholds on, else "none"."""
        if probability >= self.thresholds[kind]["answered"]:
            return "answered"
        return "unsure" if probability >= self.thresholds[kind]["unsure"] else "none"
