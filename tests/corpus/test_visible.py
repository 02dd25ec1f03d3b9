"""No name that is printed moves the cursor, forges a line or hides what follows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.visible import visible


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("晚报 2024/a.txt", "晚报 2024/a.txt"),
        ("\x1b]0;PWNED\x07\x1b[2J….rar", r"\x1b]0;PWNED\x07\x1b[2J….rar"),
        ("a\r\nadded 5, changed 0", r"a\r\nadded 5, changed 0"),
        ("a\u202egpj.exe\u2028\x85", r"a\u202egpj.exe\u2028\x85"),
        ("\udc80", r"\udc80"),
    ],
)
def test_controls_are_shown_as_their_code(name: str, shown: str) -> None:
    assert visible(name) == shown


@given(st.text())
def test_whatever_is_shown_is_one_printable_line(name: str) -> None:
    assert len(visible(name).splitlines()) <= 1
    assert all(char.isprintable() or char.isspace() for char in visible(name) if ord(char) < 0x100)
