"""The catalogue knows each article's file, takes up what changes, and can be lost."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.article import Article, to_markdown
from corpus.library import catalogue as catalogue_module
from corpus.library.catalogue import Catalogue, Entry, title_key

A = Article(
    "a", "停水 通知", "明天停水。", source="晚报", published=date(2024, 11, 26), url="https://example.org/a"
)
B = Article("b", "Library hours", "Open until nine.")


def write(folder: Path, article: Article, name: str = "") -> Path:
    path = folder / f"{name or article.id}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(to_markdown(article), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    write(folder, A, "2024/any")
    write(folder, B)
    return folder


def opened(folder: Path) -> Catalogue:
    return Catalogue(folder.parent / "state", folder)


@pytest.fixture
def catalogue(folder: Path) -> Iterator[Catalogue]:
    with opened(folder) as catalogue:
        yield catalogue


def test_an_article_is_found_by_id_address_and_title(catalogue: Catalogue) -> None:
    entry = Entry("2024/any.md", "a")
    assert catalogue.by_id("a") == catalogue.by_url("https://example.org/a") == entry
    assert catalogue.by_title(replace(A, id="x", body="", title="停水通知", source=" 晚报")) == [entry]
    assert catalogue.read(entry) == A


def test_what_is_not_there_is_not_found(catalogue: Catalogue) -> None:
    assert catalogue.by_id("x") is None
    assert catalogue.by_url("") is None  # though many articles have no address
    assert catalogue.by_title(replace(A, published=None)) == []


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (replace(A, title="停水通知"), True),
        (replace(A, title="停　水\n通知"), True),
        (replace(B, title="LIBRARY HOURS"), False),
        (replace(A, source="早报"), False),
        (replace(A, published=date(2024, 11, 27)), False),
        (replace(A, title="停水通知2"), False),
        (replace(A, title="停水", source="通知晚报"), False),
        (replace(A, title="停水通知", source="\ud800"), False),
    ],
)
def test_the_key_of_a_title(other: Article, same: bool) -> None:
    assert (title_key(other) == title_key(A)) == same


def test_what_changed_while_it_was_shut_is_taken_up(folder: Path) -> None:
    opened(folder).__exit__(None, None, None)
    write(folder, replace(B, id="c", url="https://example.org/c"), "b")
    (folder / "2024" / "any.md").unlink()
    with opened(folder) as catalogue:
        assert catalogue.by_id("a") is None
        assert catalogue.by_id("b") is None
        assert catalogue.by_url("https://example.org/c") == Entry("b.md", "c")


def test_files_that_are_as_they_were_are_not_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(folder).__exit__(None, None, None)
    read: list[str] = []
    reader = catalogue_module.read_article

    def noting(path: Path) -> Article:
        read.append(path.name)
        return reader(path)

    monkeypatch.setattr(catalogue_module, "read_article", noting)
    write(folder, replace(A, id="new"), "new")
    opened(folder).__exit__(None, None, None)
    assert read == ["new.md"]


def test_a_file_that_is_no_article_is_left_out_until_it_is_mended(folder: Path) -> None:
    (folder / "bad.md").write_bytes(b"---\ntitle: \xff\n---\n")
    (folder / "worse.md").write_text("no front matter", encoding="utf-8")
    with opened(folder) as catalogue:
        assert catalogue.by_id("bad") is catalogue.by_id("worse") is None
    write(folder, replace(B, id="bad"))
    with opened(folder) as catalogue:
        assert catalogue.by_id("bad") == Entry("bad.md", "bad")


def test_former_texts_are_no_articles(folder: Path) -> None:
    write(folder, replace(A, id="old"), ".history/a/old")
    with opened(folder) as catalogue:
        assert catalogue.by_id("old") is None


def test_what_is_noted_is_found(folder: Path, catalogue: Catalogue) -> None:
    path = write(folder, replace(A, id="c", url="https://example.org/c"), "c")
    catalogue.note(path, replace(A, id="c", url="https://example.org/c"))
    assert catalogue.by_url("https://example.org/c") == Entry("c.md", "c")
    assert [entry.id for entry in catalogue.by_title(A)] == ["a", "c"]


def test_two_files_with_one_id_are_found_in_the_order_of_their_paths(folder: Path) -> None:
    write(folder, replace(B, id="a"), "0")
    with opened(folder) as catalogue:
        assert catalogue.by_id("a") == Entry("0.md", "a")


def test_fetched_addresses_are_kept(folder: Path) -> None:
    with opened(folder) as catalogue:
        assert catalogue.version("https://example.org/a") == ""
        catalogue.fetched("https://example.org/a", "2024-11-26")
        catalogue.fetched("https://example.org/a", "2024-11-27")
    with opened(folder) as catalogue:
        assert catalogue.version("https://example.org/a") == "2024-11-27"


@pytest.mark.parametrize("content", [b"", b"no database" * 500])
def test_a_lost_or_damaged_file_is_made_again(folder: Path, content: bytes) -> None:
    opened(folder).__exit__(None, None, None)
    [path] = (folder.parent / "state").glob("catalogue-*.sqlite")
    path.write_bytes(content)
    with opened(folder) as catalogue:
        assert catalogue.by_id("a") == Entry("2024/any.md", "a")


def test_one_of_other_rules_is_made_again_and_keeps_what_was_fetched(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(folder) as catalogue:
        catalogue.fetched("https://example.org/a", "2024-11-26")
    monkeypatch.setattr(catalogue_module, "RULES", "99:id")
    with opened(folder) as catalogue:
        assert catalogue.by_id("a") == Entry("2024/any.md", "a")
        assert catalogue.version("https://example.org/a") == "2024-11-26"
    [path] = (folder.parent / "state").glob("catalogue-*.sqlite")
    assert sqlite3.connect(path).execute("SELECT rules FROM rules").fetchall() == [("99:id",)]


def test_two_folders_have_two_catalogues(tmp_path: Path, folder: Path) -> None:
    write(tmp_path / "other", replace(B, id="z"))
    with opened(folder) as one, opened(tmp_path / "other") as other:
        assert (one.by_id("z"), other.by_id("z")) == (None, Entry("z.md", "z"))


def test_a_file_replaced_by_one_of_the_same_time_and_size_is_taken_up(folder: Path) -> None:
    """As `rsync -t` and a restore leave it."""
    write(folder, replace(B, id="one"), "b")
    opened(folder).__exit__(None, None, None)
    former = (folder / "b.md").stat()
    write(folder, replace(B, id="two"), "b-new")
    os.utime(folder / "b-new.md", ns=(former.st_atime_ns, former.st_mtime_ns))
    (folder / "b-new.md").replace(folder / "b.md")
    now = (folder / "b.md").stat()
    assert (now.st_mtime_ns, now.st_size) == (former.st_mtime_ns, former.st_size)
    with opened(folder) as catalogue:
        assert catalogue.by_id("one") is None
        assert catalogue.by_id("two") == Entry("b.md", "two")


def test_one_that_is_damaged_further_in_is_made_anew(folder: Path) -> None:
    """Each page in turn holds nothing but zeros; the first ones hold the tables."""
    with opened(folder):
        pass
    [path] = (folder.parent / "state").glob("catalogue-*.sqlite")
    whole = path.read_bytes()
    size = int.from_bytes(whole[16:18])
    for start in range(0, len(whole), size):
        path.write_bytes(whole[:start] + bytes(size) + whole[start + size :])
        with opened(folder) as catalogue:
            assert catalogue.by_id("a") == Entry("2024/any.md", "a")
            assert catalogue.by_id("b") == Entry("b.md", "b")
