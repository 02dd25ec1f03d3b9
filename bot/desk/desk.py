"""What the pages of the desk work on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.answering.answerer import Answerer
from bot.desk.provider import Provider
from bot.operations.audit import AuditLog
from bot.operations.database import Database
from bot.operations.evaluations import Evaluations
from bot.operations.figures import Figures
from bot.operations.questions import QuestionBook
from bot.operations.sheets import Sheets
from bot.operations.site import Site
from bot.operations.trial import Trials
from bot.operations.users import Users
from bot.operations.votes import Votes
from bot.publisher import Publisher
from bot.settings import KeepQuestions
from corpus.library.adding import HISTORY
from corpus.library.shelf import Shelf

__all__ = ["Desk"]


@dataclass(frozen=True)
class Desk:
    """The library, the database and whom to tell: `changed` has the service take up changed articles.

    `site` holds what is set at the desk. `bot` is asked what a question gets now, `trials` what it would
    get; `evaluations` asks question files. `keeps` says which questions are kept. `fetch_private` is whether
    addresses of this machine and its network may be fetched. `provider` is who signs users in beside their
    passwords.
    """

    database: Database
    users: Users
    log: AuditLog
    sheets: Sheets
    shelf: Shelf
    votes: Votes
    questions: QuestionBook
    figures: Figures
    articles: Path
    state: Path
    publisher: Publisher
    changed: Callable[[], object]
    site: Site | None = None
    bot: Answerer | None = None
    trials: Trials | None = None
    evaluations: Evaluations | None = None
    keeps: KeepQuestions = "off"
    fetch_private: bool = False
    provider: Provider | None = None

    @classmethod
    def over(
        cls,
        database: Database,
        articles: Path,
        state: Path,
        publisher: Publisher,
        changed: Callable[[], object],
        **further: Any,
    ) -> Desk:
        """The desk over a database; `further` are the fields that have a default."""
        return cls(
            database,
            Users(database),
            AuditLog(database),
            Sheets(database),
            Shelf(articles),
            Votes(database),
            QuestionBook(database),
            Figures(database),
            articles,
            state,
            publisher,
            changed,
            **further,
        )

    def former(self, article_id: str) -> list[Path]:
        """The files of an article's former texts, named by when each was replaced."""
        return sorted((self.articles / HISTORY / article_id).glob("*.md"))
