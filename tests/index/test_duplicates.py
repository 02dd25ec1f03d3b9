"""Copies say the same; editions of a notice state other figures, and are never taken for duplicates."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.article import Article, digest
from index import duplicates
from index.duplicates import Relation, figure_contexts

STORY = (
    "新华社北京电 记者从民政部获悉,各地养老服务中心将为七十岁以上老人提供助餐服务,老人凭身份证登记即可。"
    "民政部门提醒,助餐点公布的菜单和价格应当张贴在门口,子女可以替老人在网上预订,送餐上门的费用由各地补贴。"
    "有关负责人说,社区还会组织志愿者上门看望独居老人,帮助他们打扫卫生、读报聊天。"
)
NOTICE = (
    "城乡居民基本医疗保险参保缴费现已开始,个人缴费标准为每人每年{amount}元,集中缴费期至{year}年2月28日。"
    "未在集中缴费期内参保的居民,补缴以后等待九十天才能享受待遇。缴费可以在手机上、银行网点和社区服务中心办理,"
    "困难群众由政府资助参保,具体办法请向所在街道咨询。"
)


def article(name: str, body: str, **more: str) -> Article:
    return Article(name, name, body, **more)


def related(articles: list[Article], cache: Path) -> list[Relation]:
    return duplicates.related(list(map(digest, articles)), articles.__getitem__, cache)


def relations(tmp_path: Path, *bodies: str) -> list[Relation]:
    return related([article(f"a{n}", body) for n, body in enumerate(bodies)], tmp_path / "cache")


def test_an_agencys_story_in_several_papers(tmp_path: Path) -> None:
    traditional = STORY.replace("养老", "養老").replace("记者", "記者").replace("，", ",")
    found = relations(tmp_path, STORY, "本报讯 " + STORY + "（转自新华网）", "别的文章。" * 12, traditional)
    assert found == [Relation(0, 1, True), Relation(0, 3, True), Relation(1, 3, True)]


def test_a_notice_of_each_year_is_no_copy(tmp_path: Path) -> None:
    years = [
        NOTICE.format(amount=amount, year=year) for amount, year in ((350, 2023), (380, 2024), (400, 2025))
    ]
    assert relations(tmp_path, *years) == [
        Relation(0, 1, False),
        Relation(0, 2, False),
        Relation(1, 2, False),
    ]


def test_other_figures_in_the_same_words_are_no_copy_however_much_is_shared(tmp_path: Path) -> None:
    long = STORY + NOTICE.format(amount=380, year=2024) + STORY[::-1]
    assert relations(tmp_path, long, long.replace("380", "400")) == [Relation(0, 1, False)]
    assert relations(tmp_path, long, long.replace("七十岁", "八十岁")) == [Relation(0, 1, False)]
    assert relations(tmp_path, long, long.replace("九十天", "六十天")) == [Relation(0, 1, False)]


def test_what_supersedes_is_no_copy(tmp_path: Path) -> None:
    old, new = article("old", STORY), article("new", STORY)
    assert related([old, new], tmp_path / "cache") == [Relation(0, 1, True)]
    new = replace(new, supersedes=("old",))
    assert related([old, new], tmp_path / "cache") == [Relation(0, 1, False)]
    assert related([new, old], tmp_path / "cache") == [Relation(0, 1, False)]


def test_what_holds_hardly_a_word_is_no_story(tmp_path: Path) -> None:
    assert relations(tmp_path, "见图。", "见图。", "") == []
    assert relations(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每人缴费380元。", {"每人缴费|元": {"380"}}),
        ("补助 1,200.50 元;补助 900 元", {"补助|元补助": {"1,200.50"}, "助元补助|元": {"900"}}),
        ("二〇二四年三月,万一有事", {"|年三月": {"二〇二四"}, "年三月|有事": {"万一"}}),
        ("没有数字", {}),
    ],
)
def test_figures_stand_with_the_letters_around_them(text: str, expected: dict[str, set[str]]) -> None:
    assert figure_contexts(text) == expected
