"""The container of the bundled model, read from a tiny one that is written here."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from index.models.bundled import E5File, E5FileError, read_e5_file

PIECES = (("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁防骗", -1.5), ("🙂", -2.25))

# One block: scale 0.5, byte j holds j in its low nibble and 15 - j in its high one.
BLOCK = struct.pack("<e", 0.5) + bytes((15 - j) << 4 | j for j in range(16))
BLOCK_VALUES = [(j - 8) * 0.5 for j in range(16)] + [(7 - j) * 0.5 for j in range(16)]


def header(magic: bytes = b"E5S1", version: int = 1, block: int = 32) -> bytes:
    return struct.pack("<4sI7ifi", magic, version, 384, 12, 6, 1536, 250037, 512, 2, 1e-12, block)


def tokenizer() -> bytes:
    encoded = [piece.encode() for piece, _ in PIECES]
    offsets = [sum(map(len, encoded[:i])) for i in range(len(encoded) + 1)]
    return b"".join(
        [
            struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, offsets[-1]),
            struct.pack(f"<{len(offsets)}I", *offsets),
            struct.pack(f"<{len(PIECES)}f", *(score for _, score in PIECES)),
            *encoded,
            struct.pack("<iI", 7, 3) + b"map",
        ]
    )


def container(start: bytes = header()) -> bytes:
    """Two tensors: "emb.ln.b" of three float32, "l0.q.w" of two blocks, the second with scale -2."""
    floats = struct.pack("<3f", 0.25, -1.0, 3.0)
    blocks = BLOCK + struct.pack("<e", -2.0) + b"\x80" * 16
    front = start + tokenizer()
    data_starts = len(front) + 4 + (2 + 8 + 21) + (2 + 6 + 21)
    directory = struct.pack("<i", 2)
    directory += struct.pack("<H8sBIQQ", 8, b"emb.ln.b", 0, 3, data_starts, len(floats))
    directory += struct.pack("<H6sBIQQ", 6, b"l0.q.w", 1, 64, data_starts + len(floats), len(blocks))
    return front + directory + floats + blocks


def read(tmp_path: Path, content: bytes) -> E5File:
    path = tmp_path / "tiny.bin"
    path.write_bytes(content)
    return read_e5_file(path)


def test_sizes_and_vocabulary(tmp_path: Path) -> None:
    file = read(tmp_path, container())
    assert (file.hidden, file.layers, file.heads, file.feed_forward) == (384, 12, 6, 1536)
    assert (file.vocabulary, file.positions, file.token_types) == (250037, 512, 2)
    assert file.epsilon == pytest.approx(1e-12)
    assert file.pieces == PIECES
    assert file.specials == {"bos": 0, "eos": 2, "pad": 1, "unk": 3}


def test_tensors(tmp_path: Path) -> None:
    tensors = dict(read(tmp_path, container()).tensors())
    assert list(tensors) == ["emb.ln.b", "l0.q.w"]
    assert tensors["emb.ln.b"].tolist() == [0.25, -1.0, 3.0]
    # The second block: low nibbles 0 -> (0 - 8) * -2, high nibbles 8 -> 0.
    assert tensors["l0.q.w"].tolist() == BLOCK_VALUES + [16.0] * 16 + [0.0] * 16
    assert {values.dtype for values in tensors.values()} == {np.dtype("float32")}


@pytest.mark.parametrize(
    ("start", "message"),
    [
        (header(magic=b"GGUF"), "magic b'GGUF', version 1, block 32; known: E5S1, 1, 32"),
        (header(version=2), "magic b'E5S1', version 2, block 32"),
        (header(block=64), "magic b'E5S1', version 1, block 64"),
    ],
)
def test_another_format_is_refused(tmp_path: Path, start: bytes, message: str) -> None:
    with pytest.raises(E5FileError) as refused:
        read(tmp_path, container(start))
    assert message in str(refused.value)


def test_a_file_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    whole = container()
    for length in range(len(whole)):
        with pytest.raises(E5FileError, match=r"tiny\.bin: (damaged or cut off|magic)"):
            read(tmp_path, whole[:length])


def test_a_tensor_of_the_wrong_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(E5FileError, match=r"tensor l0\.q\.w has 36 bytes at \d+, expected 54"):
        read(tmp_path, container().replace(b"l0.q.w\x01\x40", b"l0.q.w\x01\x60"))


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_e5_file(tmp_path / "none.bin")
