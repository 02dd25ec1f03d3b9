import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.clause import LONG, answering_clause
from bot.answering.question import Question

OPENING = (
    "为进一步健全多层次医疗保障体系，切实减轻参保群众的医疗费用负担，"
    "根据国家和省有关文件精神，结合我市实际情况，"
)
INSURANCE = OPENING + (
    "2025年度城乡居民基本医疗保险个人缴费标准为每人每年400元，财政补助标准为每人每年不低于670元，"
    "集中缴费期为2024年10月1日至12月31日，逾期缴费设置三个月的待遇等待期，各地要加强宣传引导。"
)


def even(term: str) -> float:
    return 1.0


def chosen(question: str, sentence: str) -> str | None:
    span = answering_clause(Question(question), sentence, even)
    return None if span is None else sentence[span.start : span.end]


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("城乡居民医保个人缴费标准是多少钱?", "2025年度城乡居民基本医疗保险个人缴费标准为每人每年400元，"),
        ("财政补助多少?", "财政补助标准为每人每年不低于670元，"),
        ("集中缴费期到什么时候?", "集中缴费期为2024年10月1日至12月31日，"),
        ("逾期缴费有等待期吗?", "逾期缴费设置三个月的待遇等待期，"),
    ],
)
def test_the_clause_that_is_asked_for_is_chosen(question: str, clause: str) -> None:
    assert len(INSURANCE) > LONG
    assert chosen(question, INSURANCE) == clause


def test_a_sentence_that_is_taken_in_at_a_glance_has_none() -> None:
    assert chosen("缴费标准?", INSURANCE[:LONG]) is None


def test_where_no_clause_fits_there_is_none() -> None:
    assert chosen("红烧肉?", INSURANCE) is None


def test_a_long_sentence_without_a_comma_has_none() -> None:
    assert chosen("地铁几点开?", "地铁六点开" * 40 + "。") is None


def test_figures_are_not_cut() -> None:
    english = (
        "The plan, "
        + "which was agreed on after long debate, " * 3
        + "costs 1,250,000 yuan; it starts at 8:30."
    )
    assert chosen("How much are the costs?", english) == "costs 1,250,000 yuan;"


def test_an_english_clause_is_chosen() -> None:
    english = (
        "Measurements at twelve stations of the city, taken over the whole of last year by an independent "
        "laboratory, show that radiation stays far below the national limit, as was reported on Monday."
    )
    assert chosen("Is radiation below the limit?", english) == (
        "show that radiation stays far below the national limit,"
    )


ASKED = st.text(alphabet="医保，；a,1: 。", max_size=20)
SENTENCES = st.text(alphabet="医保缴费，；：a,1: 。", max_size=300)


@given(ASKED, SENTENCES)
def test_it_stands_in_the_sentence_and_leaves_some_of_it(question: str, sentence: str) -> None:
    span = answering_clause(Question(question), sentence, even)
    if span is not None:
        assert 0 <= span.start < span.end <= len(sentence)
        assert span.end - span.start < len(sentence)
