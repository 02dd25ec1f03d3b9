"""Each thing that is wrong with an article's file is told with its remedy; sound ones are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.checking import check

ARTICLES = Path(__file__).parents[2] / "corpus" / "articles"
FINE = "---\ntitle: 题\n---\n\n"


def problems(folder: Path) -> list[tuple[str, str, str]]:
    return [(problem.path.name, problem.what, problem.remedy) for problem in check(folder)]


def test_the_nine_articles_are_sound() -> None:
    assert problems(ARTICLES) == []


@pytest.mark.parametrize(
    ("text", "what", "remedy"),
    [
        (FINE, "empty body", "write the text below the front matter"),
        (
            "---\ntitel: 题\n---\n\n文。\n",
            "broken front matter: unknown front matter titel",
            "put the named line right",
        ),
        (
            "---\nstatus: published\n---\n\n文。\n",
            "broken front matter: article a: the title is missing",
            "put the",
        ),
        (f"{FINE}有\u200b零宽和\x07响铃。\n", "control characters (U+0007)", "delete them"),
        (
            f"{FINE}这是锟斤拷乱码。\n",
            "garbled text: '这是锟斤拷乱码。'",
            "its encoding was taken for another",
        ),
        (
            f"{FINE}{'停水通知明天'.encode().decode('gb18030', 'replace')}\n",
            "garbled text: ",
            "add the original again",
        ),
        (f"{FINE}{'停水通知'.encode().decode('latin-1')}\n", "garbled text: ", "add the original again"),
        (f"{FINE}Le cafÃ© est fermÃ©.\n", "garbled text: 'Ã©'", "add the original again"),
        (
            f"{FINE}近日天气转寒用电量上升很快市供电\n\n公司提醒市民不要私自乱拉电线插\n\n座要定期检查出门以前还要记得关\n\n闭电热毯。\n",
            "3 lines break off in mid-sentence, such as …转寒用电量上升很快市供电",
            "join each with the line below it",
        ),
    ],
)
def test_a_problem_and_its_remedy(tmp_path: Path, text: str, what: str, remedy: str) -> None:
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    found = problems(tmp_path)
    assert any(what in told and remedy in mend for _, told, mend in found), found


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(FINE.encode("gb18030"))
    assert problems(tmp_path) == [("a.md", "it is not UTF-8 (byte 11)", "save the file as UTF-8")]


def test_one_id_twice(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text("---\nid: x\ntitle: 题\n---\n\n文。\n", encoding="utf-8")
    assert problems(tmp_path) == [("b.md", "its id 'x' is that of a.md too", "give one of them another id")]


@pytest.mark.parametrize(
    "body",
    [
        "停水小区：\n\n阳光花园\n\n绿地家园\n\n金桥小区",
        "雪落在麦田上\n\n像一封没有写完的信\n\n风把它读了一遍\n\n又轻轻合上",
        "Café fermé. Ça va? Größe, naïve, Åse.",
        "一、不私拉电线，注意用电安全和防火\n\n二、定期检查插座，及时更换老化线路\n\n三、人走断电，确保安全",
    ],
)
def test_sound_texts(tmp_path: Path, body: str) -> None:
    (tmp_path / "a.md").write_text(f"{FINE}{body}\n", encoding="utf-8")
    assert problems(tmp_path) == []
