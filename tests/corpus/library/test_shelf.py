from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.article import Article, to_markdown
from corpus.asked import ArticleQuestion
from corpus.library import shelf as module
from corpus.library.files import LibraryError
from corpus.library.shelf import Shelf


def test_only_changed_files_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    original = module.read_article
    monkeypatch.setattr(module, "read_article", lambda path: (read.append(path.name), original(path))[1])
    for name, day in (("old", date(2023, 1, 1)), ("new", date(2024, 1, 1)), ("undated", None)):
        article = Article(name, name, "文。", published=day)
        (tmp_path / f"{name}.md").write_text(to_markdown(article), encoding="utf-8")
    shelf = Shelf(tmp_path)
    assert [article.id for article in shelf.look().articles] == ["new", "old", "undated"]
    read.clear()
    (tmp_path / "old.md").write_text("---\nx: 1\n---\n", encoding="utf-8")
    assert [article.id for article in shelf.look().articles] == ["new", "undated"]
    assert [
        str(error).startswith(f"{tmp_path}/old.md: unknown front matter x") for error in shelf.look().broken
    ] == [True]
    assert read == ["old.md"]
    (tmp_path / "old.md").unlink()
    assert shelf.look().broken == ()


def test_without_a_folder(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="is not a folder of articles"):
        Shelf(tmp_path / "none").look()


def test_articles_by_id_and_what_is_stale(tmp_path: Path) -> None:
    asked = (ArticleQuestion("几点?", "停到十点。"), ArticleQuestion("哪天?", "明天停水。"))
    water = Article("water", "停水", "明天停水。", asked=asked)
    (tmp_path / "another-name.md").write_text(to_markdown(water), encoding="utf-8")
    shelved = Shelf(tmp_path).look()
    assert shelved.by_id == {"water": water}
    assert shelved.stale == ((water, "几点?"),)
