"""Whatever stands on a page, each of its blocks is in one article, once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.pdf.layout import PdfBlock, Story, stories_of
from corpus.readers.pdf.lines import PdfLine

BODY = 10.0


def block(
    text: str, left: float, top: float, width: float = 100.0, lines: int = 3, size: float = BODY
) -> PdfBlock:
    """Lines below each other, the first one's top at `top`."""
    pitch = 1.5 * size
    return PdfBlock(
        [PdfLine(text, 0, left, left + width, top - 0.85 * size - n * pitch, size) for n in range(lines)]
    )


def told(stories: list[Story]) -> list[tuple[list[str], list[str]]]:
    return [
        ([part.lines[0].text for part in story.headline], [part.lines[0].text for part in story.text])
        for story in stories
    ]


def test_a_headline_over_the_middle_of_three_columns() -> None:
    page = [
        block("题", 110, 700, 100, 1, 24),
        *(block(text, left, 660) for text, left in (("左", 0), ("中", 110), ("右", 220))),
    ]
    assert told(stories_of(page, BODY)) == [(["题"], ["左", "中", "右"])]


def test_a_column_under_another_articles_belongs_to_the_headline_beside() -> None:
    page = [
        block("上题", 0, 700, 210, 1, 24),
        block("一", 0, 660), block("二", 110, 660),
        block("下题", 0, 600, 90, 1, 20),
        block("三", 0, 560), block("四", 110, 560),
    ]  # fmt: skip
    assert told(stories_of(page, BODY)) == [(["上题"], ["一", "二"]), (["下题"], ["三", "四"])]


def test_text_below_a_picture_stays_with_the_text_above() -> None:
    page = [
        block("上题", 0, 700, 210, 1, 24),
        block("一", 0, 660), block("二", 110, 660),
        block("下题", 0, 600, 90, 1, 20),
        block("三", 0, 560), block("四", 110, 500),
    ]  # fmt: skip
    assert told(stories_of(page, BODY)) == [(["上题"], ["一", "二", "四"]), (["下题"], ["三"])]


PLACE = st.integers(0, 60).map(lambda n: 10.0 * n)
BLOCKS = st.lists(
    st.builds(
        block, st.sampled_from("甲乙丙"), PLACE, PLACE, st.sampled_from([40.0, 100.0, 300.0]),
        st.integers(1, 4), st.sampled_from([8.0, BODY, 12.0, 20.0, 30.0]),
    ),
    max_size=12,
)  # fmt: skip


@given(BLOCKS)
def test_no_block_is_lost_or_doubled(blocks: list[PdfBlock]) -> None:
    stories = stories_of(blocks, BODY)
    found = [id(part) for story in stories for part in (*story.headline, *story.text)]
    assert sorted(found) == sorted(map(id, blocks))
    assert all(story.headline for story in stories[1:])
