import json
import math
from pathlib import Path

import pytest

from bot.answering.confidence import FEATURES, LACKING, LEAST_LEAD, OWN, SHIPPED, Calibration, features
from bot.answering.quote import Quote
from corpus.article import Article
from corpus.passages import passages
from index.hit import Hit, MatchedSentence, Signals
from index.search import DENSE_WEIGHT

ARTICLE = Article(id="a", title="题", body="到窗口办理即可。")
SENTENCE = MatchedSentence(0, 8, 0.6, True)


def hit(name: str, score: float) -> Hit:
    article = Article(id=name, title="题", body=ARTICLE.body)
    signals = Signals(dense=0.6, background=0.5, lexical=0.2, whole=0.1)
    return Hit(article, passages(article)[0], score, signals, (SENTENCE,))


HITS = [hit("a", 3.0), hit("a", 2.9), hit("b", 2.8), hit("b", 2.7), hit("c", 2.5)]
# Two other articles, and three average passages.
LEAD = math.log(3.0 - (2.8 + 2.5 + 3 * DENSE_WEIGHT * 0.5) / 5 + LEAST_LEAD)
QUOTES = [Quote(ARTICLE, 0, 8, ARTICLE.body, ((0, 8),), 1.0)]
CALIBRATION = Calibration(
    {"zh": [-1.0, 2.0, 0.5], "en": [0.0, 10.0, -1.0]},
    {"zh": {"answered": 0.6, "unsure": 0.2}, "en": {"answered": 0.7, "unsure": 0.3}},
)


def test_chinese_questions_are_judged_by_score_and_lead_english_ones_by_lift_and_lead() -> None:
    assert features("zh", HITS) == [0.6, pytest.approx(LEAD)]
    assert features("en", HITS) == [pytest.approx(0.1), pytest.approx(LEAD)]


def test_the_lead_is_over_the_best_passage_of_each_of_the_next_five_articles() -> None:
    crowd = [hit("a", 3.0), *(hit(name, 2.0 - n / 10) for n, name in enumerate("bcdefgh")), hit("b", 0.0)]
    lead = 3.0 - (2.0 + 1.9 + 1.8 + 1.7 + 1.6) / 5
    assert features("zh", crowd)[1] == pytest.approx(math.log(lead + LEAST_LEAD))


def test_a_first_hit_behind_another_one_has_no_lead() -> None:
    assert features("zh", [hit("a", 2.0), *(hit(name, 2.5) for name in "bcdef")])[1] == math.log(LEAST_LEAD)


def test_the_probability_is_that_of_the_logistic_regression() -> None:
    expected = 1 / (1 + math.exp(-(-1.0 + 2.0 * 0.6 + 0.5 * LEAD)))
    assert CALIBRATION.probability("怎么办理?", "zh", HITS, QUOTES) == pytest.approx(expected)
    assert CALIBRATION.probability("要多少钱?", "zh", HITS, QUOTES) == pytest.approx(LACKING * expected)


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
    assert {kind: len(weights) for kind, weights in shipped.weights.items()} == {"zh": 3, "en": 3}
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
    path.write_text(json.dumps(document | {"features": {"zh": ["dense"], "en": ["dense"]}}))
    with pytest.raises(ValueError, match="fit it again"):
        Calibration.load(path)
