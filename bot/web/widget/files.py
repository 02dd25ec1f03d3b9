"""The widget's scripts and style sheets, read once and served under a name that changes with them."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Final

__all__ = ["FOLDER", "Files"]

FOLDER: Final = Path(__file__).parent / "static"

TYPES = {".js": "text/javascript", ".css": "text/css"}


class Files:
    """The files of a folder by name. `version` changes when one of them does."""

    def __init__(self, folder: Path) -> None:
        self._content = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
        self.version = sha256(repr(self._content).encode()).hexdigest()[:12]

    def names(self, ending: str) -> list[str]:
        """The names with that ending, in order: ".js"."""
        return [name for name in self._content if name.endswith(ending)]

    def read(self, name: str) -> tuple[bytes, str] | None:
        """The content and its media type; None where there is no such file."""
        content = self._content.get(name)
        return None if content is None else (content, TYPES[Path(name).suffix])
