"""Users of the desk with their roles and passwords, their sessions, and delays after wrong passwords."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from time import time
from typing import Literal, get_args

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.operations import audit
from bot.operations.database import Database, lock, metadata
from corpus.errors import Failure

__all__ = ["SESSION_LASTS", "SHORTEST_PASSWORD", "Role", "TooEarly", "User", "UserError", "Users"]

Role = Literal["editor", "publisher", "administrator"]

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200  # characters
SESSION_LASTS = 10 * 3600
"""Seconds: a working day with its breaks."""

NAME = re.compile(r"[\w.@+-]{1,60}")
NO_PASSWORD = ""
"""What is kept of a user whom a provider signs in: no password is right."""

PROVIDER = "provider"
"""Under which name the log holds what the provider of single sign-on says."""

LONGEST_DELAY = 900  # seconds
FORGOTTEN = 24 * 3600  # seconds after which wrong passwords count no longer

users = sa.Table(
    "users",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("role", sa.Text),
    sa.Column("password", sa.Text),
)
sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("user_name", sa.Text),
    sa.Column("ends_at", sa.BigInteger),
)
failed = sa.Table(
    "failed_sign_ins",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("failures", sa.Integer),
    sa.Column("last_at", sa.BigInteger),
)


class UserError(Failure, ValueError):
    """A user cannot be made or changed so; the message says why."""


class TooEarly(Exception):  # noqa: N818
    """After wrong passwords the next try comes too early; `seconds` are left."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"{seconds} seconds are left")
        self.seconds = seconds


