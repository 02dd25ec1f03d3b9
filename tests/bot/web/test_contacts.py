import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.contacts import contact_parts, phone_link


@pytest.mark.parametrize(
    ("words", "links"),
    [
        ("12345", ["tel:12345"]),
        ("市民热线 12345", ["tel:12345"]),
        ("新闻热线：0396-1234567，或 +86 371 6666 6666", ["tel:03961234567", "tel:+8637166666666"]),
        ("手机13800138000", ["tel:13800138000"]),
        ("报警110、火警119、急救120、反诈96110", ["tel:110", "tel:119", "tel:120", "tel:96110"]),
        ("editor@news.example.cn 或来信", ["mailto:editor@news.example.cn"]),
        ("工作日 8:30-17:30 在文明路100号二楼", []),
        ("2024年11月起，2025-03-01 截止", []),
        ("https://news.example/20241126", []),
        ("", []),
    ],
)
def test_what_can_be_called_or_written_to_is_a_link(words: str, links: list[str]) -> None:
    assert [part.link for part in contact_parts(words) if part.link] == links


@given(st.text(alphabet="热线 0123-+@a.:/年", max_size=30))
def test_no_word_is_lost(words: str) -> None:
    assert "".join(part.words for part in contact_parts(words)) == words


def test_a_number_is_called_by_its_digits() -> None:
    assert phone_link("+86 (0396) 123-4567") == "tel:+8603961234567"
