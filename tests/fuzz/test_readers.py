"""The readers bear a short fuzzing, and fuzzing finds a reader that does harm."""

from __future__ import annotations

from itertools import islice

import pytest

from tests.corpus.readers import hostile
from tests.fuzz.readers import faults, inputs

pytestmark = pytest.mark.slow  # processes of their own


def test_damaged_files_are_read_or_refused() -> None:
    assert [fault for fault in faults(islice(inputs(1), 100)) if fault] == []


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("fails", "KeyError: 'secret'"), ("crashes", "the process ended with code -6"),
        ("fills", "it takes more than a gigabyte"), ("refuses", None),
    ],
)  # fmt: skip
def test_what_a_reader_does_is_told(name: str, what: str | None) -> None:
    [fault] = faults([(name, b"x")], hostile.read)
    assert (fault and fault.what) == what
