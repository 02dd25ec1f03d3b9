import pytest

from bot.answering.question import Question


@pytest.mark.parametrize(
    ("question", "letters", "terms"),
    [
        ("那医保呢?", 2, ["医保"]),
        ("什么时候开的?", 1, []),
        ("那醫保怎麼交?", 3, ["医保"]),
        ("工会有多少人?", 1, ["工会"]),
        ("5G 基站安全吗", 6, ["5g", "基站", "站安", "安全"]),
        ("他们都有哪些?", 0, []),
        ("", 0, []),
    ],
)
def test_content_is_what_does_not_ask(question: str, letters: int, terms: list[str]) -> None:
    assert Question(question).content_letters == letters
    assert Question(question).content_terms == tuple(terms)


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("网上办税", True),
        ("電信詐騙?", True),
        ("地址", False),
        ("那网上办税呢", False),
        ("网上怎么办税", False),
    ],
)
def test_keywords_have_no_word_that_asks(question: str, bare: bool) -> None:
    assert Question(question).is_bare is bare


def test_english_content_is_what_is_named() -> None:
    assert Question("Where is the postal-office, and is it safe?").content_words == ("postal-office", "safe")
    assert Question("How much?").content_words == ()
