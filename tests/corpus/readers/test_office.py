"""What LibreOffice turns into Word's and Excel's formats is read as those are."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.readers import office
from corpus.readers.document import ReaderError
from tests.corpus.readers.makers import articles, program, saved_by_libreoffice
from tests.corpus.readers.test_word import BODY, NOTICE

pytestmark = pytest.mark.slow  # LibreOffice

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("doc:MS Word 97", "notice.doc"),
        ("doc:MS Word 97", "notice.wps"),
        ("rtf", "notice.rtf"),
        ("odt", "notice.odt"),
    ],
)
def test_texts(wanted: str, name: str, tmp_path: Path) -> None:
    content = saved_by_libreoffice(NOTICE.encode(), "html", wanted, tmp_path)
    assert articles(content, name) == [Article("notice", "冬季用电安全须知", BODY)]


def test_without_libreoffice_it_is_refused_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(ReaderError, match=r"\.doc takes LibreOffice.*apt-get install.*or save it as \.docx"):
        articles(OLE, "a.doc")


@pytest.mark.parametrize(("name", "ending"), [("a.doc", r"\.doc"), ("a.odt", r"\.odt")])
def test_other_bytes_do_not_start_it(name: str, ending: str) -> None:
    with pytest.raises(ReaderError, match=f"the file is damaged, or no {ending}"):
        articles(b"\x01\x02", name)


def test_a_file_that_takes_too_long_is_refused_and_all_its_processes_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 60 &\nwait\n")
    slow.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(slow))
    monkeypatch.setattr(office, "SECONDS", 0.5)
    began = time.monotonic()
    with pytest.raises(ReaderError, match="LibreOffice took longer than"):
        articles(OLE, "a.doc")
    assert time.monotonic() - began < 20


def test_a_damaged_file_is_refused() -> None:
    program("soffice")
    with pytest.raises(ReaderError, match=r"LibreOffice cannot read the file|holds no text|damaged"):
        articles(OLE + b"\0" * 600, "a.doc")
