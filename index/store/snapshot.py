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
from zipfile import BadZipFile

import numpy as np

from corpus import passages
from corpus.article import Article
from corpus.disk import publish_folder, replace_file
from corpus.errors import Failure
from corpus.library.inventory import Inventory
from index.duplicates import COPY_RULES
from index.models.embedder import PassageEmbedder
from index.store.dense import DenseIndex
from index.store.lexical import LexicalIndex
from index.store.local import LocalStore
from index.store.store import Frequencies, Store
from index.store.texts import Texts
from index.terms import FOLDING_RULES

__all__ = [
    "Articles",
    "Manifest",
    "Snapshot",
    "SnapshotError",
    "current_manifest",
    "load_current",
    "open_current",
    "prune",
    "publish_snapshot",
    "wanted",
]

FORMAT = 4  # raise it when the files of a snapshot change
RULES = f"passages {passages.RULES}, folding {FOLDING_RULES}, copies {COPY_RULES}"
KEPT = 2  # snapshots that stay on disk: the current one and the one before it
REMEDY = "run: python app.py build"
MANIFEST = "manifest.json"
DENSE, SENTENCES = "passages.faiss", "sentences.faiss"
PASSAGES, ARTICLES = "passages.bm25", "articles.bm25"
TEXTS, QUESTIONS = "texts.sqlite", "questions.npy"


class SnapshotError(Failure, RuntimeError):
    """There is no index, or it is damaged or built otherwise; the message says what mends it."""


@dataclass(frozen=True)
class Manifest:
    """Inputs of a snapshot. Two with equal inputs hold the same index."""

    model: str
    dimension: int
    rules: str
    corpus: str
    articles: int
    passages: int = 0
    format: int = FORMAT

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


def publish_snapshot(manifest: Manifest, state: Path, write: Callable[[Path], None]) -> None:
    """Publish a snapshot: `write` fills its folder, it is verified by loading, and becomes the current one.

    All or nothing. Raises SnapshotError where the folder does not hold what the manifest says.
    """
    folder = _folder(state, manifest.fingerprint)
    if folder.is_dir() and not _is_sound(folder):
        shutil.rmtree(folder)
    if not folder.is_dir():
        with publish_folder(folder) as draft:
            write(draft)
            document = {"manifest": asdict(manifest), "sha256": _checksums(draft)}
            (draft / MANIFEST).write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
            _opened(draft, manifest).texts.close()
    os.utime(folder)  # an older folder that becomes current again is the newest now, see prune
    replace_file(_pointer(state), manifest.fingerprint)
    prune(state, manifest.fingerprint)


def current_manifest(state: Path) -> Manifest | None:
    """The published snapshot's manifest, None where nothing is published yet."""
    if not _pointer(state).is_file():
        return None
    folder = _folder(state, _pointer(state).read_text(encoding="utf-8", errors="replace").strip())
    return _read_manifest(folder)[0]


def load_current(state: Path, model: str) -> Snapshot:
    """Loads the published snapshot for a model's name. Raises SnapshotError as `open_current` does."""
    return Snapshot(*open_current(state, model))


def open_current(state: Path, model: str) -> tuple[Manifest, LocalStore]:
    """Opens the published snapshot's files.

    Raises SnapshotError where there is none, where a file is damaged, and where it was built by
    another model or by other rules.
    """
    manifest = current_manifest(state)
    if manifest is None:
        raise SnapshotError(f"there is no index in {state} yet; {REMEDY}")
    for name, now in (("format", FORMAT), ("rules", RULES), ("model", model)):
        built = getattr(manifest, name)
        if built != now:
            raise SnapshotError(f"the index was built with {name} {built!r}, now it is {now!r}; {REMEDY}")
    return _load(_folder(state, manifest.fingerprint))


def _load(folder: Path) -> tuple[Manifest, LocalStore]:
    manifest, checksums = _read_manifest(folder)
    for name, found in _checksums(folder).items():
        if checksums.get(name) != found:
            raise SnapshotError(f"{folder / name} is damaged (its sha256 differs); {REMEDY}")
    return manifest, _opened(folder, manifest)


def _opened(folder: Path, manifest: Manifest) -> LocalStore:
    try:
        store = LocalStore(
            DenseIndex.load(folder / DENSE),
            DenseIndex.load(folder / SENTENCES),
            LexicalIndex.load(folder / PASSAGES),
            LexicalIndex.load(folder / ARTICLES),
            Texts(folder / TEXTS),
            np.load(folder / QUESTIONS, allow_pickle=False),
        )
    except (BadZipFile, KeyError, OSError, RuntimeError, ValueError, sqlite3.DatabaseError) as error:
        raise SnapshotError(f"{folder} cannot be read ({error}); {REMEDY}") from error
    held = len(store.articles), len(store.passages)
    if held != (manifest.articles, manifest.passages):
        raise SnapshotError(f"{folder} holds {held} articles and passages, unlike its manifest; {REMEDY}")
    return store


def _is_sound(folder: Path) -> bool:
    try:
        _load(folder)[1].texts.close()
    except SnapshotError:
        return False
    return True


def _read_manifest(folder: Path) -> tuple[Manifest, dict[str, str]]:
    try:
        document = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return Manifest(**document["manifest"]), document["sha256"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SnapshotError(f"{folder / MANIFEST} cannot be read ({error}); {REMEDY}") from error


def _checksums(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != MANIFEST:
            with path.open("rb") as file:
                found[path.relative_to(folder).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def prune(state: Path, current: str) -> None:
    """Removes all but the newest snapshots, and what killed builds left half written."""
    for path in _pointer(state).parent.glob(f".{_pointer(state).name}-*"):
        path.unlink()
    folders = [path for path in _folder(state, current).parent.iterdir() if path.is_dir()]
    drafts = [path for path in folders if path.name.startswith(".")]
    former = sorted(
        (path for path in folders if path not in drafts and path.name != current),
        key=lambda path: path.stat().st_mtime,
    )
    for path in drafts + former[: len(former) - (KEPT - 1)]:
        shutil.rmtree(path, ignore_errors=True)


def _folder(state: Path, fingerprint: str) -> Path:
    return state / "index" / fingerprint


def _pointer(state: Path) -> Path:
    return state / "index" / "current"


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
