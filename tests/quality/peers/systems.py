"""The systems that are compared, in the order of the table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["OWN", "SYSTEMS", "System"]

REQUIREMENTS = Path(__file__).parent / "requirements"
LENGTH = 250  # characters: the passages that the encoder reads whole, about those of Yuanwen


@dataclass(frozen=True)
class System:
    """A row of the table.

    `key` names it on the command line and on disk, `module` is its adapter. `packages` are what its
    documentation says to install, the first gives the row's version; none: it runs in the project's
    own environment. `length`: see contract.Job.
    """

    key: str
    label: str
    module: str
    packages: tuple[str, ...] = ()
    length: int | None = None

    @property
    def requirements(self) -> Path:
        """Its pinned packages with all that they require; only where it has an environment of its own."""
        return REQUIREMENTS / f"{self.module}.txt"

    @property
    def version(self) -> str:
        """The pinned version of the first package."""
        lines = self.requirements.read_text(encoding="utf-8").splitlines()
        pins = dict(line.split("==") for line in lines if "==" in line)
        return pins[self.packages[0]]


OWN = System("yuanwen", "Yuanwen", "yuanwen")

_TOOLKITS = (
    (
        "LangChain",
        "langchain",
        (
            "langchain-classic",
            "langchain-community",
            "langchain-huggingface",
            "langchain-text-splitters",
            "sentence-transformers",
            "faiss-cpu",
            "rank-bm25",
            "jieba",
        ),
    ),
    (
        "LlamaIndex",
        "llamaindex",
        ("llama-index-core", "llama-index-embeddings-huggingface", "llama-index-retrievers-bm25"),
    ),
    ("Haystack", "haystack", ("haystack-ai", "sentence-transformers-haystack")),
    ("txtai", "txtai", ("txtai", "chonkie")),
)

SYSTEMS = (
    OWN,
    System("yuanwen-plain", "Yuanwen without its re-ranker", "yuanwen"),
    *(System(module, label, module, packages) for label, module, packages in _TOOLKITS),
    *(
        System(f"{module}-{LENGTH}", f"{label}, {LENGTH} characters", module, packages, LENGTH)
        for label, module, packages in _TOOLKITS
    ),
    System("bare-vectors", "vectors alone", "bare"),
    System("bare-words", "words alone (BM25, character pairs)", "bare"),
)
