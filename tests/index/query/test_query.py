import dataclasses

import pytest

from index.query.query import Query

QUERY = Query("5G基站有輻射嗎?")


def test_the_facts_of_a_query() -> None:
    assert QUERY.simplified == "5G基站有辐射吗?"
    assert QUERY.folded == "5g基站有辐射吗?"
    assert QUERY.script == "han"
    assert QUERY.terms == ("5g", "基站", "站有", "有辐", "辐射", "射吗")
    assert Query("Is the 平舆 post office open?").script == "latin"


def test_a_fact_is_computed_once() -> None:
    assert QUERY.terms is QUERY.terms


def test_a_query_is_its_text_and_stays_it() -> None:
    assert {Query("医保"): 1}[Query("医保")] == 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        QUERY.text = "火灾"  # type: ignore[misc]


@pytest.mark.parametrize("text", ["電信詐騙? ", "电信诈骗？", "电信诈骗"])
def test_a_question_is_embedded_without_the_mark_at_its_end(text: str) -> None:
    assert Query(text).embedded == "电信诈骗"
