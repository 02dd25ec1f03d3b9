"""Which reader reads what; and whatever stands in a file, it is read or refused, in bounded time."""

from __future__ import annotations

import io
import time
import zipfile
from contextlib import suppress

import docx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.readers.document import Document, Note, ReaderError
from corpus.readers.formats import SUFFIXES, is_archive, is_document, read
from tests.corpus.readers.makers import articles
from tests.corpus.readers.test_markdown import POST
from tests.corpus.readers.web.test_reader import ARRANGED, FOUNDER, JSON_LD, OPEN_GRAPH, WECHAT


def word() -> bytes:
    file = docx.Document()
    file.add_heading("停水通知", 0)
    file.add_paragraph("明天停水。")
    content = io.BytesIO()
    file.save(content)
    return content.getvalue()


def packed_as(member: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(member, "<x/>")
    return content.getvalue()


PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>endobj\n"
    b"4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n5 0 obj<</Length 97>>stream\n"
    b"BT /F 24 Tf 20 250 Td (Library hours) Tj /F 10 Tf 0 -40 Td (The library is open until nine.) Tj ET        \n"
    b"endstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)
WHOLE = {
    "a.docx": word(),
    "a.pdf": PDF,
    "a.html": OPEN_GRAPH.encode(),
    "c.html": JSON_LD.encode(),
    "d.html": ARRANGED.encode("gb18030"),
    "e.html": WECHAT.encode(),
    "b.html": FOUNDER.encode("gb18030"),
    "a.md": POST.encode(),
    "a.csv": "title,body\n停水,明天停水。\n".encode(),
    "a.jsonl": '{"title": "停水", "body": "明天停水。"}\n'.encode(),
    "a.txt": "停水通知\n\n明天停水。".encode("gb18030"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_by_its_name(name: str) -> None:
    assert articles(WHOLE[name], name)[0].title in (
        "停水通知", "Library hours", "冬季用电安全须知", "防范电信诈骗 筑牢安全防线", "冬季用电安全", "停水",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.html", "a.md", "a.jsonl"])
def test_by_its_first_bytes(name: str) -> None:
    assert articles(WHOLE[name], "stdin")[0].body == articles(WHOLE[name], name)[0].body


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.ppt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "PowerPoint is not read; save it as PDF and add that"),
        ("a.caj", b"x", "CAJ is not read; save it as PDF and add that"),
        ("a.txt", b"\x89PNG\r\n", "the picture is damaged"),
        ("a.md", b"", "the file is empty"),
    ],
)
def test_what_is_not_read_is_refused_with_a_remedy(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(ReaderError, match=reason):
        articles(content, name)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("stdin", packed_as("xl/workbook.xml"), "the workbook is damaged"),
        ("stdin", packed_as("ppt/presentation.xml"), "PowerPoint is not read"),
        ("a.epub", packed_as("mimetype"), "EPUB is not read"),
        ("a.xml", b"<?xml version='1.0'?><note>x</note>", "XML of this kind is not read"),
        ("a.xml", b"<?xml version='1.0'?><rss><channel/></rss>", "it is a feed; add its address"),
        ("stdin", b"<note>x</note>", "it is markup of a kind that is not read"),
        ("stdin", b"From: a\nTo: b\nSubject: c\n\nText.", "e-mail is not read"),
        ("a.log", "明天停水。".encode(), r"\.log is no format that is read; these are: \.txt"),
    ],
)
def test_a_format_that_is_not_read_is_named_and_never_taken_for_text(
    name: str, content: bytes, reason: str
) -> None:
    with pytest.raises(ReaderError, match=reason):
        articles(content, name)


@pytest.mark.parametrize("name", ["stdin", "晚报2024.11.26", "a.TXT", "第3.2版"])
def test_a_name_without_an_ending_holds_plain_text(name: str) -> None:
    assert articles("停水通知\n\n明天停水。", name)[0].body == "明天停水。"


def test_a_cut_character_is_a_doubt_and_no_refusal() -> None:
    text = f"停水通知\n\n{'因管道改造，明天上午八时起对建设路停水，请提前储水。' * 3}".encode()[:-1]
    [article, note] = read(Document("a.txt", "a", text))
    assert isinstance(article, Article)
    assert article.title == "停水通知"
    assert note == Note(
        "a.txt",
        "1 of its characters are cut or damaged; where they stand in an article they are \ufffd",
        refused=False,
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("in/a.doc", True), ("in/photo.JPG", True), ("in/~$a.docx", False), (".~lock.a.odt#", False),
        ("page_files/photo.jpg", False), ("in/style.css", False),
    ],
)  # fmt: skip
def test_which_files_of_a_folder_are_documents(name: str, expected: bool) -> None:
    assert is_document(name) == expected


def test_a_zip_is_an_archive_and_a_word_document_is_not() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.txt", "x")
    assert is_archive(Document("a.zip", "a", content.getvalue()))
    assert is_archive(Document("stdin", "stdin", content.getvalue()))
    assert not is_archive(Document("stdin", "stdin", WHOLE["a.docx"]))


SECONDS = 20.0  # on a loaded machine; each takes some milliseconds on a free one


def read_or_refused(name: str, content: bytes) -> None:
    began = time.process_time()
    with suppress(ReaderError):
        for reading in read(Document(name, "a", content)):
            assert isinstance(reading, Article | Note)
    assert time.process_time() - began < SECONDS


@pytest.mark.slow
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_a_mutated_file_is_read_or_refused(name: str, data: st.DataObject) -> None:
    content = bytearray(WHOLE[name])
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content)))
        noise = data.draw(st.binary(max_size=6))
        content[at : at + data.draw(st.integers(0, 40))] = noise
    read_or_refused(name, bytes(content))


@pytest.mark.slow
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(SUFFIXES[:-1]),
    st.binary(max_size=300) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace")),
)
@example(".html", b"<p>" * 3_000)
@example(".html", b"<table><tr><td>" * 2_000)
@example(".html", b"<a href='" * 20_000)
@example(".md", b"[" * 5_000)
@example(".md", b"> " * 3_000)
@example(".md", b"---\n" + b"a: &a [*a]\n" + b"---\n")
@example(".json", b"[" * 50_000)
@example(".csv", b'title,body\n"' + b"x," * 50_000)
@example(".txt", "本报讯(".encode() * 3_000)
@example(".txt", "（记者 ".encode() * 3_000)
def test_any_bytes_are_read_or_refused(suffix: str, content: bytes) -> None:
    read_or_refused(f"a{suffix}", content)
