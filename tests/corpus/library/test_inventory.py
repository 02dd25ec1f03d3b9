"""Only files that have changed are read again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.article import Article, digest, to_markdown
from corpus.disk import replace_file
from corpus.library import catalogue
from corpus.library.files import LibraryError
from corpus.library.inventory import Inventory, Item, readable, take_inventory

WATER = Article("water", "停水", "明天停水。")
FIRE = Article("fire", "防火", "火灾要报警。")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    write(folder, WATER, FIRE)
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read."""
    names: list[str] = []
    reader = catalogue.read_article

    def noting(path: Path) -> Article:
        names.append(path.name)
        return reader(path)

    monkeypatch.setattr(catalogue, "read_article", noting)
    return names


def write(folder: Path, *articles: Article) -> None:
    for article in articles:
        replace_file(folder / f"{article.id}.md", to_markdown(article))


def closed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes a folder one that may not be listed, for root too."""
    scandir = os.scandir

    def refusing(path: str) -> Iterator[os.DirEntry[str]]:
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)


def test_items_are_in_the_order_of_the_library(folder: Path, tmp_path: Path) -> None:
    write(folder, replace(WATER, status="withdrawn"), replace(FIRE, id="fire-10"), replace(FIRE, id="fire-9"))
    taken = take_inventory(folder, tmp_path)
    assert [(item.id, item.status) for item in taken.items] == [
        ("fire-9", "published"), ("fire-10", "published"), ("fire", "published"), ("water", "withdrawn"),
    ]  # fmt: skip
    assert taken.items[2] == Item("fire", "published", digest(FIRE))
    assert [taken.article(place).id for place in range(4)] == ["fire-9", "fire-10", "fire", "water"]


def test_what_has_not_changed_is_not_read(folder: Path, tmp_path: Path, read: list[str]) -> None:
    first = take_inventory(folder, tmp_path)
    read.clear()
    again = take_inventory(folder, tmp_path)
    assert (read, again.items) == ([], first.items)
    write(folder, replace(WATER, body="后天停水。"))
    assert take_inventory(folder, tmp_path).items[1].digest == digest(replace(WATER, body="后天停水。"))
    assert read == ["water.md"]
    (folder / "water.md").unlink()
    assert [item.id for item in take_inventory(folder, tmp_path).items] == ["fire"]
    assert read == ["water.md"]


@pytest.mark.parametrize("damage", [b"no database" * 1000, b""])
def test_notes_that_are_lost_are_taken_again(folder: Path, tmp_path: Path, damage: bytes) -> None:
    first = take_inventory(folder, tmp_path)
    [path] = tmp_path.glob("catalogue-*.sqlite")
    path.write_bytes(damage)
    assert take_inventory(folder, tmp_path).items == first.items
    assert take_inventory(folder, tmp_path).items == first.items


def test_notes_of_other_rules_are_not_taken(
    folder: Path, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    take_inventory(folder, tmp_path)
    read.clear()
    monkeypatch.setattr(catalogue, "RULES", "2:id")
    take_inventory(folder, tmp_path)
    assert read == ["fire.md", "water.md"]


def test_notes_that_cannot_be_written_are_done_without(folder: Path, tmp_path: Path) -> None:
    assert len(take_inventory(folder, tmp_path / "nowhere").items) == 2


def test_an_article_that_changes_meanwhile_is_not_taken_for_the_former(folder: Path, tmp_path: Path) -> None:
    take_inventory(folder, tmp_path)
    taken = take_inventory(folder, tmp_path)
    write(folder, replace(WATER, body="后天停水。"))
    with pytest.raises(LibraryError, match=r"water\.md was changed while it was read; build again"):
        taken.article(1)


def test_what_is_no_library(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="is not a folder of articles"):
        take_inventory(tmp_path / "none", tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(LibraryError, match="holds no article"):
        take_inventory(tmp_path / "empty", tmp_path)
    (folder / "twin.md").write_text("---\nid: fire\ntitle: 题\n---\n\n文。\n", encoding="utf-8")
    with pytest.raises(LibraryError, match=r"twin\.md: another article has the id 'fire' too"):
        take_inventory(folder, tmp_path)
    (folder / "twin.md").write_text("---\ntitel: 题\n---\n", encoding="utf-8")
    with pytest.raises(LibraryError, match=r"twin\.md: unknown front matter titel"):
        take_inventory(folder, tmp_path)


def test_articles_in_memory() -> None:
    taken = Inventory.of([WATER, FIRE])
    assert [item.digest for item in taken.items] == [digest(WATER), digest(FIRE)]
    assert taken.article(1) == FIRE


def test_what_is_readable_though_a_file_is_broken(folder: Path, tmp_path: Path) -> None:
    take_inventory(folder, tmp_path)
    write(folder, replace(FIRE, status="withdrawn"), replace(FIRE, id="new"))
    for name in ("water", "never-read"):
        (folder / f"{name}.md").write_text("---\ntitel: x\n---\n", encoding="utf-8")
    now = readable(folder, tmp_path)
    assert now.ids("published") == {"water", "new"}
    assert now.ids("withdrawn") == {"fire"}
    assert now.having("withdrawn").article(0) == replace(FIRE, status="withdrawn")
    with pytest.raises(LibraryError, match="is not a folder of articles"):
        readable(tmp_path / "none", tmp_path)


def test_what_was_in_a_folder_that_cannot_be_listed_counts_as_noted(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "2024").mkdir()
    (folder / "fire.md").rename(folder / "2024" / "fire.md")
    take_inventory(folder, tmp_path)
    closed(folder / "2024", monkeypatch)
    assert readable(folder, tmp_path).ids("published") == {"fire", "water"}
    with pytest.raises(LibraryError, match=f"{folder / '2024'}: "):
        take_inventory(folder, tmp_path)
    (folder / "water.md").unlink()
    assert readable(folder, tmp_path).ids("published") == {"fire"}


def test_the_fingerprint_follows_articles_and_order() -> None:
    a, b = Article("a", "甲", "一。"), Article("b", "乙", "二。")
    gone = replace(b, status="withdrawn")
    shelves = ([a, b], [b, a], [a], [], [a, gone], [a, replace(gone, withdrawal="失实")])
    fingerprints = [Inventory.of(articles).fingerprint for articles in shelves]
    assert len(set(fingerprints)) == 6
    assert Inventory.of([Article("a", "甲", "一。"), b]).fingerprint == fingerprints[0]


def test_what_the_inventory_has_read_the_catalogue_does_not_read_again(
    folder: Path, tmp_path: Path, read: list[str]
) -> None:
    take_inventory(folder, tmp_path)
    read.clear()
    with catalogue.Catalogue(tmp_path, folder) as opened:
        assert opened.by_id("fire") == catalogue.Entry("fire.md", "fire")
        assert read == []
        write(folder, replace(FIRE, id="new"))
        opened.note(folder / "new.md", replace(FIRE, id="new"))
        opened.save()
    assert take_inventory(folder, tmp_path).ids("published") == {"fire", "new", "water"}
    assert read == []


def test_a_broken_file_is_noted_as_it_was_and_found_by_its_address(folder: Path, tmp_path: Path) -> None:
    write(folder, replace(FIRE, url="https://example.org/fire"))
    take_inventory(folder, tmp_path)
    (folder / "fire.md").write_text("---\ntitel: x\n---\n", encoding="utf-8")
    with catalogue.Catalogue(tmp_path, folder) as opened:
        entry = opened.by_url("https://example.org/fire")
        assert entry == catalogue.Entry("fire.md", "fire")
        with pytest.raises(LibraryError, match=r"fire\.md: unknown front matter titel"):
            opened.read(entry)
    assert readable(folder, tmp_path).ids("published") == {"fire", "water"}
