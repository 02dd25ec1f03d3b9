"""What went wrong, in the terminal's language; whatever has no translation stays English."""

from __future__ import annotations

import ast
import string
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer import rich_utils

import app
from bot.cli.translation import ERRORS, PANELS, translate_error
from bot.language import Language
from bot.settings import Settings

ROOT = Path(__file__).parents[3]
TREES = [
    ast.parse(path.read_text(encoding="utf-8"))
    for room in ("bot", "corpus", "index")
    for path in sorted((ROOT / room).rglob("*.py"))
]


def name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def failures() -> set[str]:
    """The names of the classes under Failure, and ArticleError, whose words stand in a LibraryError."""
    classes = {
        node.name: {name_of(base) for base in node.bases}
        for tree in TREES
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found, before = {"Failure", "ArticleError"}, set[str]()
    while found != before:
        before = set(found)
        found |= {name for name, bases in classes.items() if bases & found}
    return found


def template(node: ast.expr) -> str:
    """f"port {port} is taken" -> "port {} is taken"; what is no text is "{}"."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(template(value) for value in node.values)
    if isinstance(node, ast.BinOp):
        return template(node.left) + template(node.right)
    return "{}"


def sentences() -> set[str]:
    """What the code says of a failure, and what a setting takes."""
    known, found = failures(), set[str]()
    for tree in TREES:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Name):
                found |= {template(node.args[0])} if node.func.id in known else set()
            if isinstance(node, ast.ClassDef) and node.name in known:
                calls = (call for call in ast.walk(node) if isinstance(call, ast.Call) and call.args)
                found |= {template(call.args[0]) for call in calls if name_of(call.func) == "__init__"}
    found |= {str(field.description) for field in Settings.model_fields.values()}
    return {said for said in found if any(c.isalpha() for c in said)}


def fragments() -> Iterator[str]:
    """Every text of the code."""
    for tree in TREES:
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant | ast.JoinedStr):
                yield template(node)


CATALOGUE = tomllib.loads(ERRORS.read_text(encoding="utf-8"))


def test_every_sentence_has_its_chinese() -> None:
    assert sentences() - CATALOGUE.keys() == set()


def test_no_other_is_kept() -> None:
    assert CATALOGUE.keys() - sentences() - set(fragments()) == set()


def test_the_chinese_fills_in_what_the_english_does() -> None:
    for english, chinese in CATALOGUE.items():
        places = {int(name) for _, name, _, _ in string.Formatter().parse(chinese) if name is not None}
        assert places == set(range(english.count("{}"))), english


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-Hans", "127.0.0.1 的 7860 端口已被别的程序占用；请把 YUANWEN_PORT 设成空闲的端口"),
        ("zh-Hant", "127.0.0.1 的 7860 端口已被別的程序佔用；請把 YUANWEN_PORT 設成空閒的端口"),
        ("en", "port 7860 on 127.0.0.1 is taken by another program; set YUANWEN_PORT to a free port"),
    ],
)
def test_a_sentence_is_said(language: Language, said: str) -> None:
    english = "port 7860 on 127.0.0.1 is taken by another program; set YUANWEN_PORT to a free port"
    assert translate_error(english, language) == said


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        (
            "there is no index in /x yet; run: python app.py build",
            "/x 里还没有索引；请运行：python app.py build",
        ),
        ("/a b/c.md: article c: the title is missing", "/a b/c.md：文章 c：没有标题"),
        ("YUANWEN_PORT='x' is not allowed; it takes a whole number from 0 (any free port) to 65535",
         "不能设成 YUANWEN_PORT='x'；应为：0（任意空闲端口）到 65535 的整数"),
        ("what nobody has foreseen", "what nobody has foreseen"),
        ("/x: Permission denied", "/x：Permission denied"),
    ],
)  # fmt: skip
def test_a_sentence_within_a_sentence_is_said_too(english: str, chinese: str) -> None:
    assert translate_error(english, "zh-Hans") == chinese


def test_the_door_says_it_in_the_terminal_s_language(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PANELS:
        monkeypatch.setattr(rich_utils, name, getattr(rich_utils, name))
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.setattr(sys, "argv", ["app.py", "show", "nowhere"])
    with pytest.raises(SystemExit, match=r"yuanwen: 没有编号为 'nowhere' 的文章；请看：python app\.py list"):
        app.main()
