"""What the image installs is pinned once and known by its content: the lock follows constraints and needs.

Where one of these fails: `make lock`.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PIN = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def plain(name: str) -> str:
    """A package's name as registries compare it: "Foo_Bar" -> "foo-bar"."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(name: str) -> dict[str, str]:
    """The pinned versions, without what tells a build of one version: "2.13.0+cpu" -> "2.13.0"."""
    return {plain(one): version.partition("+")[0] for one, version in PIN.findall(text_of(name))}


def test_the_lock_holds_what_the_constraints_say() -> None:
    constraints, lock = pins("constraints.txt"), pins("deploy/requirements.lock")
    assert {name: constraints.get(name) for name in lock} == lock


@pytest.mark.parametrize("extra", ["", "postgres", "replicas"])
def test_the_lock_holds_what_the_image_needs(extra: str) -> None:
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    declared = project["optional-dependencies"][extra] if extra else project["dependencies"]
    needed = {plain(re.split(r"[\[=<>!~; ]", one)[0]) for one in declared}
    assert needed - pins("deploy/requirements.lock").keys() == set()


def test_every_package_is_known_by_its_content() -> None:
    entries = re.split(r"^(?=[\w.-]+==)", text_of("deploy/requirements.lock"), flags=re.MULTILINE)[1:]
    assert len(entries) == len(pins("deploy/requirements.lock"))
    assert [entry.split()[0] for entry in entries if not HASH.search(entry)] == []


def test_nothing_else_is_installed_in_the_image() -> None:
    installs = [line for line in text_of("Dockerfile").splitlines() if "pip install" in line]
    assert installs == ["RUN pip install --require-hashes --requirement deploy/requirements.lock"]


def test_every_tool_that_make_runs_is_pinned() -> None:
    tools = re.findall(r"tool run (?:--from )?(\S+)", text_of("Makefile"))
    assert [tool.partition("==")[0] for tool in tools] == ["pip-audit", "pip-licenses", "cyclonedx-bom"]
    assert all(PIN.fullmatch(tool) for tool in tools)
    assert "uv" in pins("constraints.txt")
