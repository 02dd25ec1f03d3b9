import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.question import LIMIT, Question, QuestionError, check_question, understand
from bot.language import detect_language


@pytest.mark.parametrize(
    ("value", "question"),
    [
        ("怎样防范电信诈骗?", "怎样防范电信诈骗?"),
        ("  5G？\n", "5G？"),
        ("　　要多少　钱", "要多少　钱"),
        ("第一行\n第二行", "第一行\n第二行"),
        ("字" * LIMIT, "字" * LIMIT),
        (" " * 600 + "字" + " " * 600, "字"),
        ("𠮷野家在哪里", "𠮷野家在哪里"),
    ],
)
def test_a_question_is_taken_without_the_space_around_it(value: str, question: str) -> None:
    assert check_question(value) == question


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "empty"),
        (" \t\n　", "empty"),
        ("?!。，…", "no_words"),
        ("\u200b\u200b", "no_words"),
        ("👍", "no_words"),
        ("字" * (LIMIT + 1), "too_long"),
        ("长" * 10_000, "too_long"),
        (None, "not_text"),
        (7, "not_text"),
        (b"text", "not_text"),
        (["text"], "not_text"),
        ({"text": "text"}, "not_text"),
        ("a\x00b", "not_text"),
        ("a\x1b[31mb", "not_text"),
        ("a\ud800b", "not_text"),
    ],
)
def test_what_is_no_question_is_refused_with_its_reason(value: object, code: str) -> None:
    with pytest.raises(QuestionError) as refused:
        check_question(value)
    assert (refused.value.code, refused.value.limit) == (code, LIMIT)
    assert code in str(refused.value)


@given(st.text() | st.integers() | st.none() | st.text(alphabet=st.characters()))
def test_any_input_is_a_question_or_refused(value: object) -> None:
    try:
        question = check_question(value)
    except QuestionError:
        return
    assert isinstance(value, str)
    assert question == value.strip()
    assert 1 <= len(question) <= LIMIT


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("怎样防范电信诈骗?", "zh-Hans"),
        ("怎樣防範電信詐騙?", "zh-Hant"),
        ("驛城區總工會做了什麼", "zh-Hant"),
        ("5G基站有輻射嗎", "zh-Hant"),
        ("WiFi密码是什么", "zh-Hans"),
        ("后天下雨", "zh-Hans"),
        ("人口", "zh-Hans"),
        ("Is base-station radiation safe?", "en"),
        ("What does the 工会 do for workers?", "en"),
        ("naïve café", "en"),
        ("", "zh-Hans"),
        ("110?", "zh-Hans"),
    ],
)
def test_the_language_of_a_text(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_a_text_without_words_has_the_language_that_is_given() -> None:
    assert detect_language("?? 110", otherwise="en") == "en"


@given(st.text())
def test_every_text_has_a_language(text: str) -> None:
    assert detect_language(text) in ("zh-Hans", "zh-Hant", "en")


def test_a_question_is_understood_once() -> None:
    question = understand(" 嗯,辦證要多少錢? ")
    assert question.text == "嗯,辦證要多少錢?"
    assert question.language == "zh-Hant"
    assert question.has_chinese
    assert question.without_filler.text == "辦證要多少錢?"
    assert question.content_terms == ("办证", "证要")
    assert all(form.search("要交380元") for form in question.wanted_forms)
    assert not any(form.search("到窗口办理") for form in question.wanted_forms)
    assert question.asks
    assert question.utterance is question.utterance


def test_a_question_without_filler_is_itself() -> None:
    question = Question("医保怎么交?")
    assert question.without_filler is question


@pytest.mark.parametrize(
    ("question", "read"),
    [("\ufdfa" * LIMIT, 55), ("ﬃ" * LIMIT, 333), ("字" * 490 + "…" * 10, 500), ("ﷺ" * 55 + "火灾?", 58)],
)
def test_a_question_of_signs_that_stand_for_many_is_cut(question: str, read: int) -> None:
    """U+FDFA is 18 characters once it is written out, the ligature of ffi three."""
    assert check_question(question) == question[:read]
