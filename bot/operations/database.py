"""Database of all that is no article: users, sessions, the audit log. SQLite, or PostgreSQL.

Tables stand in the module that uses them; the steps that make them, in `bot/operations/migrations`.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from corpus.errors import Failure

__all__ = ["FILE", "Database", "DatabaseError", "database_url", "lock", "metadata", "open_database", "secret"]

FILE = "yuanwen.sqlite"
"""The database's file in the state folder, where the settings name no other."""

WAIT = 20
"""Seconds for which SQLite waits for whoever is writing."""

MIGRATIONS = Path(__file__).with_name("migrations")
MIGRATION_LOCK = 20241126
"""PostgreSQL's advisory lock for the steps: of several replicas that start together one takes them."""

metadata = sa.MetaData()

keys = sa.Table("keys", metadata, sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Text))


class DatabaseError(Failure):
    """The database cannot be opened or used; the message says why."""


class Database:
    """An open database whose tables are those of this version; for any number of threads."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection to read from, outside of any transaction. Raises DatabaseError."""
        with _told(), self._engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")

    @contextmanager
    def writing(self, patience: float = WAIT) -> Iterator[sa.Connection]:
        """A transaction: kept as a whole on leaving, undone by an exception.

        It waits so many seconds for whoever else writes. Raises DatabaseError.
        """
        with _told(), self._engine.connect() as connection:
            _set_patience(connection, patience)
            try:
                with connection.begin():
                    yield connection
            finally:
                _set_patience(connection, WAIT)

    def is_reachable(self) -> bool:
        """Whether it can be written to now."""
        try:
            with self.writing(0.5):
                return True
        except (DatabaseError, SQLAlchemyError):
            return False

    def key(self, name: str) -> str:
        """A secret of this installation, 64 hex digits, made when it is first asked for."""
        with self.writing() as connection:
            return secret(connection, name)

    def close(self) -> None:
        self._engine.dispose()


def _set_patience(connection: sa.Connection, seconds: float) -> None:
    """Set how long SQLite waits for a lock; past SQLAlchemy, which would begin a transaction for it."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and driver is not None:
        driver.execute(f"PRAGMA busy_timeout = {int(1000 * seconds)}")


def secret(connection: sa.Connection, name: str, instead_of: str = "") -> str:
    """The key of that name, made where there is none; then those that begin with `instead_of` are deleted."""
    lock(connection, keys)
    found = connection.scalar(sa.select(keys.c.value).where(keys.c.name == name))
    if found is None:
        if instead_of:
            connection.execute(keys.delete().where(keys.c.name.startswith(instead_of, autoescape=True)))
        found = secrets.token_hex(32)
        connection.execute(keys.insert().values(name=name, value=found))
    return str(found)


@contextmanager
def _told() -> Iterator[None]:
    """A full disk, a file that may not be written, a server that is gone: in one sentence."""
    try:
        yield
    except OperationalError as error:
        told = " ".join(str(error.orig).split())
        raise DatabaseError(f"the database cannot be used now: {told}") from error


def lock(connection: sa.Connection, table: sa.Table) -> None:
    """Let nobody else write to the table until the transaction ends. SQLite's transactions do so anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text(f"LOCK TABLE {table.name} IN EXCLUSIVE MODE"))


def database_url(setting: str, state: Path) -> str:
    """SQLAlchemy's address of the database; of the setting "" it is a file in the state folder."""
    if not setting:
        return f"sqlite:///{state / FILE}"
    return setting.replace("postgresql://", "postgresql+psycopg://", 1)


def open_database(url: str) -> Database:
    """The database at SQLAlchemy's address, its tables brought up to this version.

    Raises DatabaseError.
    """
    if url.startswith("postgresql") and find_spec("psycopg") is None:
        raise DatabaseError("PostgreSQL needs a driver; run: pip install 'yuanwen[postgres]'")
    engine = _sqlite(url) if url.startswith("sqlite") else _postgresql(url)
    try:
        with engine.begin() as connection:
            _migrate(connection)
    except (SQLAlchemyError, OSError) as error:
        engine.dispose()
        reason = error.orig if isinstance(error, DBAPIError) else error
        place = sa.make_url(url).render_as_string(hide_password=True)
        told = " ".join(str(reason).split())
        raise DatabaseError(f"the database {place} cannot be opened: {told}") from error
    return Database(engine)


def _postgresql(url: str) -> sa.Engine:
    # What is written may be a secret: an error names the statement alone, for the log.
    return sa.create_engine(url, pool_pre_ping=True, hide_parameters=True)


def _sqlite(url: str) -> sa.Engine:
    with suppress(OSError):  # what cannot be made is told where it is opened
        Path(sa.make_url(url).database or "").touch(0o600)
    engine = sa.create_engine(url, connect_args={"timeout": WAIT}, hide_parameters=True)

    @sa.event.listens_for(engine, "connect")
    def on_connect(connection: Any, record: object) -> None:
        connection.isolation_level = None  # or the driver would begin and commit by its own lights
        connection.execute("PRAGMA secure_delete = ON")

    @sa.event.listens_for(engine, "begin")
    def on_begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _migrate(connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATION_LOCK)))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
