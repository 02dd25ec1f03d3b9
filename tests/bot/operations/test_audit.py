from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from bot.operations.audit import AuditLog, Verification, audit_log
from bot.operations.database import Database


@pytest.fixture
def log(database: Database) -> AuditLog:
    log = AuditLog(database)
    log.record("chief", "withdrew", article="water", reason="失实")
    log.record("张三", "added", article="fire")
    log.record("chief", "corrected", article="fire")
    return log


def test_an_empty_log_is_whole(database: Database) -> None:
    assert AuditLog(database).verify() == Verification(0, "0" * 64, 0)


def test_lines_are_listed_latest_first(log: AuditLog) -> None:
    assert [(line.number, line.user, line.action) for line in log.latest(2)] == [
        (3, "chief", "corrected"),
        (2, "张三", "added"),
    ]
    assert log.latest(10, before=2)[0].details == '{"article": "water", "reason": "失实"}'
    assert log.verify() == Verification(3, log.latest(1)[0].hash, 0)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (audit_log.update().where(audit_log.c.number == 2).values(user_name="李四"), 2),
        (audit_log.update().where(audit_log.c.number == 1).values(at="2020-01-01T00:00:00+00:00"), 1),
        (audit_log.delete().where(audit_log.c.number == 2), 2),
        (audit_log.update().where(audit_log.c.number == 3).values(details="{}"), 3),
    ],
)
def test_a_change_is_seen(log: AuditLog, database: Database, change: sa.Update, wrong: int) -> None:
    with database.writing() as connection:
        connection.execute(change)
    assert log.verify().wrong == wrong


def test_many_at_once_make_one_chain(database: Database) -> None:
    log = AuditLog(database)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: log.record("chief", f"did {n}"), range(24)))
    assert (log.verify().lines, log.verify().wrong) == (24, 0)
