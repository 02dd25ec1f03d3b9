"""Scores to a calibrated probability that the quotes answer, and from it the verdict."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Literal, Self

from bot.answering.question import lacks, wanted_forms
from bot.answering.quote import Quote
from bot.language import Language
from index.hit import Hit
from index.search import DENSE_WEIGHT

__all__ = ["FEATURES", "LEAST_LEAD", "OWN", "Calibration", "Judgement", "Kind", "features", "kind_of"]

Judgement = Literal["answered", "unsure", "none"]
Kind = Literal["zh", "en"]

FEATURES: Mapping[Kind, tuple[str, ...]] = {"zh": ("dense", "log lead"), "en": ("lift", "log lead")}
"""What each kind of question is judged by. English ones share no words with Chinese articles, and their
dense scores say little until the passages' mean is taken off: AUROC .61 without, .86 with it (own
questions). AUROC against withheld articles on samples of ncp-dev: "dense" alone .850, with BM25 .884,
with the lead .927; the re-ranker's log-odds add .008 to that and cost .008 on questions in people's own
words, shared words cost .015 there."""

LEAST_LEAD = 0.02
"""Added to a lead before its logarithm is taken: none is 0. Expected calibration error on ncp-dev and
cmrc-trial, whole and cross-validated, the re-ranker new to what it read: .073 and .060 for the lead as it
is, .067 and .044 for its root, .045 and .043 for its logarithm."""

FOLLOWING = 5
"""Articles that the first one is compared with."""

LACKING = 0.05
"""What remains of a probability where the quotes hold nothing of the kind that is asked for, such as a
sum of money. With it the AUROC on the project's own English questions is .94, without .86."""

SHIPPED = Path(__file__).with_name("confidence.json")
OWN = "confidence.json"
"""The file in the state folder that `calibrate` writes, and that takes the shipped one's place."""


def kind_of(language: Language) -> Kind:
    """The kind of a question in that language."""
    return "en" if language == "en" else "zh"


def features(kind: Kind, hits: Sequence[Hit]) -> list[float]:
    """The FEATURES of a kind for ranked hits, at least one.

    `lift` is how far the first hit's dense score stands above the mean passage's; `log lead` the logarithm of
    how far its score stands above the mean of the next FOLLOWING articles', where there are fewer, of
    average passages'. It is the query commitment of Shtok et al. (2012) by articles: where an answer is, one
    article stands out; near misses come in crowds.
    """
    signals = hits[0].signals
    others: dict[str, float] = {}
    for hit in hits:
        if hit.article.id != hits[0].article.id:
            others.setdefault(hit.article.id, hit.score)
    average = DENSE_WEIGHT * signals.background
    following = [*list(others.values())[:FOLLOWING], *[average] * FOLLOWING][:FOLLOWING]
    values = {
        "dense": signals.dense,
        "lift": signals.dense - signals.background,
        "log lead": math.log(max(0.0, hits[0].score - fmean(following)) + LEAST_LEAD),
    }
    return [values[name] for name in FEATURES[kind]]


@dataclass(frozen=True)
class Calibration:
    """For each kind a logistic regression (the bias, then one weight a feature) and two thresholds."""

    weights: Mapping[str, Sequence[float]]
    thresholds: Mapping[str, Mapping[str, float]]

    @classmethod
    def of(cls, state: Path) -> Self:
        """The publisher's own where `calibrate` has written one under `state`, else the shipped one."""
        own = state / OWN
        return cls.load(own if own.is_file() else SHIPPED)

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

    def probability(self, question: str, kind: Kind, hits: Sequence[Hit], quotes: Sequence[Quote]) -> float:
        """The probability, 0 to 1, that `quotes`, chosen from `hits`, answer the question."""
        bias, *weights = self.weights[kind]
        score = bias + sum(w * x for w, x in zip(weights, features(kind, hits), strict=True))
        probability = 1 / (1 + math.exp(-score))
        first = [quote.text for quote in quotes if quote.article.id == hits[0].article.id]
        return LACKING * probability if lacks(wanted_forms(question), "\n".join(first)) else probability

    def verdict(self, probability: float, kind: Kind) -> Judgement:
        """ "answered" or "unsure" from their thresholds on, else "none"."""
        if probability >= self.thresholds[kind]["answered"]:
            return "answered"
        return "unsure" if probability >= self.thresholds[kind]["unsure"] else "none"
