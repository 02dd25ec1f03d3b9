"""Text from the top down, pages that the viewer turns, and pages without text."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from corpus.article import Article
from corpus.readers import ocr
from corpus.readers.document import Note
from tests.corpus.readers.makers import articles, drawn_by_cairo, printed_by_chromium, readings_of

VERTICAL = """<html><head><meta charset="utf-8"><style>@page{size:A4;margin:20mm}
body{font-family:"Noto Sans CJK SC";font-size:12pt;writing-mode:vertical-rl}h1{font-size:22pt}p{text-indent:2em}</style></head>
<body><h1>西河老茶馆迎来百年</h1><p>西河老茶馆开在码头旁边，木门板上还留着当年的号码。掌柜说，铺子传到他手里已经是第四代。</p>
<p>茶馆每天清晨五点开门，老主顾们坐定以后，先听一段书，再慢慢喝茶。</p></body></html>"""


def test_columns_from_the_top_down_are_read_from_the_right(tmp_path: Path) -> None:
    [article] = articles(printed_by_chromium(VERTICAL, tmp_path), "teahouse.pdf")
    assert (article.title, article.body) == (
        "西河老茶馆迎来百年",
        "西河老茶馆开在码头旁边，木门板上还留着当年的号码。掌柜说，铺子传到他手里已经是第四代。\n\n"
        "茶馆每天清晨五点开门，老主顾们坐定以后，先听一段书，再慢慢喝茶。",
    )


def test_a_turned_page_is_read_as_the_viewer_shows_it(tmp_path: Path) -> None:
    lines = "".join(
        f'<text x="{x}" y="{y}" font-size="{size}" font-family="Noto Sans CJK SC">{text}</text>'
        for x, y, size, text in (
            (40, 60, 24, "渡口改建为公园"), (40, 100, 12, "渡口停航以后，镇里把旧站房改成了茶室，"),
            (40, 120, 12, "岸边铺了步道。公园早上六点开门。"),
        )
    )  # fmt: skip
    for turns, way in ((90, "translate(0 400) rotate(-90)"), (270, "translate(400 0) rotate(90)")):
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><g transform="{way}">{lines}</g></svg>'
        file = pdfium.PdfDocument(drawn_by_cairo(svg, tmp_path))
        file[0].set_rotation(turns)
        turned = io.BytesIO()
        file.save(turned)
        assert articles(turned.getvalue(), "ferry.pdf") == [
            Article(
                "ferry",
                "渡口改建为公园",
                "渡口停航以后，镇里把旧站房改成了茶室，岸边铺了步道。公园早上六点开门。",
            )
        ]


def test_a_page_without_text_is_refused_by_its_number_where_the_extra_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    page = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300">{}</svg>'
    text = '<text x="20" y="40" font-family="Noto Sans CJK SC" font-size="12">山路今天恢复通车。</text>'
    file = pdfium.PdfDocument(drawn_by_cairo(page.format(text), tmp_path))
    drawing = drawn_by_cairo(page.format('<rect width="90" height="90"/>'), tmp_path)
    file.import_pages(pdfium.PdfDocument(drawing))
    both = io.BytesIO()
    file.save(both)
    note, article = readings_of(both.getvalue(), "road.pdf")
    assert note == Note(
        "road.pdf: page 2",
        "it is a picture, and reading pictures takes the extra [ocr]: pip install 'yuanwen[ocr]'",
    )
    assert isinstance(article, Article)
    assert article.body == "山路今天恢复通车。"
