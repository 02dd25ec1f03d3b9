from __future__ import annotations

import stat
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.operations import audit, figures, heard, questions, sheets, site, users, votes
from bot.operations.database import Database, DatabaseError, database_url, metadata, open_database
from bot.operations.restore import TABLES


def test_the_steps_make_the_tables_that_the_modules_use(database: Database) -> None:
    used = (audit.audit_log, figures.figures, heard.heard, questions.questions, sheets.sheets,
            site.site_settings, users.users, votes.votes)  # fmt: skip
    for table in used:
        assert table.metadata is metadata
    with database.reading() as connection:
        found = sa.inspect(connection)
        made = {table: {c["name"] for c in found.get_columns(table)} for table in found.get_table_names()}
    assert made.pop("alembic_version") == {"version_num"}
    assert made == {name: set(table.columns.keys()) for name, table in metadata.tables.items()}


def test_a_backup_may_hold_every_table() -> None:
    assert {*metadata.tables, "alembic_version"} == TABLES


def test_it_is_opened_again_as_it_was(url: str) -> None:
    first = open_database(url)
    key = first.key("session")
    again = open_database(url)
    assert again.key("session") == key != again.key("sign-in")
    assert len(key) == 64
    first.close()
    again.close()


def test_what_fails_inside_is_undone(database: Database) -> None:
    def fail() -> None:
        with database.writing() as connection:
            audit.record(connection, "chief", "withdrew")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert audit.AuditLog(database).latest(10) == []


def test_the_address_of_each_setting(tmp_path: Path) -> None:
    assert database_url("", tmp_path) == f"sqlite:///{tmp_path}/yuanwen.sqlite"
    assert database_url("postgresql://a:b@h/n", tmp_path) == "postgresql+psycopg://a:b@h/n"


def test_a_database_that_cannot_be_opened_is_told_without_its_password(tmp_path: Path) -> None:
    (tmp_path / "yuanwen.sqlite").write_text("no database at all, but a text of some length\n" * 40)
    with pytest.raises(DatabaseError, match="cannot be opened: file is not a database"):
        open_database(database_url("", tmp_path))
    with pytest.raises(DatabaseError, match="cannot be opened") as told:
        open_database(database_url("postgresql://chief:secret@127.0.0.1:1/none", tmp_path))
    assert "secret" not in str(told.value)


def test_the_file_is_for_its_owner(tmp_path: Path) -> None:
    open_database(database_url("", tmp_path)).close()
    assert stat.S_IMODE((tmp_path / "yuanwen.sqlite").stat().st_mode) == 0o600


def test_it_is_reachable_until_its_file_is_gone(tmp_path: Path) -> None:
    database = open_database(database_url("", tmp_path))
    assert database.is_reachable()
    database.close()
    (tmp_path / "yuanwen.sqlite").unlink()
    (tmp_path / "yuanwen.sqlite").mkdir()
    assert not database.is_reachable()
