"""Files from the programs that people make them with; without one its tests are skipped, in CI they fail."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.readers.document import Document, Note, Reading
from corpus.readers.formats import read

DEBIAN = {"chromium": "chromium", "soffice": "libreoffice-writer-nogui", "rsvg-convert": "librsvg2-bin"}


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        reason = f"{name} is missing: apt-get install {DEBIAN[name]}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def printed_by_chromium(html: str, folder: Path) -> bytes:
    page, target = folder / "page.html", folder / "page.pdf"
    page.write_text(html, encoding="utf-8")
    command = [
        program("chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
        f"--user-data-dir={folder}/chromium", f"--print-to-pdf={target}", page.as_uri(),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return target.read_bytes()


def saved_by_libreoffice(content: bytes, suffix: str, wanted: str, folder: Path) -> bytes:
    """The document in another format: html -> docx, docx -> pdf and so on."""
    source = folder / f"document.{suffix}"
    source.write_bytes(content)
    command = [program("soffice"), "--headless", f"-env:UserInstallation={(folder / 'office').as_uri()}"]
    if suffix == "html":
        command.append("--infilter=HTML (StarWriter)")
    command += ["--convert-to", wanted, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return (folder / f"document.{wanted.partition(':')[0]}").read_bytes()


def drawn_by_cairo(svg: str, folder: Path) -> bytes:
    page, target = folder / "page.svg", folder / "page.pdf"
    page.write_text(svg, encoding="utf-8")
    subprocess.run(
        [program("rsvg-convert"), "-f", "pdf", "-o", str(target), str(page)], check=True, timeout=240
    )
    return target.read_bytes()


def articles(content: bytes | str, name: str, url: str = "", charset: str = "") -> list[Article]:
    """The articles of a document that no reader has anything to say about."""
    readings = readings_of(content, name, url, charset)
    assert [reading for reading in readings if isinstance(reading, Note)] == []
    return [reading for reading in readings if isinstance(reading, Article)]


def readings_of(content: bytes | str, name: str, url: str = "", charset: str = "") -> list[Reading]:
    raw = content.encode() if isinstance(content, str) else content
    return list(read(Document(name, Path(name).stem, raw, url, charset)))
