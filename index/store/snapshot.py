"""One built index on disk: write it whole, publish it, find it again, refuse it when it does not fit."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

from corpus import passages
from corpus.article import Article
from corpus.disk import publish_folder, replace_file
from corpus.errors import Failure
from corpus.library.inventory import Inventory
from index.duplicates import COPY_RULES
from index.models.embedder import PassageEmbedder
from index.store.arrays import read_array
from index.store.local import LocalStore
from index.store.segment import QUESTIONS, TEXTS, Segment
from index.store.store import Frequencies, Store
from index.store.texts import Delta, Texts
from index.terms import FOLDING_RULES

__all__ = [
    "Articles",
    "Manifest",
    "Snapshot",
    "SnapshotError",
    "current_manifest",
    "link",
    "load_current",
    "load_segment",
    "open_current",
    "pointer",
    "prune",
    "publish_snapshot",
    "wanted",
]

FORMAT = 5  # raise it when the files of a snapshot change
RULES = f"passages {passages.RULES}, folding {FOLDING_RULES}, copies {COPY_RULES}"
KEPT = 2  # snapshots that stay on disk: the current one and the one before it
REMEDY = "run: python app.py build"
MANIFEST = "manifest.json"
BASE, DELTA, ORDER = "base", "delta", "order.npy"
BIG = 16_000_000
"""Bytes of a file from which on a service that runs trusts what was checked when it was written, until it is
started again: to read all files of a million passages takes 5 s of processor time."""


class SnapshotError(Failure, RuntimeError):
    """There is no index, or it is damaged or built otherwise; the message says what mends it."""


@dataclass(frozen=True)
class Manifest:
    """Inputs of a snapshot. Two with equal inputs hold the same index.

    Of its `passages` some are `newer`: they stand beside the large base, until they are merged.
    """

    model: str
    dimension: int
    rules: str
    corpus: str
    articles: int
    passages: int = 0
    newer: int = 0
    format: int = FORMAT

    @property
    def is_of_this_version(self) -> bool:
        """Whether this version reads an index built so; one of another version is built anew."""
        return (self.format, self.rules) == (FORMAT, RULES)

    @property
    def fingerprint(self) -> str:
        """Names the snapshot's folder: 16 hex digits of the inputs' sha256."""
        inputs = [self.format, self.model, self.dimension, self.rules, self.corpus]
        return hashlib.sha256(json.dumps(inputs).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Snapshot:
    """A loaded index; it never changes."""

    manifest: Manifest
    store: Store
    withheld: frozenset[str] = frozenset()
    """The ids of articles that were withdrawn or removed since it was built: as if they were not there."""
    withdrawn: tuple[Article, ...] = ()
    """Those of them that were withdrawn, for their pages."""

    @property
    def texts(self) -> Texts:
        return self.store.texts

    @property
    def passages(self) -> Frequencies:
        return self.store.passages

    @property
    def articles(self) -> Frequencies:
        return self.store.articles


def wanted(inventory: Inventory, embedder: PassageEmbedder) -> Manifest:
    """The manifest that an index of these articles by this model would have (passages not counted)."""
    published = len(inventory.having("published").items)
    return Manifest(embedder.name, embedder.dimension, RULES, inventory.fingerprint, published)


def publish_snapshot(manifest: Manifest, state: Path, write: Callable[[Path], None], name: str = "") -> None:
    """Publish a snapshot: `write` fills its folder, it is verified by loading, and becomes the current one.

    All or nothing. `name` is added to the folder's, whose snapshot may be there already in other segments.
    Raises SnapshotError where the folder does not hold what the manifest says.
    """
    folder = _folder(state, manifest.fingerprint + name)
    if folder.is_dir() and not _is_sound(folder):
        shutil.rmtree(folder)
    if not folder.is_dir():
        known = _known(_current(state))
        with publish_folder(folder) as draft:
            write(draft)
            sums = {
                name: known.get(_identity(path)) or _checksum(path) for name, path in _files(draft).items()
            }
            sizes = {name: path.stat().st_size for name, path in _files(draft).items()}
            document = {"manifest": asdict(manifest), "sha256": sums, "bytes": sizes}
            (draft / MANIFEST).write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
            _opened(draft, manifest).texts.close()
    os.utime(folder)  # an older folder that becomes current again is the newest now, see prune
    replace_file(pointer(state), folder.name)
    prune(state)


def link(segment: Segment, folder: Path) -> None:
    """Gives a segment's files, which never change, a second place; a copy where no links can be made."""
    source = segment.texts.path.parent
    try:
        shutil.copytree(source, folder, copy_function=os.link)
    except shutil.Error:
        shutil.copytree(source, folder, dirs_exist_ok=True)


def current_manifest(state: Path) -> Manifest | None:
    """The published snapshot's manifest, None where nothing is published yet."""
    folder = _current(state)
    return None if folder is None else _read_manifest(folder).manifest


def load_current(state: Path, model: str, is_trusted: bool = False) -> Snapshot:
    """Loads the published snapshot for a model's name. Raises SnapshotError as `open_current` does."""
    return Snapshot(*open_current(state, model, is_trusted))


