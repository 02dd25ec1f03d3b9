"""Haystack: in-memory BM25 and vectors, joined by reciprocal rank fusion.

- Hybrid: the tutorial's pipeline, without its ranker (a second model; none of the others has one)
  https://haystack.deepset.ai/tutorials/33_hybrid_retrieval
  https://docs.haystack.deepset.ai/docs/documentjoiner
- Words: InMemoryDocumentStore, whose default makes each Chinese character a token.
- Cutting: DocumentSplitter by 512 words with 32 of overlap, as in the tutorial. Words are what spaces
  part, so most Chinese articles stay whole. ChineseDocumentSplitter, which the documentation has for
  them, needs a HanLP model from a host outside. With a length: RecursiveDocumentSplitter by characters.
  https://docs.haystack.deepset.ai/docs/recursivesplitter
- The title is embedded before each passage (`meta_fields_to_embed`).
  https://haystack.deepset.ai/tutorials/39_embedding_metadata_for_improved_retrieval
- Prompts: `prefix` (docstring of SentenceTransformersDocumentEmbedder names E5).
"""

from __future__ import annotations

from haystack import Document as Page
from haystack import Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import DocumentSplitter, RecursiveDocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.utils import ComponentDevice
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from tests.quality.peers.contract import DEPTH, Job, Passage, Prepared, Ranking, serve


def prepare(job: Job) -> Prepared:
    splitter = (
        RecursiveDocumentSplitter(
            split_unit="char", split_length=job.length, separators=["\n\n", "\n", "[。!?!?]", " "]
        )
        if job.length
        else DocumentSplitter(split_by="word", split_length=512, split_overlap=32)
    )
    model = {
        "model": job.model,
        "device": ComponentDevice.from_str("cpu"),
        "model_kwargs": {"dtype": job.precision},
        "progress_bar": False,
    }
    store = InMemoryDocumentStore()
    pages = [
        Page(content=document.text, meta={"title": document.title, "article": document.id})
        for document in job.documents
    ]
    embedder = SentenceTransformersDocumentEmbedder(
        **model, prefix="passage: ", meta_fields_to_embed=["title"]
    )
    for component in (splitter, embedder):
        component.warm_up()
        pages = component.run(documents=pages)["documents"]
    store.write_documents(pages)
    pipeline = hybrid(store, SentenceTransformersTextEmbedder(**model, prefix="query: "))

    def search(question: str) -> Ranking:
        asked = {"embedder": {"text": question}, "words": {"query": question}}
        found = pipeline.run(asked)["joiner"]["documents"]
        return Ranking([Passage(page.meta["article"], page.content) for page in found])

    return Prepared(search)


def hybrid(store: InMemoryDocumentStore, embedder: SentenceTransformersTextEmbedder) -> Pipeline:
    pipeline = Pipeline()
    pipeline.add_component("embedder", embedder)
    pipeline.add_component("vectors", InMemoryEmbeddingRetriever(store, top_k=DEPTH))
    pipeline.add_component("words", InMemoryBM25Retriever(store, top_k=DEPTH))
    pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
    pipeline.connect("embedder", "vectors")
    pipeline.connect("vectors", "joiner")
    pipeline.connect("words", "joiner")
    return pipeline


if __name__ == "__main__":
    serve(prepare)
