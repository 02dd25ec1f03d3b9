"""What is asked: the current index, a folder of articles, or a BEIR folder."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from bot.evaluate.evaluation import corpus_folder, evaluation_state, open_corpus
from corpus.article import Article
from index.store.snapshot import SnapshotError
from tests.bot.evaluate.corpus import write_articles
from tests.index.fake_embedder import FakeEmbedder, quiet, searcher_over


def test_a_beir_folder_is_asked_about_its_own_corpus_unless_another_is_named(tmp_path: Path) -> None:
    (tmp_path / "corpus.jsonl").touch()
    assert corpus_folder(tmp_path, None) == tmp_path
    assert corpus_folder(tmp_path, tmp_path / "articles") == tmp_path / "articles"
    assert corpus_folder(tmp_path / "questions.csv", None) is None


def test_the_current_index_stays_current_when_others_are_asked(tmp_path: Path) -> None:
    state, embedder = tmp_path / "state", FakeEmbedder()
    with pytest.raises(SnapshotError, match="there is no index in"):
        open_corpus(None, embedder, state, quiet)
    (tmp_path / "beir").mkdir()
    (tmp_path / "beir" / "corpus.jsonl").write_text('{"_id": "d", "text": "火灾。"}', encoding="utf-8")
    with searcher_over([Article("now", "现在", "诈骗。")], state):
        for folder, ids in (
            (None, ["now"]),
            (write_articles(tmp_path / "articles"), ["care", "fire", "scam"]),
            (tmp_path / "beir", ["d"]),
            (None, ["now"]),
        ):
            snapshot = open_corpus(folder, embedder, state, quiet)
            with closing(snapshot.texts):
                assert [article.id for article in snapshot.texts.articles()] == ids


def test_two_folders_of_one_name_have_two_places(tmp_path: Path) -> None:
    one, other = (evaluation_state(tmp_path, tmp_path / name / "articles") for name in "ab")
    assert one != other
    assert one.name.startswith("articles-")
