import pytest

from bot.answering.wanted import asks_how_much, lacks, wanted_forms
from index.terms import fold


@pytest.mark.parametrize(
    ("question", "without", "with_it"),
    [
        ("办护照要多少钱?", "带身份证到窗口办理。", "工本费每本120元。"),
        ("評上勞模有多少獎金?", "评选表彰区级劳动模范30名。", "每人奖励三千元。"),
        ("How much does the insurance cost?", "5万人参保。", "每人每年400元。"),
        ("反诈热线电话是多少?", "有疑问第一时间向公安机关求助。", "请拨打96110。"),
        ("What number do I dial?", "出动5人。", "拨打 0396-2812345 咨询。"),
        ("什么时候截止?", "请尽快缴费。", "12月31日前缴费。"),
        ("How many booklets were handed out?", "发放宣传手册。", "发放宣传手册300多份。"),
    ],
)
def test_a_text_without_what_is_asked_for_lacks_it(question: str, without: str, with_it: str) -> None:
    forms = wanted_forms(fold(question))
    assert lacks(forms, without)
    assert not lacks(forms, with_it)


@pytest.mark.parametrize("question", ["怎样防范电信诈骗?", "Is it safe?", "他们做了什么?"])
def test_a_question_that_asks_for_no_such_thing_lacks_nothing(question: str) -> None:
    assert wanted_forms(fold(question)) == ()
    assert not lacks((), "")


def test_a_count_of_booklets_is_no_sum_of_money() -> None:
    assert not lacks(wanted_forms(fold("发放了多少份宣传手册?")), "发放宣传手册300多份")


@pytest.mark.parametrize(
    ("question", "is_one"),
    [
        ("去年抓了多少小偷?", True),
        ("车祸少了多少", True),
        ("心肺复苏要按几次", True),
        ("How many fires were there?", True),
        ("报警电话是多少", False),
        ("家里进贼了怎么办", False),
    ],
)
def test_a_question_for_a_quantity_asks_for_no_number_to_call(question: str, is_one: bool) -> None:
    assert asks_how_much(fold(question)) is is_one
