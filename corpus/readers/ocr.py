"""Pictures of text -> its lines, by RapidOCR: the one module that opens it.

It is the extra [ocr]; its wheel carries the models, so nothing is downloaded.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np
from PIL import Image, ImageOps, ImageSequence

from corpus.article import Article
from corpus.readers.document import Document, Note, ReaderError, Reading, Scan
from corpus.readers.placed import PlacedLine, in_reading_order, page_text
from corpus.readers.plain import read_plain
from corpus.readers.scan import scan_of

__all__ = ["is_available", "read_picture", "readings_of", "recognized", "recognized_page"]

INSTALL = "pip install 'yuanwen[ocr]'"
SCANNED = "read by machine from a scan"
MOST_PIXELS = 120_000_000  # a page of a broadsheet at 400 dpi has about 90 million
MOST_PAGES = 200  # frames of a TIFF
SURE = 0.85  # confidence; in noisy pages of the tests right lines have .9 and more


def is_available() -> bool:
    """Whether the extra is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def recognized(picture: Image.Image) -> list[PlacedLine]:
    """The lines of the picture, column by column, in pixels; [] where it shows no text.

    Raises ReaderError, with the command that installs it, where the extra is missing.
    """
    if not is_available():
        raise ReaderError(f"it is a picture, and reading pictures takes the extra [ocr]: {INSTALL}")
    found = _engine()(np.asarray(picture.convert("RGB")))
    if found.boxes is None or found.txts is None:
        return []
    lines = []
    for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        (left, top), (right, bottom) = np.min(box, axis=0).tolist(), np.max(box, axis=0).tolist()
        lines.append(PlacedLine(text.strip(), left, top, right, bottom, float(score)))
    return list(in_reading_order([line for line in lines if line.text]))


@cache
def _engine() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its dependencies' own
        from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error"})


def readings_of(picture: Image.Image, document: Document, name: str) -> Iterator[Reading]:
    """The picture, the articles of the page that it shows, and what to tell of it under the name.

    Raises ReaderError as `recognized_page`.
    """
    text, notes, scan = recognized_page(picture, name)
    yield scan
    for reading in read_plain(replace(document, content=text.encode(), charset="utf-8")):
        yield replace(reading, scan=scan.name) if isinstance(reading, Article) else reading
    yield from notes


def recognized_page(picture: Image.Image, name: str) -> tuple[str, list[Note], Scan]:
    """A page's text, as a text layer has it, what to tell of it under the name, and what is kept of it.

    The Notes say that a machine has read it, and which lines it is not sure of.

    Raises ReaderError as `recognized`, and where no text is found.
    """
    lines = recognized(picture)
    if not lines:
        raise ReaderError("no text was recognized on the picture")
    notes = [Note(name, f"{SCANNED}; compare it with the picture", refused=False)]
    for line in lines:
        if line.confidence < SURE:
            told = f"{line.text!r} was read with confidence {line.confidence:.2f}"
            notes.append(Note(name, told, refused=False))
    return page_text(lines), notes, scan_of(picture, lines)


def read_picture(document: Document) -> Iterator[Reading]:
    """The articles of a scanned page or a photograph of one; each frame of a TIFF is a page.

    Raises ReaderError where it is no picture, or shows no text.
    """
    found = 0
    for number, picture in enumerate(_pictures(document.content), 1):
        name = document.name if number == 1 else f"{document.name}:{number}"
        stem = document.stem if number == 1 else f"{document.stem}-{number}"
        try:
            for reading in readings_of(picture, replace(document, stem=stem), name):
                found += isinstance(reading, Article)
                yield reading
        except ReaderError as error:
            if not is_available():
                raise
            yield Note(name, str(error))
    if not found:
        raise ReaderError("no article was recognized on it")


def _pictures(content: bytes) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(content)) as file:
            for number, frame in enumerate(ImageSequence.Iterator(file)):
                if number >= MOST_PAGES:
                    raise ReaderError(f"the file has more than {MOST_PAGES} pages")
                if frame.width * frame.height > MOST_PIXELS:
                    raise ReaderError(f"the picture has more than {MOST_PIXELS:,} pixels")
                yield ImageOps.exif_transpose(frame)
    except (OSError, SyntaxError, EOFError, Image.DecompressionBombError):
        raise ReaderError("the picture is damaged, or of a kind that is not read") from None
