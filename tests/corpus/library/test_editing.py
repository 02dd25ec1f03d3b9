"""Articles are found, removed, withdrawn and corrected; nothing of their text is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.article import Article, from_markdown, to_markdown
from corpus.library.editing import ArticleFilter, correct, find, remove, select, withdraw
from corpus.library.files import LibraryError, read_library

A = Article("a", "停水通知", "明天停水。", source="晚报", section="A3 民生", published=date(2024, 11, 26))
B = Article("b", "Library hours", "Open until nine.", published=date(2024, 12, 1), status="withdrawn")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "any.md").write_text(to_markdown(A), encoding="utf-8")
    (tmp_path / "b.md").write_text(to_markdown(B), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (ArticleFilter(), ["a", "b"]),
        (ArticleFilter("LIBRARY"), ["b"]),
        (ArticleFilter("停水"), ["a"]),
        (ArticleFilter(source="晚"), ["a"]),
        (ArticleFilter(section="民生"), ["a"]),
        (ArticleFilter(status="withdrawn"), ["b"]),
        (ArticleFilter(since=date(2024, 12, 1)), ["b"]),
        (ArticleFilter(until=date(2024, 11, 30)), ["a"]),
        (ArticleFilter("停水", status="withdrawn"), []),
    ],
)
def test_select(wanted: ArticleFilter, ids: list[str]) -> None:
    assert [article.id for article in select([A, B], wanted)] == ids


def test_an_article_without_a_date_is_in_no_span_of_time() -> None:
    assert select([replace(A, published=None)], ArticleFilter(since=date(2000, 1, 1))) == []


def test_find(folder: Path) -> None:
    assert find(folder, "a") == (folder / "sub" / "any.md", A)
    with pytest.raises(LibraryError, match=r"there is no article with the id 'c'; see: python app\.py list"):
        find(folder, "c")
    with pytest.raises(LibraryError, match="there is no article with the id"):
        find(folder, "../b")


def test_a_broken_file_is_named(folder: Path) -> None:
    (folder / "b.md").write_text("---\ntitel: x\n---\n\ny\n", encoding="utf-8")
    with pytest.raises(LibraryError, match=r"b\.md: unknown front matter titel"):
        find(folder, "b")


def test_remove_keeps_the_text_in_the_history(folder: Path) -> None:
    kept = remove(folder, "a")
    assert kept.parent == folder / ".history" / "a"
    assert from_markdown(kept.read_text(encoding="utf-8"), "") == A
    assert read_library(folder) == [B]


TODAY, LATER = date(2026, 11, 24), date(2026, 12, 1)


def test_withdraw_and_correct_keep_file_and_text(folder: Path) -> None:
    withdrawn = replace(A, status="withdrawn", withdrawal="报社 撤稿", withdrawn_on=TODAY)
    assert withdraw(folder, "a", " 报社\n撤稿 ", TODAY) == withdrawn
    corrected = correct(folder, "a", "时间应为后天")
    assert corrected == replace(withdrawn, correction="时间应为后天")
    assert find(folder, "a") == (folder / "sub" / "any.md", corrected)
    assert len(list((folder / ".history" / "a").iterdir())) == 2
    assert correct(folder, "a", "").correction == ""


def test_another_reason_leaves_the_day_of_the_withdrawal(folder: Path) -> None:
    withdraw(folder, "a", "撤稿", TODAY)
    again = withdraw(folder, "a", "内容失实", LATER)
    assert (again.withdrawal, again.withdrawn_on) == ("内容失实", TODAY)
    # b was withdrawn before days were kept: none is made up.
    assert withdraw(folder, "b", "撤稿", LATER).withdrawn_on is None
