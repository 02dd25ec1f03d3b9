from hypothesis import given
from hypothesis import strategies as st

from corpus.body import Block, blocks, cut, sections, subheads, to_body

BODIES = st.text(alphabet="#  \n　字。a<&", max_size=60)


def test_paragraphs_and_subheads() -> None:
    assert blocks("　　天冷。\n加衣。\n\n## 交通\n慢行。\n## 饮食\n\n\n多喝水。") == [
        Block(0, "　　天冷。\n加衣。", False),
        Block(14, "交通", True),
        Block(17, "慢行。", False),
        Block(24, "饮食", True),
        Block(29, "多喝水。", False),
    ]


def test_a_block_is_cut_where_a_span_begins_or_ends() -> None:
    assert cut(Block(10, "天冷。加衣。", False), [(0, 11), (13, 16), (14, 99)]) == [
        (10, "天"),
        (11, "冷。"),
        (13, "加"),
        (14, "衣。"),
    ]


@given(BODIES)
def test_every_block_is_of_the_body_and_nothing_but_line_ends_and_signs_is_left_out(body: str) -> None:
    left = list(body)
    for block in blocks(body):
        assert body[block.start : block.start + len(block.text)] == block.text
        left[block.start : block.start + len(block.text)] = [""] * len(block.text)
    assert not "".join(left).strip("\n# 　")


@given(BODIES, st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=3))
def test_the_pieces_are_the_block(body: str, spans: list[tuple[int, int]]) -> None:
    for block in blocks(body):
        assert "".join(text for _, text in cut(block, spans)) == block.text


def test_sections_and_subheads() -> None:
    body = "天冷。\n\n## 交通 \n\n慢行。\n\n##  \n\n止。"
    assert [(name, body[start:end].strip()) for name, start, end in sections(body)] == [
        ("", "天冷。"),
        ("交通", "慢行。"),
        ("", "止。"),
    ]
    assert subheads(body) == ["交通"]


def test_a_body_is_written_as_it_is_read() -> None:
    body = to_body([(False, "天冷。"), (True, "交通"), (False, "慢行。\n加衣。")])
    assert body == "天冷。\n\n## 交通\n\n慢行。\n加衣。"
    assert [(block.is_subhead, block.text) for block in blocks(body)] == [
        (False, "天冷。"),
        (True, "交通"),
        (False, "慢行。\n加衣。"),
    ]
