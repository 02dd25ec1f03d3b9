from __future__ import annotations

import json
from pathlib import Path

from corpus.article import Article
from corpus.library.adding import Adder
from corpus.library.catalogue import Catalogue
from corpus.library.scans import keep_scan, keeping_scans, read_scan
from corpus.readers.document import Document, Scan
from corpus.readers.placed import PlacedLine

SCAN = Scan(b"a picture", (PlacedLine("停水通知", 1, 2, 30, 12, 0.75),))
NAME = "9ec2ca48c0d5f2ee0ee8ee3bb83f5b92"


def test_a_scan_is_kept_with_the_confidence_of_each_line(tmp_path: Path) -> None:
    keep_scan(tmp_path, SCAN)
    keep_scan(tmp_path, SCAN)
    assert sorted(path.name for path in (tmp_path / ".scans").iterdir()) == [
        f"{SCAN.name}.jpg",
        f"{SCAN.name}.json",
    ]
    assert json.loads((tmp_path / ".scans" / f"{SCAN.name}.json").read_text(encoding="utf-8")) == [
        {"text": "停水通知", "left": 1.0, "top": 2.0, "right": 30.0, "bottom": 12.0, "confidence": 0.75}
    ]
    assert read_scan(tmp_path, SCAN.name) == SCAN


def test_what_is_no_scan_is_none(tmp_path: Path) -> None:
    keep_scan(tmp_path, SCAN)
    (tmp_path / ".scans" / f"{SCAN.name}.json").write_text("[")
    assert read_scan(tmp_path, SCAN.name) is None
    assert read_scan(tmp_path, "../../etc/passwd") is None
    assert read_scan(tmp_path, NAME) is None


def test_adding_keeps_the_picture_unless_it_is_a_rehearsal(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    article = Article("a", "停水通知", "明天停水。", scan=SCAN.name)
    with Catalogue(tmp_path / "state", tmp_path / "articles") as catalogue:
        for dry_run in (True, False):
            adder = Adder(catalogue, dry_run=dry_run, read=lambda document: iter([SCAN, article]))
            assert adder.add_document(Document("a.png", "a", b""))
            assert (read_scan(tmp_path / "articles", SCAN.name) is None) == dry_run
    assert "scan: " + SCAN.name in (tmp_path / "articles" / "a.md").read_text(encoding="utf-8")


def test_a_reader_that_keeps_scans_gives_the_rest(tmp_path: Path) -> None:
    article = Article("a", "停水通知", "明天停水。", scan=SCAN.name)
    read = keeping_scans(tmp_path, lambda document: iter([SCAN, article]))
    assert list(read(Document("a.png", "a", b""))) == [article]
    assert read_scan(tmp_path, SCAN.name) == SCAN
