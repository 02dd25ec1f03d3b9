import json
import math
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answering.bot import Bot
from bot.answering.confidence import OWN, SHIPPED, Calibration
from bot.evaluate.calibration import ANSWERABLE, THRESHOLDS, Sample, calibrate, fitted, rows_of
from bot.evaluate.questions import EvaluationError, GoldQuestion
from corpus.article import Article
from tests.index.fake_embedder import quiet, searcher_over

SCAM = Article(id="scam", title="防诈骗", body="不要向陌生人透露信息。诈骗电话很多。")
FIRE = Article(id="fire", title="防火灾", body="火灾隐患要及时消除。")


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    with searcher_over([SCAM, FIRE], tmp_path) as searcher:
        yield Bot(searcher, Calibration.load())


def question(text: str, articles: tuple[str, ...] = (), answers: tuple[str, ...] = ()) -> GoldQuestion:
    return GoldQuestion(text, text, "here", articles, answers, answerable=bool(articles))


def test_a_question_is_asked_with_and_without_its_article(bot: Bot) -> None:
    asked = [question("诈骗怎么防?", ("scam",), ("不要向陌生人透露",)), question("明天下雨吗?")]
    rows = list(rows_of(bot, asked))
    assert [(row.kind, row.is_right, row.group) for row in rows] == [
        ("zh", True, "scam"),
        ("zh", False, "scam"),
        ("zh", False, "明天下雨吗?"),
    ]
    assert rows[0].values > rows[1].values


def test_right_is_a_quoted_answer_or_without_one_the_right_article(bot: Bot) -> None:
    asked = [question("诈骗怎么防?", ("scam",), ("没有这句",)), question("火灾怎么防?", ("fire",))]
    assert [row.is_right for row in rows_of(bot, asked)] == [False, False, True, False]


def test_a_fit_parts_right_from_wrong() -> None:
    chance = random.Random(1)
    rows = [Sample("zh", [chance.gauss(1.0, 0.5)], True, f"r{n}") for n in range(300)]
    rows += [Sample("zh", [chance.gauss(0.0, 0.5)], False, f"w{n}") for n in range(300)]
    (bias, weight), figures = fitted(rows)
    assert weight == pytest.approx(1 / 0.25, abs=0.8)  # two normal distributions: distance over variance
    assert figures["auroc"] == pytest.approx(0.921, abs=0.03)
    assert figures["ece"] < 0.06
    # Half way between the two means both are as likely, and right rows weigh ANSWERABLE times the others.
    assert bias + 0.5 * weight == pytest.approx(math.log(ANSWERABLE), abs=0.2)


def test_every_set_weighs_as_much_as_any_other() -> None:
    chance = random.Random(2)

    def rows(source: str, middle: float, number: int) -> list[Sample]:
        return [
            Sample("zh", [chance.gauss(middle + right, 0.3)], right, f"{source}{right}{n}", source=source)
            for right in (True, False)
            for n in range(number)
        ]

    (few, _), _ = fitted([*rows("a", 0.0, 200), *rows("b", 2.0, 200)])
    (many, _), _ = fitted([*rows("a", 0.0, 200), *rows("b", 2.0, 2000)])
    assert many == pytest.approx(few, abs=0.3)


def test_thresholds_follow_from_what_a_wrong_verdict_costs() -> None:
    assert {"answered": 3 / 4, "unsure": pytest.approx(0.05 / 1.05)} == THRESHOLDS


def test_too_few_questions_calibrate_nothing(bot: Bot, tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"^mine\.csv is too small to calibrate by: zh: 1 askings are"):
        calibrate(bot, [question("诈骗怎么防?", ("scam",))], tmp_path, "mine.csv", quiet)
    assert not (tmp_path / OWN).exists()


def test_ones_own_calibration_is_written_and_a_kind_without_questions_keeps_what_is_shipped(
    tmp_path: Path,
) -> None:
    terms = ("诈骗", "火灾", "医保", "基站", "scam")
    articles = [Article(id=f"a{n}", title=term, body=f"{term}的事。") for n, term in enumerate(terms)]
    asked = [question(f"{term}怎么办{n}?", (f"a{at}",)) for at, term in enumerate(terms) for n in range(6)]
    with searcher_over(articles, tmp_path) as searcher:
        figures = calibrate(Bot(searcher, Calibration.load()), asked, tmp_path, "mine.csv", quiet)
    assert set(figures) == {"zh"}
    document = json.loads((tmp_path / OWN).read_text(encoding="utf-8"))
    assert document["weights"]["en"] == json.loads(SHIPPED.read_text(encoding="utf-8"))["weights"]["en"]
    assert document["provenance"]["shipped"] == ["cross", "en"]
    assert document["provenance"]["rows"] == {"zh": 60}
    assert Calibration.of(tmp_path).weights["zh"] == document["weights"]["zh"]
