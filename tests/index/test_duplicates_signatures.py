"""A text's signature is computed once, and a damaged cache is made again."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from index import duplicates
from index.duplicates import SHORTEST, Signature, letters, minhash_signature

LONG = "因管道检修,明天上午八时至下午五时,阳光花园、绿地家园停水,请居民提前储水,不便之处敬请谅解,特此通知。"


def cached_signatures(texts: list[str], cache: Path) -> list[Signature | None]:
    digests = [sha256(text.encode()).digest() for text in texts]
    return duplicates.cached_signatures(digests, texts.__getitem__, cache)


def test_letters_and_digits_are_folded() -> None:
    assert letters("　５月，停水！\n\n## A-b_c") == "5月停水abc"


def test_a_text_is_computed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (first,) = cached_signatures([LONG], tmp_path / "cache")
    assert first is not None
    assert first.tolist() == minhash_signature(letters(LONG)).tolist()
    monkeypatch.delattr(duplicates, "minhash_signature")
    again = cached_signatures([LONG, LONG], tmp_path / "cache")
    assert [found is not None and found.tolist() for found in again] == [first.tolist()] * 2


def test_a_short_text_has_none(tmp_path: Path) -> None:
    assert len(letters(LONG)) > SHORTEST
    assert cached_signatures(["见图。", "水" * (SHORTEST - 1), ""], tmp_path / "cache") == [None] * 3


def test_other_rules_are_other_signatures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cached_signatures([LONG], tmp_path / "cache")
    monkeypatch.setattr(duplicates, "MINHASH_RULES", "2")
    monkeypatch.setattr(duplicates, "minhash_signature", lambda text: minhash_signature("别的"))
    (found,) = cached_signatures([LONG], tmp_path / "cache")
    assert found is not None
    assert found.tolist() == minhash_signature("别的").tolist()


@pytest.mark.parametrize("content", [b"", b"no database" * 500])
def test_a_damaged_cache_is_made_again(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "cache").write_bytes(content)
    assert cached_signatures([LONG], tmp_path / "cache")[0] is not None
