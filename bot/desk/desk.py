"""What the pages of the desk work on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.operations.audit import AuditLog
from bot.operations.database import Database
from bot.operations.sheets import Sheets
from bot.operations.users import Users
from bot.operations.votes import Votes
from bot.publisher import Publisher
from corpus.library.adding import HISTORY
from corpus.library.shelf import Shelf

__all__ = ["Desk"]


@dataclass(frozen=True)
class Desk:
    """The library, the database and whom to tell: `changed` has the service take up changed articles.

    `fetch_private` is whether addresses of this machine and its network may be fetched.
    """

    database: Database
    users: Users
    log: AuditLog
    sheets: Sheets
    shelf: Shelf
    votes: Votes
    articles: Path
    state: Path
    publisher: Publisher
    changed: Callable[[], object]
    fetch_private: bool = False

    @classmethod
    def over(
        cls,
        database: Database,
        articles: Path,
        state: Path,
        publisher: Publisher,
        changed: Callable[[], object],
        votes: Votes | None = None,
        fetch_private: bool = False,
    ) -> Desk:
        return cls(
            database,
            Users(database),
            AuditLog(database),
            Sheets(database),
            Shelf(articles),
            votes or Votes(),
            articles,
            state,
            publisher,
            changed,
            fetch_private,
        )

    def former(self, article_id: str) -> list[Path]:
        """The files of an article's former texts, named by when each was replaced."""
        return sorted((self.articles / HISTORY / article_id).glob("*.md"))
