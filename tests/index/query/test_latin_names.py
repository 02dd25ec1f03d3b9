import time
from collections.abc import Mapping

import pytest

from index.query.latin_names import Names

HELD: Mapping[str, int] = {
    "平舆": 3, "平鱼": 1, "驻马": 2, "马店": 2, "西安": 1, "重庆": 1, "我们": 9, "立刻": 5,
    "贵德": 1, "提案": 8, "新创": 1, "信创": 2,
}  # fmt: skip


@pytest.fixture
def names() -> Names:
    return Names(lambda pair: HELD.get(pair, 0))


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("When does the Pingyu post office open?", "When does the Pingyu 平舆 post office open?"),
        ("zhumadian rest stations", "zhumadian 驻马店 rest stations"),
        ("How far is Xi'an?", "How far is Xi'an 西安?"),
        ("Is it in Chongqing's centre?", "Is it in Chongqing 重庆's centre?"),  # another reading of 重
        ("Pingyu and Xinchuang", "Pingyu 平舆 and Xinchuang 信创"),
    ],
)
def test_the_characters_of_a_name_stand_behind_it(names: Names, question: str, named: str) -> None:
    assert names.named(question) == named


@pytest.mark.parametrize(
    "question",
    [
        "Where do women get help?",  # not 我们
        "It looks like a hoax",  # not 立刻
        "Is there a guide?",  # not 贵德
        "What happened in Tian?",  # one syllable, not 提案
        "Where is Shuitun?",  # held by no article
        "Pingyu怎么走?",
        "xpingyu's",
        "",
    ],
)
def test_other_words_stay_as_they_are(names: Names, question: str) -> None:
    assert names.named(question) == question


def test_of_many_names_the_first_are_looked_up(names: Names) -> None:
    started = time.process_time()
    question = " ".join(["Zhushizhushi"] * 30 + ["Pingyu"])
    assert names.named(question) == question
    assert time.process_time() - started < 2
