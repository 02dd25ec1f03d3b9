"""The bundled model in 8 bits, without torch: near the exact vectors, and the same in any company."""

from __future__ import annotations

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from corpus.library.files import read_library
from index.models.bundled_embedder import BundledEmbedder
from index.models.embedder import Embedder, load_embedder
from index.models.loading import BUNDLED, ModelError
from index.query.hubness import everyday_lines

ROOT = Path(__file__).parents[3]
PARAGRAPHS = [
    paragraph
    for article in read_library(ROOT / "corpus" / "articles")
    for paragraph in article.body.split("\n\n")
    if len(paragraph) > 60
][:12]
TEXTS = [*PARAGRAPHS, *everyday_lines("han")[:6], *everyday_lines("latin")[:6]]


@pytest.fixture(scope="module")
def embedder(bundled_state: Path) -> BundledEmbedder:
    return BundledEmbedder(bundled_state)


def test_the_vectors_are_near_those_of_float32(embedder: BundledEmbedder, exact_embedder: Embedder) -> None:
    for ours, exact in (
        (embedder.embed_questions(TEXTS), exact_embedder.embed_questions(TEXTS)),
        (embedder.embed_passages(TEXTS), exact_embedder.embed_passages(TEXTS)),
    ):
        assert (ours * exact).sum(axis=1).min() > 0.998
        np.testing.assert_allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-6)


def test_a_text_has_the_same_vector_in_any_company(embedder: BundledEmbedder) -> None:
    together = embedder.embed_passages(TEXTS)
    alone = [embedder.embed_passages([text])[0] for text in TEXTS]
    assert (np.array(alone) == together).all()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: embedder.embed_passages([text])[0], TEXTS))
    assert (np.array(found) == together).all()


def test_name_and_shape(embedder: BundledEmbedder) -> None:
    assert (embedder.name, embedder.dimension) == ("multilingual-e5-small-1571fc982750-1+w8a8", 384)
    assert embedder.embed_passages([]).shape == (0, 384)
    assert np.isfinite(embedder.embed_questions(["", "\x00<b>&amp;😀"])).all()


def test_a_long_text_is_the_mean_of_its_parts(embedder: BundledEmbedder) -> None:
    text = "a " * 600
    half = len(text) // 2
    parts = embedder.embed_passages([text[:half], text[half:]]).sum(axis=0)
    np.testing.assert_allclose(embedder.embed_passages([text])[0], parts / np.linalg.norm(parts), atol=1e-6)


def test_a_damaged_graph_is_told(bundled_state: Path, embedder: BundledEmbedder, tmp_path: Path) -> None:
    folder = tmp_path / "models" / embedder.name.partition("+")[0]
    shutil.copytree(bundled_state / "models" / folder.name, folder)
    [graph] = (folder / "onnx").glob("encoder-*.onnx")
    graph.write_bytes(graph.read_bytes()[:1000])
    with pytest.raises(ModelError, match=graph.name):
        load_embedder(BUNDLED, tmp_path)


def test_torch_is_not_loaded_for_the_bundled_models(bundled_state: Path) -> None:
    script = (
        "import sys; from pathlib import Path; state = Path(sys.argv[1]);"
        "from index.models.embedder import load_embedder; from index.models.loading import ModelThread;"
        "from index.models.reranker import load_reranker; import bot.web.server;"
        "load_embedder('bundled', state).embed_questions(['x']);"
        "load_reranker('bundled', state, ModelThread()).logits('x', ['y']);"
        "print(sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", script, str(bundled_state)]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout == "[]\n"
