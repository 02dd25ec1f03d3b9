"""Models of sentence-transformers, from a folder or the hub. The one importer of that library."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from corpus.errors import Failure

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder, SentenceTransformer

__all__ = [
    "BUNDLED",
    "NO_RERANKER",
    "ModelError",
    "ModelThread",
    "cross_encoder",
    "native_precision",
    "sentence_transformer",
]

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class ModelError(Failure, RuntimeError):
    """The model cannot be loaded."""


class ModelThread:
    """One thread in which all models compute.

    A tokenizer may not be entered by two at once; and each thread that computes gets a team of OpenMP
    threads of its own, more than there are cores, which made a question in a server's worker thread
    take 24 ms instead of 15.
    """

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="model")

    def run(
        self, call: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Result:
        """Run a call in the thread; return or raise what it does."""
        return self._pool.submit(call, *args, **kwargs).result()


def native_precision() -> str:
    """ "bfloat16" where the processor computes in it, else "float32"."""
    import torch

    processor = torch.cpu.get_capabilities()
    return "bfloat16" if processor.get("avx512_bf16") or processor.get("amx_bf16") else "float32"


def sentence_transformer(path: str, precision: str) -> SentenceTransformer:
    """The embedding model of a folder or a hub name.

    A folder, and a hub name that is in the hub's cache, are loaded without the network. Raises
    ModelError, also for a hub name that is neither cached nor can be fetched.
    """
    from sentence_transformers import SentenceTransformer

    return _loaded(SentenceTransformer, path, precision)


def cross_encoder(path: str, precision: str) -> CrossEncoder:
    """The re-ranking model of a folder or a hub name, as `sentence_transformer` loads one."""
    from sentence_transformers import CrossEncoder

    model: CrossEncoder = _loaded(CrossEncoder, path, precision)
    return model


def _loaded(kind: Callable[..., Result], path: str, precision: str) -> Result:
    import torch
    from huggingface_hub import HfApi, constants
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    constants.HF_HUB_DISABLE_TELEMETRY = True  # even for a cached model it would ask the hub for a list
    options: dict[str, Any] = {"device": "cpu", "model_kwargs": {"dtype": getattr(torch, precision)}}
    is_folder = Path(path).is_dir()
    try:
        with suppress(*() if is_folder else (OSError, ValueError)):
            return kind(path, local_files_only=True, **options)
        # Asked once before: the loader would retry each of its files for half a minute.
        HfApi().model_info(path if "/" in path else f"sentence-transformers/{path}", timeout=10)
        return kind(path, local_files_only=False, **options)
    except Exception as error:  # a broken folder or a failed download can raise anything
        problem = "cannot be loaded" if is_folder else "is no folder and cannot be had from the hub"
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise ModelError(f"the model {path!r} {problem}: {reason}") from error


BUNDLED = "bundled"
NO_RERANKER = "none"
