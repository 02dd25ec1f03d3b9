"""A full disk, and several who change articles at a time: nothing is lost, and it is told."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from threading import Thread

import pytest

from corpus.article import Article, to_markdown
from corpus.library.adding import Adder
from corpus.library.catalogue import Catalogue, Entry
from corpus.library.editing import withdraw
from corpus.library.files import LibraryError, read_library
from corpus.readers.document import Document

ROOT = Path(__file__).parents[3]
ADD = """
import sys
from pathlib import Path
from corpus.library.adding import Adder
from corpus.library.catalogue import Catalogue
from corpus.readers.document import Document
state, folder, mine = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
with Catalogue(state, folder) as catalogue:
    print("open", flush=True)
    sys.stdin.readline()
    texts = (Document(f"{n}.txt", str(n), f"{mine}{n}\\n\\n{mine}的第{n}条。".encode()) for n in range(100))
    report = Adder(catalogue).add_all(texts, lambda name: None)
print(report.added, report.unchanged, report.refused)
"""


def texts(count: int) -> list[Document]:
    return [Document(f"{n}.txt", str(n), f"通知{n}\n\n{'内容。' * 800}".encode()) for n in range(count)]


def test_a_full_disk_is_told_and_leaves_whole_articles_only(disk: Path) -> None:
    folder = disk / "articles"
    folder.mkdir()
    with Catalogue(disk / "state", folder) as catalogue:
        (disk / "filler").write_bytes(bytes(shutil.disk_usage(disk).free - 30 * 16_384))
        report = Adder(catalogue).add_all(texts(100), lambda name: None)
    assert report.added + len(report.refused) == 100
    assert 0 < report.added < 100
    assert {note.text for note in report.refused} <= {
        "No space left on device", "database or disk is full", "disk I/O error",
    }  # fmt: skip
    assert {article.body for article in read_library(folder)} == {"内容。" * 800}
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []

    (disk / "more").write_bytes(bytes(shutil.disk_usage(disk).free))
    with pytest.raises(LibraryError, match=r"nothing can be added, .* cannot be written: "):
        Catalogue(disk / "other", folder)

    (disk / "filler").unlink()
    with Catalogue(disk / "state", folder) as catalogue:
        report = Adder(catalogue).add_all(texts(100), lambda name: None)
    assert (report.added + report.unchanged, report.refused) == (100, [])
    assert len(read_library(folder)) == 100


@pytest.mark.slow
def test_two_who_add_at_a_time(tmp_path: Path) -> None:
    """Their files have the same names: each article gets an id of its own."""
    folder, pipe = tmp_path / "articles", subprocess.PIPE
    folder.mkdir()
    adding = [
        subprocess.Popen(
            [sys.executable, "-c", ADD, str(tmp_path / "state"), str(folder), mine],
            cwd=ROOT, stdin=pipe, stdout=pipe, text=True,
        )
        for mine in ("甲报", "乙报")
    ]  # fmt: skip
    for process in adding:
        assert process.stdout
        assert process.stdout.readline() == "open\n"
    for process in adding:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.communicate()[0] for process in adding] == ["100 0 []\n"] * 2
    assert len(read_library(folder)) == 200


def test_what_is_withdrawn_while_it_is_added_again_stays_withdrawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The withdrawal comes between the reading of the former text and the writing of the new one."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.md").write_text(to_markdown(Article("a", "停水", "明天停水。")), encoding="utf-8")
    withdrawing = Thread(target=withdraw, args=[folder, "a", "撤稿", date(2026, 11, 24)])
    read, reads = Catalogue.read, iter((False, True))  # first it is found, then it is to be replaced

    def read_and_wait(self: Catalogue, entry: Entry) -> Article:
        former = read(self, entry)
        if next(reads):
            withdrawing.start()
            withdrawing.join(1)  # it would take a hundredth of that
        return former

    monkeypatch.setattr(Catalogue, "read", read_and_wait)
    with Catalogue(tmp_path / "state", folder) as catalogue:
        document = Document("a.md", "a", "---\nid: a\ntitle: 停水\n---\n\n明天停水,请储水。\n".encode())
        Adder(catalogue).add_document(document)
    withdrawing.join()
    [article] = read_library(folder)
    assert (article.status, article.body) == ("withdrawn", "明天停水,请储水。")
