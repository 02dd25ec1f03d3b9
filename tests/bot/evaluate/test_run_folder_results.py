"""The files for a spreadsheet and for a reader; what strangers wrote stays text in both."""

from __future__ import annotations

import csv
import re
from html.parser import HTMLParser

import pytest

from bot.evaluate.figures import summarise
from bot.evaluate.report import report_html, worst_misses
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
    assert [one.id for one in worst_misses(rows)] == ["sure", "unsure", "refused", "nearly shown"]
