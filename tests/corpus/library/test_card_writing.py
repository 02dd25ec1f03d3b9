from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.library.card_writing import card_to_markdown, remove_card, save_card, save_examples
from corpus.library.cards import SHIPPED_CARDS, CardError, CardFile, card_from_markdown, read_cards
from corpus.library.files import read_examples

GAS = CardFile(
    "gas", "闻到燃气味: 先离开", "不要开灯。\n\n打 119。",
    ("zh", "en"), ("119", "010-12345"), ("燃气 漏|味",),
    ("漏斗",), ("<about>",), 2, True,
)  # fmt: skip


@pytest.mark.parametrize("card", [GAS, CardFile("x", "标题", "内容", when=("- x: 'y'", "#z"))])
def test_a_card_is_read_as_it_was_written(card: CardFile) -> None:
    assert card_from_markdown(card_to_markdown(card), f"{card.id}.md") == card


def test_every_shipped_card_is_read_as_it_was_written() -> None:
    for path in SHIPPED_CARDS.glob("*.md"):
        card = card_from_markdown(path.read_text(encoding="utf-8"), path.name)
        assert card_from_markdown(card_to_markdown(card), path.name) == card


def test_the_first_own_card_stands_among_the_shipped_ones(tmp_path: Path) -> None:
    shipped = read_cards(tmp_path)
    save_card(tmp_path, "water.md", replace(GAS, id=""))
    assert set(read_cards(tmp_path)) == {*shipped, replace(GAS, id="water")}
    remove_card(tmp_path, "water.md")
    assert read_cards(tmp_path) == shipped


@pytest.mark.parametrize(
    "wrong",
    [replace(GAS, title=" "), replace(GAS, text=""), replace(GAS, phones=("abc",)), replace(GAS, rank=0),
     replace(GAS, languages=("fr",))],
)  # fmt: skip
def test_what_would_not_be_read_is_not_written(tmp_path: Path, wrong: CardFile) -> None:
    (tmp_path / "cards").mkdir()
    with pytest.raises(CardError):
        save_card(tmp_path, "gas.md", wrong)
    assert list((tmp_path / "cards").iterdir()) == []


def test_examples_are_lines(tmp_path: Path) -> None:
    save_examples(tmp_path, ["停水吗?", "", "  a   b\t?"])
    assert read_examples(tmp_path) == ("停水吗?", "a b ?")
