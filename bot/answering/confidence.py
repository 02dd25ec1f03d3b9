"""Scores to a calibrated probability that the quotes answer, and from it the verdict."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import fmean
from typing import Literal, Protocol, Self

from bot.answering.names import lacks_name
from bot.answering.question import Question
from bot.answering.quote import Quote
from bot.answering.wanted import lacks
from corpus.article import Article
from index.hit import Hit
from index.terms import script, terms

__all__ = [
    "FEATURES",
    "OWN",
    "Calibration",
    "DocumentFrequencies",
    "Judgement",
    "Kind",
    "features",
    "is_doubtful",
    "kind_of",
]

Judgement = Literal["answered", "unsure", "none"]
Kind = Literal["zh", "en", "cross"]

FEATURES: Mapping[Kind, tuple[str, ...]] = {
    "zh": ("lift",),
    "en": ("dense", "words"),
    "cross": ("dense", "lead"),
}
"""What each kind of question is judged by; docs/measurements.md says what each of them gave on sets that
were not fitted to, and what others did not."""

FOLLOWING = 5
"""Articles that the first one is compared with."""

COMMON = 0.1
"""A name that stands in more than this share of the passages tells no article from another."""

SHIPPED = Path(__file__).with_name("confidence.json")
OWN = "confidence.json"
"""The file in the state folder that `calibrate` writes, and that takes the shipped one's place."""


class DocumentFrequencies(Protocol):
    """Document frequencies among the passages."""

    def __len__(self) -> int: ...

    def frequency(self, term: str) -> int: ...


def kind_of(question: Question, article: Article) -> Kind:
    """ "zh" and "en": question and article are both Chinese, or both English; "cross": one is, one is not."""
    written = script(f"{article.heading}\n{article.body}")
    if question.script != written:
        return "cross"
    return "zh" if written == "han" else "en"


def features(kind: Kind, hits: Sequence[Hit]) -> list[float]:
    """The FEATURES of a kind for ranked hits, at least one.

    `dense` is the first hit's dense score, `lift` how far it stands above what a question without
    an answer gets here; `words` what its words score in passage and article. `lead` is how far the first
    article's best sentence stands above those of the next FOLLOWING articles, where there
    are none, above the mean: where an answer is, one article stands out; near misses come in crowds (the
    query commitment of Shtok et al. 2012, by articles).
    """
    signals = hits[0].signals
    nearest: dict[str, float] = {}
    for hit in hits:
        best = max((sentence.cosine for sentence in hit.sentences if sentence.is_own), default=0.0)
        nearest[hit.article.id] = max(best, nearest.get(hit.article.id, best))
    first, *others = nearest.values()
    values = {
        "dense": signals.dense,
        "lift": signals.dense - signals.background,
        "words": signals.lexical + signals.whole,
        "lead": first - fmean(others[:FOLLOWING] or [signals.background]),
    }
    return [values[name] for name in FEATURES[kind]]


def is_doubtful(question: Question, quotes: Sequence[Quote], words: DocumentFrequencies) -> bool:
    """Whether the first quote's article lacks what the question names, or its quotes lack what it asks for.

    A place, a firm or an office is named; a sum, a day, a person's name and so on are asked for.
    """
    article = quotes[0].article
    quoted = "\n".join(quote.text for quote in quotes if quote.article.id == article.id)
    text = f"{article.heading}\n{article.body}"
    return lacks(question.wanted_forms, quoted) or lacks_name(question, text, partial(_is_common, words))


def _is_common(words: DocumentFrequencies, name: str) -> bool:
    found = min((words.frequency(pair) for pair in terms(name)), default=0)
    return found > COMMON * len(words)


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

    def probability(
        self, question: Question, hits: Sequence[Hit], quotes: Sequence[Quote], words: DocumentFrequencies
    ) -> float:
        """The probability, 0 to 1, that `quotes`, chosen from `hits`, answer the question.

        Where they are doubtful, it stays below the threshold of "answered", and what was shown as unsure
        is shown all the same.
        """
        kind = kind_of(question, hits[0].article)
        bias, *weights = self.weights[kind]
        score = bias + sum(w * x for w, x in zip(weights, features(kind, hits), strict=True))
        probability = 1 / (1 + math.exp(-score))
        if is_doubtful(question, quotes, words):
            return min(probability, self.thresholds[kind]["answered"] - 0.001)
        return probability

    def verdict(self, probability: float, kind: Kind) -> Judgement:
        """ "answered" or "unsure" from their thresholds on, else "none"."""
        if probability >= self.thresholds[kind]["answered"]:
            return "answered"
        return "unsure" if probability >= self.thresholds[kind]["unsure"] else "none"
