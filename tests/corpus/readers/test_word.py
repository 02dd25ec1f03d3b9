"""Word documents of python-docx and LibreOffice."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest

from corpus.article import Article
from corpus.readers.document import ReaderError
from tests.corpus.readers.makers import articles, saved_by_libreoffice

NOTICE = """<html><head><meta charset="utf-8"><title>x</title></head><body><h1>冬季用电安全须知</h1>
<p>近日,天气转寒,用电量上升。</p><h2>人走断电</h2><p>出门前要<b>关闭</b>电热毯。</p><ul><li>插座不要超负荷。</li></ul>
<table><tr><td>项目</td><td>电话</td></tr><tr><td>报修</td><td>95598</td></tr></table></body></html>"""
BODY = "近日,天气转寒,用电量上升。\n\n## 人走断电\n\n出门前要关闭电热毯。\n\n插座不要超负荷。\n\n项目 电话\n\n报修 95598"


def test_a_document_of_libreoffice(tmp_path: Path) -> None:
    content = saved_by_libreoffice(NOTICE.encode(), "html", "docx:MS Word 2007 XML", tmp_path)
    assert articles(content, "notice 2024-11-26.docx") == [
        Article("notice-2024-11-26-1844f937", "冬季用电安全须知", BODY, published=date(2024, 11, 26))
    ]


def written(*paragraphs: tuple[str, str]) -> bytes:
    file = docx.Document()
    for text, style in paragraphs:
        file.add_paragraph(text, style)
    return saved(file)


def saved(file: docx.document.Document) -> bytes:
    content = io.BytesIO()
    file.save(content)
    return content.getvalue()


def test_title_subtitle_byline_and_headings() -> None:
    content = written(
        ("冬季用电安全", "Title"), ("供电公司提示", "Subtitle"), ("本报记者 张静", "Normal"),
        ("人走断电", "Heading 2"), ("关闭电热毯。", "Normal"), ("检查插座。", "List Bullet"),
    )  # fmt: skip
    assert articles(content, "a.docx") == [
        Article(
            "a",
            "冬季用电安全",
            "## 人走断电\n\n关闭电热毯。\n\n检查插座。",
            subtitle="供电公司提示",
            byline="本报记者 张静",
        )
    ]


def test_a_short_first_line_is_the_title_where_no_style_says() -> None:
    assert (
        articles(written(("停水通知", "Normal"), ("明天停水。", "Normal")), "a.docx")[0].title == "停水通知"
    )
    assert (
        articles(written(("明天停水。", "Normal"), ("后天来水。", "Normal")), "a.docx")[0].title == "明天停水"
    )


def test_deleted_text_goes_and_inserted_text_stays() -> None:
    file = docx.Document()
    paragraph = file.add_paragraph("本周")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for change in (
        f'<w:del {space} w:id="1"><w:r><w:delText>三</w:delText></w:r></w:del>',
        f'<w:ins {space} w:id="2"><w:r><w:t>四停水,请提前储水。</w:t></w:r></w:ins>',
    ):
        paragraph._p.append(docx.oxml.parse_xml(change))
    file.add_paragraph("第二段。")
    assert articles(saved(file), "a.docx")[0].body == "本周四停水,请提前储水。\n\n第二段。"


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + bytes(100), written()])
def test_what_cannot_be_read_is_refused(content: bytes) -> None:
    with pytest.raises(ReaderError, match=r"damaged|holds no text"):
        articles(content, "a.docx")


def test_another_office_file_is_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(ReaderError, match=r"damaged|no Word document"):
        articles(content.getvalue(), "a.docx")
