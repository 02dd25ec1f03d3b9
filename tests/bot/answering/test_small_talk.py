import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import messages
from bot.answering.question import LIMIT, Question
from bot.answering.small_talk import SmallTalk, phrases, reply, small_talk, talk_language

SAID = sorted({phrase.replace("_", " ") for listed in phrases().values() for phrase in listed})
CONTENT = [
    "医保怎么交",
    "醫保怎麼交?",
    "电信诈骗",
    "多少钱?",
    "那医保呢?",
    "它安全吗",
    "什么时候开的?",
    "5G",
    "medical insurance",
    "for the elderly?",
    "how much?",
    "Where is it?",
    "tanks",
]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("你好", "greeting"),
        ("您好呀~", "greeting"),
        ("嗨!", "greeting"),
        ("hi", "greeting"),
        ("Helloooo 👋", "greeting"),
        ("请问一下", "greeting"),
        ("在吗?", "greeting"),
        ("谢谢啦!", "thanks"),
        ("非常感謝您的幫助", "thanks"),
        ("3Q", "thanks"),
        ("Thank you so much for your help!!", "thanks"),
        ("谢 谢 🙏", "thanks"),
        ("再見", "goodbye"),
        ("ＢＹＥ", "goodbye"),
        ("88", "goodbye"),
        ("好的,谢谢,再见", "thanks"),
        ("你是谁啊?", "who"),
        ("你好,你是誰?", "who"),
        ("Who are you?", "who"),
        ("What’s your name", "who"),
        ("你是机器人吗?", "who"),
        ("你能做什么", "help"),
        ("幫助", "help"),
        ("Hi, can you help me please?", "help"),
        ("我可以问你什么?", "help"),
        ("OK", "noted"),
        ("嗯嗯嗯", "noted"),
    ],
)
def test_small_talk_is_known_with_particles_marks_slips_and_in_every_script(
    words: str, kind: SmallTalk
) -> None:
    assert small_talk(Question(words)) == kind


@pytest.mark.parametrize(
    "question",
    [
        "你好,请问医保怎么交?",
        "请问医保怎么交",
        "谢谢,那老年人呢?",
        "help with medical insurance",
        "Hello, is base-station radiation safe?",
        "帮助困难职工",
        "帮我查一下医保",
        "你能做什么饭",
        "谁是你好漂亮的主持人",
        "这个安全吗?",
        "可以吗?",
        "好了吗?",
        "多少钱?",
        "Who are the union members?",
        "thanksgiving",
        "Kano",
        "history",
        "tanks",
        "早上好几点开门?",
        "白白胖胖",
    ],
)
def test_a_question_with_content_is_none(question: str) -> None:
    assert small_talk(Question(question)) is None


@settings(deadline=None)  # the first one loads OpenCC
@given(st.lists(st.sampled_from(SAID), min_size=1, max_size=3), st.sampled_from(["", " ", ",", "! "]))
def test_what_is_made_of_small_talk_is_small_talk(parts: list[str], between: str) -> None:
    assert small_talk(Question((between or " ").join(parts))) is not None or len(" ".join(parts)) > 50


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(SAID), max_size=3),
    st.sampled_from(CONTENT),
    st.lists(st.sampled_from(SAID), max_size=3),
)
def test_no_small_talk_hides_the_question_beside_it(
    before: list[str], content: str, after: list[str]
) -> None:
    assert small_talk(Question(", ".join([*before, content, *after]))) is None


@settings(deadline=None)
@given(st.text(max_size=LIMIT))
def test_any_text_is_judged(text: str) -> None:
    small_talk(Question(text))


def test_a_long_row_of_small_talk_is_judged_at_once() -> None:
    assert small_talk(Question("好的" * 250)) is None


@pytest.mark.parametrize(
    ("words", "history", "language"),
    [
        ("谢谢", [], "zh-Hans"),
        ("謝謝", [], "zh-Hant"),
        ("嗨", [], "zh-Hans"),
        ("hi", [], "en"),
        ("OK", [], "en"),
        ("OK", ["5G基站有輻射嗎"], "zh-Hant"),
        ("3Q", [], "zh-Hans"),
        ("3Q", ["Is it safe?"], "en"),
        ("88", [], "zh-Hans"),
    ],
)
def test_latin_letters_are_answered_in_the_language_of_the_conversation(
    words: str, history: list[str], language: str
) -> None:
    assert talk_language(Question(words), history) == language


def test_a_greeting_is_told_what_can_be_asked() -> None:
    said = reply("greeting", "zh-Hans", ["一?", "二?", "三?", "四?"])
    assert said == f"{messages.GREETING.to('zh-Hans')}\n您可以这样问：\n· 一?\n· 二?\n· 三?"
    assert reply("help", "en", []) == messages.HELP.to("en")
    assert reply("thanks", "zh-Hant", ["一?"]) == messages.WELCOME_THANKS.to("zh-Hant")


def test_no_phrase_is_of_two_kinds_and_all_are_folded() -> None:
    listed = [phrase for kind in phrases().values() for phrase in kind]
    assert len(listed) == len(set(listed))
    assert [phrase for phrase in listed if not re.fullmatch(r"[a-z0-9_㐀-鿿]+", phrase)] == []
