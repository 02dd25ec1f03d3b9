"""What may be killed: each work as a process does it, and what must be so however it ended."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from bot.answering.bot import Bot
from bot.answering.confidence import Calibration
from bot.operations.backup import back_up
from bot.operations.reload import CurrentBot, Reloader
from bot.operations.restore import finish, restore, sweep_draft, unpack
from corpus.article import Article, from_markdown, to_markdown
from corpus.disk import exclusive_lock, replace_file, sweep
from corpus.library.adding import Adder
from corpus.library.catalogue import Catalogue
from corpus.library.files import article_files, read_library
from corpus.library.inventory import take_inventory
from corpus.readers.document import Document
from index.build import build
from index.search import Searcher
from index.store.snapshot import load_current
from tests.bot.backups import VOTE, Place, votes_of
from tests.index.fake_embedder import FakeEmbedder, quiet

__all__ = ["WORKS", "Work"]

DOCUMENTS, VOTES = 60, 200
BODY = "内容。" * 3000


Say = Callable[[str], None]


class Work(NamedTuple):
    """One thing that is done to a library.

    `prepare` fills a folder, `do` is what is killed, `check` raises AssertionError where something is lost.
    All are given the folder, the latter two the number of the kill; `do` says what is kept from then on, and
    `check` is given what was said.
    """

    name: str
    prepare: Callable[[Path], None]
    do: Callable[[Path, int, Say], None]
    check: Callable[[Path, int, list[str]], None]


def folders(root: Path) -> tuple[Path, Path]:
    """The folders of articles and of the state, made if they are missing."""
    for name in ("articles", "state"):
        (root / name).mkdir(exist_ok=True)
    return root / "articles", root / "state"


# ---- add


def add(root: Path, number: int, say: Say) -> None:
    articles, state = folders(root)
    with Catalogue(state, articles) as catalogue:
        texts = (
            Document(f"{n}.txt", f"{number}-{n}", f"通知{number}-{n}\n\n{BODY}".encode())
            for n in range(DOCUMENTS)
        )
        Adder(catalogue).add_all(texts, say)


def check_add(root: Path, number: int, said: list[str]) -> None:
    articles, _ = folders(root)
    whole = [from_markdown(path.read_text(encoding="utf-8"), "") for path in article_files(articles)]
    assert {article.body for article in whole} <= {BODY}
    ours = [article for article in whole if article.title.startswith(f"通知{number}-")]
    assert len(ours) >= len(said)
    sweep(articles)
    assert not list(articles.rglob(".*.draft"))
    add(root, number, lambda name: None)
    assert len(read_library(articles)) == len(whole) - len(ours) + DOCUMENTS
    for path in article_files(articles):  # the folder stays small
        path.unlink()


# ---- build and reload


def edition(number: int) -> list[Article]:
    """Sixty texts that are new in this edition, and one article that stays."""
    new = (Article(f"a-{n}", f"题 {n}", f"第{number}期的第{n}篇。") for n in range(60))
    return [Article("always", "防火灾", "火灾要报警。"), *new]


def write(folder: Path, articles: list[Article]) -> None:
    for article in articles:
        replace_file(folder / f"{article.id}.md", to_markdown(article))


def prepare_index(root: Path) -> None:
    articles, state = folders(root)
    write(articles, edition(0))
    build(take_inventory(articles, state), FakeEmbedder(), state, quiet)


def build_edition(root: Path, number: int, say: Say) -> None:
    _, state = folders(root)
    build(edition(number), FakeEmbedder(delay=0.002), state, quiet)


def reload_edition(root: Path, number: int, say: Say) -> None:
    articles, state = folders(root)
    embedder = FakeEmbedder(delay=0.002)
    current = CurrentBot(Bot(Searcher(load_current(state, "fake"), embedder), Calibration.load()))
    write(articles, edition(number))
    reloader = Reloader(
        current, lambda snapshot, bot: bot.onto(snapshot, Calibration.load(), ()), articles, state, embedder
    )
    reloader.reload()
    assert reloader.outcome.state == "ready", reloader.outcome


def check_index(root: Path, number: int, said: list[str]) -> None:
    articles, state = folders(root)
    with exclusive_lock(state / "build.lock"):  # a child of what was killed may go on for a moment
        pass
    former, new = ({article.body for article in edition(n)} for n in (number - 1, number))
    with closing(load_current(state, "fake").texts) as texts:
        assert {article.body for article in texts.articles()} in (former, new)
    write(articles, edition(number))
    build(take_inventory(articles, state), FakeEmbedder(), state, quiet)
    with closing(load_current(state, "fake").texts) as texts:
        assert {article.body for article in texts.articles()} == new
    assert not list((state / "index").glob(".*"))
    sweep(articles)


# ---- votes


def vote(root: Path, number: int, say: Say) -> None:
    votes = votes_of(root / "state")
    for n in range(VOTES):
        votes.keep(replace(VOTE, answer_id=f"{number:08}{n:08}"))
        say(f"{number:08}{n:08}")


def check_votes(root: Path, number: int, said: list[str]) -> None:
    with closing(sqlite3.connect(root / "state" / "yuanwen.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    votes = votes_of(root / "state")
    kept = {one.answer_id: one for one in votes.all()}
    assert set(said) <= set(kept)
    assert all(replace(one, answer_id=VOTE.answer_id) == VOTE for one in kept.values())
    votes.delete()


# ---- backup and restore


def prepare_place(root: Path) -> None:
    Place(root, *edition(0))
    votes = votes_of(root / "state")
    for n in range(20):
        votes.keep(replace(VOTE, answer_id=f"{n:016}"))
    back_up(root / "articles", root / "state", root / "b.tar.gz")
    (root / "other").mkdir()
    Place(root / "other", *edition(1))
    votes_of(root / "other" / "state").keep(replace(VOTE, comment="另一次"))
    back_up(root / "other" / "articles", root / "other" / "state", root / "other.tar.gz")


def back_up_again(root: Path, number: int, say: Say) -> None:
    back_up(root / "articles", root / "state", root / "b.tar.gz")


def check_backup(root: Path, number: int, said: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        unpack(root / "b.tar.gz", Path(name))  # checks each sum
        assert len(article_files(Path(name) / "articles")) == len(edition(0))
    back_up_again(root, number, said.append)
    assert not list(root.glob(".*.draft"))


def archive_of(root: Path, number: int) -> Path:
    return root / ("other.tar.gz" if number % 2 else "b.tar.gz")


def restore_other(root: Path, number: int, say: Say) -> None:
    restore(archive_of(root, number), root / "articles", root / "state")


def check_restore(root: Path, number: int, said: list[str]) -> None:
    articles, state = folders(root)
    finish(articles, state)
    sweep_draft(articles, state)
    assert not (articles / ".restore").exists()
    bodies = {article.body for article in read_library(articles)}
    comments = {one.comment for one in votes_of(state).all()}
    edition_0, edition_1 = ({article.body for article in edition(n)} for n in (0, 1))
    assert (bodies, comments) in ((edition_0, {"谢谢"}), (edition_1, {"另一次"}))
    restore_other(root, number, said.append)
    whole = (edition_1, {"另一次"}) if number % 2 else (edition_0, {"谢谢"})
    read = {article.body for article in read_library(articles)}
    assert (read, {one.comment for one in votes_of(state).all()}) == whole


WORKS = {
    work.name: work
    for work in (
        Work("add", lambda root: None, add, check_add),
        Work("build", prepare_index, build_edition, check_index),
        Work("reload", prepare_index, reload_edition, check_index),
        Work("votes", lambda root: None, vote, check_votes),
        Work("backup", prepare_place, back_up_again, check_backup),
        Work("restore", prepare_place, restore_other, check_restore),
    )
}
