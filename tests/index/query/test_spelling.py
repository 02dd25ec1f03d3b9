import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.query.spelling import Speller

TEXTS = ["怎样防范电信诈骗", "城乡居民医保征缴", "信创云平台是谁的"]


def frequency(pair: str) -> int:
    return 99 if pair == "老师" else sum(pair in text for text in TEXTS)


speller = Speller(frequency)


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("怎样防范电信炸骗?", "怎样防范电信诈骗?"),
        ("怎样防范电信诈片?", "怎样防范电信诈片?"),  # at a run's end there is but one pair to go by,
        ("我的老诗好", "我的老师好"),  # and it suffices where many articles hold it
        ("防饭电信诈骗", "防范电信诈骗"),
        ("電信詐騙,防飯電信", "電信詐騙,防范電信"),
        ("城乡居民医宝征缴", "城乡居民医保征缴"),
        ("防范电诈信骗", "防范电信诈骗"),
        ("城居乡民医保", "城乡居民医保"),
    ],
)
def test_a_slip_is_mended_where_its_neighbours_tell(typed: str, mended: str) -> None:
    assert speller.mended(typed) == mended


@pytest.mark.parametrize(
    "question", ["怎样防范电信诈骗?", "张伟文是谁的老师?", "红烧肉怎么做才好吃?", "Is it safe?", "", "医"]
)
def test_what_the_articles_do_not_hold_is_left_as_it_is(question: str) -> None:
    assert speller.mended(question) == question


@pytest.mark.parametrize(
    "question",
    ["安徽会不会断粮断菜", "我妈急得睡不着", "拨几号去告诉公家", "老人没人看", "叫我媽去幫我補可以嗎"],
)
def test_function_words_are_neither_replaced_nor_put_in(question: str) -> None:
    held = ["会会", "不折", "取告", "每人", "我不", "不可"]
    assert Speller(lambda pair: 99 * (pair in held)).mended(question) == question


@settings(deadline=None)
@given(st.text(alphabet="电信诈骗炸防范饭医保宝5G?谁是", max_size=30))
def test_only_chinese_characters_change_and_none_goes(question: str) -> None:
    mended = speller.mended(question)
    assert len(mended) == len(question)
    assert [c for c in mended if not "㐀" <= c <= "鿿"] == [c for c in question if not "㐀" <= c <= "鿿"]
