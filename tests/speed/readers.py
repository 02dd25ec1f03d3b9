"""Articles per second for each reader, and memory while many small articles are added.

    python -m tests.speed.readers [ARTICLES [FILE...]]

adds ARTICLES (10,000 unless told) small articles to a library in a temporary folder; FILEs are read too.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import docx

from corpus.library.adding import Adder
from corpus.library.catalogue import Catalogue
from corpus.readers.document import Document
from corpus.readers.formats import read
from tests.corpus.readers.makers import printed_by_chromium

PARAGRAPHS = [f"第{n}段说明事情的经过,居民可以到办事大厅咨询。" * 3 for n in range(8)]
SECONDS = 2.0  # of processor time for each reader


def samples() -> dict[str, bytes]:
    """One article of about 600 characters in each format; the page of text holds nine."""
    html = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    cells = "".join(PARAGRAPHS)
    return {
        "page.txt": (Path(__file__).parents[1] / "corpus/pages/yicheng-news.txt").read_bytes(),
        "plain.txt": "\n\n".join(["停水通知", *PARAGRAPHS]).encode("gb18030"),
        "a.md": "\n\n".join(["# 停水通知", *PARAGRAPHS]).encode(),
        "a.html": f"<html><body><article><h1>停水通知</h1>{html}</article></body></html>".encode(),
        "a.docx": word(),
        "a.jsonl": f'{{"title": "停水通知", "body": "{cells}"}}\n'.encode() * 100,
        "a.csv": ("title,body\n" + f'停水通知,"{cells}"\n' * 100).encode(),
        **printed(html),
        **{path.name: path.read_bytes() for path in map(Path, sys.argv[2:])},
    }


def printed(html: str) -> dict[str, bytes]:
    if shutil.which("chromium") is None:
        print("     a.pdf not measured: there is no chromium to print it")
        return {}
    with tempfile.TemporaryDirectory() as folder:
        return {"a.pdf": printed_by_chromium(f"<h1>停水通知</h1>{html}", Path(folder))}


def word() -> bytes:
    file, content = docx.Document(), io.BytesIO()
    file.add_heading("停水通知", 0)
    for text in PARAGRAPHS:
        file.add_paragraph(text)
    file.save(content)
    return content.getvalue()


def rate(name: str, content: bytes) -> float:
    """Articles in a second of processor time."""
    count, began = 0, time.process_time()
    while time.process_time() - began < SECONDS:
        count += sum(1 for _ in read(Document(name, "a", content)))
    return count / (time.process_time() - began)


def resident() -> int:
    """This process's memory in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 // 1_000_000


def many(count: int) -> Iterator[Document]:
    for n in range(count):
        if n % max(1, count // 10) == 0:
            print(f"  {n:>7} articles: {resident()} MB", flush=True)
        yield Document(f"{n}.txt", f"n{n}", f"通知{n}\n\n第{n}号通知的内容,请居民提前准备。".encode())


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    for name, content in samples().items():
        print(f"{name:>10} {rate(name, content):8.0f} articles/s")
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder) / "articles"
        articles.mkdir()
        began = time.monotonic()
        with Catalogue(Path(folder) / "state", articles) as catalogue:
            report = Adder(catalogue).add_all(many(count), lambda name: None)
        seconds = time.monotonic() - began
        print(f"  {report.added:>7} articles: {resident()} MB, {report.added / seconds:.0f} added/s, on disk")


if __name__ == "__main__":
    main()
