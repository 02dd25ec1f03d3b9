"""OFD files give their text wherever it stands."""

from __future__ import annotations

import io
import zipfile

import pytest

from corpus.article import Article
from corpus.readers.document import Note, ReaderError
from tests.corpus.readers.makers import articles, readings_of

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text_object(text: str, x: float, y: float, size: float = 5) -> str:
    return (
        f'<ofd:TextObject Boundary="{x} {y} 150 {size}" Size="{size}"><ofd:TextCode X="0" Y="{size}" DeltaX="g 9 5">{text}'
        "</ofd:TextCode></ofd:TextObject>"
    )


def page(*objects: str, before: str = "") -> str:
    return f"<ofd:Page {SPACE}>{before}<ofd:Content><ofd:Layer>{''.join(objects)}</ofd:Layer></ofd:Content></ofd:Page>"


def ofd(pages: dict[str, str], document: str = "", others: dict[str, str] | None = None) -> bytes:
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="{path}"/>' for n, path in enumerate(pages, 1))
    parts = {
        "OFD.xml": f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}>{document}<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        **{f"Doc_0/{path}" if not path.startswith("/") else path[1:]: xml for path, xml in pages.items()},
        **(others or {}),
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, xml in parts.items():
            archive.writestr(name, xml)
    return content.getvalue()


LINES = (
    "因管道改造，定于12月7日上午八时至下午六时对建设路停",
    "水，请提前储水，给您带来不便敬请谅解，恢复供水的时间",
)
NOTICE = page(
    text_object("停水通知", 70, 20, 8),
    text_object(LINES[0], 30, 40), text_object(LINES[1], 20, 48), text_object("另行通知。", 20, 56),
    text_object("驿城供水", 120, 70), text_object("公司", 140, 70),
)  # fmt: skip
EXPECTED = Article("a", "停水通知", f"{''.join(LINES)}另行通知。\n\n驿城供水公司")


@pytest.mark.parametrize(
    "path", ["Pages/Page_0/Content.xml", "/Doc_0/Pages/Page_0/Content.xml", "P/first.xml"]
)
def test_a_notice(path: str) -> None:
    assert articles(ofd({path: NOTICE}), "a.ofd") == [EXPECTED]
    assert articles(ofd({path: NOTICE}), "stdin")[0].body == EXPECTED.body


def test_text_of_templates_and_annotations() -> None:
    template = page(text_object("停水通知", 70, 20, 8))
    used = page(text_object("明天停水。", 30, 40), before='<ofd:Template TemplateID="9"/>')
    note = (
        f"<ofd:PageAnnot {SPACE}><ofd:Annot><ofd:Appearance>{text_object('请储水。', 30, 60)}</ofd:Appearance></ofd:Annot>"
        "</ofd:PageAnnot>"
    )
    document = (
        '<ofd:CommonData><ofd:TemplatePage ID="9" BaseLoc="Tpls/T.xml"/></ofd:CommonData>'
        "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>"
    )
    listed = f'<ofd:Annotations {SPACE}><ofd:Page PageID="1"><ofd:FileLoc>P1.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
    others = {
        "Doc_0/Tpls/T.xml": template, "Doc_0/Annots/Annotations.xml": listed, "Doc_0/Annots/P1.xml": note,
    }  # fmt: skip
    assert articles(ofd({"Pages/C.xml": used}, document, others), "a.ofd") == [
        Article("a", "停水通知", "明天停水。\n\n请储水。")
    ]


def test_a_page_without_text_is_named_and_a_file_without_is_refused() -> None:
    [article, note] = readings_of(ofd({"1.xml": NOTICE, "2.xml": page()}), "a.ofd")
    assert article == EXPECTED
    assert note == Note("a.ofd", "page 2 holds no text", refused=False)
    with pytest.raises(ReaderError, match="the OFD file holds no text"):
        articles(ofd({"1.xml": page()}), "a.ofd")


@pytest.mark.parametrize("content", [b"PK\x03\x04 and no more", b"x"])
def test_a_damaged_file_is_refused(content: bytes) -> None:
    with pytest.raises(ReaderError, match="damaged"):
        articles(content, "a.ofd")