def open_current(state: Path, model: str, is_trusted: bool = False) -> tuple[Manifest, LocalStore]:
    """Opens the published snapshot's files; where it `is_trusted`, BIG ones are not read through before.

    Raises SnapshotError where there is none, where a file is damaged, and where it was built by
    another model or by other rules.
    """
    folder = _current(state)
    if folder is None:
        raise SnapshotError(f"there is no index in {state} yet; {REMEDY}")
    manifest = _read_manifest(folder).manifest
    for name, now in (("format", FORMAT), ("rules", RULES), ("model", model)):
        built = getattr(manifest, name)
        if built != now:
            raise SnapshotError(f"the index was built with {name} {built!r}, now it is {now!r}; {REMEDY}")
    if not folder.name.startswith(manifest.fingerprint):
        raise SnapshotError(f"{folder / MANIFEST} is damaged (it is of another index); {REMEDY}")
    return _load(folder, is_trusted)


class _Document(NamedTuple):
    """A manifest's file: beside the manifest the sha256 and the bytes of each file by its name."""

    manifest: Manifest
    sums: dict[str, str]
    sizes: dict[str, int]


def _load(folder: Path, is_trusted: bool = False) -> tuple[Manifest, LocalStore]:
    manifest, sums, sizes = _read_manifest(folder)
    for name, path in _files(folder).items():
        size = path.stat().st_size
        is_known = (is_trusted and size >= BIG) or sums.get(name) == _checksum(path)
        if size != sizes.get(name) or not is_known:
            raise SnapshotError(f"{path} is damaged (its sha256 differs); {REMEDY}")
    return manifest, _opened(folder, manifest)


def _opened(folder: Path, manifest: Manifest) -> LocalStore:
    base, delta = folder / BASE, folder / DELTA
    folders = [base, delta] if delta.is_dir() else [base]
    try:
        newer = Delta(delta / TEXTS, read_array(delta / ORDER)) if delta in folders else None
        texts = Texts(base / TEXTS, newer)
        segments = [Segment.load(one, file) for one, file in zip(folders, texts.files, strict=True)]
        store = LocalStore(segments, texts, read_array(folders[-1] / QUESTIONS))
    except (EOFError, IndexError, OSError, RuntimeError, ValueError, sqlite3.DatabaseError) as error:
        raise SnapshotError(f"{folder} cannot be read ({error}); {REMEDY}") from error
    held = len(texts.ids), texts.n_passages
    beside = sum(len(segment.dense) for segment in segments[1:])
    if held != (manifest.articles, manifest.passages) or beside != manifest.newer:
        raise SnapshotError(f"{folder} holds {held} articles and passages, unlike its manifest; {REMEDY}")
    return store


def load_segment(folder: Path) -> LocalStore:
    """A store of one segment that no manifest tells of yet. Raises what `Segment.load` raises."""
    texts = Texts(folder / TEXTS)
    return LocalStore([Segment.load(folder, texts.files[0])], texts, read_array(folder / QUESTIONS))


def _is_sound(folder: Path) -> bool:
    try:
        _load(folder)[1].texts.close()
    except SnapshotError:
        return False
    return True


def _read_manifest(folder: Path) -> _Document:
    try:
        document = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return _Document(Manifest(**document["manifest"]), document["sha256"], document.get("bytes", {}))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SnapshotError(f"{folder / MANIFEST} cannot be read ({error}); {REMEDY}") from error


def _files(folder: Path) -> dict[str, Path]:
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / MANIFEST)
    return {path.relative_to(folder).as_posix(): path for path in found}


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _known(folder: Path | None) -> dict[tuple[int, int], str]:
    """The checksums of a snapshot's files; one that is linked into another need not be read again."""
    try:
        sums = _read_manifest(folder).sums if folder else {}
        return {_identity(folder / name): found for name, found in sums.items()} if folder else {}
    except (OSError, SnapshotError):
        return {}


def _identity(path: Path) -> tuple[int, int]:
    stamp = path.stat()
    return stamp.st_dev, stamp.st_ino


def prune(state: Path) -> None:
    """Removes all but the newest snapshots, and what killed builds left half written."""
    current = _current(state)
    if current is None:
        return
    for path in pointer(state).parent.glob(f".{pointer(state).name}-*"):
        path.unlink()
    folders = [path for path in current.parent.iterdir() if path.is_dir()]
    drafts = [path for path in folders if path.name.startswith(".")]
    former = sorted(
        (path for path in folders if path not in drafts and path != current),
        key=lambda path: path.stat().st_mtime,
    )
    for path in drafts + former[: len(former) - (KEPT - 1)]:
        shutil.rmtree(path, ignore_errors=True)


def _folder(state: Path, fingerprint: str) -> Path:
    return state / "index" / fingerprint


def pointer(state: Path) -> Path:
    return state / "index" / "current"


def _current(state: Path) -> Path | None:
    """The folder of the published snapshot, which need not be there; None where nothing is published."""
    if not pointer(state).is_file():
        return None
    return _folder(state, pointer(state).read_text(encoding="utf-8", errors="replace").strip())


class Articles(Mapping[str, Article]):
    """In the order of the library, without those that are withheld.

    In memory 100,000 small articles would take 300 MB, and a swap a minute's reading.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._texts, self._withheld = snapshot.texts, snapshot.withheld.intersection(snapshot.texts.ids)

    def __getitem__(self, article_id: str) -> Article:
        article = None if article_id in self._withheld else self._texts.article_by_id(article_id)
        if article is None:
            raise KeyError(article_id)
        return article

    def __iter__(self) -> Iterator[str]:
        return (article_id for article_id in self._texts.ids if article_id not in self._withheld)

    def __len__(self) -> int:
        return len(self._texts.ids) - len(self._withheld)
