"""Each thing that is wrong with an article's file is told with its remedy; sound ones are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.library.checking import check

ARTICLES = Path(__file__).parents[3] / "corpus" / "articles"
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


HOSTILE = [
    ("　 \n\n\t", "empty body"),
    ("## \n\n## 小标题", ""),
    ("一\x00二", "control characters (U+0000)"),
    ("一\ufffe\ue000\x1b[31m\x7f\x85二", "control characters (U+001B, U+007F, U+0085, U+E000, U+FFFE)"),
    ("\ufffd" * 40, "garbled text"),
    ("停水通知明天停水通知".encode().decode("gb18030", "ignore"), "garbled text"),
    ("烫烫烫烫", "garbled text"),
    ("ä½\xa0å¥½ï¼Œä¸–ç•Œ", "garbled text"),
    (
        "\n\n".join(f"这一行在句子中间断开没有标点第{n}" for n in "甲乙丙丁") + "\n\n座",
        "lines break off in mid-sentence",
    ),
    (
        "\n\n".join(["The water will be cut off in the morning and the", "people should store"] * 3),
        "3 lines break off",
    ),
]


@pytest.mark.parametrize(("body", "what"), HOSTILE)
def test_hostile_bodies_are_told_with_a_remedy(tmp_path: Path, body: str, what: str) -> None:
    (tmp_path / "a.md").write_text(FINE + body + "\n", encoding="utf-8", newline="")
    found = problems(tmp_path)
    assert any(what in told for _, told, _ in found) if what else found == []
    assert all(remedy for *_, remedy in found)


@pytest.mark.parametrize(
    ("front", "what"),
    [
        ("title: [题", "the front matter is not YAML"),
        ("title: 题\npublished: 明天", "front matter published: '明天' is not a date"),
        ("title: 题\nid: ../../x", "id '../../x': 1 to 100 of"),
        ("title: 题\nstatus: gone", "status 'gone', allowed: published, withdrawn"),
        ("a: &a [*a, *a]", "the front matter is not YAML between two lines of ---: it holds an alias (*a)"),
        ("- 题", "the front matter is a list"),
        ("title: !!python/name:os.system", "could not determine a constructor"),
        ("title: {a: " * 2000, "broken front matter"),
    ],
)
def test_hostile_front_matter_is_told_with_a_remedy(tmp_path: Path, front: str, what: str) -> None:
    (tmp_path / "a.md").write_text(f"---\n{front}\n---\n\n文。\n", encoding="utf-8")
    [(_, told, remedy)] = problems(tmp_path)
    assert told.startswith("broken front matter: ")
    assert what in told
    assert remedy == "put the named line right, or add it again"


def test_a_file_without_a_closing_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: 题\n", encoding="utf-8")
    assert [(name, told.partition(":")[0]) for name, told, _ in problems(tmp_path)] == [
        ("a.md", "broken front matter")
    ]


def test_a_billion_laughs_do_not_fill_the_memory(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
    (tmp_path / "a.md").write_text("---\n" + "\n".join(lines) + "\n---\n\n文。\n", encoding="utf-8")
    [(_, told, _)] = problems(tmp_path)
    assert "it holds an alias (*a0)" in told
    assert len(told) < 2000


def superseding(folder: Path, **articles: str) -> list[tuple[str, str, str]]:
    for name, ids in articles.items():
        (folder / f"{name}.md").write_text(
            f"---\ntitle: 题\nsupersedes: {ids}\n---\n\n文。\n", encoding="utf-8"
        )
    return problems(folder)


def test_a_superseded_article_that_is_not_there(tmp_path: Path) -> None:
    assert superseding(tmp_path, a="[b, x, w]", b="~") == [
        (
            "a.md",
            "it supersedes 'w', and no article has that id",
            "put the id right; python app.py list shows all",
        ),
        (
            "a.md",
            "it supersedes 'x', and no article has that id",
            "put the id right; python app.py list shows all",
        ),
    ]


def test_articles_that_supersede_each_other(tmp_path: Path) -> None:
    remedy = "take `supersedes` out of the one that is in force"
    assert superseding(tmp_path, a="b", b="c", c="a", d="c", e="e") == [
        ("a.md", "articles supersede each other in a circle: a < c < b < a", remedy),
        ("e.md", "articles supersede each other in a circle: e < e", remedy),
    ]


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


def test_an_editors_say_that_cannot_be_kept(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: 题\nasked:\n- 冷吗\n- q: 穿啥\n  sentence: 加衣!\n---\n\n天冷。加衣!\n", encoding="utf-8"
    )
    (tmp_path / "b.md").write_text(
        "---\ntitle: 题\nasked:\n- q: 冷吗?\n  sentence: 不冷。\n---\n\n天冷。\n", encoding="utf-8"
    )
    assert problems(tmp_path) == [
        (
            "b.md",
            "the sentence for '冷吗?' does not stand in the text any more, and is not used",
            "put the sentence right, or take it away",
        ),
        ("b.md", "'冷吗?' is asked of 'a' too", "take it out of one of them"),
    ]
