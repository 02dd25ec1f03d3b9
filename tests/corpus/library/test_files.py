"""The folder of articles: read in natural order, or refused with the name of the file at fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.article import Article
from corpus.library.files import LibraryError, read_examples, read_library

A, B = Article("a", "甲", "一。"), Article("b", "乙", "二。")


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def titled(title: str) -> str:
    return f"---\ntitle: {title}\n---\n\n正文。\n"


def test_articles_come_in_natural_order_of_their_paths(tmp_path: Path) -> None:
    names = ["page-10", "page-2", "page-1", "2024/issue-9", "2024/issue-11", "about"]
    write(tmp_path, **{name: titled(name) for name in names})
    assert [article.title for article in read_library(tmp_path)] == [
        "about", "page-1", "page-2", "page-10", "2024/issue-9", "2024/issue-11",
    ]  # fmt: skip


def test_the_file_name_is_the_id_where_none_is_stated(tmp_path: Path) -> None:
    write(tmp_path, one=titled("甲"), two="---\nid: deux\ntitle: 乙\n---\n\n二。\n")
    assert [article.id for article in read_library(tmp_path)] == ["one", "deux"]


def test_files_of_other_kinds_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, one=titled("甲"))
    (tmp_path / "examples.txt").write_text("问题?", encoding="utf-8")
    assert len(read_library(tmp_path)) == 1


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    write(tmp_path, good=titled("甲"), **{"sub/broken": "---\nautor: 张三\n---\n"})
    with pytest.raises(LibraryError) as refused:
        read_library(tmp_path)
    assert str(refused.value).startswith(f"{tmp_path / 'sub' / 'broken.md'}: unknown front matter autor; ")


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "gbk.md").write_bytes(titled("中文").encode("gb18030"))
    with pytest.raises(LibraryError, match=r"gbk\.md: 'utf-8' codec can't decode"):
        read_library(tmp_path)


def test_two_articles_with_one_id_are_refused(tmp_path: Path) -> None:
    write(tmp_path, one=titled("甲"), **{"sub/one": titled("乙")})
    with pytest.raises(LibraryError, match=r"one\.md: another article has the id 'one' too"):
        read_library(tmp_path)


def test_an_empty_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LibraryError) as empty:
        read_library(tmp_path)
    assert str(empty.value) == f"{tmp_path} holds no article (*.md)"
    with pytest.raises(LibraryError) as missing:
        read_library(tmp_path / "none")
    assert str(missing.value) == f"{tmp_path / 'none'} is not a folder of articles"


def test_examples_are_the_lines_of_their_file(tmp_path: Path) -> None:
    assert read_examples(tmp_path) == ()
    (tmp_path / "examples.txt").write_bytes("怎样防骗?\r\n\r\n  Is it safe? \n".encode())
    assert read_examples(tmp_path) == ("怎样防骗?", "Is it safe?")
    (tmp_path / "examples.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(LibraryError, match=r"examples\.txt: 'utf-8' codec"):
        read_examples(tmp_path)
