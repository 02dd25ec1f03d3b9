"""The files for a spreadsheet and for a reader; what strangers wrote stays text in both."""

from __future__ import annotations

import csv
import re
from html.parser import HTMLParser

import pytest

from bot.evaluate.figures import FIGURES, summarise
from bot.evaluate.report import ReportTexts, plain_sentences, report_html, worst_first
from bot.evaluate.rows import Row
from bot.evaluate.run_folder import results_csv
from tests.bot.evaluate.corpus import row

HOSTILE = '<script>alert(1)</script> "><img src=x onerror=alert(2)>'


def report(rows: list[Row], **description: object) -> str:
    made = {"started": "2024-11-26", "articles": 9, "unanswerable": None, **description}
    return report_html(rows, {"set": "mine", **summarise(rows)}, made, [])


@pytest.mark.parametrize("opening", ["=1+1", "+1", "-1", "@x", "＝1"])
def test_no_cell_of_the_csv_is_a_formula(opening: str) -> None:
    one = row(question=opening, quotes=("=cmd()",))
    (_, cells) = csv.reader(results_csv([one]).splitlines())
    assert cells[2] == f"'{opening}"
    assert "'=cmd()" in cells


def test_the_csv_has_lists_in_one_cell_and_nothing_where_nothing_is_known() -> None:
    text = results_csv([row(ranked=("a", "b"), quotes=("一", "二"), answerable=None, right=())])
    assert text.startswith("\ufeffid,variant,question")
    (cells,) = csv.DictReader(text.removeprefix("\ufeff").splitlines())
    assert (cells["ranked"], cells["quotes"]) == ("a | b", "一 | 二")
    assert (cells["answerable"], cells["rank"], cells["latency_ms"]) == ("", "", "")


class Tags(HTMLParser):
    """The tags of a page, and the addresses that they name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [f"{name}={value}" for name, value in attributes if name in ("src", "href")]


def test_the_report_needs_no_other_file_and_runs_nothing() -> None:
    page = report([row(question=HOSTILE, quotes=(HOSTILE,), category=HOSTILE, hit=False)], model=HOSTILE)
    tags = Tags(page)
    assert not tags.tags & {"script", "img", "link", "iframe"}
    assert tags.addresses == []
    assert not re.search(r"url\(|@import", page)
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 4


def test_the_report_shows_figures_diagrams_groups_and_misses() -> None:
    rows = [
        row("q1", confidence=0.9, quotes_answer=True, hit=True, category="plain", latency_ms=12.0),
        row("q2", confidence=0.2, quotes_answer=False, hit=False, ranked=("b",), quotes=("错的话",)),
    ]
    page = report(rows, model="a-model", corpus_sha256="c0ffee")
    assert page.count("<svg") == 2
    assert "Right article first" in page
    assert '<dd class="value">0.500</dd>' in page
    assert "0.000 – 1.000" in page  # of two questions nothing can be said
    assert "错的话" in page
    assert "not among the first ten" in page
    assert "a-model" in page
    assert "c0ffee" in page
    assert '<th scope="row">plain</th>' in page


def test_a_report_without_a_question_that_says_what_is_right() -> None:
    page = report([row(answerable=None, right=(), hit=None)])
    assert "<svg" not in page
    assert '<dd class="value">–</dd>' in page


def test_the_worst_miss_is_the_most_confident_wrong_one() -> None:
    rows = [
        row("refused", verdict="none", confidence=0.01, hit=False),
        row("unsure", verdict="unsure", confidence=0.4, hit=False),
        row("right", verdict="answered", confidence=0.99, hit=True),
        row("sure", verdict="answered", confidence=0.9, hit=False),
        row("nearly shown", verdict="none", confidence=0.04, hit=False),
    ]
    assert [one.id for one in worst_first(rows)] == ["sure", "unsure", "refused", "nearly shown", "right"]


def test_every_question_is_listed_and_can_be_filtered() -> None:
    rows = [
        row("wrong", question="错的?", verdict="answered", hit=False),
        row("unsure", question="也许?", verdict="unsure", hit=True, quotes=("对的话",)),
        row("refused", question="没有?", verdict="none", hit=False),
        row("right", question="对的?", verdict="answered", hit=True),
    ]
    page = report(rows)
    classes = re.findall(r'<article class="([^"]*)">\s*<h3>([^<]*)', page)
    assert classes == [("wrong miss", "错的?"), ("refused miss", "没有?"), ("unsure", "也许?"), ("", "对的?")]
    labels = re.findall(r'<label for="show-(\w+)">([^<]*)', page)
    assert labels == [
        ("all", "all (4)"), ("wrong", "wrong (1)"), ("unsure", "unsure (1)"), ("refused", "refused (1)"),
    ]  # fmt: skip
    assert "#show-wrong:checked ~ article:not(.wrong)" in page
    assert "<mark>对的话</mark>" in page


def test_three_sentences_say_what_the_run_says() -> None:
    rows = [
        row("a", verdict="answered", mark_answers=True),
        row("b", verdict="unsure", quotes_answer=True, mark_answers=False),
        row("c", verdict="none"),
        row("d", answerable=False, right=(), verdict="answered"),
    ]
    assert plain_sentences(rows, ReportTexts.of("en")) == [
        "Of 3 questions that the articles answer, 2 were served: answered, or shown the right passage as"
        " “unsure”.",
        "Of 2 questions that got a quote, 1 have the answer in the very sentence that people see first.",
        "Of 1 questions that the articles do not answer, 1 were answered all the same.",
    ]
    assert plain_sentences([row("c", verdict="none")], ReportTexts.of("zh-Hans")) == [
        "文章里有答案的 1 个问题中，0 个得到了帮助：给出了答案，或者以“不确定”给出了正确的段落。",
        "读者最先看到的那一句是否就是答案，无从得知：问题没有注明标准答案。",
        "文章没有说的事是否也会被回答，无从得知：所有问题都有答案。",
    ]


def test_the_report_stands_in_chinese_too() -> None:
    rows = [row("q1", question="问?", verdict="none", hit=False, ranked=("b",))]
    made = {"started": "2024-11-26", "articles": 9, "unanswerable": "remove-gold"}
    page = report_html(rows, {"set": "mine", **summarise(rows)}, made, ["第 3 行"], "zh-Hans")
    assert '<html lang="zh-Hans">' in page
    assert "“mine”的问题回答得怎么样" in page
    assert "正确文章排第一" in page
    assert "拒答, 把握 0.50" in page
    read = re.sub(r"<style>.*?</style>", "", page.split("评测的对象")[0], flags=re.DOTALL)
    assert not re.search(r">[^<]*\b(?:question|article|quote|share)s?\b[^<]*<", read)


def test_both_languages_say_the_same_things() -> None:
    english, chinese = ReportTexts.of("en"), ReportTexts.of("zh-Hans")
    assert list(english.texts) == list(chinese.texts)
    assert list(english.figures) == list(chinese.figures) == list(FIGURES)
    for name, text in english.texts.items():
        assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", chinese.texts[name])), (
            name
        )
