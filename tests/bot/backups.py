"""A publisher's articles and state, to be backed up and restored."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.operations.database import database_url, open_database
from bot.operations.restore import restore
from bot.operations.votes import VoteRecord, Votes
from corpus.article import Article, to_markdown

WATER, FIRE = Article("water", "停水", "明天停水。"), Article("fire", "防火", "火灾要报警。")
VOTE = VoteRecord("a" * 16, "up", "谢谢", "停水吗?", "zh-Hans", "answered", 0.9, (("water", 0, 5),))


def votes_of(state: Path) -> Votes:
    """The votes in a state folder's database, which is made where there is none."""
    return Votes(open_database(database_url("", state)))


class Place:
    """A folder of articles and a state folder."""

    def __init__(self, root: Path, *articles: Article) -> None:
        self.articles, self.state = root / "articles", root / "state"
        (self.articles / "2024").mkdir(parents=True)
        self.state.mkdir()
        for article in articles:
            (self.articles / "2024" / f"{article.id}.md").write_text(to_markdown(article), encoding="utf-8")

    def votes(self) -> Votes:
        """The votes in the state folder's database."""
        return votes_of(self.state)

    def restore(self, archive: Path) -> Path:
        return restore(archive, self.articles, self.state)

    def content(self) -> dict[str, bytes]:
        """The files of articles and their history, and the votes."""
        files = [path for path in self.articles.rglob("*") if path.is_file()]
        found = {path.relative_to(self.articles).as_posix(): path.read_bytes() for path in files}
        found = {name: content for name, content in found.items() if not name.startswith(".before-restore")}
        with closing(sqlite3.connect(self.state / "yuanwen.sqlite")) as database:
            kept = database.execute("SELECT * FROM votes ORDER BY number").fetchall()
        return found | {"votes": repr(kept).encode()}
