import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.question import Question

SAID_BEFORE = [
    "嗯,",
    "那个,",
    "你好,",
    "请问",
    "请问一下,",
    "不好意思,麻烦问一下,",
    "我想咨询一下,",
    "請問",
    "哎,那个啥,",
]
SAID_BEHIND = ["", ",谢谢", ",谢谢您!", ",麻烦您了", ",多谢"]
CONTENT = [
    "医保怎么交",
    "那个活动是哪天的",
    "额度是多少",
    "谢谢是谁说的",
    "请教师资格证怎么办",
    "5G基站安全吗",
    "告诉我国的规定",
]


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("嗯,那个,我想问问医保怎么交,谢谢啦!", "医保怎么交!"),
        ("你好,请问医保怎么交?", "医保怎么交?"),
        ("不好意思,麻煩問一下,怎樣防詐騙", "怎樣防詐騙"),
        ("Um, could you tell me: is it safe, please?", "is it safe?"),
        ("Hi, I was wondering, what is it?", "what is it?"),
    ],
)
def test_filler_goes_from_both_edges(said: str, question: str) -> None:
    assert Question(said).without_filler.text == question


@pytest.mark.parametrize(
    "question",
    [
        *CONTENT,
        "Well water, is it safe?",
        "Hi-tech park",
        "请问",
        "谢谢",
        "我想知道",
        "感谢信写给谁?",
        "So what is it?",
        "请问候语怎么写",
    ],
)
def test_content_stays_and_a_question_is_never_emptied(question: str) -> None:
    assert Question(question).without_filler.text == question


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(SAID_BEFORE), max_size=3), st.sampled_from(CONTENT), st.sampled_from(SAID_BEHIND)
)
def test_the_same_question_is_left_whatever_is_said_around_it(
    before: list[str], content: str, behind: str
) -> None:
    assert Question("".join(before) + content + behind).without_filler.text.rstrip("!") == content


@settings(deadline=None)
@given(st.text(max_size=60))
def test_what_is_left_is_a_part_of_the_question(text: str) -> None:
    assert Question(text).without_filler.text.strip() in text


def test_long_rows_of_filler_end_at_once() -> None:
    assert Question("嗯" * 499 + "?").without_filler.text == "嗯" * 499 + "?"
    assert Question("那个," * 120 + "医保").without_filler.text == "医保"
