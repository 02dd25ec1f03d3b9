import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering.confidence import FEATURES, OWN, SHIPPED, Calibration, Kind, features, kind_of
from bot.answering.question import Question
from bot.answering.quote import Quote
from corpus.article import Article
from corpus.passages import passages
from index.hit import Hit, MatchedSentence, Signals

ARTICLE = Article(id="a", title="题", body="到窗口办理即可。")
SENTENCE = MatchedSentence(0, 8, 0.6, True)


def hit(name: str, score: float) -> Hit:
    article = Article(id=name, title="题", body=ARTICLE.body)
    signals = Signals(dense=0.6, background=0.5, lexical=0.2, whole=0.1)
    return Hit(article, passages(article)[0], score, signals, (SENTENCE,))


HITS = [hit("a", 3.0), hit("a", 2.9), hit("b", 2.8), hit("b", 2.7), hit("c", 2.5)]
QUOTES = [Quote(ARTICLE, 0, 8, ARTICLE.body, ((0, 8),), 1.0)]
CALIBRATION = Calibration(
    {"zh": [-1.0, 24.0], "en": [0.0, 10.0, -1.0], "cross": [0.0, 1.0, 1.0]},
    {kind: {"answered": 0.6, "unsure": 0.2} for kind in ("zh", "cross")}
    | {"en": {"answered": 0.7, "unsure": 0.3}},
)
ENGLISH = Article(id="e", title="News", body="The office opens at nine.")


class Rare:
    """Words that no passage holds."""

    def __len__(self) -> int:
        return 100

    def frequency(self, term: str) -> int:
        return 0


@pytest.mark.parametrize(
    ("question", "article", "kind"),
    [
        ("怎么办理?", ARTICLE, "zh"),
        ("When does it open?", ENGLISH, "en"),
        ("When does it open?", ARTICLE, "cross"),
        ("几点开门?", ENGLISH, "cross"),
    ],
)
def test_the_languages_of_question_and_article_decide(question: str, article: Article, kind: Kind) -> None:
    assert kind_of(Question(question), article) == kind


def test_each_kind_is_judged_by_its_own_features() -> None:
    assert features("zh", HITS) == [pytest.approx(0.1)]
    assert features("en", HITS) == [0.6, pytest.approx(0.3)]


def test_the_lead_is_of_the_best_sentence_over_those_of_the_next_five_articles() -> None:
    def with_cosine(name: str, cosine: float) -> Hit:
        sentences = (MatchedSentence(0, 8, cosine, True), MatchedSentence(0, 8, 0.99, False))
        return replace(hit(name, 1.0), sentences=sentences)

    crowd = [with_cosine("a", 0.5), *(with_cosine(name, 0.4 - n / 10) for n, name in enumerate("bcdefg"))]
    assert features("cross", [*crowd, with_cosine("a", 0.7)]) == [0.6, pytest.approx(0.7 - 0.2)]
    assert features("cross", [with_cosine("a", 0.7)]) == [0.6, pytest.approx(0.7 - 0.5)]


def test_the_probability_is_that_of_the_logistic_regression() -> None:
    expected = 1 / (1 + math.exp(-(-1.0 + 24.0 * 0.1)))
    assert CALIBRATION.probability(Question("有人吗?"), HITS, QUOTES, Rare()) == pytest.approx(expected)


@pytest.mark.parametrize("question", ["要多少钱?", "翠柏街道能办吗?", "主任是谁?"])
def test_what_lacks_a_sum_or_a_name_is_never_answered_and_never_refused_for_that(question: str) -> None:
    probability = CALIBRATION.probability(Question(question), HITS, QUOTES, Rare())
    assert probability == pytest.approx(0.599)
    assert CALIBRATION.verdict(probability, "zh") == "unsure"


@pytest.mark.parametrize(
    ("probability", "kind", "verdict"),
    [
        (0.6, "zh", "answered"),
        (0.6, "en", "unsure"),
        (0.2, "zh", "unsure"),
        (0.2, "en", "none"),
        (0.1, "zh", "none"),
    ],
)
def test_thresholds_give_the_verdict(probability: float, kind: str, verdict: str) -> None:
    assert CALIBRATION.verdict(probability, kind) == verdict


def test_what_is_shipped_loads_and_says_where_it_comes_from() -> None:
    shipped = Calibration.load()
    assert {kind: len(weights) for kind, weights in shipped.weights.items()} == {"zh": 2, "en": 3, "cross": 3}
    provenance = json.loads(SHIPPED.read_text(encoding="utf-8"))["provenance"]
    for kind in FEATURES:
        assert {"command", "data", "date", "model", "rows", "figures"} <= set(provenance[kind])


def test_a_file_of_ones_own_is_read(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    document = {"features": FEATURES, "weights": CALIBRATION.weights, "thresholds": CALIBRATION.thresholds}
    path.write_text(json.dumps(document))
    assert Calibration.load(path) == CALIBRATION
    assert Calibration.of(tmp_path) == Calibration.load()
    path.rename(tmp_path / OWN)
    assert Calibration.of(tmp_path) == CALIBRATION
    path.write_text(json.dumps(document | {"features": {"zh": ["other"]}}))
    with pytest.raises(ValueError, match="fit it again"):
        Calibration.load(path)
