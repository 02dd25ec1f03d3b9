"""Articles that change are taken up by the thread, each in its way, and what goes wrong is told."""

from __future__ import annotations

import gc
import multiprocessing
import os
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from queue import Queue
from threading import Event
from time import monotonic

import pytest

from bot.answering.bot import Bot
from bot.answering.confidence import Calibration
from bot.operations.reload import CurrentBot, Reloader, ReloadResult
from bot.operations.restore import MARK
from corpus.article import Article, to_markdown
from corpus.disk import replace_file
from corpus.library.inventory import take_inventory
from index import worker
from index.build import build
from index.models.embedder import Vectors
from index.search import Searcher
from index.store.snapshot import SnapshotError, load_current
from tests.index.fake_embedder import FakeEmbedder, quiet

pytestmark = pytest.mark.slow  # a process of its own builds each index

FIRE = Article("fire", "防火灾", "火灾要报警。不要慌张。")  # the last sentence is like any everyday question
SCAM = Article("scam", "防诈骗", "诈骗电话不要接。")


class Library:
    """A folder of articles, a bot over it, and its reloader."""

    def __init__(self, root: Path) -> None:
        self.folder, self.state = root / "articles", root / "state"
        self.folder.mkdir()
        self.write(FIRE, SCAM)
        self.embedder = FakeEmbedder()
        build(take_inventory(self.folder, self.state), self.embedder, self.state, quiet)
        searcher = Searcher(load_current(self.state, "fake"), self.embedder)
        self.calibration = Calibration.load()
        self.current = CurrentBot(Bot(searcher, self.calibration))
        self.told: Queue[str] = Queue()
        self.reloader = Reloader(
            self.current,
            lambda snapshot, bot: bot.onto(snapshot, self.calibration, ()),
            self.folder,
            self.state,
            self.embedder,
            self.told.put,
        )

    def write(self, *articles: Article) -> None:
        for article in articles:
            replace_file(self.folder / f"{article.id}.md", to_markdown(article))

    @property
    def ids(self) -> list[str]:
        return list(self.current.articles)

    def reload(self) -> str:
        self.reloader.reload()
        return self.told.get_nowait()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path)
    yield library
    library.reloader.stop()
    library.current.bot.snapshot.texts.close()


def test_added_changed_withdrawn_and_removed(library: Library) -> None:
    library.write(Article("care", "医保", "医保要缴费。"), replace(FIRE, body="火灾打119。不要慌张。"))
    assert library.reload() == "reloaded: 3 articles, 3 passages"
    assert library.ids == ["care", "fire", "scam"]
    assert library.current.articles["fire"].body == "火灾打119。不要慌张。"
    assert library.reloader.outcome == ReloadResult("ready", 3, 3)
    library.write(replace(SCAM, status="withdrawn"))
    (library.folder / "care.md").unlink()
    library.reload()
    assert library.ids == ["fire"]
    assert library.current.ask("诈骗电话怎么办?").verdict == "none"


