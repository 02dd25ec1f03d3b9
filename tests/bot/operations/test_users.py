from __future__ import annotations

import pytest
import time_machine

from bot.operations.audit import AuditLog
from bot.operations.database import Database
from bot.operations.users import TooEarly, User, UserError, Users

PASSWORD = "long enough 密码"


@pytest.fixture
def users(database: Database) -> Users:
    users = Users(database)
    users.add("chief", "publisher", PASSWORD, "test")
    return users


def test_a_user_signs_in_and_out(users: Users) -> None:
    key = users.sign_in(" chief ", PASSWORD, "192.0.2.1")
    assert key is not None
    assert users.of_session(key) == User("chief", "publisher")
    users.sign_out(key)
    assert users.of_session(key) is None
    assert users.of_session("made up") is None


def test_a_session_ends(users: Users) -> None:
    with time_machine.travel("2030-01-01T08:00:00Z", tick=False) as clock:
        key = users.sign_in("chief", PASSWORD, "192.0.2.1")
        assert key is not None
        clock.shift(10 * 3600 - 1)
        assert users.of_session(key)
        clock.shift(1)
        assert users.of_session(key) is None


def test_wrong_passwords_are_slowed_more_and_more(users: Users) -> None:
    waits = []
    with time_machine.travel("2030-01-01T08:00:00Z", tick=False) as clock:
        while len(waits) < 12:
            try:
                assert users.sign_in("chief", "wrong", "192.0.2.1") is None
            except TooEarly as early:
                waits.append(early.seconds)
                clock.shift(early.seconds)
        assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]
        users.sign_in("chief", "wrong", "192.0.2.1")
        with pytest.raises(TooEarly):
            users.sign_in("chief", PASSWORD, "192.0.2.1")
        assert users.sign_in("chief", PASSWORD, "192.0.2.7"), "a stranger's tries keep nobody else out"
        clock.shift(900)
        assert users.sign_in("chief", PASSWORD, "192.0.2.1")


def test_an_address_that_tries_many_names_is_slowed(users: Users) -> None:
    with time_machine.travel("2030-01-01T08:00:00Z", tick=False):
        for number in range(20):
            assert users.sign_in(f"name{number}", "wrong", "192.0.2.1") is None
        with pytest.raises(TooEarly):
            users.sign_in("name", "wrong", "192.0.2.1")


@pytest.mark.parametrize("name", ["", "a b", "x" * 61, "a/b", "a\nb", "<b>"])
def test_names_that_are_none(users: Users, name: str) -> None:
    with pytest.raises(UserError, match="is no name of a user"):
        users.add(name, "editor", PASSWORD, "test")


def test_what_is_refused(users: Users) -> None:
    with pytest.raises(UserError, match="there is a user 'chief' already"):
        users.add("chief", "editor", PASSWORD, "test")
    with pytest.raises(UserError, match="10 to 200 characters"):
        users.add("new", "editor", "short", "test")
    with pytest.raises(UserError, match="there is no user 'nobody'"):
        users.change("nobody", "test", role="editor")
    with pytest.raises(UserError, match="there is no user 'nobody'"):
        users.remove("nobody", "test")


def test_a_changed_user_is_signed_out(users: Users) -> None:
    key = users.sign_in("chief", PASSWORD, "192.0.2.1")
    assert key is not None
    users.change("chief", "test", role="administrator", password="another password")
    assert users.of_session(key) is None
    assert users.has_administrator()
    assert users.sign_in("chief", PASSWORD, "192.0.2.1") is None
    assert users.sign_in("chief", "another password", "192.0.2.1")
    users.remove("chief", "test")
    assert users.all() == []
    assert not users.has_administrator()


def test_roles_hold_those_below_them() -> None:
    assert User("a", "administrator").may("publisher")
    assert User("a", "publisher").may("publisher")
    assert not User("a", "editor").may("publisher")


def test_neither_passwords_nor_addresses_are_written(users: Users, database: Database) -> None:
    users.sign_in("chief", "secret wrong one", "192.0.2.1")
    users.sign_in("chief", PASSWORD, "192.0.2.1")
    told = " ".join(f"{line.user} {line.action} {line.details}" for line in AuditLog(database).latest(99))
    assert "chief signed in {} chief sign-in refused {}" in told
    assert PASSWORD not in told
    assert "192.0.2.1" not in told
