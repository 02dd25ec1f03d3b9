"""What the pages of the desk work on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.operations.audit import AuditLog
from bot.operations.database import Database
from bot.operations.users import Users
from bot.publisher import Publisher

__all__ = ["Desk"]


@dataclass(frozen=True)
class Desk:
    """The library, the database and whom to tell: `changed` has the service take up changed articles."""

    database: Database
    users: Users
    log: AuditLog
    articles: Path
    state: Path
    publisher: Publisher
    changed: Callable[[], object]

    @classmethod
    def over(
        cls,
        database: Database,
        articles: Path,
        state: Path,
        publisher: Publisher,
        changed: Callable[[], object],
    ) -> Desk:
        return cls(database, Users(database), AuditLog(database), articles, state, publisher, changed)
