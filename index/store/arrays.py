"""Arrays on disk: written piece by piece, and read where they lie."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

__all__ = ["read_array", "write_array", "write_pieces"]


def write_pieces(
    path: Path, shape: tuple[int, ...], dtype: DTypeLike, pieces: Iterable[NDArray[Any]]
) -> None:
    """Writes an .npy file of arrays that follow each other and fill `shape` together.

    Not through a mapping: on a full disk that would end the process, and not in an OSError.
    """
    header = {"descr": np.lib.format.dtype_to_descr(np.dtype(dtype)), "fortran_order": False, "shape": shape}
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, header)
        for piece in pieces:
            file.write(np.ascontiguousarray(piece, dtype=dtype).tobytes())


def write_array(path: Path, array: NDArray[Any]) -> None:
    """Writes an .npy file."""
    write_pieces(path, array.shape, array.dtype, [array])


def read_array(path: Path) -> NDArray[Any]:
    """An array whose pages come from the file when they are read, and may be dropped again.

    Raises OSError, EOFError or ValueError where it is none that was written whole.
    """
    try:
        return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    except ValueError:  # of an array of no size nothing can be mapped
        return np.asarray(np.load(path, allow_pickle=False))
