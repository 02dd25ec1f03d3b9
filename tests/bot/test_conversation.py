import pytest

from bot.conversation import is_follow_up, meant_question


@pytest.mark.parametrize(
    "question",
    [
        "那医保呢?",
        "多少钱?",
        "它安全吗",
        "and for the elderly?",
        "他们发了多少手册?",
        "Is it safe?",
        "還有呢?",
    ],
)
def test_a_question_that_leans_on_another_is_a_follow_up(question: str) -> None:
    assert is_follow_up(question)


@pytest.mark.parametrize(
    "question", ["怎样防范电信诈骗?", "基站辐射安全吗?", "Is base-station radiation safe?", "5G基站有輻射嗎?"]
)
def test_a_question_that_stands_alone_is_none(question: str) -> None:
    assert not is_follow_up(question)
    assert meant_question(question, ["医保怎么交?"]) == question


def test_what_is_meant_goes_back_to_the_question_that_stands_alone() -> None:
    history = ["医保怎么宣传?", "怎样防范电信诈骗?", "那老年人呢?"]
    assert meant_question("他们怎么求助?", history) == "怎样防范电信诈骗? 那老年人呢? 他们怎么求助?"


def test_a_follow_up_without_history_is_asked_as_it_is() -> None:
    assert meant_question("多少钱?", []) == "多少钱?"
