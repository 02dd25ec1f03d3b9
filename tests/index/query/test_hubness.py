"""What all questions have in common."""

from __future__ import annotations

import pytest

from index.query.hubness import EVERYDAY, SHARE, everyday_vectors, mean_question_vectors
from index.terms import script
from tests.index.fake_embedder import FakeEmbedder


def test_the_mean_of_everyday_questions() -> None:
    embedder = FakeEmbedder()
    common = mean_question_vectors(everyday_vectors(embedder))
    assert {name: vector.round(6).tolist() for name, vector in common.items()} == {
        "han": [0, 0, 0, 0, 0, 0, pytest.approx(SHARE)],
        "latin": [0, 0, 0, 0, 0, 0, pytest.approx(SHARE)],
    }
    assert len(embedder.questions) == 80
    assert embedder.questions[0] == "今天天气怎么样"
    assert embedder.questions[-1] == "How has it changed compared with before"


def test_everyday_questions_are_of_their_script() -> None:
    for name, questions in EVERYDAY.items():
        assert {script(question) for question in questions.split("\n")[1:-1]} == {name}
