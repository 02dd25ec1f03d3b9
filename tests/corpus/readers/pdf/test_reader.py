"""PDFs of Chromium, LibreOffice and cairo: one article, and newspaper pages in columns."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.readers.document import Note, ReaderError
from corpus.readers.pdf import reader
from tests.corpus.readers.makers import (
    articles,
    drawn_by_cairo,
    printed_by_chromium,
    readings_of,
    saved_by_libreoffice,
)

CLAUSES = [
    "镇干部走进田间地头",
    "志愿者清扫街巷",
    "为老人送去12袋大米",
    "受到居民欢迎",
    "完成投资3.5亿元",
    "提升办事效率",
]


def paragraph(name: str, sentences: int = 4) -> str:
    """A paragraph that begins and ends with its name, unlike any other."""
    text = "。".join(
        f"{name}第{n}件事,{CLAUSES[n % 6]},{CLAUSES[(n * 2 + 1) % 6]}" for n in range(1, sentences)
    )
    return f"{name}开头,{text}。{name}结尾。"


STYLE = """@page{size:A3;margin:15mm} body{font-family:"Noto Sans CJK SC";font-size:11pt;line-height:1.5}
h1{font-size:30pt;margin:6px 0} .k{font-size:15pt} .c{column-count:3;column-gap:8mm} .two{column-count:2}
p{text-indent:2em;margin:0;text-align:justify} .row{display:flex;gap:10mm} .row>div{flex:1}
h2{font-size:22pt;margin:6px 0} h3{font-size:14pt;margin:4px 0}"""
NEWSPAPER = f"""<html><head><meta charset="utf-8"><style>{STYLE}</style></head><body>
<div class="k">驿城区总工会</div><h1>凝心聚力促发展 砥砺前行谱新篇</h1><div class="c"><p>本报讯(记者 张静){paragraph("甲")}</p>
<p>{paragraph("乙", 8)}</p><h3>人走断电保平安</h3><p>{paragraph("丙", 8)}</p><p>{paragraph("丁")}</p></div>
<div class="row"><div><h2>排查房屋隐患 保障群众安全</h2><div class="c two"><p>{paragraph("戊", 7)}</p><p>{paragraph("己", 5)}</p>
</div></div><div><h2>加强医保宣传 做好征缴</h2><div class="c two"><p>{paragraph("庚", 7)}</p></div></div></div></body></html>"""


def test_a_newspaper_page_of_chromium(tmp_path: Path) -> None:
    content = printed_by_chromium(NEWSPAPER, tmp_path)
    assert articles(content, "2024-11-26-A3.pdf") == [
        Article(
            "2024-11-26-A3-1",
            "凝心聚力促发展 砥砺前行谱新篇",
            f"{paragraph('甲')}\n\n{paragraph('乙', 8)}\n\n## 人走断电保平安\n\n{paragraph('丙', 8)}\n\n{paragraph('丁')}",
            kicker="驿城区总工会",
            byline="本报讯(记者 张静)",
            page="A3",
            published=date(2024, 11, 26),
        ),
        Article(
            "2024-11-26-A3-2", "排查房屋隐患 保障群众安全", f"{paragraph('戊', 7)}\n\n{paragraph('己', 5)}",
            page="A3", published=date(2024, 11, 26),
        ),
        Article(
            "2024-11-26-A3-3", "加强医保宣传 做好征缴", paragraph("庚", 7),
            page="A3", published=date(2024, 11, 26),
        ),
    ]  # fmt: skip


def test_the_printed_page_stands_at_its_edge(tmp_path: Path) -> None:
    folio = '<div class="k" style="font-size:11pt">驿城晚报　2024年11月26日　星期二　A3版</div>'
    content = printed_by_chromium(NEWSPAPER.replace("<body>", f"<body>{folio}"), tmp_path)
    assert [article.page for article in articles(content, "page.pdf")] == ["A3", "A3", "A3"]


def test_a_pdf_of_which_much_is_lost_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article = Article("a", "停水", "短。")
    monkeypatch.setattr(reader, "_written", lambda document, lines: iter([article]))
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' width='900' height='90'><text y='40'>{'words ' * 10}</text></svg>"
    told = Note(
        "a.pdf", "only 6% of the words in it came out; compare the article with the file", refused=False
    )
    assert readings_of(drawn_by_cairo(svg, tmp_path), "a.pdf") == [article, told]


FRONT_STYLE = """@page{size:A3;margin:12mm} body{font-family:"Noto Sans CJK SC";font-size:9.5pt;line-height:1.45;margin:0}
h1{font-size:34pt;margin:2px 0;text-align:center} h2{font-size:20pt;margin:3px 0} .sub{font-size:14pt;text-align:center}
p{text-indent:2em;margin:0} .by{text-indent:0} .c4{column-count:4;column-gap:7mm} .c3{column-count:3;column-gap:7mm}
.c2{column-count:2} .row{display:grid;grid-template-columns:2fr 1fr;gap:9mm} .top{display:flex;justify-content:space-between}"""


def paragraphs(names: str) -> str:
    return "".join(f"<p>{paragraph(name, 5)}</p>" for name in names)


FRONT_PAGE = f"""<html><head><meta charset="utf-8"><style>{FRONT_STYLE}</style></head><body>
<div class="top"><span>民生新闻</span><span>驿城晚报</span><span>2024年11月26日 星期二 责编 李丹</span></div>
<h1>冬季供暖全面启动</h1><div class="sub">——全市三百个小区同日开栓</div>
<div class="c4"><p class="by">本报记者 张静 通讯员 李四</p>{paragraphs("甲乙丙丁戊")}</div>
<div class="row"><div><h2>老街改造听取居民意见</h2><div class="c3"><p>本报讯(记者 王五){paragraph("己", 6)}</p>{paragraphs("庚辛")}</div></div>
<div><h2>图书馆延长开放</h2>{paragraphs("壬")}</div></div>
<div class="row"><div><h2>志愿者为老人理发</h2><div class="c2">{paragraphs("子丑")}</div></div>
<div><h2>天气转寒注意保暖</h2>{paragraphs("寅")}</div></div></body></html>"""


def test_headlines_that_are_narrower_than_their_columns(tmp_path: Path) -> None:
    """One stands over the middle of four columns, others over the first of two or three."""
    found = articles(printed_by_chromium(FRONT_PAGE, tmp_path), "A3.pdf")
    assert [(article.title, [text[0] for text in article.body.split("\n\n")]) for article in found] == [
        ("冬季供暖全面启动", list("甲乙丙丁戊")),
        ("老街改造听取居民意见", list("己庚辛")),
        ("图书馆延长开放", ["壬"]),
        ("志愿者为老人理发", list("子丑")),
        ("天气转寒注意保暖", ["寅"]),
    ]
    assert found[0].subtitle == "全市三百个小区同日开栓"
    assert [article.byline for article in found[:3]] == ["本报记者 张静 通讯员 李四", "本报讯(记者 王五)", ""]
    assert found[1].body == "\n\n".join([paragraph("己", 6), paragraph("庚", 5), paragraph("辛", 5)])


PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
INNER_PAGE = f"""<html><head><meta charset="utf-8"><style>{FRONT_STYLE} h1{{text-align:left}} h3{{font-size:12pt;margin:2px 0}}
.row{{grid-template-columns:3fr 1fr}} img{{width:100%;height:60pt}} .words{{font-size:7.5pt}}</style></head><body><div class="row">
<div><div class="sub" style="text-align:left">驿城区</div><h1>社区食堂开到家门口</h1><div class="c3">{paragraphs("甲乙")}
<h3>菜价便宜</h3>{paragraphs("丙")}<h3>老人满意</h3>{paragraphs("丁戊")}</div></div><div><h2>今日天气</h2>{paragraphs("己")}
<h2>便民电话</h2>{paragraphs("庚")}</div></div><h1>湿地公园迎来候鸟</h1><div class="row" style="grid-template-columns:1fr 2fr"><div>
<img src="{PIXEL}"><p class="words">候鸟在觅食 记者 张静 摄</p></div><div class="c2">{paragraphs("辛壬")}</div></div></body></html>"""


def test_subheads_on_top_of_a_column_small_articles_beside_and_a_picture(tmp_path: Path) -> None:
    found = articles(printed_by_chromium(INNER_PAGE, tmp_path), "A3.pdf")
    assert [(article.title, [text[:4] for text in article.body.split("\n\n")]) for article in found] == [
        ("社区食堂开到家门口", ["甲开头,", "乙开头,", "## 菜", "丙开头,", "## 老", "丁开头,", "戊开头,"]),
        ("今日天气", ["己开头,"]),
        ("便民电话", ["庚开头,"]),
        ("湿地公园迎来候鸟", ["候鸟在觅", "辛开头,", "壬开头,"]),
    ]
    assert (found[0].kicker, found[0].subtitle) == ("驿城区", "")
    assert found[3].body.startswith("候鸟在觅食 记者 张静 摄\n\n")


def column(x: int, y: int, lines: list[str], size: int = 10) -> str:
    return "".join(
        f'<text x="{x + (2 * size if line.startswith("　") else 0)}" y="{y + at * 16}" font-size="{size}">{line.lstrip("　")}</text>'
        for at, line in enumerate(lines)
    )


def printed_lines(text: str, width: int) -> list[str]:
    """Lines of `width` characters, the first one indented by two."""
    first, rest = text[: width - 2], text[width - 2 :]
    return [f"　{first}", *(rest[at : at + width] for at in range(0, len(rest), width))]


def test_a_newspaper_page_of_cairo_whose_columns_are_drawn_out_of_order(tmp_path: Path) -> None:
    first, second, third = paragraph("甲", 6), paragraph("乙", 6), paragraph("丙", 6)
    lines = printed_lines(first, 14) + printed_lines(second, 14)
    half = len(lines) // 2
    parts = [
        column(220, 100, lines[half:]),
        '<text x="420" y="70" font-size="24">水屯镇</text><text x="30" y="70" font-size="28">筑牢安全防线</text>',
        column(420, 100, printed_lines(third, 14)),
        column(30, 100, lines[:half]),
        '<rect x="30" y="74" width="340" height="2"/>',
    ]
    svg = f"""<svg xmlns="http://www.w3.org/2000/svg" width="600" height="700"
        font-family="Noto Sans CJK SC">{"".join(parts)}</svg>"""
    found = articles(drawn_by_cairo(svg, tmp_path), "page.pdf")
    assert [(article.title, article.body) for article in found] == [
        ("筑牢安全防线", f"{first}\n\n{second}"),
        ("水屯镇", third),
    ]


NOTICE = f"""<html><head><meta charset="utf-8"></head><body><h1>冬季用电安全须知</h1><p>{paragraph("甲", 9)}</p>
<p>{paragraph("乙", 40)}</p><h2>人走断电</h2><p>{paragraph("丙", 40)}</p></body></html>"""


@pytest.mark.slow
def test_an_article_of_libreoffice_over_several_pages(tmp_path: Path) -> None:
    content = saved_by_libreoffice(NOTICE.encode(), "html", "pdf:writer_pdf_Export", tmp_path)
    [article] = articles(content, "notice.pdf")
    assert article.title == "冬季用电安全须知"
    assert article.body.split("\n\n") == [
        paragraph("甲", 9),
        paragraph("乙", 40),
        "## 人走断电",
        paragraph("丙", 40),
    ]


def test_an_english_article_of_chromium(tmp_path: Path) -> None:
    text = "The town council voted on Monday to keep the public library open until nine in the evening. " * 6
    html = f"<h1>Library hours</h1><p style='width:300px'>{text}</p><p>Two more librarians will be hired.</p>"
    [article] = articles(printed_by_chromium(html, tmp_path), "a.pdf")
    assert (article.title, article.body) == (
        "Library hours", f"{text.strip()}\n\nTwo more librarians will be hired.",
    )  # fmt: skip


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF"]
)
def test_a_damaged_file_is_refused(content: bytes) -> None:
    with pytest.raises(ReaderError, match="the PDF is damaged"):
        articles(content, "a.pdf")
