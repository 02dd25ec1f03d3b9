"""The commands of the desk, as an operator types them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.desk import commands
from bot.operations.users import UserError


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    monkeypatch.setenv("YUANWEN_ARTICLES", str(tmp_path / "articles"))
    monkeypatch.setenv("YUANWEN_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


def run(*arguments: str, stdin: str = "") -> tuple[int, str]:
    """Exit status and stdout."""
    result = CliRunner().invoke(commands, list(arguments), input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


def test_users_are_made_listed_changed_and_removed() -> None:
    added = run("user", "add", "chief", "--role", "administrator", "--password-stdin", stdin="long enough\n")
    assert added == (0, "added chief, administrator\n")
    assert run("user", "list") == (0, "chief  administrator\n")
    assert run("user", "change", "chief", "--role", "editor") == (0, "changed chief\n")
    with pytest.raises(UserError, match="10 to 200 characters"):
        run("user", "add", "x", "--role", "editor", "--password-stdin", stdin="short\n")
    assert run("user", "remove", "chief") == (0, "removed chief\n")
    assert run("user", "list") == (0, "")


def test_a_user_whom_a_provider_signs_in_needs_no_password() -> None:
    assert run("user", "add", "li", "--role", "editor", "--single-sign-on") == (0, "added li, editor\n")


def test_a_role_that_is_none() -> None:
    assert run("user", "add", "x", "--role", "god", "--password-stdin", stdin="long enough\n")[0] == 2


def test_a_password_is_asked_for_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["long enough", "long enough", "long enough", "something else"])
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    assert run("user", "add", "one", "--role", "editor")[0] == 0
    assert run("user", "add", "two", "--role", "editor")[0] == 1
    assert run("user", "list") == (0, "one  editor\n")


def test_the_log_is_verified(state: Path) -> None:
    run("user", "add", "chief", "--role", "editor", "--password-stdin", stdin="long enough\n")
    status, told = run("audit", "verify")
    assert (status, told[:36]) == (0, "1 lines, unbroken; the last hash is ")
    seen = told.split()[-1]
    run("user", "remove", "chief")
    assert run("audit", "verify", "--seen", seen)[0] == 0
    assert run("audit", "verify", "--seen", "0" * 64)[0] == 1
    assert "2  " in run("audit", "list")[1]
    with closing(sqlite3.connect(state / "yuanwen.sqlite")) as database, database:
        database.execute("UPDATE audit_log SET user_name = 'other' WHERE number = 1")
    assert run("audit", "verify")[0] == 1
