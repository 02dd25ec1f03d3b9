"""Imports point down, each heavy library has one room, and each class a name of its own.

Read from the source, so nothing is run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("app", "bot", "index", "corpus")  # each may import itself and those after it
ONE_IMPORTER = (
    *("sentence_transformers", "faiss", "gradio", "mcp", "argon2", "authlib", "httpx2"),
    *("limits", "onnx", "onnxruntime"),
)
FOR_TESTS = ("pytest", "hypothesis", "playwright", "httpx", "tests")


def modules(root: Path) -> Iterator[tuple[str, ast.Module]]:
    """Dotted name and syntax tree of each module of the product."""
    for room in ROOMS:
        for path in [root / f"{room}.py", *sorted((root / room).rglob("*.py"))]:
            if path.is_file():
                name = ".".join(path.relative_to(root).with_suffix("").parts)
                yield name, ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> set[str]:
    """The modules that are imported anywhere in the tree, inside functions too."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
    return found


def top(module: str) -> str:
    return module.split(".")[0]


def violations(root: Path) -> list[str]:
    """Each import and each name of a class that the house does not allow, in words."""
    found, classes = [], dict[str, str]()
    importers: dict[str, list[str]] = {library: [] for library in ONE_IMPORTER}
    for name, tree in modules(root):
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                first = classes.setdefault(node.name, name)
                if first != name:
                    found.append(f"{first} and {name} define {node.name}: one name, one meaning")
        names = sorted(imported(tree))
        for target in names:
            if target.startswith("."):
                found.append(f"{name} imports {target}: write the whole name")
            if top(target) in ROOMS and ROOMS.index(top(target)) < ROOMS.index(top(name)):
                found.append(f"{name} imports {target}: imports point down")
            if top(target) == "fastapi" and not name.startswith(("bot.web.", "bot.desk.")):
                found.append(f"{name} imports fastapi: bot.web and bot.desk alone may")
            if top(target) == "faiss" and not name.startswith("index.store."):
                found.append(f"{name} imports faiss: index.store alone may")
            if top(target) in FOR_TESTS:
                found.append(f"{name} imports {target}: it is for tests")
        for library in {top(target) for target in names} & set(ONE_IMPORTER):
            importers[library].append(name)
    for library, users in importers.items():
        if len(users) != 1:
            found.append(f"{library} has the importers {', '.join(users) or 'none'}: one is allowed")
    return found


class WithoutTypes(ast.NodeTransformer):
    """Leaves out what is imported for types alone."""

    def visit_If(self, node: ast.If) -> ast.AST | None:
        return None if ast.unparse(node.test) == "TYPE_CHECKING" else self.generic_visit(node)


def circle(root: Path) -> list[str]:
    """Modules each of which imports the one before it, the first one twice; [] where there are none."""
    trees = {name.removesuffix(".__init__"): WithoutTypes().visit(tree) for name, tree in modules(root)}
    graph = {name: imported_names(tree) & trees.keys() - {name} for name, tree in trees.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def imported_names(tree: ast.Module) -> set[str]:
    """The modules that are imported, and what is imported from them, which may be modules too."""
    return imported(tree) | {
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_no_module_imports_itself_by_way_of_others(tmp_path: Path) -> None:
    assert circle(ROOT) == []
    assert circle(write(tmp_path, ORDERLY)) == []
    files = {"corpus/article.py": "from corpus import ids", "corpus/ids.py": "import corpus.article"}
    assert set(circle(write(tmp_path, files))) == {"corpus.article", "corpus.ids"}


def test_the_house_is_in_order() -> None:
    assert violations(ROOT) == []


def test_the_whole_house_is_read() -> None:
    names = {name for name, _ in modules(ROOT)}
    assert {"app", "bot.answering.bot", "bot.web.server", "index.search", "corpus.article"} <= names


ORDERLY = {
    "app.py": "import bot.answering.bot\nimport index.search",
    "bot/answering/bot.py": "import json",
    "bot/web/chat/page.py": "import gradio\nfrom fastapi.responses import Response",
    "bot/web/pages.py": "from jinja2 import Environment",
    "bot/web/mcp.py": "from mcp.server.mcpserver import MCPServer",
    "bot/desk/single_sign_on.py": "import httpx2\nfrom authlib.common.errors import AuthlibBaseError",
    "bot/operations/users.py": "from argon2 import PasswordHasher",
    "bot/web/shared_limits.py": "from limits.errors import StorageError",
    "index/models/encoder.py": "import onnxruntime",
    "index/models/graph.py": "from onnx import helper",
    "index/search.py": "from corpus.article import Article\nfrom index.store.store import Store",
    "index/store/dense.py": "import faiss",
    "index/store/store.py": "class Store:\n    pass",
    "index/models/loading.py": "def load():\n    from sentence_transformers import models",
    "corpus/article.py": "import re",
}


def write(root: Path, files: dict[str, str]) -> Path:
    for name, source in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return root


def test_an_orderly_house_is_accepted(tmp_path: Path) -> None:
    assert violations(write(tmp_path, ORDERLY)) == []


def test_faiss_stays_behind_the_store(tmp_path: Path) -> None:
    files = ORDERLY | {"index/store/dense.py": "import json", "index/search.py": "import faiss"}
    assert violations(write(tmp_path, files)) == ["index.search imports faiss: index.store alone may"]


@pytest.mark.parametrize(
    ("file", "source", "violation"),
    [
        ("corpus/article.py", "import index", "corpus.article imports index: imports point down"),
        (
            "index/search.py",
            "def f():\n    from bot.answering.quote import Quote",
            "index.search imports bot.answering.quote: imports point down",
        ),
        ("bot/answering/bot.py", "import app", "bot.answering.bot imports app: imports point down"),
        (
            "bot/answering/bot.py",
            "import fastapi",
            "bot.answering.bot imports fastapi: bot.web and bot.desk alone may",
        ),
        ("bot/answering/bot.py", "from . import quote", "bot.answering.bot imports .: write the whole name"),
        (
            "bot/answering/bot.py",
            "import sentence_transformers.util",
            "sentence_transformers has the importers bot.answering.bot, index.models.loading: one is allowed",
        ),
        ("index/store/dense.py", "import json", "faiss has the importers none: one is allowed"),
        ("bot/web/chat/page.py", "import json", "gradio has the importers none: one is allowed"),
        (
            "corpus/article.py",
            "class Store:\n    pass",
            "index.store.store and corpus.article define Store: one name, one meaning",
        ),
        ("corpus/article.py", "import pytest", "corpus.article imports pytest: it is for tests"),
        ("app.py", "from tests.index import fake_embedder", "app imports tests.index: it is for tests"),
    ],
)
def test_a_disorderly_house_is_noticed(tmp_path: Path, file: str, source: str, violation: str) -> None:
    assert violations(write(tmp_path, ORDERLY | {file: source})) == [violation]
