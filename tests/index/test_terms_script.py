import pytest

from index.terms import counted, script


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("怎样防骗?", "han"),
        ("5G安全吗", "han"),
        ("Is 5G safe?", "latin"),
        ("the Pingyu 平舆 post office", "latin"),
        ("Pingyu 平舆", "han"),
        ("2024?", "han"),
        ("", "han"),
    ],
)
def test_script(text: str, name: str) -> None:
    assert script(text) == name


def test_words_and_characters_are_counted() -> None:
    assert counted("Xi'an 西安 mother-in-law 5G") == (2, 3)


@pytest.mark.parametrize("character", ["㐀", "一", "鿿", "豈", "\U00020000", "\U000323af"])
def test_every_block_of_chinese_characters_is_counted(character: str) -> None:
    assert counted(character) == (1, 0)
