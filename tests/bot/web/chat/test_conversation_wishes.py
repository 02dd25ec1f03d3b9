import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.chat.conversation import ChatCommand, ChatCommandError, read_command

WISH = {"number": 3, "language": "en", "is_chosen": True, "texts": ["one", "two"]}


def test_a_wish_is_read() -> None:
    assert read_command(json.dumps(WISH)) == ChatCommand(
        number=3, language="en", is_chosen=True, texts=["one", "two"]
    )


@pytest.mark.parametrize(
    "change",
    [
        {"number": -1},
        {"number": 10**9},
        {"number": "3"},
        {"language": "fr"},
        {"is_chosen": "yes"},
        {"texts": []},
        {"texts": ["x"] * 21},
        {"texts": [1]},
        {"texts": "x"},
        {"path": "/etc/passwd"},
    ],
)
def test_what_our_script_does_not_write_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ChatCommandError):
        read_command(json.dumps({**WISH, **change}))


@given(st.one_of(st.text(), st.none(), st.integers()))
def test_nothing_else_comes_of_any_text(text: object) -> None:
    with pytest.raises(ChatCommandError):
        read_command(text)
