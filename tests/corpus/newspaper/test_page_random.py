"""Pages made of random articles come back as they were made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.newspaper.page import read_page
from tests.corpus.printed_pages import assert_accounted

pytestmark = pytest.mark.slow  # hundreds of random pages


@dataclass(frozen=True)
class Made:
    """An article to print."""

    kicker: str
    title: str
    dateline: str
    paragraphs: list[str]
    mark: str

    def printed(self, cut: Callable[[str], str]) -> str:
        text = [cut(paragraph) for paragraph in self.paragraphs]
        text[0] = self.dateline + text[0]
        text[-1] += self.mark
        return "\n\n".join([part for part in (self.kicker, self.title) if part] + text)


HALVES = st.sampled_from(
    ["守护碧水蓝天", "弘扬清风正气", "筑牢安全防线", "共建美丽乡村", "小书屋", "传递真情"]
)
CLAUSES = st.sampled_from(
    ["镇干部走进田间地头", "该社区组织志愿者清扫街巷", "为老人送去12袋大米", "目前", "活动中", "新闻", "一",
     "下一步", "完成投资3.5亿元", "参与群众200多人次", "开展“送法下乡”活动", "受到居民欢迎", "记者了解到",
     "建成WiFi站点", "其中新增岗位90个"]
)  # fmt: skip
SENTENCES = st.lists(CLAUSES, min_size=1, max_size=6).map(lambda clauses: ",".join(clauses) + "。")
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=4).map("".join)
DATELINES = st.sampled_from(
    ["", "本报讯(记者 何平)", "本报讯（记者 何平 通讯员 王小丽）", "新华社杭州3月8日电"]
)
MADE = st.builds(
    Made,
    kicker=st.sampled_from(["", "白云街道", "市供水公司"]),
    title=st.lists(HALVES, min_size=2, max_size=3).map(" ".join),
    dateline=DATELINES,
    paragraphs=st.lists(PARAGRAPHS, min_size=1, max_size=4),
    mark=st.sampled_from(["⑤5", "⑫3", "■", "(完)"]),
)


def flat(body: str) -> str:
    return body.replace("\n\n", "").replace("## ", "")


def cutter(data: st.DataObject) -> Callable[[str], str]:
    """Cuts a paragraph at random places, none of them behind a sentence: there a cut shows nothing."""

    def cut(paragraph: str) -> str:
        places = [at for at in range(1, len(paragraph)) if paragraph[at - 1] != "。"]
        chosen = data.draw(st.sets(st.sampled_from(places), max_size=2)) if places else set()
        gap = data.draw(st.sampled_from(["\n\n", "\n"]))
        bounds = [0, *sorted(chosen), len(paragraph)]
        return gap.join(paragraph[start:end] for start, end in pairwise(bounds))

    return cut


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(MADE, min_size=1, max_size=8), st.data())
def test_pages_with_end_marks_are_divided_as_they_were_made(made: list[Made], data: st.DataObject) -> None:
    text = "◆ 乡镇新闻 ◆\n\n" + "\n\n".join(article.printed(cutter(data)) for article in made)
    page = read_page(text, "made")
    assert [
        (article.section, article.kicker, article.title, article.byline, flat(article.body))
        for article in page.articles
    ] == [
        ("乡镇新闻", article.kicker, article.title, article.dateline, "".join(article.paragraphs))
        for article in made
    ]
    assert_accounted(text, page)


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(MADE, min_size=1, max_size=8))
def test_whole_paragraphs_come_back_whole(made: list[Made]) -> None:
    text = "\n\n".join(article.printed(str) for article in made)
    bodies = [article.body for article in read_page(text, "made").articles]
    assert bodies == ["\n\n".join(article.paragraphs) for article in made]


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(MADE, min_size=1, max_size=8), st.data())
def test_pages_without_end_marks_are_divided_by_datelines(made: list[Made], data: st.DataObject) -> None:
    dated = [replace(article, mark="", dateline=article.dateline or "本报讯(记者 何平)") for article in made]
    text = "\n\n".join(article.printed(cutter(data)) for article in dated)
    titles = [(article.kicker, article.title) for article in read_page(text, "made").articles]
    assert titles == [(article.kicker, article.title) for article in dated]
