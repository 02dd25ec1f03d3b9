"""Another model than the bundled one, made here: with another dimension and prompts, after `calibrate`."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from bot.answering.bot import Bot
from bot.answering.confidence import Calibration
from bot.evaluate.calibration import calibrate
from bot.evaluate.questions import GoldQuestion, read_questions
from bot.settings import Settings
from corpus.article import Article
from corpus.library.files import read_library
from index.build import build
from index.models.embedder import load_embedder
from index.query.hubness import EVERYDAY
from index.search import Searcher
from index.store.snapshot import load_current
from tests.index.fake_embedder import quiet

QUALITY = Path(__file__).parents[2] / "quality"
DIMENSION = 256


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return read_library(Settings.model_fields["articles"].default)


@pytest.fixture(scope="module")
def model(articles: list[Article], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A model that knows each character by a vector drawn by chance."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    text = "".join(article.heading + article.body for article in articles) + "".join(EVERYDAY.values())
    words = {"[UNK]": 0, **{character: n for n, character in enumerate(sorted(set(text)), start=1)}}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    folder = tmp_path_factory.mktemp("model")
    prompts = {"query": "问:", "document": "文:"}
    vectors = np.random.default_rng(0).normal(size=(len(words), DIMENSION)).astype(np.float32)
    encoder = StaticEmbedding(tokenizer, embedding_weights=vectors)
    SentenceTransformer(modules=[encoder], prompts=prompts).save(str(folder))
    return str(folder)


def asked(name: str) -> tuple[GoldQuestion, ...]:
    questions = read_questions(QUALITY / f"{name}.jsonl").questions
    return tuple(question for question in questions if not question.history and question.language != "en")


def test_after_calibrating_a_model_of_another_dimension_answers_and_refuses(
    articles: list[Article], model: str, tmp_path: Path
) -> None:
    embedder = load_embedder(model, tmp_path)
    assert embedder.dimension == DIMENSION
    build(articles, embedder, tmp_path, quiet)
    with closing((snapshot := load_current(tmp_path, embedder.name)).texts):
        shipped = Bot(Searcher(snapshot, embedder), Calibration.load())
        questions = (*asked("questions"), *asked("ownwords-nine-fit"))
        figures = calibrate(shipped, questions, tmp_path, "own words", lambda done, total: None)
        assert figures["zh"]["auroc"] >= 0.7
        bot = shipped.onto(snapshot, Calibration.of(tmp_path), ())
        kept = asked("ownwords-nine-report")
        verdicts = {question.id: bot.find(question.text).verdict for question in kept}
    answerable = [verdicts[question.id] for question in kept if question.answerable]
    others = [verdicts[question.id] for question in kept if question.answerable is False]
    assert answerable.count("none") <= 0.2 * len(answerable)
    assert others.count("answered") <= 0.2 * len(others)
    assert answerable.count("answered") / len(answerable) > others.count("answered") / len(others)
