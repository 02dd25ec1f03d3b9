"""Reads the `E5S1` container: multilingual-e5-small with 4-bit weights and its tokenizer."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["E5File", "E5FileError", "read_e5_file"]

Q4_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])  # 32 weights in 18 bytes


class E5FileError(ValueError):
    """The file is not the container that this reader knows."""


@dataclass(frozen=True)
class E5File:
    """The sizes, the vocabulary and where each tensor stands."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float
    pieces: tuple[tuple[str, float], ...]  # piece and its log probability, in id order
    specials: dict[str, int]  # bos, eos, pad, unk -> id
    _directory: dict[str, tuple[int, int, int, int]]
    _content: memoryview

    def tensors(self) -> Iterator[tuple[str, NDArray[np.float32]]]:
        """Each tensor's name and its values, shape (n_elements,), float32."""
        for name, (kind, count, offset, size) in self._directory.items():
            raw = self._content[offset : offset + size]
            yield name, _dequantise(raw, count) if kind else np.frombuffer(raw, "<f4", count)


def read_e5_file(path: Path) -> E5File:
    """Opens the container at `path` (little-endian, version 1).

    Raises E5FileError where magic, version or block size differ or the file ends too early, OSError
    where it cannot be read.
    """
    try:
        return _read(path, memoryview(path.read_bytes()))
    except (struct.error, UnicodeDecodeError) as error:
        raise E5FileError(f"{path}: damaged or cut off ({error})") from error


def _read(path: Path, content: memoryview) -> E5File:
    cursor = _Cursor(content)
    magic, version = cursor.take("4sI")
    *sizes, epsilon, block = cursor.take("7ifi")
    if (magic, version, block) != (b"E5S1", 1, 32):
        raise E5FileError(f"{path}: magic {magic!r}, version {version}, block {block}; known: E5S1, 1, 32")
    pieces, specials = _read_tokenizer(cursor)
    _, normalisation_bytes = cursor.take("iI")
    cursor.skip(normalisation_bytes)  # the tokenizers library brings NFKC itself
    hidden, layers, heads, feed_forward, vocabulary, positions, token_types = sizes
    return E5File(
        hidden, layers, heads, feed_forward, vocabulary, positions, token_types, epsilon,
        pieces, specials, _read_directory(cursor), content,
    )  # fmt: skip


class _Cursor:
    def __init__(self, content: memoryview) -> None:
        self.content, self.position = content, 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.content, self.position)
        self.position += struct.calcsize("<" + layout)
        return values

    def skip(self, size: int) -> memoryview:
        self.position += size
        return self.content[self.position - size : self.position]


def _read_tokenizer(cursor: _Cursor) -> tuple[tuple[tuple[str, float], ...], dict[str, int]]:
    count, *ids = cursor.take("5i")
    (blob_size,) = cursor.take("Q")
    offsets = cursor.take(f"{count + 1}I")
    scores = cursor.take(f"{count}f")
    blob = bytes(cursor.skip(blob_size))
    pieces = tuple((blob[offsets[i] : offsets[i + 1]].decode(), scores[i]) for i in range(count))
    return pieces, dict(zip(("bos", "eos", "pad", "unk"), ids, strict=True))


def _read_directory(cursor: _Cursor) -> dict[str, tuple[int, int, int, int]]:
    directory = {}
    (count,) = cursor.take("i")
    for _ in range(count):
        (length,) = cursor.take("H")
        name = bytes(cursor.skip(length)).decode()
        directory[name] = kind, elements, offset, size = cursor.take("BIQQ")
        expected = -(-elements // 32) * Q4_BLOCK.itemsize if kind else 4 * elements
        if size != expected or offset + size > len(cursor.content):
            raise struct.error(f"tensor {name} has {size} bytes at {offset}, expected {expected}")
    return directory


def _dequantise(raw: memoryview, count: int) -> NDArray[np.float32]:
    """Q4_0: byte j of a block holds weight j in its low nibble and j + 16 in its high one."""
    blocks = np.frombuffer(raw, Q4_BLOCK)
    nibbles = np.concatenate([blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4], axis=1)
    weights = (nibbles.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)[:count]
