"""What a run was made of: enough to say whether another one compares with it."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from bot.evaluate.asking import Asked
from index.snapshot import Manifest

__all__ = ["describe"]

PACKAGES = (
    "yuanwen",
    "torch",
    "sentence-transformers",
    "faiss-cpu",
    "numpy",
    "ir-measures",
)
ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("bot", "index", "corpus")


def describe(
    name: str,
    asked: Sequence[Asked],
    options: Mapping[str, object],
    settings: Mapping[str, object],
    corpus: str,
    manifest: Manifest,
) -> dict[str, Any]:
    """Flat, as JSON gives it back: questions, corpus, model, settings, code and versions."""
    return {
        "set": name,
        "rows": len(asked),
        "questions_sha256": _questions_digest(asked),
        **options,
        "corpus": corpus,
        "corpus_sha256": manifest.corpus,
        "articles": manifest.articles,
        "passages": manifest.passages,
        "index": manifest.fingerprint,
        "model": manifest.model,
        **{f"setting {key}": value for key, value in settings.items()},
        "code": _code_digest(),
        **{f"version {package}": _version(package) for package in PACKAGES},
        "version python": platform.python_version(),
    }


def _questions_digest(asked: Sequence[Asked]) -> str:
    """The sha256 of what is asked; where a question's file lies is left out."""
    digest = hashlib.sha256()
    for one in asked:
        fields = {name: value for name, value in asdict(one.question).items() if name != "where"}
        digest.update(json.dumps([fields, one.variant]).encode())
    return digest.hexdigest()


def _code_digest() -> str:
    """The first digits of the sha256 of the modules and fitted files that an answer comes from."""
    digest = hashlib.sha256()
    for room in ROOMS:
        for path in sorted((ROOT / room).glob("*.*")):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
