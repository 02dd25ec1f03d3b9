import json
import math
from pathlib import Path

import pytest

from bot.confidence import FEATURES, LACKING, LEXICAL_SHARE, SHIPPED, Calibration, features
from bot.quote import Quote
from corpus.article import Article
from corpus.passages import passages
from index.hit import Hit, Signals

ARTICLE = Article(id="a", title="题", body="到窗口办理即可。")
HITS = [
    Hit(
        ARTICLE, passages(ARTICLE)[0], 1.0, Signals(dense=0.6, background=0.5, lexical=0.2, whole=0.1), (0.6,)
    )
]
QUOTES = [Quote(ARTICLE, 0, 8, ARTICLE.body, ((0, 8),), 1.0)]
CALIBRATION = Calibration(
    {"zh": [-1.0, 2.0], "en": [0.0, 10.0, -1.0]},
    {"zh": {"answered": 0.6, "unsure": 0.2}, "en": {"answered": 0.7, "unsure": 0.3}},
)


def test_chinese_questions_are_judged_by_their_match_english_ones_by_lift_and_size() -> None:
    assert features("zh", HITS, 100) == [pytest.approx(0.6 + LEXICAL_SHARE * 0.2)]
    assert features("en", HITS, 100) == [pytest.approx(0.1), pytest.approx(math.log(100))]


def test_the_probability_is_that_of_the_logistic_regression() -> None:
    expected = 1 / (1 + math.exp(-(-1.0 + 2.0 * (0.6 + LEXICAL_SHARE * 0.2))))
    assert CALIBRATION.probability("怎么办理?", "zh", HITS, QUOTES, 100) == pytest.approx(expected)
    assert CALIBRATION.probability("要多少钱?", "zh", HITS, QUOTES, 100) == pytest.approx(LACKING * expected)


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
    assert {kind: len(weights) for kind, weights in shipped.weights.items()} == {"zh": 2, "en": 3}
    provenance = json.loads(SHIPPED.read_text(encoding="utf-8"))["provenance"]
    assert {"command", "data", "date", "model", "rows", "figures"} <= set(provenance)


def test_a_file_of_ones_own_is_read(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    document = {"features": FEATURES, "weights": CALIBRATION.weights, "thresholds": CALIBRATION.thresholds}
    path.write_text(json.dumps(document))
    assert Calibration.load(path) == CALIBRATION
    path.write_text(json.dumps(document | {"features": {"zh": ["dense"], "en": ["dense"]}}))
    with pytest.raises(ValueError, match="fit it again"):
        Calibration.load(path)
