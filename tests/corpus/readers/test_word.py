"""Word documents of python-docx and LibreOffice."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest

from corpus.article import Article
from corpus.readers.document import Note, ReaderError
from tests.corpus.readers.makers import articles, readings_of, saved_by_libreoffice

NOTICE = """<html><head><meta charset="utf-8"><title>x</title></head><body><h1>冬季用电安全须知</h1>
<p>近日,天气转寒,用电量上升。</p><h2>人走断电</h2><p>出门前要<b>关闭</b>电热毯。</p><ul><li>插座不要超负荷。</li></ul>
<table><tr><td>项目</td><td>电话</td></tr><tr><td>报修</td><td>95598</td></tr></table></body></html>"""
BODY = "近日,天气转寒,用电量上升。\n\n## 人走断电\n\n出门前要关闭电热毯。\n\n插座不要超负荷。\n\n项目 电话\n\n报修 95598"


@pytest.mark.slow
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


SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def of_xml(body: str, main: str = SPACE, kind: str = "document", **parts: str) -> bytes:
    """A document of the XML in its body and its other parts."""
    types = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}.main+xml"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", f"<Types><Override ContentType='{types}'/></Types>")
        archive.writestr("word/document.xml", f"<w:document {main}><w:body>{body}</w:body></w:document>")
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {SPACE}>{xml}</w:{name}>")
    return content.getvalue()


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def body_of(xml: str, **parts: str) -> str:
    [article] = articles(of_xml(p("题目在此") + xml, **parts), "a.docx")
    return article.body


def test_content_controls_and_custom_xml() -> None:
    cell = "<w:tc>{}</w:tc>"
    table = (
        f"<w:tbl><w:tr>{cell.format(p('社保'))}<w:sdt><w:sdtContent>{cell.format(p('2810001'))}</w:sdtContent></w:sdt></w:tr>"
        f"<w:sdt><w:sdtContent><w:tr>{cell.format(p('医保'))}{cell.format(p('2810003'))}</w:tr></w:sdtContent></w:sdt></w:tbl>"
    )
    inline = "<w:p><w:sdt><w:sdtContent><w:r><w:t>值班电话</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>2810099。</w:t></w:r></w:p>"
    assert body_of(f"{table}<w:customXml>{inline}</w:customXml>") == (
        "社保 2810001\n\n医保 2810003\n\n值班电话2810099。"
    )


def test_a_merged_cell_names_each_row_that_it_spans() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    restart, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        f"<w:tr>{cell('总馆', restart)}{cell('周二至周五')}</w:tr><w:tr>{cell('', goes_on)}{cell('周末')}</w:tr>"
        f"<w:tr>{cell('少儿馆')}{cell('每天')}</w:tr>"
    )
    assert body_of(f"<w:tbl>{rows}</w:tbl>") == "总馆 周二至周五\n\n总馆 周末\n\n少儿馆 每天"


@pytest.mark.parametrize("mark", ["vanish", "strike", "dstrike"])
def test_hidden_and_struck_text_is_left_out(mark: str) -> None:
    run = "<w:r><w:rPr><w:{}/></w:rPr><w:t>八十元</w:t></w:r>"
    shown = f'<w:r><w:rPr><w:{mark} w:val="0"/></w:rPr><w:t>成人票</w:t></w:r>'
    assert body_of(f"<w:p>{shown}{run.format(mark)}<w:r><w:t>四十元。</w:t></w:r></w:p>") == "成人票四十元。"


def test_readings_over_characters_and_raised_digits() -> None:
    ruby = "<w:r><w:ruby><w:rt><w:r><w:t>yǎn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>郾</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>4</w:t></w:r>'
    assert body_of(f"<w:p>{ruby}<w:r><w:t>城有10</w:t></w:r>{raised}<w:r><w:t>户。</w:t></w:r></w:p>") == (
        "郾城有10⁴户。"
    )


def test_notes_stand_behind_the_text() -> None:
    text = '<w:p><w:r><w:t>新市民</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>可申请。</w:t></w:r></w:p>'
    note = f'<w:footnote w:id="2">{p("满十二个月者。")}</w:footnote>'
    assert body_of(text, footnotes=note) == "新市民¹可申请。\n\n¹ 满十二个月者。"


def test_numbers_that_word_counts() -> None:
    levels = (
        '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="（%2）"/></w:lvl>'
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )

    def item(depth: int, text: str) -> str:
        return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="3"/></w:numPr>')

    text = item(0, "申请") + item(1, "填表。") + item(1, "交表。") + item(0, "审核") + item(1, "初审。")
    assert body_of(text, numbering=numbering) == (
        "一、申请\n\n（1）填表。\n\n（2）交表。\n\n二、审核\n\n（1）初审。"
    )


@pytest.mark.parametrize("name", ["a.docm", "a.docx"])
def test_macro_and_strict_files(name: str) -> None:
    macro = of_xml(p("停水通知") + p("明天停水。"), kind="document.macroEnabled")
    strict = of_xml(
        p("停水通知") + p("明天停水。"), 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    )
    for content in (macro, strict):
        assert articles(content, name) == [Article("a", "停水通知", "明天停水。")]


def test_the_letterhead_of_an_official_document() -> None:
    lines = (
        "驿城市人民政府办公室文件", "驿政办〔2024〕18号", "驿城市人民政府办公室", "关于印发《供暖方案》的通知",
        "各区人民政府：", "现印发给你们。", "2024年11月5日",
    )  # fmt: skip
    assert articles(of_xml("".join(map(p, lines))), "a.docx") == [
        Article(
            "a",
            "驿城市人民政府办公室关于印发《供暖方案》的通知",
            "各区人民政府：\n\n现印发给你们。\n\n2024年11月5日",
            kicker="驿政办〔2024〕18号",
            source="驿城市人民政府办公室",
            published=date(2024, 11, 5),
        )
    ]


def test_a_text_box_comes_out_once() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{p('热线96069。')}</w:txbxContent></w:pict></w:r>"
    cell = f"<w:tc><w:p><w:r><w:t>报修</w:t></w:r>{box}</w:p></w:tc>"
    assert body_of(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>") == "报修 热线96069。"


def test_much_hidden_text_is_told() -> None:
    hidden = f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{'内部结算价十元请勿外传。' * 4}</w:t></w:r></w:p>"
    [_, note] = readings_of(of_xml(p("停水通知") + p("明天停水。") + hidden), "a.docx")
    assert note == Note(
        "a.docx", "only 15% of the words in it came out; compare the article with the file", refused=False
    )
