from hypothesis import given
from hypothesis import strategies as st

from bot.web.text_runs import TextRun, text_runs
from corpus.body import Block, blocks

BODIES = st.text(alphabet="#  \n　字。a<&", max_size=60)
SPANS = st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=3)


def test_a_block_is_cut_where_a_span_begins_or_ends() -> None:
    assert text_runs(Block(10, "天冷。加衣。", False), [(0, 11)], [(13, 16)], [(14, 99)]) == [
        TextRun("天", is_quoted=True, is_marked=False, is_clause=False, is_first=False),
        TextRun("冷。", is_quoted=False, is_marked=False, is_clause=False, is_first=False),
        TextRun("加", is_quoted=False, is_marked=True, is_clause=False, is_first=True),
        TextRun("衣。", is_quoted=False, is_marked=True, is_clause=True, is_first=False),
    ]


@given(BODIES, SPANS, SPANS)
def test_the_pieces_are_the_block(
    body: str, quoted: list[tuple[int, int]], marks: list[tuple[int, int]]
) -> None:
    for block in blocks(body):
        assert "".join(piece.text for piece in text_runs(block, quoted, marks)) == block.text
