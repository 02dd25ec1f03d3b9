"""Every character of a page is accounted for, whatever the page holds."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.newspaper.page import DROPPED, KEPT, Fate, Page, PageError, read_page
from tests.corpus.printed_pages import PAGES, assert_accounted


def assert_sections(text: str, page: Page) -> None:
    """Each article has the label that stands before it."""
    section = ""
    sections = {article.id: article.section for article in page.articles}
    for part in page.fragments:
        if part.fate == "section":
            section = text[part.start : part.end]
        elif part.fate == "title":
            assert sections[part.article] == section


def test_every_fate_has_its_sentence() -> None:
    names = {name for group in get_args(Fate) for name in (get_args(group) or (group,))}
    assert names == {*KEPT, *DROPPED}
    assert all(sentence.endswith(".") for sentence in (*KEPT.values(), *DROPPED.values()))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_character_of_a_page_is_accounted_for(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    page = read_page(text, path.stem)
    assert_accounted(text, page)
    assert_sections(text, page)


SCRAPS = [
    "\n", "\n\n", "\r\n", " ", "　", "。", "⑤5", "本报讯(记者 张静)", "本报记者 张静", "摄", "◆", "■", "【",
    "】", "##", "# ", "——", "(完)", "(下转第二版)", "近日,", "防范诈骗 筑牢防线", "雪松街道",
    "2024年1月6日 星期二", "A3 民生新闻", "“", "”", ",", "一、", "图为", "the word", "-", "week-", "days",
    "\xad", "By Ann Lee", "(记者 张静)", "。(张静)\n", "3.", "\ufeff", "\x00", "新华社北京6月2日电",
    "RIVERSIDE, Nov. 2 — ", "要闻", "责编 张三", "【关注】", "张静 摄",
]  # fmt: skip
SCRAP_PAGES = st.lists(st.one_of(st.sampled_from(SCRAPS), st.text(max_size=5)), max_size=25).map("".join)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(), SCRAP_PAGES))
def test_any_text_is_accounted_for(text: str) -> None:
    try:
        page = read_page(text, "any")
    except PageError:
        assert not text.removeprefix("\ufeff").strip()
    else:
        assert page.articles
        assert all(article.body.strip() for article in page.articles)
        assert_accounted(text, page)
