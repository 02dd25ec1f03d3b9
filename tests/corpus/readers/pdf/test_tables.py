"""A table's row is a paragraph, its cells parted; columns of text are no table; watermarks are out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.readers.makers import articles, printed_by_chromium

HEAD = """<html><head><meta charset="utf-8"><style>@page{size:A4;margin:20mm}
body{font-family:"Noto Sans CJK SC";font-size:12pt}h1{font-size:20pt}table{width:100%;border-collapse:collapse}
td,th{border:1px solid #000;padding:4px}p{text-indent:2em}.n{column-count:4;column-gap:6mm;text-align:justify}
.w{position:fixed;top:70mm;left:20mm;font-size:60pt;color:#ddd}</style></head><body>"""


def printed(body: str, folder: Path) -> str:
    [article] = articles(printed_by_chromium(HEAD + body, folder), "table.pdf")
    return article.body


def test_a_row_is_one_paragraph(tmp_path: Path) -> None:
    body = """<h1>渡船班次</h1><p>渡船从本月起按下表开行，遇大风停航，乘客可在码头候船室询问。</p>
<table><tr><th>码头</th><th>头班</th><th>末班</th></tr><tr><td>东岸石阶码头</td><td>6:30</td><td>19:00</td></tr>
<tr><td>西岸</td><td>6:45</td><td>19:20</td></tr><tr><td>沙洲</td><td>7:10</td><td>18:00</td></tr></table>
<p>船票两元，老人和儿童免费。</p>"""
    assert printed(body, tmp_path).split("\n\n") == [
        "渡船从本月起按下表开行，遇大风停航，乘客可在码头候船室询问。",
        "码头 头班 末班", "东岸石阶码头 6:30 19:00", "西岸 6:45 19:20", "沙洲 7:10 18:00",
        "船票两元，老人和儿童免费。",
    ]  # fmt: skip


@pytest.mark.parametrize("clause", ["渡口的老船工讲起旧事", "孩子们沿着河堤放风筝看晚霞"])
def test_narrow_columns_of_text_are_no_table(tmp_path: Path, clause: str) -> None:
    text = "".join(f"{clause}第{number}回，听的人很多。" for number in range(1, 60))
    body = printed(f'<h1>河边旧事</h1><div class="n">{text}</div>', tmp_path)
    assert "".join(body.split()) == text


def test_a_watermark_is_left_out(tmp_path: Path) -> None:
    text = "".join(f"河堤第{number}段已经加固，护坡换了石料。" for number in range(1, 60))
    assert printed(f'<div class="w">内部资料</div><h1>河堤加固完工</h1><p>{text}</p>', tmp_path) == text
