"""Passages are whole sentences under one subhead, of 120 to 320 characters where they can be."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.passages import LONGEST, SHORTEST, Passage, passages
from corpus.sentences import Span, sentences


def cut(body: str) -> list[Passage]:
    return passages(Article("a", "题", body, kicker="局"))


def sentence(length: int) -> str:
    """A sentence of `length` characters."""
    return "字" * (length - 1) + "。"


def lengths(*sizes: int) -> list[int]:
    """The lengths of the passages of one paragraph whose sentences have these lengths."""
    return [len(passage.text) for passage in cut("".join(map(sentence, sizes)))]


sentence_lengths = st.lists(st.integers(2, 400), min_size=1, max_size=9)
readable_lines = st.lists(st.text(st.sampled_from("天冷𠮷Go4.。!？“” 　#"), max_size=120), max_size=8)
bodies = st.lists(
    st.sampled_from(["## 小标题", "##  两格 ", "## ", "##不是", "　　" + sentence(90), sentence(200), ""])
    | readable_lines.map("\n".join),
    max_size=8,
).map("\n\n".join)


def test_a_short_article_is_one_passage() -> None:
    assert cut("　　天冷。加衣!\n\n再见。") == [
        Passage("a", 2, 13, "天冷。加衣!\n\n再见。", "局 题", "", (Span(2, 5), Span(5, 8), Span(10, 13)))
    ]


def test_a_passage_never_runs_over_a_subhead() -> None:
    found = cut("引子。\n\n## 一 防骗\n\n不转账。\n\n## 二\n\n## 三\n\n报警。")
    assert [(passage.subhead, passage.text) for passage in found] == [
        ("", "引子。"), ("一 防骗", "不转账。"), ("三", "报警。"),
    ]  # fmt: skip
    assert [passage.titled for passage in found] == [
        "局 题\n引子。",
        "局 题 一 防骗\n不转账。",
        "局 题 三\n报警。",
    ]


def test_no_text_no_passage() -> None:
    assert cut("") == cut("\n　\n## 只有小标题\n") == []


def test_cuts_fall_where_lengths_are_in_bounds() -> None:
    assert lengths(100, 100, 100, 100) == [200, 200]
    assert lengths(300, 50, 70) == [300, 120]
    assert lengths(110, 110, 110, 110) == [220, 220]


def test_cuts_fall_at_paragraph_ends() -> None:
    """Though [180, 60 + 2 + 150] would be nearer to TARGET."""
    body = sentence(180) + sentence(60) + "\n\n" + sentence(150)
    assert [len(passage.text) for passage in cut(body)] == [240, 150]
    assert lengths(180, 60, 150) == [180, 210]


def test_what_does_not_fit_is_as_little_as_can_be() -> None:
    """A passage is too short or too long only where no other division has fewer such characters."""
    assert lengths(40) == [40]
    assert lengths(700) == [700]
    assert lengths(100, 300, 100) == [100, 300, 100]  # 40 characters too few, against 80 + 20
    assert lengths(300, 119) == [300, 119]  # 1 too few, against 99 too many


@given(bodies)
@example("## \n甲。")
def test_passages_hold_every_sentence_once_in_order(body: str) -> None:
    body = Article("a", "题", body).body
    found = cut(body)
    spans = [span for passage in found for span in passage.sentences]
    subheads = [Span(*match.span()) for match in re.finditer("^## .*$", body, re.MULTILINE)]
    assert spans == [
        span
        for span in sentences(body)
        if not any(subhead.start <= span.start < subhead.end for subhead in subheads)
    ]
    kept = "".join(body[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join("".join(re.split("(?m)^## .*$", body)).split())
    for passage in found:
        assert body[passage.start : passage.end] == passage.text
        assert passage.start == passage.sentences[0].start
        assert passage.end == passage.sentences[-1].end
        assert passage.sentence_texts == [body[start:end] for start, end in passage.sentences]
        assert not any(passage.start <= subhead.start < passage.end for subhead in subheads)
        above = [subhead for subhead in subheads if subhead.end <= passage.start]
        assert passage.subhead == (body[slice(*above[-1])][3:].strip() if above else "")


def fits(*sizes: int) -> bool:
    return all(SHORTEST <= size <= LONGEST for size in sizes)


@given(sentence_lengths)
def test_where_every_passage_can_be_in_bounds_every_one_is(sizes: list[int]) -> None:
    """So for a section of up to 20 passages; a longer one could trade one character for better cuts."""
    cuts = range(1, len(sizes))
    divisions = (
        [sum(sizes[a:b]) for a, b in pairwise([0, *places, len(sizes)])]
        for count in range(len(sizes))
        for places in combinations(cuts, count)
    )
    if any(fits(*division) for division in divisions):
        assert fits(*lengths(*sizes))


@given(st.lists(st.integers(2, 400), min_size=1, max_size=60))
def test_a_passage_out_of_bounds_could_not_be_mended_beside_it(sizes: list[int]) -> None:
    """A short one cannot be joined to a neighbour, a long one not cut in two that fit."""
    found = cut("".join(map(sentence, sizes)))
    for passage, neighbour in [*pairwise(found), *pairwise(found[::-1])]:
        if len(passage.text) < SHORTEST:
            assert len(passage.text) + len(neighbour.text) > LONGEST
    for passage in found:
        if len(passage.text) > LONGEST:
            for first in passage.sentences[:-1]:
                assert not fits(first.end - passage.start, passage.end - first.end)
