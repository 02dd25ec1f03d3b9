"""An `add` that is killed leaves whole articles only, and the next one finishes the work."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from corpus.article import from_markdown
from corpus.library.catalogue import Catalogue
from corpus.library.files import article_files, read_library

ROOT = Path(__file__).parents[3]
ADD = """
import sys
from pathlib import Path
from corpus.library.adding import Adder
from corpus.library.catalogue import Catalogue
from corpus.readers.document import Document
folder = Path(sys.argv[1])
with Catalogue(folder.parent / "state", folder) as catalogue:
    texts = (Document(f"{n}.txt", str(n), f"通知{n}\\n\\n{'内容。' * 3000}".encode()) for n in range(300))
    report = Adder(catalogue).add_all(texts, lambda name: print(name, flush=True))
print("done", report.added, report.unchanged, len(report.refused))
"""


@pytest.mark.parametrize("after", [1, 7, 40])
def test_a_killed_add_leaves_whole_articles(tmp_path: Path, after: int) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    command = [sys.executable, "-c", ADD, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(after):
            process.stdout.readline()
        process.kill()
    whole = [from_markdown(path.read_text(encoding="utf-8"), "") for path in article_files(folder)]
    assert len(whole) >= after
    assert {article.body for article in whole} == {"内容。" * 3000}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == f"done {300 - len(whole)} {len(whole)} 0"
    assert len(read_library(folder)) == 300


def test_the_catalogue_can_be_lost_or_damaged(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: 甲\nurl: https://example.org/1\n---\n\n一。\n", encoding="utf-8"
    )
    for damage in (None, b"", b"no database" * 1000):
        if damage is not None:
            [path] = (tmp_path / "state").glob("catalogue-*.sqlite")
            path.write_bytes(damage)
        with Catalogue(tmp_path / "state", tmp_path) as catalogue:
            assert catalogue.by_url("https://example.org/1") == ("a.md", "a")


def test_files_that_change_or_go_are_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    for title in ("甲", "乙乙"):
        path.write_text(f"---\ntitle: {title}\n---\n\n一。\n", encoding="utf-8")
        with Catalogue(tmp_path / "state", tmp_path) as catalogue:
            assert [entry.id for entry in catalogue.by_title(read_library(tmp_path)[0])] == ["a"]
    path.unlink()
    with Catalogue(tmp_path / "state", tmp_path) as catalogue:
        assert catalogue.by_id("a") is None
