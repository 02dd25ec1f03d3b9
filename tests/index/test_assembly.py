"""Whatever a build takes over from the former index, it is the index that is made from nothing."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.asked import ArticleQuestion
from index.build import build
from index.store.snapshot import Snapshot, load_current
from tests.index.fake_embedder import FakeEmbedder, quiet

# Of no passage, of one sentence, of two passages, and of words that no term holds.
BODIES = (
    "",
    "火灾要报警。",
    "不转账。要报警!\n\n## 怎么办\n\n医保缴费。",
    "……！",
    "fire drill at 3.30 p.m. today",
)
EDITIONS = st.lists(
    st.dictionaries(st.sampled_from("abcdefg"), st.sampled_from(BODIES), min_size=1),
    min_size=2,
    max_size=4,
)
QUESTIONS = (["火灾"], ["fire", "drill"], ["医保", "报警", "报警"])


def edition(bodies: dict[str, str]) -> list[Article]:
    return [
        Article("always", "防诈骗", "诈骗。"),
        *(
            Article(
                i,
                f"题{i}",
                body,
                asked=(ArticleQuestion("火灾咋办", BODIES[1]), ArticleQuestion(f"{i}咋办")),
                not_asked=(i,),
            )
            for i, body in bodies.items()
        ),
    ]


def built(articles: list[Article], state: Path) -> tuple[Snapshot, int]:
    """The published index, and how many articles' texts had to be embedded."""
    embedder = FakeEmbedder()
    build(articles, embedder, state, quiet)
    return load_current(state, embedder.name), len(embedder.passages)


def assert_alike(one: Snapshot, other: Snapshot) -> None:
    assert one.manifest == other.manifest
    (first,), (second,) = one.store.segments, other.store.segments
    assert one.texts.articles() == other.texts.articles()
    rows = range(len(one.passages))
    assert [one.texts.passage(row) for row in rows] == [other.texts.passage(row) for row in rows]
    assert one.texts.questions() == other.texts.questions()
    np.testing.assert_array_equal(one.store.questions, other.store.questions)
    np.testing.assert_array_equal(one.texts.owners, other.texts.owners)
    np.testing.assert_array_equal(first.texts.first_sentences, second.texts.first_sentences)
    for dense, same in ((first.dense, second.dense), (first.sentences, second.sentences)):
        vectors = np.eye(dense.dimension, dtype=np.float32)
        ids = np.arange(len(dense))
        assert len(dense) == len(same)
        for vector in vectors:
            np.testing.assert_array_equal(dense.scores(vector, ids), same.scores(vector, ids))
    for words, same_words in (
        (first.passages, second.passages),
        (first.articles, second.articles),
    ):
        for question in QUESTIONS:
            np.testing.assert_array_equal(words.scores(question), same_words.scores(question))


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(EDITIONS)
def test_one_edition_after_the_other(editions: list[dict[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        for number, bodies in enumerate(editions):
            articles = edition(bodies)
            changed, _ = built(articles, Path(folder) / "kept")
            anew, _ = built(articles, Path(folder) / f"new{number}")
            with closing(changed.texts), closing(anew.texts):
                assert_alike(changed, anew)


def test_only_new_articles_are_cut_and_embedded(tmp_path: Path) -> None:
    """The cache of vectors may be lost: what the former index holds is taken from it."""
    built(edition({"a": BODIES[1], "b": BODIES[2]}), tmp_path)[0].texts.close()
    (tmp_path / "vectors.sqlite").unlink()
    snapshot, embedded = built(edition({"b": BODIES[2], "c": BODIES[1], "d": BODIES[4]}), tmp_path)
    with closing(snapshot.texts):
        # Passage and sentence of c and of d.
        assert embedded == 4
        assert [article.id for article in snapshot.texts.articles()] == ["always", "b", "c", "d"]
