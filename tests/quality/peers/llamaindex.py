"""LlamaIndex: BM25Retriever and a vector index in a QueryFusionRetriever.

- Hybrid: mode "reciprocal_rerank"; one query, as there is no language model to write others
  https://developers.llamaindex.ai/python/framework/integrations/retrievers/reciprocal_rerank_fusion/
- Words: BM25Retriever. By default a Chinese clause is one token; its page names `token_pattern`, and
  no tokenizer for Chinese, so: each Chinese character a token, other words whole.
  https://developers.llamaindex.ai/python/framework-api-reference/retrievers/bm25
- Cutting: SentenceSplitter, by default 1024 tokens; the title is metadata, which LlamaIndex puts before
  each passage for vectors and for words.
- Prompts: `query_instruction` and `text_instruction` (docstring of HuggingFaceEmbedding).
"""

from __future__ import annotations

from llama_index.core import Document as Page
from llama_index.core import VectorStoreIndex
from llama_index.core.llms import MockLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.retrievers.bm25 import BM25Retriever

from tests.quality.peers.contract import DEPTH, Document, Job, Passage, Prepared, Ranking, serve

TOKENS = r"(?u)[\u4e00-\u9fff]|[^\W\u4e00-\u9fff]+"


def prepare(job: Job) -> Prepared:
    # `tokenizer=list` makes a character the unit of length; the title counts.
    splitter = (
        SentenceSplitter(chunk_size=job.length, chunk_overlap=0, tokenizer=list)
        if job.length
        else SentenceSplitter()
    )
    nodes = splitter.get_nodes_from_documents([page(document) for document in job.documents])
    model = HuggingFaceEmbedding(
        job.model,
        query_instruction="query: ",
        text_instruction="passage: ",
        device="cpu",
        model_kwargs={"dtype": job.precision},
    )
    vectors = VectorStoreIndex(nodes, embed_model=model).as_retriever(similarity_top_k=DEPTH)
    words = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=DEPTH, token_pattern=TOKENS)
    retriever = QueryFusionRetriever(
        [vectors, words],
        llm=MockLLM(),
        mode="reciprocal_rerank",
        num_queries=1,
        similarity_top_k=DEPTH,
        use_async=False,
    )

    def search(question: str) -> Ranking:
        nodes = [found.node for found in retriever.retrieve(question)]
        return Ranking([Passage(node.metadata["article"], node.text) for node in nodes])

    return Prepared(search)


def page(document: Document) -> Page:
    metadata = {"title": document.title} if document.title else {}
    return Page(
        text=document.text,
        metadata=metadata | {"article": document.id},
        excluded_embed_metadata_keys=["article"],
        excluded_llm_metadata_keys=["article"],
    )


if __name__ == "__main__":
    serve(prepare)