@dataclass(frozen=True)
class User:
    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether the user has that role or one above it."""
        ranks = get_args(Role)
        return ranks.index(self.role) >= ranks.index(role)


class Users:
    """The users of the desk. Every change is in the audit log, under the name of `by`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._hasher = PasswordHasher()
        self._nobody = self._hasher.hash(secrets.token_hex())
        self._key = database.key("sign-in").encode()

    def has_administrator(self) -> bool:
        wanted = sa.select(users.c.name).where(users.c.role == "administrator").limit(1)
        with self._database.reading() as connection:
            return connection.scalar(wanted) is not None

    def all(self) -> list[User]:
        """Every user by name."""
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(users.c.name, users.c.role).order_by(users.c.name))
            return [User(*row) for row in rows]

    def add(self, name: str, role: Role, password: str | None, by: str) -> User:
        """Make a user; without a password one whom a provider signs in.

        Raises UserError for a name that is taken or none, and for a short password.
        """
        name = _named(name)
        hashed = NO_PASSWORD if password is None else self._hashed(password)
        with self._database.writing() as connection:
            lock(connection, users)
            if connection.scalar(sa.select(users.c.name).where(users.c.name == name)):
                raise UserError(f"there is a user {name!r} already")
            connection.execute(users.insert().values(name=name, role=_known(role), password=hashed))
            audit.record(connection, by, "user added", name=name, role=role)
        return User(name, role)

    def change(self, name: str, by: str, role: Role | None = None, password: str | None = None) -> None:
        """Give a user another role or password, and end that user's sessions.

        Raises UserError.
        """
        values = {"role": _known(role)} if role else {}
        if password is not None:
            values["password"] = self._hashed(password)
        with self._database.writing() as connection:
            if not connection.execute(users.update().where(users.c.name == name).values(values)).rowcount:
                raise UserError(f"there is no user {name!r}")
            connection.execute(sessions.delete().where(sessions.c.user_name == name))
            audit.record(connection, by, "user changed", name=name, changed=sorted(values))

    def remove(self, name: str, by: str) -> None:
        """Take a user out; what was done under the name stays in the log. Raises UserError."""
        with self._database.writing() as connection:
            if not connection.execute(users.delete().where(users.c.name == name)).rowcount:
                raise UserError(f"there is no user {name!r}")
            connection.execute(sessions.delete().where(sessions.c.user_name == name))
            audit.record(connection, by, "user removed", name=name)

    # ---- signing in

    def sign_in(self, name: str, password: str, address: str) -> str | None:
        """The key of a new session, or None for a wrong name or password.

        Each wrong password of one address for one name doubles the time until the next try, after the
        third; an address with many names and a name with many addresses are slowed too, later.
        Raises TooEarly.
        """
        name, now = unicodedata.normalize("NFC", name.strip())[:200], int(time())
        counted = self._counted(name, address)
        with self._database.reading() as connection:
            self._check_pace(connection, counted, now)
            stored = connection.scalar(sa.select(users.c.password).where(users.c.name == name))
        # A name that nobody has takes as long as one that somebody has.
        right = self._verified(stored or self._nobody, password[:LONGEST_PASSWORD]) and stored is not None
        with self._database.writing() as connection:
            if not right:
                self._count_failure(connection, counted, now)
                audit.record(connection, name[:60], "sign-in refused")
                return None
            connection.execute(failed.delete().where(failed.c.key.in_([key for key, _ in counted])))
            return _begun(connection, name)

    def sign_in_by_provider(self, name: str, role: Role | None) -> str:
        """The key of a new session of somebody whom the provider names.

        With a role the user has that from now on, and is made where there is none of that name. Without one
        the user must be known here. Raises UserError, also for a user with a password: whom the provider
        calls so is perhaps somebody else.
        """
        name = _named(name)
        with self._database.writing() as connection:
            lock(connection, users)
            of_name = users.c.name == name
            row = connection.execute(sa.select(users.c.role, users.c.password).where(of_name)).first()
            if row is None and role is None:
                raise UserError(f"there is no user {name!r}")
            if row and row.password != NO_PASSWORD:
                raise UserError(f"{name!r} signs in with a password")
            if row is None:
                connection.execute(users.insert().values(name=name, role=role, password=NO_PASSWORD))
                audit.record(connection, PROVIDER, "user added", name=name, role=role)
            elif role and row.role != role:
                connection.execute(users.update().where(of_name).values(role=role))
                audit.record(connection, PROVIDER, "user changed", name=name, changed=["role"], role=role)
            return _begun(connection, name)

    def of_session(self, key: str) -> User | None:
        """User of a session; None for one that has ended."""
        wanted = (
            sa.select(users.c.name, users.c.role)
            .join(sessions, sessions.c.user_name == users.c.name)
            .where(sessions.c.key == _digest(key), sessions.c.ends_at > int(time()))
        )
        with self._database.reading() as connection:
            row = connection.execute(wanted).first()
        return User(*row) if row else None

    def sign_out(self, key: str) -> None:
        with self._database.writing() as connection:
            connection.execute(sessions.delete().where(sessions.c.key == _digest(key)))

    def _hashed(self, password: str) -> str:
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise UserError(f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")
        return self._hasher.hash(password)

    def _verified(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False

    def _counted(self, name: str, address: str) -> list[tuple[str, int]]:
        """What wrong passwords are counted by, each with how many are free; it gives no address away."""
        parts = ((f"{name}\0{address}", 3), (f"\0{address}", 20), (f"{name}\0", 50))
        return [(hmac.new(self._key, part.encode(), "sha256").hexdigest(), free) for part, free in parts]

    def _check_pace(self, connection: sa.Connection, counted: Iterable[tuple[str, int]], now: int) -> None:
        for key, free in counted:
            row = connection.execute(sa.select(failed).where(failed.c.key == key)).first()
            if row and row.failures >= free and now - row.last_at < FORGOTTEN:
                delay = min(2 ** min(row.failures - free + 1, 20), LONGEST_DELAY)
                if (left := row.last_at + delay - now) > 0:
                    raise TooEarly(left)

    def _count_failure(self, connection: sa.Connection, counted: Iterable[tuple[str, int]], now: int) -> None:
        lock(connection, failed)
        connection.execute(failed.delete().where(failed.c.last_at < now - FORGOTTEN))
        for key, _ in counted:
            values = {"failures": failed.c.failures + 1, "last_at": now}
            if not connection.execute(failed.update().where(failed.c.key == key).values(values)).rowcount:
                connection.execute(failed.insert().values(key=key, failures=1, last_at=now))


def _begun(connection: sa.Connection, name: str) -> str:
    """The key of a new session."""
    now, key = int(time()), secrets.token_urlsafe(32)
    connection.execute(sessions.delete().where(sessions.c.ends_at <= now))
    connection.execute(
        sessions.insert().values(key=_digest(key), user_name=name, ends_at=now + SESSION_LASTS)
    )
    audit.record(connection, name, "signed in")
    return key


def _named(name: str) -> str:
    name = unicodedata.normalize("NFC", name)
    if not NAME.fullmatch(name):
        raise UserError(f"{name!r} is no name of a user: 1 to 60 letters, digits and . _ @ + - are allowed")
    return name


def _known(role: str) -> str:
    if role not in get_args(Role):
        raise UserError(f"{role!r} is no role; there are {', '.join(get_args(Role))}")
    return role


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
