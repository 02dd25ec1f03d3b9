"""txtai: one Embeddings index, hybrid and with content.

- Hybrid: `hybrid=True` (BM25 whose normalised scores are added to the cosine, .5 each)
  https://neuml.github.io/txtai/embeddings/configuration/general/#hybrid
- Words: the default tokenizer, by Unicode's word boundaries: each Chinese character is a token.
- Cutting: Segmentation by paragraphs; a text without empty lines stays whole. With a length: the
  chunker "sentence", which that page allows, with Chinese sentence ends.
  https://neuml.github.io/txtai/pipeline/data/segmentation/
- Prompts: read from the model's folder unless `instructions` are given
  https://neuml.github.io/txtai/embeddings/configuration/vectors/#instructions
"""

from __future__ import annotations

from txtai import Embeddings
from txtai.pipeline import Segmentation

from tests.quality.peers.contract import DEPTH, Job, Passage, Prepared, Ranking, serve

ENDS = ["。", "!", "?", "!", "?", "\n"]


def prepare(job: Job) -> Prepared:
    segment = (
        Segmentation(chunker="sentence", chunk_size=job.length, delim=ENDS)
        if job.length
        else Segmentation(paragraphs=True)
    )
    passages = [Passage(document.id, text) for document in job.documents for text in segment(document.titled)]
    index = Embeddings(path=job.model, hybrid=True, content=True, gpu=False, vectors={"dtype": job.precision})
    index.index((number, passage.text, None) for number, passage in enumerate(passages))

    def search(question: str) -> Ranking:
        return Ranking([passages[int(row["id"])] for row in index.search(question, DEPTH)])

    return Prepared(search)


if __name__ == "__main__":
    serve(prepare)
