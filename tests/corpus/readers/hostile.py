"""What a reader might do at a hostile document; its name says what. In a process of its own, so by name."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

from corpus.article import Article
from corpus.readers.document import Document, Note, ReaderError, Reading


def read(document: Document) -> Iterator[Reading]:
    yield Article(document.stem, f"题 {document.stem}", "正文。")
    match document.name:
        case "spins":
            while True:
                pass
        case "sleeps":
            time.sleep(100)
        case "fills":
            yield Note("fills", str(len([bytes(10_000_000) for _ in range(1000)])))
        case "crashes":
            os.abort()
        case "fails":
            raise KeyError("secret")
        case "recurses":
            yield from read(document)
            yield from (reading for _ in range(10**6) for reading in read(document))
        case "refuses":
            raise ReaderError("it holds no text")
        case "talks":
            for number in range(10_000):
                yield Article(f"a{number}", "题", "字" * 100_000)
