"""The files of cards: read, refused, taken from the publisher or from what ships, and no articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.library.cards import (
    SHIPPED_CARDS,
    CardError,
    CardFile,
    card_files,
    card_from_markdown,
    read_cards,
)
from corpus.library.files import LibraryError, additions, article_files

TEXT = """---
title: 请打 119
languages: [zh, en]
phones: ['119']
when:
  - 着火|起火 <place>
not: 着火点
unless: [培训]
rank: 2
quotes: yes
---

先离开。
"""


def test_a_file_holds_a_card() -> None:
    assert card_from_markdown(TEXT, "fire.en.md") == CardFile(
        "fire",
        "请打 119",
        "先离开。",
        ("zh", "en"),
        ("119",),
        ("着火|起火 <place>",),
        ("着火点",),
        ("培训",),
        2,
        True,
    )


@pytest.mark.parametrize(
    ("was", "now", "problem"),
    [
        (
            "title: 请打 119",
            "titel: x",
            "unknown front matter titel; allowed: title, languages, phones,",
        ),
        ("title: 请打 119", "title:", "the title is missing"),
        ("[zh, en]", "fr", "front matter languages: fr; allowed: zh, en"),
        ("'119'", "one", "front matter phones: 'one' is no phone number"),
        ("rank: 2", "rank: 12", "front matter rank: '12'; 1 (shown first) to 9 are allowed"),
        ("quotes: yes", "quotes: maybe", "front matter quotes: 'maybe'; yes or no are allowed"),
        ("先离开。", "", "the text below the front matter is missing"),
        (
            "not: 着火点",
            "not: {a: b}",
            "front matter not: a text or a list of texts is allowed, not {'a': 'b'}",
        ),
    ],
)
def test_what_is_no_card_is_refused(was: str, now: str, problem: str) -> None:
    with pytest.raises(CardError) as refused:
        card_from_markdown(TEXT.replace(was, now), "fire.md")
    assert str(refused.value).startswith(problem)


def test_the_shipped_cards_serve_until_there_is_a_folder(tmp_path: Path) -> None:
    assert {path.parent for path in card_files(tmp_path)} == {SHIPPED_CARDS}
    (tmp_path / "cards").mkdir()
    assert read_cards(tmp_path) == ()
    (tmp_path / "cards" / "fire.md").write_text(TEXT, encoding="utf-8")
    assert [card.id for card in read_cards(tmp_path)] == ["fire"]


def test_a_broken_card_is_named(tmp_path: Path) -> None:
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / "fire.md").write_text("先离开。", encoding="utf-8")
    with pytest.raises(LibraryError, match=r"cards/fire\.md: the title is missing"):
        read_cards(tmp_path)


def test_cards_are_no_articles(tmp_path: Path) -> None:
    for folder in ("cards", "town/cards"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "fire.md").write_text(TEXT, encoding="utf-8")
    assert article_files(tmp_path) == [tmp_path / "town" / "cards" / "fire.md"]
    assert additions(tmp_path) == [tmp_path / "cards" / "fire.md"]
