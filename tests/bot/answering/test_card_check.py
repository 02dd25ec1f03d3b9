"""What `check` says of cards."""

from __future__ import annotations

from pathlib import Path

from bot.answering.card_check import card_problems, to_confirm


def card(folder: Path, name: str, text: str) -> None:
    (folder / "cards").mkdir(exist_ok=True)
    (folder / "cards" / name).write_text(text, encoding="utf-8")


def test_each_problem_is_named(tmp_path: Path) -> None:
    card(tmp_path, "a.md", "---\ntitle: 甲\nwhen: <nowhere>\n---\n字")
    card(tmp_path, "b.md", "---\ntitle: 乙\nphones: ['119']\n---\n字")
    card(tmp_path, "c.md", "字")
    assert [(problem.path.name, problem.what.split(";")[0]) for problem in card_problems(tmp_path)] == [
        ("a.md", "a pattern is wrong: there is no slot <nowhere>"),
        ("b.md", "it has no `when`: nobody sees it"),
        ("c.md", "it is no card: the title is missing"),
    ]


def test_numbers_are_the_publishers_to_confirm(tmp_path: Path) -> None:
    card(tmp_path, "b.md", "---\ntitle: 乙\nphones: ['120', '119']\n---\n字")
    assert (
        to_confirm(tmp_path)
        == f"to confirm: the words and numbers of 1 cards in {tmp_path / 'cards'} (119, 120)"
    )
    (tmp_path / "cards" / "b.md").unlink()
    assert to_confirm(tmp_path) == ""


def test_the_shipped_cards_are_sound(tmp_path: Path) -> None:
    assert list(card_problems(tmp_path)) == []
