"""The re-ranking models: the bundled one, one of a folder, none, and what cannot be loaded."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from json import loads
from math import log
from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from index.models.bundled_reranker import WEIGHTS, BundledReranker
from index.models.loading import ModelError, ModelThread
from index.models.reranker import load_reranker

QUESTION = "Is the radiation of base stations harmful to people?"
ANSWER = "基站电磁辐射\n检测数值远远低于国家标准,不会对人体健康构成危害。"
OTHER = "快递安全\n实名收寄率必须达到百分之百。"


@pytest.fixture(scope="module")
def reranker(bundled_state: Path) -> BundledReranker:
    return BundledReranker(bundled_state)


def test_none_is_a_choice(tmp_path: Path) -> None:
    assert load_reranker("none", tmp_path, ModelThread()) is None


def test_the_text_that_answers_is_read_as_likelier(reranker: BundledReranker) -> None:
    answer, other = reranker.logits(QUESTION, [ANSWER, OTHER])
    assert answer > 0 > other


def test_a_text_is_read_alike_alone_and_beside_longer_ones(reranker: BundledReranker) -> None:
    together = reranker.logits(QUESTION, [ANSWER, OTHER * 9])
    alone = reranker.logits(QUESTION, [ANSWER])
    assert (together.shape, together.dtype) == ((2,), np.float32)
    assert together[0] == pytest.approx(alone[0], abs=1e-3)


def test_texts_of_any_length_are_read(reranker: BundledReranker) -> None:
    assert reranker.logits(QUESTION, []).shape == (0,)
    assert np.isfinite(reranker.logits("长" * 500, ["", "长" * 5000, "\x00<b>&amp;😀"])).all()


def test_several_threads_read_alike(reranker: BundledReranker) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: reranker.logits(QUESTION, [ANSWER, OTHER]), range(8)))
    assert all(np.allclose(one, found[0], atol=1e-4) for one in found)


def test_the_weights_are_small_and_those_that_their_provenance_names(reranker: BundledReranker) -> None:
    made = loads(WEIGHTS.with_suffix(".json").read_text(encoding="utf-8"))["sha256"]
    assert made == sha256(WEIGHTS.read_bytes()).hexdigest()
    assert WEIGHTS.stat().st_size <= 2_000_000
    assert reranker.name == f"bundled-{made[:12]}+w8a8"


def test_it_is_for_english_questions(reranker: BundledReranker) -> None:
    assert reranker.scripts == {"latin"}


def test_weights_that_cannot_be_read_are_told(bundled_state: Path, tmp_path: Path) -> None:
    broken = tmp_path / "reranker.safetensors"
    broken.write_bytes(WEIGHTS.read_bytes()[:1000])
    assert "cannot be loaded" in complaint(bundled_state, broken)


@pytest.mark.parametrize("part", ["up", "down"])
def test_weights_of_which_a_half_is_missing_are_told(bundled_state: Path, tmp_path: Path, part: str) -> None:
    weights = load_file(WEIGHTS)
    del weights[f"bert.encoder.layer.0.output.dense.weight.{part}"]
    save_file(weights, tmp_path / "half.safetensors")
    assert "cannot be loaded" in complaint(bundled_state, tmp_path / "half.safetensors")


def test_weights_of_another_shape_or_name_are_told(bundled_state: Path, tmp_path: Path) -> None:
    weights = load_file(WEIGHTS)
    matrix = "bert.encoder.layer.0.output.dense.weight.up"
    save_file({**weights, matrix: weights[matrix][:3].clone()}, tmp_path / "small.safetensors")
    assert "cannot be loaded" in complaint(bundled_state, tmp_path / "small.safetensors")
    save_file({**weights, "stray": weights["classifier.bias"].clone()}, tmp_path / "stray.safetensors")
    assert "['stray'] are left over" in complaint(bundled_state, tmp_path / "stray.safetensors")


def complaint(state: Path, weights: Path) -> str:
    weights.with_suffix(".json").write_text('{"sha256": "' + "0" * 64 + '"}')
    with pytest.raises(ModelError) as caught:
        BundledReranker(state, weights)
    return str(caught.value)


def save_cross_encoder(folder: Path) -> Path:
    """A tiny cross-encoder of weights drawn by chance."""
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    words = Tokenizer(
        models.WordLevel({"[UNK]": 0, "[PAD]": 1, "[SEP]": 2, "防": 3, "骗": 4}, unk_token="[UNK]")
    )
    words.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    words.post_processor = processors.TemplateProcessing(
        single="$A [SEP]", pair="$A [SEP] $B [SEP]", special_tokens=[("[SEP]", 2)]
    )
    config = BertConfig(
        vocab_size=5,
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=8,
        num_labels=1,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    PreTrainedTokenizerFast(tokenizer_object=words, pad_token="[PAD]", unk_token="[UNK]").save_pretrained(
        folder
    )
    return folder


def test_a_folder_s_cross_encoder_gives_its_probabilities_as_log_odds(tmp_path: Path) -> None:
    from sentence_transformers import CrossEncoder

    folder = str(save_cross_encoder(tmp_path / "tiny"))
    reranker = load_reranker(folder, tmp_path, ModelThread())
    assert reranker is not None
    assert (reranker.name, reranker.scripts) == (folder, {"han", "latin"})
    probabilities = CrossEncoder(folder, device="cpu").predict([("防", "骗"), ("防", "防防")])
    expected = [log(p / (1 - p)) for p in map(float, probabilities)]
    np.testing.assert_allclose(reranker.logits("防", ["骗", "防防"]), expected, atol=0.02)


def test_what_is_no_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_reranker(str(tmp_path), tmp_path, ModelThread())
