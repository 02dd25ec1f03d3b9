"""Added, changed, unchanged, refused; what was replaced stays in the history."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.article import Article, from_markdown, to_markdown
from corpus.asked import ArticleQuestion
from corpus.library.adding import HISTORY, Adder, Overrides
from corpus.library.catalogue import Catalogue
from corpus.library.files import read_library
from corpus.readers.document import Document, Note

A = Article("a", "停水通知", "明天八点到十点停水,请提前储水。", source="晚报", published=date(2024, 11, 26))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    return tmp_path / "articles"


@pytest.fixture
def catalogue(folder: Path) -> Iterator[Catalogue]:
    with Catalogue(folder.parent / "state", folder) as catalogue:
        yield catalogue


def rows(*articles: Article) -> Document:
    lines = [
        json.dumps(
            {
                "id": a.id,
                "title": a.title,
                "body": a.body,
                "source": a.source,
                "url": a.url,
                "date": str(a.published or ""),
            }
        )
        for a in articles
    ]
    return Document("a.jsonl", "a", "\n".join(lines).encode())


def add(
    catalogue: Catalogue, *documents: Document | Note, stated: Overrides | None = None, dry: bool = False
) -> tuple[int, ...]:
    report = Adder(catalogue, stated or Overrides(), dry).add_all(documents, lambda name: None)
    return report.added, report.changed, report.unchanged, len(report.refused)


def history(folder: Path, id: str) -> list[str]:
    paths = sorted((folder / HISTORY / id).glob("*.md")) if (folder / HISTORY / id).is_dir() else []
    return [from_markdown(path.read_text(encoding="utf-8"), "").body for path in paths]


def test_new_then_unchanged_then_changed(catalogue: Catalogue, folder: Path) -> None:
    assert add(catalogue, rows(A)) == (1, 0, 0, 0)
    assert add(catalogue, rows(A)) == (0, 0, 1, 0)
    later = replace(A, body="明天八点到十二点停水,请提前储水。")
    assert add(catalogue, rows(later)) == (0, 1, 0, 0)
    assert read_library(folder) == [later]
    assert history(folder, "a") == [A.body]


def test_one_address_is_one_article_whatever_else_changes(catalogue: Catalogue, folder: Path) -> None:
    first = replace(A, url="https://example.org/1")
    add(catalogue, rows(first))
    second = replace(first, id="b", title="供水恢复", body="已经恢复供水。", published=date(2024, 11, 27))
    assert add(catalogue, rows(second)) == (0, 1, 0, 0)
    assert read_library(folder) == [replace(second, id="a")]


def test_one_title_source_and_date_is_one_article_under_any_id(catalogue: Catalogue, folder: Path) -> None:
    add(catalogue, rows(A))
    assert add(catalogue, rows(replace(A, id="other", title=" 停水  通知 "))) == (0, 1, 0, 0)
    assert [article.id for article in read_library(folder)] == ["a"]


@pytest.mark.parametrize(
    "other",
    [
        replace(A, id="b", published=date(2024, 11, 27)),
        replace(A, id="b", source="早报"),
        replace(A, id="b", title="停电通知"),
        replace(A, id="b", body="一篇完全不同的短讯,只有标题相同。"),
    ],
)
def test_other_articles_are_added_beside(catalogue: Catalogue, other: Article) -> None:
    add(catalogue, rows(A))
    assert add(catalogue, rows(other)) == (1, 0, 0, 0)


def test_two_addresses_are_two_articles(catalogue: Catalogue) -> None:
    add(catalogue, rows(replace(A, url="https://example.org/1")))
    assert add(catalogue, rows(replace(A, id="b", url="https://example.org/2"))) == (1, 0, 0, 0)


def test_an_id_that_is_taken_gets_a_number(catalogue: Catalogue, folder: Path) -> None:
    add(catalogue, rows(A, replace(A, title="停电", body="明天停电。")))
    assert {article.id for article in read_library(folder)} == {"a", "a.2"}


def test_two_articles_of_one_page_may_have_one_title(catalogue: Catalogue) -> None:
    first, second = (
        replace(A, title="简讯"),
        replace(A, title="简讯", id="b", body="明天八点到十点停水,请提前准备。"),
    )
    assert add(catalogue, rows(first, second)) == (2, 0, 0, 0)
    assert add(catalogue, rows(first, second)) == (0, 0, 2, 0)


def test_what_the_editor_decided_stays(catalogue: Catalogue, folder: Path) -> None:
    withdrawn = replace(
        A,
        status="withdrawn",
        withdrawal="撤稿",
        withdrawn_on=date(2024, 12, 1),
        correction="更正",
        supersedes=("z",),
        asked=(ArticleQuestion("停水吗"),),
        not_asked=("停电吗",),
        valid_until=date(2025, 1, 1),
    )
    (folder / "a.md").write_text(to_markdown(withdrawn), encoding="utf-8")
    with Catalogue(folder.parent / "state", folder) as fresh:
        assert add(fresh, rows(A)) == (0, 0, 1, 0)
        assert add(fresh, rows(replace(A, body=A.body + "谢谢。"))) == (0, 1, 0, 0)
    assert read_library(folder) == [replace(withdrawn, body=A.body + "谢谢。")]


def test_what_is_stated_goes_before_what_is_found(catalogue: Catalogue, folder: Path) -> None:
    stated = Overrides("早报", date(2024, 12, 1), "https://example.org/9")
    add(catalogue, rows(A), stated=stated)
    assert read_library(folder) == [
        replace(A, source="早报", published=date(2024, 12, 1), url="https://example.org/9")
    ]
    report = Adder(catalogue, stated).add_all([rows(A, replace(A, id="b"))], lambda name: None)
    assert report.refused == [Note("a.jsonl", "it holds several articles; --url can name one only")]


def test_a_dry_run_writes_nothing(catalogue: Catalogue, folder: Path) -> None:
    assert add(catalogue, rows(A), dry=True) == (1, 0, 0, 0)
    assert list(folder.iterdir()) == []


@pytest.mark.slow
def test_one_bad_file_of_a_thousand_is_named_and_the_rest_goes_in(catalogue: Catalogue, folder: Path) -> None:
    documents = [
        Document(f"{n}.txt", str(n), f"通知{n}\n\n第{n}号通知的内容。".encode()) for n in range(1000)
    ]
    documents[500] = Document("500.txt", "500", b"\x00\x01\x02\x03\xff")
    report = Adder(catalogue).add_all(documents, lambda name: None)
    assert (report.added, report.refused) == (
        999,
        [Note("500.txt", "the file holds zero bytes: it is no text")],
    )
    assert len(read_library(folder)) == 999


def test_characters_that_no_file_can_hold_are_left_out(catalogue: Catalogue, folder: Path) -> None:
    add(catalogue, rows(replace(A, title="停水\x00通知\ud800\x9b", body="一。\x07\x80\r\n\r\n二。")))
    assert [(article.title, article.body) for article in read_library(folder)] == [
        ("停水通知", "一。\n\n二。")
    ]
