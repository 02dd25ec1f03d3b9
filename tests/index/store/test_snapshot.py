"""A snapshot is published whole, and refused when it is damaged or does not fit."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.library.inventory import Inventory
from index.build import build
from index.store import snapshot
from index.store.snapshot import Manifest, Snapshot, SnapshotError, current_manifest, load_current, wanted
from tests.index.fake_embedder import FakeEmbedder, quiet

ARTICLES = [Article("scam", "防诈骗", "不转账。要报警。"), Article("fire", "防火灾", "少用电。")]
REMEDY = "run: python app.py build"


def publish(state: Path, *titles: str) -> list[str]:
    """Publishes one index after the other, each of one article; returns the names of their folders."""
    names = []
    for title in titles:
        build([Article("a", title, "正文。")], FakeEmbedder(), state, quiet)
        names.append((state / "index" / "current").read_text())
    return names


def load(state: Path) -> Snapshot:
    return load_current(state, "fake")


def refusal(state: Path) -> str:
    with pytest.raises(SnapshotError) as refused:
        load(state)
    return str(refused.value)


def kept(state: Path) -> set[str]:
    return {path.name for path in (state / "index").iterdir()} - {"current"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a published index of ARTICLES under tmp_path."""
    build(ARTICLES, FakeEmbedder(), tmp_path, quiet)
    return tmp_path / "index" / (tmp_path / "index" / "current").read_text()


def test_a_published_index_is_loaded(folder: Path, tmp_path: Path) -> None:
    loaded = load(tmp_path)
    with closing(loaded.texts):
        assert loaded.texts.articles() == ARTICLES
        assert [(len(s.dense), len(s.sentences)) for s in loaded.store.segments] == [(2, 3)]
        assert (len(loaded.passages), len(loaded.articles)) == (2, 2)
        assert loaded.manifest == current_manifest(tmp_path)
        assert loaded.manifest == replace(wanted(Inventory.of(ARTICLES), FakeEmbedder()), passages=2)
        assert loaded.manifest.fingerprint == folder.name


def test_without_an_index(tmp_path: Path) -> None:
    assert current_manifest(tmp_path) is None
    assert refusal(tmp_path) == f"there is no index in {tmp_path} yet; {REMEDY}"


@pytest.mark.parametrize("pointer", ["0123456789abcdef", "", "\x00", "../../etc"])
def test_a_pointer_to_nowhere(folder: Path, tmp_path: Path, pointer: str) -> None:
    (tmp_path / "index" / "current").write_text(pointer)
    assert refusal(tmp_path).endswith(f"; {REMEDY}")


def test_a_pointer_that_is_no_text(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "index" / "current").write_bytes(b"\xff\xfe")
    assert refusal(tmp_path).endswith(f"; {REMEDY}")


@pytest.mark.parametrize(("change", "name"), [({"FORMAT": 9}, "format"), ({"RULES": "passages 9"}, "rules")])
def test_an_index_of_other_rules_is_refused(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, object], name: str
) -> None:
    ((constant, now),) = change.items()
    built = getattr(snapshot, constant)
    monkeypatch.setattr(snapshot, constant, now)
    assert refusal(tmp_path) == f"the index was built with {name} {built!r}, now it is {now!r}; {REMEDY}"


def test_an_index_of_another_model_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(SnapshotError) as refused:
        load_current(tmp_path, "other")
    assert str(refused.value) == f"the index was built with model 'fake', now it is 'other'; {REMEDY}"


def files(folder: Path) -> list[Path]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    parts = {path.relative_to(folder).parts[:2] for path in found}
    assert parts == {
        ("manifest.json",),
        *(("base", name) for name in (
            "texts.sqlite", "passages.npy", "sentences.npy",
            "passages.bm25", "articles.bm25", "questions.npy",
        )),
    }  # fmt: skip
    return found


def flip(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def halve(content: bytes) -> bytes:
    return content[: len(content) // 2]


@pytest.mark.parametrize("damage", [flip, halve, lambda content: b""])
def test_a_damaged_file_is_refused_and_mended(
    folder: Path, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    for path in files(folder):
        content = path.read_bytes()
        path.write_bytes(damage(content))
        reason = refusal(tmp_path)
        assert reason.endswith(REMEDY)
        if path.name != "manifest.json":
            assert reason == f"{path} is damaged (its sha256 differs); {REMEDY}"
        if path.name != "texts.sqlite":
            path.write_bytes(content)
    assert build(ARTICLES, FakeEmbedder(), tmp_path, quiet).is_new
    load(tmp_path).texts.close()


def test_a_missing_file_is_refused(folder: Path, tmp_path: Path) -> None:
    for path in files(folder):
        content = path.read_bytes()
        path.unlink()
        assert refusal(tmp_path).endswith(REMEDY)
        path.write_bytes(content)
    load(tmp_path).texts.close()


def test_any_flipped_bit_of_the_manifest_is_noticed(folder: Path, tmp_path: Path) -> None:
    path = folder / "manifest.json"
    content = path.read_bytes()
    for place in range(0, len(content), 5):
        flipped = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        path.write_bytes(flipped)
        try:
            load(tmp_path).texts.close()
        except SnapshotError:
            continue
        assert json.loads(flipped) == json.loads(content)


@pytest.mark.parametrize("count", ["articles", "passages"])
def test_a_wrong_count_is_noticed(folder: Path, tmp_path: Path, count: str) -> None:
    path = folder / "manifest.json"
    path.write_text(path.read_text().replace(f'"{count}": 2', f'"{count}": 3'))
    assert refusal(tmp_path) == f"{folder} holds (2, 2) articles and passages, unlike its manifest; {REMEDY}"


def test_the_current_snapshot_and_the_one_before_are_kept(tmp_path: Path) -> None:
    a, b = publish(tmp_path, "甲", "乙")
    assert kept(tmp_path) == {a, b}
    (c,) = publish(tmp_path, "丙")
    assert kept(tmp_path) == {b, c}


def test_the_one_before_is_kept_though_it_is_older(tmp_path: Path) -> None:
    """After A, B and again A, a service has A in use: C leaves A, not B."""
    a, _, again, c = publish(tmp_path, "甲", "乙", "甲", "丙")
    assert again == a
    assert kept(tmp_path) == {a, c}


def test_what_killed_builds_left_is_removed(tmp_path: Path) -> None:
    (a,) = publish(tmp_path, "甲")
    (tmp_path / "index" / ".0123-abc").mkdir()
    (tmp_path / "index" / ".0123-abc" / "passages.faiss").write_bytes(b"half")
    (tmp_path / "index" / ".current-4711").write_text("")
    publish(tmp_path, "甲")
    assert kept(tmp_path) == {a}


def test_the_fingerprint_follows_all_inputs() -> None:
    manifest = Manifest("model", 384, "rules", "corpus", articles=3)
    others = [
        replace(manifest, model="other"),
        replace(manifest, dimension=768),
        replace(manifest, rules="other"),
        replace(manifest, corpus="other"),
        replace(manifest, format=9),
    ]
    assert len({manifest.fingerprint, *(other.fingerprint for other in others)}) == 6
    assert replace(manifest, passages=7).fingerprint == manifest.fingerprint
    assert len(manifest.fingerprint) == 16
