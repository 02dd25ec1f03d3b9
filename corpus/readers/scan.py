"""Scans: the picture kept of a page whose lines a machine has read, and the part with some words."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from PIL import Image

from corpus.body import SUBHEAD
from corpus.readers.document import Scan
from corpus.readers.placed import PlacedLine

__all__ = ["cut_out", "lines_with", "scan_of"]

LINE_HEIGHT = 30  # pixels of a usual line in the kept picture: small type is still easy to read
QUALITY = 75
ALIKE = 0.6  # share of a line's pairs of characters that a text must have, where an editor has mended either
MARGIN, GAP = 4, 12  # pixels around a line, and between two columns that are shown one below the other
WHITE = 255


def scan_of(picture: Image.Image, lines: Sequence[PlacedLine]) -> Scan:
    """The picture in gray, made smaller where its type is large, and its lines in pixels of that."""
    height = median(line.height for line in lines)
    scale = min(1.0, LINE_HEIGHT / max(height, 1.0))
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    placed = (
        replace(
            line, left=line.left * scale, top=line.top * scale, right=line.right * scale,
            bottom=line.bottom * scale,
        )
        for line in lines
    )  # fmt: skip
    return Scan(_jpeg(picture.convert("L").resize(size)), tuple(placed))


def lines_with(lines: Sequence[PlacedLine], text: str) -> list[PlacedLine]:
    """The lines in which the paragraphs of an article stand, a few characters of them mended perhaps."""
    read = [_squeezed(line.text) for line in lines]
    whole, owners = "".join(read), [at for at, words in enumerate(read) for _ in words]
    found: set[int] = set()
    for paragraph in text.split("\n\n"):
        words = _squeezed(paragraph.removeprefix(SUBHEAD))
        begin = whole.find(words) if words else -1
        if begin >= 0:
            found |= set(owners[begin : begin + len(words)])
        else:
            pairs = _pairs(words)
            found |= {at for at, line in enumerate(read) if _share(_pairs(line), pairs) >= ALIKE}
    return [lines[at] for at in sorted(found)]


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _share(part: set[str], whole: set[str]) -> float:
    return len(part & whole) / len(part) if part else 0.0


def cut_out(scan: Scan, lines: Sequence[PlacedLine]) -> bytes:
    """The lines as a JPEG picture of their own, column below column, and nothing of what stands around them.

    Raises ValueError without lines, and where the kept picture is damaged.
    """
    if not lines:
        raise ValueError("there are no lines to show")
    try:
        with Image.open(io.BytesIO(scan.picture)) as picture:
            parts = [_part(picture, column) for column in _columns(lines)]
    except (OSError, SyntaxError, Image.DecompressionBombError):
        raise ValueError("the picture is damaged") from None
    height = sum(part.height for part in parts) + GAP * (len(parts) - 1)
    shown = Image.new("L", (max(part.width for part in parts), height), WHITE)
    top = 0
    for part in parts:
        shown.paste(part, (0, top))
        top += part.height + GAP
    return _jpeg(shown)


def _columns(lines: Sequence[PlacedLine]) -> list[list[PlacedLine]]:
    columns: list[list[PlacedLine]] = []
    for line in lines:
        above = columns[-1][-1] if columns else None
        if above and above.top <= line.top and line.left < above.right and above.left < line.right:
            columns[-1].append(line)
        else:
            columns.append([line])
    return columns


def _part(picture: Image.Image, lines: list[PlacedLine]) -> Image.Image:
    boxes = [
        (
            max(0, round(line.left) - MARGIN), max(0, round(line.top) - MARGIN),
            min(picture.width, round(line.right) + MARGIN), min(picture.height, round(line.bottom) + MARGIN),
        )
        for line in lines
    ]  # fmt: skip
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    part = Image.new("L", (right - left, bottom - top), WHITE)
    for box in boxes:
        part.paste(picture.crop(box), (box[0] - left, box[1] - top))
    return part


def _jpeg(picture: Image.Image) -> bytes:
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=QUALITY)
    return content.getvalue()
