"""What the tests of several rooms share."""

from __future__ import annotations

import inspect
import logging
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType

import pytest
import time_machine
from hypothesis import settings

from bot.answering.bot import Bot
from bot.answering.confidence import Calibration
from bot.settings import Settings
from corpus.library.files import read_examples, read_library
from index.build import build
from index.models.bundled import bundled_model
from index.models.embedder import load_embedder
from index.models.loading import BUNDLED, ModelThread
from index.models.reranker import load_reranker
from index.search import Searcher
from index.store.snapshot import load_current


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of 4 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)]
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except FileNotFoundError as error:
        pytest.skip(f"no disk can be mounted here: {error}")
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    yield disk
    # Lazily: a traceback may still hold an index whose files are mapped.
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


@pytest.fixture(scope="session")
def bundled_state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder that holds the bundled model."""
    state = tmp_path_factory.mktemp("state")
    bundled_model(state)
    return state


@pytest.fixture(scope="session")
def real_bot(bundled_state: Path) -> Bot:
    """The bot over the nine articles, with the bundled models."""
    folder, thread = Settings.model_fields["articles"].default, ModelThread()
    embedder = load_embedder(BUNDLED, bundled_state, thread=thread)
    build(read_library(folder), embedder, bundled_state, lambda done, total: None)
    reranker = load_reranker(BUNDLED, bundled_state, thread)
    searcher = Searcher(load_current(bundled_state, embedder.name), embedder, reranker)
    return Bot(searcher, Calibration.load(), read_examples(folder))


# `make quick` draws fewer random inputs.
settings.register_profile("quick", max_examples=20)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--clock", metavar="DAY", help="run the tests as if it were noon, UTC, of that day")


@pytest.fixture(autouse=True, scope="session")
def clock(request: pytest.FixtureRequest) -> Iterator[None]:
    """The clock of `--clock`, for this process alone; without it, the real one."""
    day = request.config.getoption("--clock")
    if day is None:
        yield
        return
    with time_machine.travel(datetime.fromisoformat(f"{day}T12:00:00+00:00"), tick=True):
        yield


@pytest.fixture(autouse=True)
def log_handlers() -> Iterator[None]:
    """Take off the handlers that a service set up in a test: their stream ends with it."""
    root = logging.getLogger()
    before = list(root.handlers)
    yield
    for handler in [one for one in root.handlers if type(one) is logging.StreamHandler and one not in before]:
        root.removeHandler(handler)


SLOW_FIXTURES = {"bundled_state", "real_bot", "disk", "browser", "service"}
"""What starts a model, a browser, a service or a disk."""

SLOW_CALLS = {
    "CrossEncoder", "SentenceTransformer", "load_embedder", "load_reranker",
    "drawn_by_cairo", "printed_by_chromium", "saved_by_libreoffice", "subprocess",
}  # fmt: skip
"""What loads a model or starts a program: each takes a second or more."""


@cache
def calls(function: Callable[..., object]) -> frozenset[str]:
    """The names that a function uses, also through functions of its own module."""
    found: set[str] = set()
    codes, seen = [inspect.unwrap(function).__code__], set[CodeType]()
    while codes:
        code = codes.pop()
        if code in seen:
            continue
        seen.add(code)
        found |= set(code.co_names)
        codes += [constant for constant in code.co_consts if isinstance(constant, CodeType)]
        for name in code.co_names:
            used = inspect.unwrap(function.__globals__.get(name, str))
            if isinstance(used, FunctionType) and used.__module__ == function.__module__:
                codes.append(used.__code__)
    return frozenset(found)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what `make quick` leaves out; what all tests of a session share costs one of them nothing."""
    for item in items:
        if not isinstance(item, pytest.Function):
            continue
        fixtures = [found[-1] for found in item._fixtureinfo.name2fixturedefs.values()]
        own = [fixture.func for fixture in fixtures if fixture.scope != "session"]
        called = frozenset().union(*(calls(function) for function in (item.function, *own)))
        if (
            called & SLOW_CALLS
            or set(item.fixturenames) & SLOW_FIXTURES
            or "browser" in item.path.parts
            or "killed" in item.nodeid
        ):
            item.add_marker("slow")
        if "create_app" in called:
            item.add_marker("service")
