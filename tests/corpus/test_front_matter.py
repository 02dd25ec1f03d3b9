"""Front matter that would end the process or fill the memory is refused in one line."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import ArticleError, from_markdown
from corpus.front_matter import LONGEST, FrontMatterError, load


def test_values_stay_as_they_are_written() -> None:
    assert load("a: 12:30\nb: 007\nc: ~\nd: [1.10, yes]\n") == {
        "a": "12:30",
        "b": "007",
        "c": None,
        "d": ["1.10", "yes"],
    }


def test_the_deepest_that_is_taken() -> None:
    assert load("a: " + "[" * 19 + "]" * 19) is not None
    with pytest.raises(FrontMatterError, match="nested more than 20 deep"):
        load("a: " + "[" * 20 + "]" * 20)


def test_the_longest_that_is_taken() -> None:
    assert load("a: " + "x" * (LONGEST - 3)) is not None
    with pytest.raises(FrontMatterError, match="64,001 characters; at most 64,000"):
        load("a: " + "x" * (LONGEST - 2))


def test_no_depth_ends_the_process() -> None:
    """In a process of its own: libyaml's stack overflow cannot be caught."""
    code = (
        "from corpus.article import ArticleError, from_markdown\n"
        "for mark in ('[', '{a: ', '- ', '? '):\n"
        "    try: from_markdown('---\\ntitle:\\n  ' + mark * 15_000 + '\\n---\\n\\nbody\\n', 'a')\n"
        "    except ArticleError: print('refused')\n"
        "    try: from_markdown('---\\ntitle:\\n  ' + mark * 50_000 + '\\n---\\n\\nbody\\n', 'a')\n"
        "    except ArticleError: print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "refused\n" * 8), done.stderr[-500:]


def test_aliases_are_refused_before_they_are_expanded() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    began = process_time()
    with pytest.raises(ArticleError, match=r"it holds an alias \(\*a0\)") as refused:
        from_markdown("---\n" + "\n".join(lines) + "\n---\n\nbody\n", "a")
    assert process_time() - began < 1
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize("value", ["[" + "x, " * 15_000 + "{a: b}]", "{" + "x" * 60_000 + ": 1}"])
@pytest.mark.parametrize("name", ["title", "supersedes", "published"])
def test_what_is_told_of_a_long_value_is_short(name: str, value: str) -> None:
    with pytest.raises(ArticleError) as refused:
        from_markdown(f"---\ntitle: 题\n{name}: {value}\n---\n\nbody\n", "x" * 5)
    assert len(str(refused.value)) < 300


def test_of_many_unknown_fields_ten_are_named() -> None:
    fields = "\n".join(f"f{n:04}{'x' * 100}: 1" for n in range(400))
    with pytest.raises(ArticleError) as refused:
        from_markdown(f"---\n{fields}\n---\n\nbody\n", "a")
    assert str(refused.value).count("…") == 10
    assert len(str(refused.value)) < 900


@given(st.text(st.sampled_from("[]{}-?:,&*!|>'\"%@#a \n\t"), max_size=300))
def test_any_text_is_read_or_refused(header: str) -> None:
    with suppress(FrontMatterError):
        load(header)
