import ast
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from bot import messages
from bot.answering.question import REFUSED_QUESTION, QuestionCode
from bot.language import Language
from bot.messages import Message
from index.terms import to_simplified, to_traditional

EVERY = {name: value for name, value in vars(messages).items() if isinstance(value, Message)}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def is_message(node: ast.AnnAssign) -> bool:
    return isinstance(node.value, ast.Call) and getattr(node.value.func, "id", "") == "Message"


def test_no_message_takes_another_ones_name() -> None:
    tree = ast.parse(Path(messages.__file__).read_text(encoding="utf-8"))
    names = [node.target.id for node in tree.body if isinstance(node, ast.AnnAssign) and is_message(node)]
    assert "EMPTY" in names
    assert sorted(names) == sorted(EVERY)


@pytest.mark.parametrize("name", EVERY)
class TestEveryMessage:
    def test_is_said_in_every_language(self, name: str) -> None:
        message = EVERY[name]
        values = dict.fromkeys(placeholders(message.en), "X")
        for language in get_args(Language):
            assert message.to(language, **values).strip()

    def test_has_the_same_placeholders_in_every_language(self, name: str) -> None:
        message = EVERY[name]
        assert placeholders(message.hans) == placeholders(message.hant) == placeholders(message.en)

    def test_keeps_to_its_script(self, name: str) -> None:
        message = EVERY[name]
        assert to_simplified(message.hans) == message.hans
        assert to_simplified(message.hant) != message.hant or to_traditional(message.hans) == message.hant


def test_every_refusal_of_a_question_has_its_words() -> None:
    assert set(REFUSED_QUESTION) == set(get_args(QuestionCode))
    for message in REFUSED_QUESTION.values():
        assert message.to("en", limit=500)


def test_a_value_with_braces_is_said_as_it_is() -> None:
    assert Message("{title}", "{title}", "{title}").to("en", title="{{value}} {0}") == "{{value}} {0}"
