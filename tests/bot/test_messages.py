import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from bot import messages
from bot.answering.question import REFUSED_QUESTION, QuestionCode
from bot.language import Language
from bot.messages import FOLDER, Message, catalogue
from index.terms import to_simplified, to_traditional

BOT = Path(messages.__file__).parent
LANGUAGES = get_args(Language)
NAMES = sorted({name for language in LANGUAGES for name in catalogue(language)})
USED = re.compile(r"\bmessages\.([A-Z][A-Z_]+)\b")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_language_has_one_catalogue() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_is_missing(language: Language) -> None:
    assert sorted(catalogue(language)) == NAMES


def test_every_name_is_used_and_every_used_one_is_there() -> None:
    sources = [path for ending in ("py", "html", "jinja") for path in BOT.rglob(f"*.{ending}")]
    used = {name.lower() for path in sources for name in USED.findall(path.read_text(encoding="utf-8"))}
    assert sorted(used) == NAMES


@pytest.mark.parametrize("name", NAMES)
class TestEveryMessage:
    def test_is_said_in_every_language(self, name: str) -> None:
        values = dict.fromkeys(placeholders(catalogue("en")[name]), "X")
        for language in LANGUAGES:
            assert Message(name).to(language, **values).strip()

    def test_has_the_same_placeholders_in_every_language(self, name: str) -> None:
        assert len({frozenset(placeholders(catalogue(language)[name])) for language in LANGUAGES}) == 1

    def test_keeps_to_its_script(self, name: str) -> None:
        hans, hant = catalogue("zh-Hans")[name], catalogue("zh-Hant")[name]
        assert to_simplified(hans) == hans
        assert to_simplified(hant) != hant or to_traditional(hans) == hant


def test_a_message_is_looked_up_by_its_name() -> None:
    assert messages.NO_ARTICLE.name == "no_article"
    assert messages.STOCK.to("en", count=3) == "3 articles"
    for wrong in ("NO_SUCH_MESSAGE", "no_article"):
        with pytest.raises(AttributeError, match=f"zh-Hans.toml has no '{wrong.lower()}'"):
            getattr(messages, wrong)


def test_every_refusal_of_a_question_has_its_words() -> None:
    assert set(REFUSED_QUESTION) == set(get_args(QuestionCode))
    for message in REFUSED_QUESTION.values():
        assert message.to("en", limit=500)


def test_a_value_with_braces_is_said_as_it_is() -> None:
    assert messages.SUPERSEDED_TITLE.to("en", title="{{value}} {0}") == "“{{value}} {0}”"