def test_nothing_is_embedded_or_built_where_nothing_changed(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.operations.reload.build_in_subprocess", None)
    library.current.bot.prepare_examples(lambda: True)
    asked = len(library.embedder.questions)
    assert library.reload() == "reloaded: 2 articles, 2 passages"
    # Its examples are those of before where they are answered still, and their vectors are kept.
    assert library.current.bot._suggestions._examples
    assert library.embedder.questions[asked:] == []


def test_what_is_withdrawn_is_hidden_before_anything_is_built(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = replace(SCAM, status="withdrawn", withdrawal="失实", withdrawn_on=date(2026, 11, 24))

    def full(*arguments: object) -> None:
        assert library.ids == ["fire"]
        assert "scam" not in library.current.articles
        assert library.current.withdrawn == {"scam": replace(gone, body="")}
        nearest = library.current.ask("诈骗电话怎么办?").nearest
        assert [article.id for article in nearest] == ["fire"]
        raise SnapshotError("the disk is full")

    monkeypatch.setattr("bot.operations.reload.build_in_subprocess", full)
    library.write(gone)
    assert library.reload() == "not reloaded: the disk is full"
    assert library.ids == ["fire"]
    assert library.reloader.outcome == ReloadResult("failed", 2, 2, "the disk is full")
    library.write(SCAM)
    assert library.reload() == "reloaded: 2 articles, 2 passages"
    assert library.current.withdrawn == {}
    assert library.ids == ["fire", "scam"]


def test_where_everything_is_withdrawn_nothing_is_answered(library: Library) -> None:
    library.write(replace(SCAM, status="withdrawn"), replace(FIRE, status="withdrawn"))
    assert "no article holds a text" in library.reload()
    answer = library.current.ask("火灾怎么办?")
    assert (answer.verdict, answer.nearest, library.ids) == ("none", (), [])


def test_a_broken_article_changes_nothing(library: Library) -> None:
    (library.folder / "broken.md").write_text("---\ntitel: x\n---\n", encoding="utf-8")
    assert library.reload().startswith(
        f"not reloaded: {library.folder}/broken.md: unknown front matter titel"
    )
    assert library.ids == ["fire", "scam"]


def test_the_thread_watches_and_takes_requests(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.operations.reload.EVERY", 0.01)
    library.reloader.start(watch=True)
    library.write(Article("care", "医保", "医保要缴费。"))
    assert library.told.get(timeout=60) == "reloaded: 3 articles, 3 passages"
    library.reloader.request()
    assert library.told.get(timeout=60) == "reloaded: 3 articles, 3 passages"
    (library.folder / "examples.txt").write_text("火灾怎么办?\n", encoding="utf-8")
    assert library.told.get(timeout=60) == "reloaded: 3 articles, 3 passages"


def test_without_watch_it_waits_for_a_request(library: Library) -> None:
    library.reloader.start()
    library.write(Article("care", "医保", "医保要缴费。"))
    library.reloader.request()
    assert library.told.get(timeout=60) == "reloaded: 3 articles, 3 passages"


def test_what_failed_is_tried_again_after_a_while(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk may have room again though no article has changed."""
    failing = iter([True, False])

    def build_once_in_two(*arguments: object) -> None:
        if next(failing):
            raise SnapshotError("the disk is full")
        worker.build_in_subprocess(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("bot.operations.reload.build_in_subprocess", build_once_in_two)
    monkeypatch.setattr("bot.operations.reload.EVERY", 0.01)
    monkeypatch.setattr("bot.operations.reload.RETRY", 0.01)
    library.write(Article("care", "医保", "医保要缴费。"))
    library.reloader.start(watch=True)
    assert library.told.get(timeout=60) == "not reloaded: the disk is full"
    assert library.told.get(timeout=60) == "reloaded: 3 articles, 3 passages"


def flip_newest(state: Path, name: str) -> Path:
    """Flips a bit in the middle of a file of the published snapshot."""
    path = state / "index" / (state / "index" / "current").read_text() / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    return path


def test_a_new_snapshot_that_is_damaged_is_refused_and_the_former_serves(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build_and_damage(*arguments: object) -> None:
        worker.build_in_subprocess(*arguments)  # type: ignore[arg-type]
        flip_newest(library.state, "base/passages.bm25/impacts.npy")

    monkeypatch.setattr("bot.operations.reload.build_in_subprocess", build_and_damage)
    library.write(Article("care", "医保", "医保要缴费。"))
    said = library.reload()
    assert "passages.bm25/impacts.npy is damaged (its sha256 differs); run: python app.py build" in said
    assert library.current.ask("火灾怎么办?").quotes[0].article == FIRE
    assert library.ids == ["fire", "scam"]
    monkeypatch.undo()
    assert library.reload() == "reloaded: 3 articles, 3 passages"


@pytest.mark.parametrize("name", ["base/sentences.npy", "manifest.json", "base/articles.bm25/counts.npy"])
def test_the_served_snapshot_may_be_damaged_on_disk(library: Library, name: str) -> None:
    """The next build takes nothing over from it."""
    flip_newest(library.state, name)
    library.write(Article("care", "医保", "医保要缴费。"))
    assert library.reload() == "reloaded: 3 articles, 3 passages"
    assert library.ids == ["care", "fire", "scam"]


@pytest.mark.parametrize("turn", [1, 2])
def test_a_build_that_is_killed_changes_nothing(library: Library, turn: int) -> None:
    """Killed when it asks for vectors the first time, or when it has them and writes."""
    embed, turns = library.embedder.embed_passages, iter(range(1, 9))

    def killing(texts: Sequence[str]) -> Vectors:
        [builder] = multiprocessing.active_children()
        if next(turns) == turn:
            builder.kill()
        vectors = embed(texts)
        if turn == 2:
            builder.kill()
        return vectors

    library.embedder.embed_passages = killing  # type: ignore[method-assign]
    library.write(Article("care", "医保", "医保要缴费。"))
    assert library.reload() == "not reloaded: the build was cut off; run: python app.py build"
    assert library.ids == ["fire", "scam"]
    library.embedder.embed_passages = embed  # type: ignore[method-assign]
    assert library.reload() == "reloaded: 3 articles, 3 passages"
    assert not list((library.state / "index").glob(".*"))


def test_while_a_backup_is_restored_nothing_is_taken_up(library: Library) -> None:
    (library.state / MARK).write_text("out\n.before-restore-x\n")
    (library.folder / "scam.md").unlink()
    assert library.reload() == "not reloaded: a backup is being restored"
    assert library.ids == ["fire", "scam"]


def test_a_withdrawal_waits_for_no_build_and_no_broken_article(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is withdrawn while a long build goes on; what that has built does not show it either."""
    monkeypatch.setattr("bot.operations.reload.EVERY", 0.01)
    began, go_on = Event(), Event()

    def long_build(*arguments: object) -> None:
        worker.build_in_subprocess(*arguments)  # type: ignore[arg-type]
        began.set()
        assert go_on.wait(60)

    monkeypatch.setattr("bot.operations.reload.build_in_subprocess", long_build)
    library.reloader.start(watch=True)
    library.write(Article("care", "医保", "医保要缴费。"))
    assert began.wait(60)
    library.write(replace(SCAM, status="withdrawn"))
    (library.folder / "broken.md").write_text("---\ntitel: x\n---\n", encoding="utf-8")
    until(lambda: library.ids == ["fire"])
    go_on.set()
    assert library.told.get(timeout=60) == "reloaded: 3 articles, 3 passages"
    assert library.ids == ["care", "fire"]
    assert "broken.md: unknown front matter titel" in library.told.get(timeout=60)


def until(is_so: Callable[[], bool]) -> None:
    ends = monotonic() + 60
    while not is_so():
        assert monotonic() < ends
        Event().wait(0.01)


def test_a_language_without_examples_is_not_searched_after_each_change(library: Library) -> None:
    for language in ("zh-Hans", "zh-Hant", "en"):
        library.current.bot._suggestions._examples[language] = ()
    asked = len(library.embedder.questions)
    library.reload()
    assert library.embedder.questions[asked:] == []


def test_a_bad_entry_among_the_articles_stops_no_withdrawal(library: Library) -> None:
    (library.folder / "self.md").symlink_to("self.md")
    os.mkfifo(library.folder / "pipe.md")
    (library.folder / "scam.md").unlink()
    assert library.reload().startswith(f"not reloaded: {library.folder}/")
    assert library.ids == ["fire"]


def test_a_folder_that_is_suddenly_empty_is_doubted_before_everything_is_hidden(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    aside = library.folder.with_name("aside")
    library.folder.rename(aside)
    library.folder.mkdir()
    library.reload()
    assert (library.ids, library.reloader.warnings) == (["fire", "scam"], ("reload-failed", "articles-empty"))
    library.folder.rmdir()
    aside.rename(library.folder)
    library.reload()
    assert (library.ids, library.reloader.warnings) == (["fire", "scam"], ())
    for path in library.folder.iterdir():
        path.unlink()
    library.reload()
    assert library.ids == ["fire", "scam"]
    monkeypatch.setattr("bot.operations.reload.DOUBT", 0.0)
    library.reload()
    assert (library.ids, library.reloader.warnings) == ([], ("reload-failed", "articles-empty"))


def test_the_last_article_of_one_is_hidden_at_once(library: Library) -> None:
    (library.folder / "scam.md").unlink()
    library.reload()
    (library.folder / "fire.md").unlink()
    library.reload()
    assert library.ids == []


def test_an_old_bot_is_gone_once_another_serves(library: Library) -> None:
    """Without a collection: what hangs in a circle waits for one, with its index in memory."""
    gc.disable()
    try:
        former = []
        for number in range(5):
            bot = library.current.bot
            bot.examples("zh-Hans")
            bot.ask("火灾怎么办?")
            former.append(weakref.ref(bot))
            former.append(weakref.ref(bot.snapshot.texts))
            del bot
            library.write(replace(FIRE, body=f"火灾要报警{number}。"))
            library.reload()
        assert [known() for known in former] == [None] * 10
    finally:
        gc.enable()
