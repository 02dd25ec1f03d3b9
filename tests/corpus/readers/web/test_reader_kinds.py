"""What a saved page has around its article stays out, and what stands in the article comes out whole."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from corpus.article import Article
from corpus.readers.document import Document, Note, ReaderError
from corpus.readers.formats import read
from tests.corpus.readers.makers import articles

FIRST = "近日，天气转寒，用电量上升。市供电公司提醒市民，不要私拉电线，插座要定期检查，老旧线路要及时更换。"
SECOND = "出门前要关闭电热毯、取暖器等大功率电器，确保人走断电。发现有人触电，要先切断电源，再拨打急救电话。"
BODY = f"{FIRST}\n\n{SECOND}"
TEXT = f"<p>{FIRST}</p><p>{SECOND}</p>"


def page(text: str, title: str = "冬季用电安全须知", head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>"
        f"<div id='nav'><a href='/'>首页</a> <a href='/a'>要闻</a></div>{text}</body></html>"
    )


def article(text: str, title: str = "冬季用电安全须知", head: str = "") -> Article:
    [found] = articles(page(text, title, head), "a.html")
    return found


H1 = "<h1>冬季用电安全须知</h1>"


@pytest.mark.parametrize("holder", ["TRS_Editor", "UCAP-CONTENT", "zoom", "xl_con", "mystery-7"])
def test_every_line_comes_out_in_order_whatever_holds_it(holder: str) -> None:
    lines = (
        f"<p>{FIRST}</p><h3>报修电话</h3><div>城东片区 2810001</div><ul><li>城西片区 2810002</li>"
        f"<li>城南片区 2810003</li></ul>{SECOND}<br>全天有人接听。"
    )
    assert article(f"{H1}<div class='{holder}' id='{holder}'>{lines}</div>").body == (
        f"{FIRST}\n\n## 报修电话\n\n城东片区 2810001\n\n城西片区 2810002\n\n城南片区 2810003\n\n{SECOND}"
        "\n\n全天有人接听。"
    )


@pytest.mark.parametrize(
    "tail",
    [
        "<p>相关阅读</p><ul><li><a href='/1'>老旧小区换新表</a> 2024-11-20</li><li><a href='/2'>停电通知</a></li></ul>",
        "<p>（编辑：王明）</p><p>【责任编辑：李丹】</p>",
        "<div>责编：王明 审核：李丹</div><div><a href='/x'>返回首页</a></div>",
        "<p>特别声明：以上内容仅代表作者本人观点，本平台仅提供信息存储服务。</p>",
        "<div>上一篇：<a href='/3'>停水通知</a> 下一篇：<a href='/4'>停气通知</a></div>",
        "<div class='comment-list'><p>网友：这个提醒很及时，我家就是老旧线路，明天就去换。</p></div>",
        "<p>地 址：驿城市东湖路8号</p><p>邮政编码：463000</p><p>Copyright © 2024 版权所有</p>",
        "<div>扫一扫在手机打开当前页</div><div>【打印本页】【关闭窗口】</div>",
    ],
)
def test_what_stands_behind_the_article_stays_out(tail: str) -> None:
    assert article(f"{H1}<div class='content'>{TEXT}{tail}</div>").body == BODY


@pytest.mark.parametrize(
    "above",
    [
        "<p>您现在的位置：首页 &gt;&gt; 要闻 &gt;&gt; 正文</p>",
        "<p>2024-11-26 08:30 来源：驿城晚报 作者：张静 阅读：120</p>",
        "<p>字号：大 中 小</p><p>分享到：</p><p>1032</p>",
        "<h1>冬季用电安全须知</h1>",
    ],
)
def test_what_stands_above_the_article_stays_out(above: str) -> None:
    assert article(f"{H1}<div class='content'>{above}{TEXT}</div>").body == BODY


def test_a_notices_signature_and_attachment_stay() -> None:
    tail = "<p>附件：<a href='/f.doc'>1.申请表.doc</a></p><p>驿城市供电公司</p><p>2024年11月26日</p>"
    assert article(f"{H1}<div>{TEXT}{tail}</div>").body == (
        f"{BODY}\n\n附件：1.申请表.doc\n\n驿城市供电公司\n\n2024年11月26日"
    )


def test_a_picture_above_the_text_is_described_behind_it() -> None:
    picture = "<figure><img src='a.jpg'><figcaption>电工在检查线路。</figcaption></figure>"
    assert article(f"{H1}<div>{picture}{TEXT}</div>").body == f"{BODY}\n\n电工在检查线路。"


@pytest.mark.parametrize(
    ("title", "above"),
    [
        ("冬季用电安全须知-民生", "<div>冬季用电安全须知</div>"),
        ("冬季用电安全须知 城东办事处_驿城网", "<div class='tit'>冬季用电安全须知</div>"),
        ("冬季用电安全须知_驿城订阅", "<h1>冬季用电安全须知</h1>"),
        ("冬季用电安全须知-EDC 驿城技术", "<h2>冬季用电安全须知</h2>"),
        ("新闻动态--驿城供电官网", "<div class='tit'>冬季用电安全须知</div>"),
        ("冬季用电安全须知 - 驿城市人民政府网", "<h1>驿城市人民政府网站</h1><div>冬季用电安全须知</div>"),
        ("冬季用电安全须知", "<h2><i>原创</i> 冬季用电安全须知</h2>"),
        ("冬季用电安全须知|驿城网", ""),
    ],
)
def test_the_title_is_without_site_and_section(title: str, above: str) -> None:
    assert article(f"{above}<div>{TEXT}</div>", title).title == "冬季用电安全须知"


def test_a_quotation_mark_cuts_no_title() -> None:
    og = """<meta property="og:title" content="谈"断电"与安全">"""
    found = article(f'<h1>谈"断电"与安全</h1><div>{TEXT}</div>', "谈&quot;断电&quot;与安全_驿城网", og)
    assert found.title == '谈"断电"与安全'


@pytest.mark.parametrize(
    ("above", "source"),
    [
        (
            "<p><span>2024年11月26日 16:04</span><span>来源：<a>驿城晚报</a></span><em>1032</em>人参与</p>",
            "驿城晚报",
        ),
        ("<div>来源于：城东办事处</div>", "城东办事处"),
        ("<div>信息来源：驿城市供电公司 | 浏览次数：7</div>", "驿城市供电公司"),
        ("<div>2024-11-26 16:04 驿城晚报</div>", "驿城晚报"),
        ("<div>来源：1032</div>", ""),
        ("<div>来源：网络</div>", ""),
        ("<meta name='ContentSource' content='驿城市民政局'>", "驿城市民政局"),
    ],
)
def test_the_source_is_what_the_page_states(above: str, source: str) -> None:
    assert article(f"{H1}{above}<div>{TEXT}</div>").source == source


def test_a_host_is_no_source_and_the_sites_name_is_one() -> None:
    canonical = "<link rel='canonical' href='http://news.example.com/a.html'>"
    assert article(f"{H1}<div>{TEXT}</div>", head=canonical).source == ""
    assert article(f"{H1}<div>{TEXT}</div>", "冬季用电安全须知|驿城网", canonical).source == "驿城网"


@pytest.mark.parametrize(
    ("above", "byline"),
    [
        ("<div>驿城新闻记者 张静</div><div>2024-11-26 08:00 来源：驿城新闻</div>", "张静"),
        ("<div>来源：驿城晚报 作者：张静 李丹</div>", "张静 李丹"),
        ("<div class='author'>驿城晚报</div><div>来源：驿城晚报 作者：张静</div>", "张静"),
        ("<p>执笔/张静、李丹</p>", "张静 李丹"),
        ("<p>新华社驿城11月26日电（记者张静）</p>", "张静"),
        ("<div class='author'>责任编辑：张静</div>", ""),
        ("<div class='author'>104363</div>", ""),
        ("<div class='author'>name, email@example.com</div>", ""),
        ("<div class='author'>驿城日报社</div>", ""),
        ("<div>作者：未知</div>", ""),
        ("<div>作者：佚名</div>", ""),
    ],
)
def test_the_byline_names_people_only(above: str, byline: str) -> None:
    found = article(f"{H1}{above}<div>{TEXT}</div>")
    assert (found.byline, found.body) == (byline, BODY)


def test_the_author_of_the_marks_is_none_where_the_page_calls_it_the_editor() -> None:
    found = article(
        f"{H1}<div>{TEXT}<p>（编辑：张静 李丹）</p></div>", head="<meta name='author' content='张静'>"
    )
    assert found.byline == ""


def test_a_dateline_stays_with_its_paragraph() -> None:
    found = article(f"{H1}<div><p>本报讯（记者 张静）{FIRST}</p><p>{SECOND}</p></div>")
    assert (found.byline, found.body) == ("张静", f"本报讯（记者 张静）{FIRST}\n\n{SECOND}")


def test_appearance_that_carries_meaning() -> None:
    text = (
        f"<p>{FIRST}</p><p>成人票<del>80元</del>40元，学生票<s>40元</s>20元，<span style='text-decoration:line-through'>"
        "五元</span>停车免费。</p><p style='display:none'>内部结算价十元。</p><p hidden>勿外传。</p>"
        "<p><ruby>郾<rp>(</rp><rt>yǎn</rt><rp>)</rp></ruby>城区有10<sup>4</sup>户，CO<sub>2</sub>下降。</p>"
    )
    assert article(f"{H1}<div>{text}</div>").body == (
        f"{FIRST}\n\n成人票40元，学生票20元，停车免费。\n\n郾城区有10⁴户，CO₂下降。"
    )


def test_a_merged_cell_names_each_row_that_it_spans() -> None:
    table = (
        "<table><tr><th>场馆</th><th>日期</th><th>时间</th></tr><tr><td rowspan='2'>总馆</td><td>周二至周五</td>"
        "<td>9:00-20:00</td></tr><tr><td>周末</td><td>9:00-17:00</td></tr></table>"
    )
    assert article(f"{H1}<div>{TEXT}{table}</div>").body == (
        f"{BODY}\n\n场馆 日期 时间\n\n总馆 周二至周五 9:00-20:00\n\n总馆 周末 9:00-17:00"
    )


def test_what_stands_behind_the_end_of_the_page_is_read() -> None:
    assert article(f"{H1}<div><p>{FIRST}</p></body></html><p>{SECOND}</p></div>").body == BODY


def test_a_short_article_goes_before_a_long_disclaimer() -> None:
    short = "据驿城电台11月26日消息，今日起全市三条公交线路延长至东湖新区，末班车二十一时收车。"
    disclaimer = (
        "【免责声明】本文仅代表作者本人观点，与本网无关。本网站对文中陈述、观点判断保持中立，请读者仅作参考。"
        * 3
    )
    assert article(f"{H1}<div><p>{short}</p></div><div><p>{disclaimer}</p></div>").body == short


def test_a_page_that_only_leads_on_names_the_address() -> None:
    leading = (
        "<html><head><meta http-equiv='refresh' content='0; url=html/node_1.htm'></head><body></body></html>"
    )
    with pytest.raises(ReaderError, match=r"the page only leads to html/node_1\.htm; add that address"):
        articles(leading, "index.html")


def test_a_further_page_is_told_or_read() -> None:
    first = page(f"{H1}<div><p>{FIRST}</p></div><div><a href='a_2.html'>下一页</a></div>")
    second = page(f"{H1}<div><p>{SECOND}</p></div><div><a href='a.html'>上一页</a></div>")
    [found, note] = read(Document("a.html", "a", first.encode()))
    assert isinstance(found, Article)
    assert (found.body, note) == (
        FIRST, Note("a.html", "the article goes on at a_2.html, which was not read", refused=False),
    )  # fmt: skip
    [whole] = read(Document("a.html", "a", first.encode(), continued=(Document("b", "b", second.encode()),)))
    assert isinstance(whole, Article)
    assert whole.body == BODY


def test_much_prose_beside_the_article_is_a_doubt() -> None:
    columns = "".join(
        f"<div class='c{n}'><section><p>第{n}件事。{FIRST}</p></section></div>" for n in range(3)
    )
    main = f"<div id='zoom'><p>{SECOND}</p></div>"
    [_, note] = read(Document("a.html", "a", page(H1 + main + columns).encode()))
    assert note == Note(
        "a.html", "only 23% of the prose on the page was taken for the article; look at both", refused=False
    )


@pytest.mark.parametrize(
    "mark",
    [
        "<!--enpcontent-->",
        "<founder-content>",
        "<head ",
        "<!-- enpproperty ",
        "<a href='content_1.htm",
        "<p>来源",
    ],
)
def test_time_grows_with_the_page_alone(mark: str) -> None:
    content = (mark * (400_000 // len(mark))).encode()
    began = time.process_time()
    with suppress(ReaderError):
        list(read(Document("a.html", "a", content)))
    assert time.process_time() - began < 10


def test_a_subtitle_behind_a_dash_is_no_title() -> None:
    html = (
        "<title>山城日报社</title><table><tr><td>山城日报网 &gt; 要闻</td></tr>"
        "<tr><td><b>古镇修缮如旧 乡愁有处安放</b></td></tr><tr><td>——青石镇历史街区保护见闻</td></tr>"
        "<tr><td>记者 宋词 2023-11-21</td></tr><tr><td><p>“瓦是老瓦，砖是老砖。”青石镇匠人指着刚修好的马头墙说。</p>"
        "<p>两年来，青石镇投入3200万元，修缮古民居68处。</p></td></tr></table>"
    )
    [article] = articles(f"<html><body>{html}</body></html>", "a.html")
    assert article.title == "古镇修缮如旧 乡愁有处安放"
