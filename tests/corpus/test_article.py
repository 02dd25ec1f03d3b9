"""An article and its file say the same thing; a file that is not an article is refused by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.article import Article, ArticleError, from_markdown, from_record, to_markdown, to_record
from corpus.asked import ArticleQuestion, question_line

PARCELS = Article(
    id="parcels-7",
    title="邮政管理局督导快递安全",
    body="　　要严格落实收寄验视制度。\n\n## 三项制度\n\n实名收寄率必须达到百分之百。",
    kicker="市邮政管理局",
    subtitle="——筑牢寄递防线",
    published=date(2024, 11, 26),
    status="withdrawn",
)
PARCELS_FILE = """\
---
id: parcels-7
title: 邮政管理局督导快递安全
kicker: 市邮政管理局
subtitle: ——筑牢寄递防线
published: 2024-11-26
status: withdrawn
---

　　要严格落实收寄验视制度。

## 三项制度

实名收寄率必须达到百分之百。
"""

# Any character that a UTF-8 file can hold; in Markdown U+000D is a line end, in YAML U+0085 too.
texts = st.text(st.characters(codec="utf-8", exclude_characters="\r\x85"))
bodies = texts | texts.map(lambda text: "　　" + text.strip())
questions = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), min_size=1, max_size=20).filter(
    lambda text: any(c.isalnum() for c in text)
)
articles = st.builds(
    Article,
    id=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True),
    title=texts.filter(str.strip),
    body=bodies.filter(lambda body: body == "" or body.strip()),
    kicker=texts,
    subtitle=texts,
    byline=texts,
    section=texts,
    source=texts,
    published=st.none() | st.dates(),
    url=texts,
    status=st.sampled_from(["published", "withdrawn"]),
    withdrawal=texts,
    withdrawn_on=st.none() | st.dates(),
    correction=texts,
    supersedes=st.lists(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,9}", fullmatch=True), unique=True).map(
        tuple
    ),
    asked=st.lists(
        st.builds(ArticleQuestion, questions, st.just("") | questions), max_size=3, unique=True
    ).map(tuple),
    not_asked=st.lists(questions.map(question_line), max_size=3, unique=True).map(tuple),
    valid_until=st.none() | st.dates(),
)


def file(front_matter: str, body: str = "正文。") -> str:
    return f"---\n{front_matter}\n---\n\n{body}\n"


def test_the_file_of_an_article() -> None:
    assert to_markdown(PARCELS) == PARCELS_FILE
    assert from_markdown(PARCELS_FILE, "other") == PARCELS


def test_a_long_title_is_one_line() -> None:
    title = "How the city office answers questions " * 5 + "today"
    assert f"\ntitle: {title}\n" in to_markdown(replace(PARCELS, title=title))


def test_a_published_article_states_no_status() -> None:
    assert "status" not in to_markdown(replace(PARCELS, status="published"))


@given(articles)
def test_any_article_comes_back_from_its_file(article: Article) -> None:
    assert from_markdown(to_markdown(article), "fallback") == article


@given(st.text(st.characters(codec="utf-8")))
@example("一\r\r\n二")
def test_a_file_read_is_a_file_that_stays(body: str) -> None:
    """Offsets into a body hold after it was written and read again, whatever the file held."""
    article = from_markdown(file("title: 题", body), "a")
    assert from_markdown(to_markdown(article), "a") == article


@pytest.mark.parametrize(
    "body", ["　　缩进两格。\n　　再一段。", "---\n不是头。\n---", "title: 不是头", "a  \n\n\n b", ""]
)
def test_a_body_is_kept_to_the_letter(body: str) -> None:
    assert from_markdown(file("title: 题", body), "a").body == body


def test_windows_line_ends_and_byte_order_mark() -> None:
    assert from_markdown("\ufeff" + PARCELS_FILE.replace("\n", "\r\n"), "x") == PARCELS


@pytest.mark.parametrize("written", ["12:30", "007", "1.10", "2024", "Yes", "1_000", "2024-11-26"])
def test_a_title_is_text_as_it_is_written(written: str) -> None:
    """YAML on its own would make 750, 7, 1.1, True and 1000 of the first ones."""
    assert from_markdown(file(f"title: {written}"), "a").title == written


def test_what_is_not_stated_is_empty() -> None:
    article = from_markdown(file("title: 题\nsource:\nbyline: ~\npublished: null"), "page-1")
    assert article == Article(id="page-1", title="题", body="正文。")


def test_heading_joins_what_is_there() -> None:
    assert PARCELS.heading == "市邮政管理局 邮政管理局督导快递安全 ——筑牢寄递防线"
    assert Article("a", "题", "").heading == "题"


@pytest.mark.parametrize("stated", ["2024-11-26", "2024-11-26T08:00:00Z", "20241126", "'2024-11-26'"])
def test_a_date_is_read_in_each_of_its_forms(stated: str) -> None:
    assert from_markdown(file(f"title: 题\npublished: {stated}"), "a").published == date(2024, 11, 26)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            file("title: 题\nautor: 张三\nzzz: 1"),
            "unknown front matter autor, zzz; allowed: id, title, kicker, subtitle, byline, section, page, "
            "source, published, url, scan, status, withdrawal, withdrawn_on, correction, supersedes, asked, "
            "not, valid_until",
        ),
        (file("title: 题\n2024: 3"), "unknown front matter 2024; "),
        (file("id: 新闻\ntitle: 题"), "id '新闻': 1 to 100 of A-Z a-z 0-9 . _ - are allowed"),
        (file("id: ../secret\ntitle: 题"), "id '../secret': "),
        (file(f"id: {'a' * 101}\ntitle: 题"), f"id '{'a' * 101}': "),
        (file("title: '　 '"), "article a: the title is missing"),
        (file("kicker: 局"), "article a: the title is missing"),
        ("只有正文。", "article a: the title is missing"),
        (file("title: 题\nstatus: draft"), "article a: status 'draft', allowed: published, withdrawn"),
        (
            file("title: 题\npublished: 26.11.2024"),
            "front matter published: '26.11.2024' is not a date like 2024-11-26",
        ),
        (file("title: 题\npublished: 2024-13-01"), "front matter published: '2024-13-01' is not a date"),
        (
            file("title: 题\nwithdrawn_on: gestern"),
            "front matter withdrawn_on: 'gestern' is not a date like 2024-11-26",
        ),
        (file("title: 题\nsupersedes: {a: b}"), "supersedes: {'a': 'b'} is neither an id nor a list of ids"),
        (file("title: 题\nsupersedes: [[a]]"), "front matter supersedes: ['a'] is not a text"),
        (
            file("title: 题\nasked: [{q: 冷吗, a: 冷}]"),
            "asked: unknown name 'a'; allowed: q, sentence",
        ),
        (file("title: 题\nnot: [{q: 冷吗}]"), "front matter not: {'q': '冷吗'} is not a question as text"),
        (file("title: 题\nasked: '?'"), "front matter asked: question '?': one line of 1 to 200 characters"),
        (file("title: 题\nnot_asked: 冷吗"), "unknown front matter not_asked"),
        (
            file("title: 题\nvalid_until: bald"),
            "valid_until: 'bald' is not a date like 2024-11-26",
        ),
        (file("title: [题, 目]"), "front matter title: ['题', '目'] is not a text"),
        (file("title: {a: b}"), "front matter title: {'a': 'b'} is not a text"),
        (file("- title\n- 题"), "the front matter is a list, not names with values"),
        (file("title: [题"), "the front matter is not YAML between two lines of ---: "),
        ("---\ntitle: 题\n", "the front matter is not YAML between two lines of ---: "),
        (file("title: !!python/object/apply:os.getcwd []"), "could not determine a constructor for the tag"),
        (file("title: !!python/name:os.system"), "could not determine a constructor for the tag"),
    ],
)
def test_what_is_no_article_is_refused(text: str, message: str) -> None:
    with pytest.raises(ArticleError) as refused:
        from_markdown(text, "a")
    assert message in str(refused.value)


def test_blank_lines_around_a_body_are_no_part_of_it() -> None:
    assert Article(id="a", title="t", body="\n 　\n　　一。\n\n二。 \n \n").body == "　　一。\n\n二。 "


@pytest.mark.parametrize(
    ("stated", "ids"),
    [
        ("rate-2023", ("rate-2023",)),
        ("2023", ("2023",)),
        ("[rate-2023, 007, rate-2023]", ("rate-2023", "007")),
        ("\n- a\n- b", ("a", "b")),
        ("", ()),
        ("[]", ()),
        ("[~, '']", ()),
    ],
)
def test_what_an_article_supersedes(stated: str, ids: tuple[str, ...]) -> None:
    assert from_markdown(file(f"title: 题\nsupersedes: {stated}"), "a").supersedes == ids


def test_one_superseded_article_is_written_as_one() -> None:
    assert "\nsupersedes: a\n" in to_markdown(Article("b", "题", "文。", supersedes=("a",)))
    assert "\nsupersedes:\n- a\n- c\n" in to_markdown(Article("b", "题", "文。", supersedes=("a", "c")))
    assert "supersedes" not in to_markdown(Article("b", "题", "文。"))


def test_an_editors_say_is_written_as_an_editor_would() -> None:
    article = Article(
        "b",
        "题",
        "天冷。加衣!",
        asked=(ArticleQuestion("冷吗"), ArticleQuestion("穿啥", "加衣!")),
        not_asked=("热吗",),
        valid_until=date(2025, 12, 31),
    )
    assert to_markdown(article) == (
        "---\nid: b\ntitle: 题\nasked:\n- 冷吗\n- q: 穿啥\n  sentence: 加衣!\nnot:\n- 热吗\n"
        "valid_until: 2025-12-31\n---\n\n天冷。加衣!\n"
    )
    assert from_record(to_record(article)) == article
