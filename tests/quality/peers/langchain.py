"""LangChain: BM25 and FAISS in an EnsembleRetriever.

- Hybrid: EnsembleRetriever, equal weights
  https://reference.langchain.com/python/langchain-classic/retrievers/ensemble/EnsembleRetriever
- Words: BM25Retriever; its page says to pass a word tokenizer as `preprocess_func`. It names NLTK's,
  for English; jieba's is the same for Chinese, so jieba it is.
  https://docs.langchain.com/oss/python/integrations/retrievers/bm25
- Cutting: RecursiveCharacterTextSplitter with the separators that its page lists for Chinese, 1000
  characters with 200 of overlap as in the page on retrieval.
  https://docs.langchain.com/oss/python/integrations/splitters/recursive_text_splitter
  https://docs.langchain.com/oss/python/langchain/knowledge-base
- Prompts: `encode_kwargs` and `query_encode_kwargs` (docstring of HuggingFaceEmbeddings).
"""

from __future__ import annotations

import logging

import jieba
from langchain_classic.retrievers import EnsembleRetriever
from langchain_community.retrievers import BM25Retriever
from langchain_community.vectorstores import FAISS
from langchain_core.documents import Document as Page
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from tests.quality.peers.contract import DEPTH, Job, Passage, Prepared, Ranking, serve

SEPARATORS = ["\n\n", "\n", " ", ".", ",", "\u200b", "\uff0c", "\u3001", "\uff0e", "\u3002", ""]


def prepare(job: Job) -> Prepared:
    size, overlap = (job.length, 0) if job.length else (1000, 200)
    splitter = RecursiveCharacterTextSplitter(separators=SEPARATORS, chunk_size=size, chunk_overlap=overlap)
    pages = splitter.split_documents(
        [Page(page_content=document.titled, metadata={"article": document.id}) for document in job.documents]
    )
    embeddings = HuggingFaceEmbeddings(
        model_name=job.model,
        model_kwargs={"device": "cpu", "model_kwargs": {"dtype": job.precision}},
        encode_kwargs={"prompt_name": "document"},
        query_encode_kwargs={"prompt_name": "query"},
    )
    words = BM25Retriever.from_documents(pages, preprocess_func=jieba.lcut, k=DEPTH)
    vectors = FAISS.from_documents(pages, embeddings).as_retriever(search_kwargs={"k": DEPTH})
    retriever = EnsembleRetriever(retrievers=[words, vectors], weights=[0.5, 0.5])

    def search(question: str) -> Ranking:
        found = retriever.invoke(question)
        return Ranking([Passage(page.metadata["article"], page.page_content) for page in found])

    return Prepared(search)


if __name__ == "__main__":
    jieba.setLogLevel(logging.WARNING)
    serve(prepare)
