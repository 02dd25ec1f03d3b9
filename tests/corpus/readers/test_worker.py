"""No document costs more than is stated, and none ends the reading of the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest

from corpus.article import Article
from corpus.library.adding import Adder
from corpus.library.catalogue import Catalogue
from corpus.readers.document import Document, ReaderError
from corpus.readers.worker import ReadingLimits, ReadingWorker
from tests.corpus.readers import hostile

pytestmark = pytest.mark.slow  # processes of their own

LIMITS = ReadingLimits(fetched=1.0, own=1.0, memory=500_000_000, output=1_000_000)


WELL = Article("well", "题 well", "正文。")


@pytest.fixture(scope="module")
def worker() -> Iterator[ReadingWorker]:
    with ReadingWorker(LIMITS, hostile.read) as worker:
        yield worker


def document(name: str) -> Document:
    return Document(name, name, b"x")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("sleeps", "reading it takes more than 10 seconds"),
        ("fills", "reading it takes too much memory"),
        ("crashes", "reading it ended the process that reads; it is damaged, or it takes too much memory"),
        ("fails", "it cannot be read: KeyError"),
        ("recurses", "it cannot be read: RecursionError"),
        ("refuses", "it holds no text"),
        ("talks", "its articles have more than 1,000,000 characters"),
    ],
)
def test_what_costs_too_much_is_refused_and_the_next_is_read(
    worker: ReadingWorker, name: str, told: str
) -> None:
    began = monotonic()
    with pytest.raises(ReaderError) as refused:
        list(worker.read(document(name)))
    assert str(refused.value) == told
    assert monotonic() - began < 30
    assert list(worker.read(document("well"))) == [WELL]


def test_a_document_has_so_many_seconds_of_a_processor() -> None:
    with ReadingWorker(replace(LIMITS, waiting=60.0), hostile.read) as worker:
        with pytest.raises(ReaderError, match="more than 1 seconds of a processor"):
            list(worker.read(document("spins")))
        assert list(worker.read(document("well"))) == [WELL]


def test_the_rest_that_nobody_wants_is_not_taken_for_the_next(worker: ReadingWorker) -> None:
    reading = worker.read(document("talks"))
    assert isinstance(next(reading), Article)
    reading.close()  # type: ignore[attr-defined]
    assert list(worker.read(document("well"))) == [WELL]


def test_seconds_follow_the_size_and_where_a_document_is_from() -> None:
    limits = ReadingLimits()
    assert limits.seconds(Document("a.pdf", "a", b"x" * 5_000_000)) == 610.0
    assert limits.seconds(Document("a.pdf", "a", b"x" * 5_000_000, "https://a.example/a.pdf")) == 40.0


def test_what_was_read_before_a_document_cost_too_much_is_added_and_the_others_too(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    with (
        Catalogue(tmp_path / "state", tmp_path / "articles") as catalogue,
        ReadingWorker(LIMITS, hostile.read) as worker,
    ):
        adder = Adder(catalogue, read=worker.read)
        report = adder.add_all(map(document, ("first", "crashes", "last")), lambda name: None)
    assert (report.added, [note.name for note in report.refused]) == (3, ["crashes"])


def test_the_real_readers_read_there() -> None:
    with ReadingWorker() as worker:
        [article] = worker.read(Document("a.txt", "a", "停水通知\n\n明天上午停水。".encode()))
    assert isinstance(article, Article)
    assert "明天上午停水。" in article.body
