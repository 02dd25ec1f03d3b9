"""A corpus of any size from real words: the clauses of given articles mixed anew, so that pairs of characters
are as frequent as they are there; its vectors lie between those of real clauses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from corpus.library.inventory import Inventory, Item
from corpus.passages import Passage
from corpus.sentences import Span
from index.models.embedder import Vectors
from index.store.arrays import write_array, write_pieces
from index.store.dense import DenseIndex, is_large
from index.store.lexical import LexicalIndex, Postings, joined, key_of
from index.store.segment import ARTICLES, DENSE, LISTS, PASSAGES, QUESTIONS, SENTENCES, TEXTS
from index.store.text_file import write_texts
from index.terms import terms

__all__ = ["Generated"]

CLAUSE = re.compile(r"[^，。；：！？、\s,.;:!?]{4,30}")
PER_ARTICLE = 8  # passages
PER_PASSAGE = (3, 4, 4, 5)  # sentences, of two or three clauses
AT_ONCE = 2_000  # articles
NEAR = 20  # anchors that are mixed are among so many nearest to each other
NOISE = 0.35
Numbers = NDArray[np.int64]
Value = TypeVar("Value")


class Lazy(Mapping[int, Value], Generic[Value]):
    """What is made when it is asked for."""

    def __init__(self, count: int, each: Callable[[], Iterator[Value]]) -> None:
        self._count, self._each = count, each

    def items(self) -> Iterator[tuple[int, Value]]:  # type: ignore[override]
        return enumerate(self._each())

    def __getitem__(self, place: int) -> Value:
        raise KeyError(place)

    def __iter__(self) -> Iterator[int]:
        return iter(range(self._count))

    def __len__(self) -> int:
        return self._count


class Drawn(NamedTuple):
    """Articles that were drawn: a title each, and for each of their passages sentences of clauses."""

    titles: list[int]
    passages: list[list[list[int]]]


@dataclass(frozen=True)
class Generated:
    """`n_articles` of PER_ARTICLE passages from clauses; `anchors` are vectors of some of the clauses."""

    clauses: Sequence[str]
    anchors: Vectors
    n_articles: int

    @classmethod
    def clauses_of(cls, articles: Sequence[Article]) -> list[str]:
        return [clause for article in articles for clause in CLAUSE.findall(article.body)]

    @property
    def n_passages(self) -> int:
        return self.n_articles * PER_ARTICLE

    def drawn(self, part: int) -> Drawn:
        chance, lengths = np.random.default_rng([7, part]), self.lengths(part).tolist()
        titles = chance.integers(len(self.clauses), size=len(lengths) // PER_ARTICLE).tolist()
        sizes = iter(chance.integers(2, 4, size=sum(lengths)).tolist())
        clauses = iter(chance.integers(len(self.clauses), size=3 * sum(lengths)).tolist())
        passages = [[[next(clauses) for _ in range(next(sizes))] for _ in range(n)] for n in lengths]
        return Drawn(titles, passages)

    def lengths(self, part: int) -> Numbers:
        """How many sentences the passages of a part have."""
        count = min(AT_ONCE, self.n_articles - part * AT_ONCE) * PER_ARTICLE
        return np.random.default_rng([6, part]).choice(PER_PASSAGE, size=count)

    @property
    def parts(self) -> range:
        return range(-(-self.n_articles // AT_ONCE))

    def read(self, part: int) -> Iterator[tuple[Article, list[Passage]]]:
        """The articles of a part, each with its passages."""
        drawn = self.drawn(part)
        for n, title in enumerate(drawn.titles):
            name, heading = f"g-{part * AT_ONCE + n}", self.clauses[title]
            body, spans = "", []
            for sentences in drawn.passages[n * PER_ARTICLE : (n + 1) * PER_ARTICLE]:
                body += "\n\n" if body else ""
                found = []
                for sentence in sentences:
                    text = "，".join(self.clauses[clause] for clause in sentence) + "。"
                    found.append(Span(len(body), len(body) + len(text)))
                    body += text
                spans.append(tuple(found))
            article = Article(name, heading, body)
            yield (
                article,
                [Passage(name, s[0][0], s[-1][1], body[s[0][0] : s[-1][1]], heading, "", s) for s in spans],
            )

    def inventory(self) -> Inventory:
        articles = lru_cache(maxsize=2)(lambda part: [article for article, _ in self.read(part)])
        items = [Item.of(article) for part in self.parts for article in articles(part)]
        return Inventory(items, lambda place: articles(place // AT_ONCE)[place % AT_ONCE])

    def write(self, folder: Path) -> None:
        """Writes the files of a segment."""
        large = is_large(self.n_passages)
        self._write_vectors(folder, large)
        if large:
            DenseIndex.write_lists(folder / LISTS, folder / DENSE)
        passages, articles = self._words()
        passages.save(folder / PASSAGES, large)
        articles.save(folder / ARTICLES, large)
        write_array(folder / QUESTIONS, np.zeros((0, self.anchors.shape[1]), dtype=np.float32))
        write_texts(
            folder / TEXTS,
            Lazy(self.n_articles, lambda: (a for part in self.parts for a, _ in self.read(part))),
            Lazy(
                self.n_passages,
                lambda: (p for part in self.parts for _, found in self.read(part) for p in found),
            ),
        )

    def _write_vectors(self, folder: Path, large: bool) -> None:
        dtype, width = np.float16 if large else np.float32, self.anchors.shape[1]
        near = np.argsort(-(self.anchors @ self.anchors.T), axis=1)[:, :NEAR]

        def passages(part: int, chance: np.random.Generator, count: int) -> tuple[Vectors, Numbers]:
            first = chance.integers(len(near), size=count)
            mixed = np.stack(
                [first, *(near[first, chance.integers(NEAR, size=count)] for _ in range(2))], axis=1
            )
            weights = chance.dirichlet((1, 1, 1), size=count).astype(np.float32)
            own = np.einsum("nk,nkd->nd", weights, self.anchors[mixed])
            return _with_noise(own, chance), mixed

        def of_passages() -> Iterator[Vectors]:
            for part in self.parts:
                yield passages(part, np.random.default_rng([8, part]), len(self.lengths(part)))[0]

        def of_sentences() -> Iterator[Vectors]:
            for part in self.parts:
                chance, lengths = np.random.default_rng([8, part]), self.lengths(part)
                own, mixed = passages(part, chance, len(lengths))
                rows = np.repeat(np.arange(len(lengths)), lengths)
                anchor = mixed[rows, chance.integers(3, size=len(rows))]
                yield _with_noise(0.5 * own[rows] + 0.5 * self.anchors[anchor], chance)

        n_sentences = int(sum(self.lengths(part).sum() for part in self.parts))
        write_pieces(folder / DENSE, (self.n_passages, width), dtype, of_passages())
        write_pieces(folder / SENTENCES, (n_sentences, width), dtype, of_sentences())

    def _words(self) -> tuple[LexicalIndex, LexicalIndex]:
        """Counted from the numbers of clauses: from texts it would take most of the time."""
        vocabulary = sorted({term for clause in self.clauses for term in terms(clause)}, key=key_of)
        numbers = {term: n for n, term in enumerate(vocabulary)}
        found = [[numbers[term] for term in terms(clause)] for clause in self.clauses]
        starts = np.cumsum([0, *map(len, found)])
        flat = np.fromiter((n for one in found for n in one), dtype=np.int64)
        keys = np.fromiter(map(key_of, vocabulary), dtype=np.uint64)
        made: tuple[list[Postings], list[Postings]] = ([], [])
        lengths: tuple[list[Numbers], list[Numbers]] = ([], [])
        for part in self.parts:
            drawn = self.drawn(part)
            bodies = [list(chain.from_iterable(sentences)) for sentences in drawn.passages]
            of_article = [bodies[n : n + PER_ARTICLE] for n in range(0, len(bodies), PER_ARTICLE)]
            titled = list(zip(drawn.titles, of_article, strict=True))
            in_passages = [[title, *body] for title, own in titled for body in own]
            in_articles = [[title, *chain.from_iterable(own)] for title, own in titled]
            for kind, texts in enumerate((in_passages, in_articles)):
                postings, counted = _counted(texts, starts, flat, keys)
                first = sum(map(len, lengths[kind]))
                made[kind].append(postings._replace(texts=postings.texts + np.int32(first)))
                lengths[kind].append(counted)
        passages, articles = (
            LexicalIndex(joined(parts), np.concatenate(counted).astype(np.int32))
            for parts, counted in zip(made, lengths, strict=True)
        )
        return passages, articles


def _counted(
    texts: Sequence[Sequence[int]], starts: Numbers, flat: Numbers, keys: NDArray[np.uint64]
) -> tuple[Postings, Numbers]:
    """Postings and lengths of texts of clauses; the terms of clause c are flat[starts[c] : starts[c + 1]]."""
    clauses = np.fromiter((c for text in texts for c in text), dtype=np.int64)
    sizes = (starts[1:] - starts[:-1])[clauses]
    owners = np.repeat(np.repeat(np.arange(len(texts)), list(map(len, texts))), sizes)
    at = np.repeat(starts[clauses] - (np.cumsum(sizes) - sizes), sizes) + np.arange(int(sizes.sum()))
    pairs, counts = np.unique(flat[at] * len(texts) + owners, return_counts=True)
    ranks, first = np.unique(pairs // len(texts), return_index=True)
    return (
        Postings(
            keys[ranks],
            np.append(first, len(pairs)),
            (pairs % len(texts)).astype(np.int32),
            counts.astype(np.uint16),
        ),
        np.bincount(owners, minlength=len(texts)),
    )


def _with_noise(vectors: Vectors, chance: np.random.Generator) -> Vectors:
    noise = chance.standard_normal(vectors.shape, dtype=np.float32)
    noise *= np.float32(NOISE / np.sqrt(vectors.shape[1]))
    moved = vectors / np.linalg.norm(vectors, axis=1, keepdims=True) + noise
    return moved / np.linalg.norm(moved, axis=1, keepdims=True)
