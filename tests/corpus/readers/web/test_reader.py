"""Saved and fetched pages of differing templates: their text, title, author, date and address."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.article import Article
from corpus.readers.document import ReaderError
from tests.corpus.readers.makers import articles

FIRST = "近日,天气转寒,用电量上升。市供电公司提醒市民,不要私拉电线,插座要定期检查,老旧线路要及时更换。"
SECOND = "出门前要关闭电热毯、取暖器等大功率电器,确保人走断电。发现有人触电,要先切断电源,再拨打急救电话。"

OPEN_GRAPH = f"""<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>冬季用电安全须知 - 驿城晚报</title>
<meta property="og:title" content="冬季用电安全须知"><meta name="author" content="张静">
<link rel="canonical" href="https://news.example.org/2024/power.html">
<meta property="article:published_time" content="2024-11-26T08:00:00+08:00">
<meta property="og:site_name" content="驿城晚报"></head><body><nav><a href="/">首页</a><a href="/a">新闻</a></nav>
<article><h1>冬季用电安全须知</h1><p class="info">2024-11-26 来源:驿城晚报 记者 张静</p><p>　　{FIRST}</p>
<h2>人走断电</h2><p>{SECOND}</p><ul><li>插座不要超负荷。</li><li>远离易燃物。</li></ul>
<table><tr><th>项目</th><th>电话</th></tr><tr><td>报修</td><td>95598</td></tr></table></article>
<aside><a href="/b">相关新闻</a></aside><footer>版权所有 备案号 123</footer></body></html>"""

OLD_TABLES = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>冬季用电安全须知</title></head><body bgcolor="#ffffff"><table width="100%"><tr><td><a href="/">首页</a> |
<a href="/b">要闻</a></td></tr></table><table><tr><td><h1>冬季用电安全须知</h1></td></tr><tr><td>2024年11月26日
来源：驿城晚报</td></tr><tr><td><div id="content"><p>　　{FIRST}</p><p>　　{SECOND}</p></div></td></tr></table></body></html>"""

JSON_LD = f"""<html><head><title>Power</title><script type="application/ld+json">{{"@context": "https://schema.org",
"@type": "NewsArticle", "headline": "冬季用电安全须知", "datePublished": "2024-11-26", "author": {{"@type": "Person",
"name": "张静"}}, "publisher": {{"@type": "Organization", "name": "驿城晚报"}}}}</script></head><body><main>
<h1>冬季用电安全须知</h1><p>{FIRST}</p><p>{SECOND}</p></main></body></html>"""

ARRANGED = f"""<html><head><meta charset="gb2312"><title>冬季用电安全须知-驿城晚报网</title></head><body><table><tr><td>
<b>冬季用电安全须知</b></td></tr><tr><td>2024-11-26 作者:张静 来源:驿城晚报</td></tr><tr><td>　　{FIRST}<br><br>　　{SECOND}<br>
</td></tr></table></body></html>"""

BLOG = f"""<!DOCTYPE html><html><head><meta charset="UTF-8"><title>冬季用电安全须知 &#8211; 驿城晚报</title></head><body><main><article>
<header><h1 class="entry-title">冬季用电安全须知</h1><time class="published" datetime="2024-11-26T08:00:00+08:00">26日</time> by
<span class="author vcard"><a href="/author/zj" rel="author">张静</a></span></header><div class="entry-content"><p>{FIRST}</p><p>{SECOND}
</p></div></article><div id="comments"><p>网友:这个提醒很及时,我家就是老旧线路。</p></div></main></body></html>"""

WECHAT = f"""<html><head><meta charset="utf-8"><meta property="og:title" content="冬季用电安全须知"><meta property="og:site_name"
content="微信公众平台"><meta property="og:url" content="http://mp.weixin.qq.com/s?__biz=a&amp;mid=1"></head><body><div><h1>冬季用电安全须知
</h1><span id="js_author_name">张静</span> <a id="js_name"> 驿城晚报 </a> <em id="publish_time">2024年11月26日 08:00</em></div>
<div id="js_content" style="visibility: hidden; opacity: 0;"><section style="overflow-x: hidden"><section><span>{FIRST}</span></section>
</section><p>{SECOND}</p></div><div>点赞 在看 分享</div></body></html>"""

FOUNDER = f"""<html><head><title>驿城晚报</title><meta charset="gbk"></head><body><!--enpproperty <articleid>1</articleid>
<date>2024-11-26 00:00:00.0</date><author>张静</author><title>防范电信诈骗 筑牢安全防线</title><introtitle>雪松街道</introtitle>
<nodename>A3版：民生</nodename>/enpproperty--><table><tr><td><a href="content_2.htm">上一篇</a></td><td><a
href="content_3.htm">下一篇</a></td></tr></table><div id="ozoom"><!--enpcontent--><p>　　{FIRST}</p><p>　　{SECOND}</p>
<!--/enpcontent--></div></body></html>"""


def test_a_page_with_open_graph() -> None:
    assert articles(OPEN_GRAPH, "power.html") == [
        Article(
            "power",
            "冬季用电安全须知",
            f"{FIRST}\n\n## 人走断电\n\n{SECOND}\n\n插座不要超负荷。\n\n远离易燃物。\n\n项目 电话\n\n报修 95598",
            byline="张静",
            source="驿城晚报",
            published=date(2024, 11, 26),
            url="https://news.example.org/2024/power.html",
        )
    ]


def test_an_old_page_of_tables_in_gb2312() -> None:
    [article] = articles(OLD_TABLES.encode("gb18030"), "a.htm")
    assert (article.title, article.source, article.published) == (
        "冬季用电安全须知",
        "驿城晚报",
        date(2024, 11, 26),
    )
    assert article.body == f"{FIRST}\n\n{SECOND}"


def test_a_page_with_json_ld() -> None:
    [article] = articles(JSON_LD, "a.html")
    assert (article.title, article.byline, article.published) == (
        "冬季用电安全须知",
        "张静",
        date(2024, 11, 26),
    )
    assert article.body == f"{FIRST}\n\n{SECOND}"


def test_an_old_page_that_tables_arrange() -> None:
    [article] = articles(ARRANGED.encode("gb18030"), "a.htm")
    assert (article.title, article.source, article.published) == (
        "冬季用电安全须知", "驿城晚报", date(2024, 11, 26),
    )  # fmt: skip
    assert article.body == f"{FIRST}\n\n{SECOND}"


def test_a_blog_with_comments() -> None:
    [article] = articles(BLOG, "a.html")
    assert (article.title, article.byline, article.published) == (
        "冬季用电安全须知", "张静", date(2024, 11, 26),
    )  # fmt: skip
    assert article.body == f"{FIRST}\n\n{SECOND}"


def test_a_page_of_wechat_saved_or_fetched() -> None:
    expected = Article(
        "a", "冬季用电安全须知", f"{FIRST}\n\n{SECOND}", byline="张静", source="驿城晚报",
        published=date(2024, 11, 26), url="http://mp.weixin.qq.com/s?__biz=a&mid=1",
    )  # fmt: skip
    assert articles(WECHAT, "a.html") == [expected]
    script = '<script>var ct = "1732579200";</script>'
    fetched = WECHAT.replace("2024年11月26日 08:00", "").replace("</body>", f"{script}</body>")
    assert articles(fetched, "a.html") == [expected]


@pytest.mark.parametrize(
    ("mark", "author"),
    [
        ('<meta name="author" content="张静">', "张静"),
        ('<b itemprop="author"><i itemprop="name">张静</i></b>', "张静"),
        ('<a rel="author" href="/zj">By Ann Lee</a>', "Ann Lee"),
        ('<i class="post author">作者:张静 李丹</i>', "张静 李丹"),
        ('<script type="application/ld+json">{"@graph": [{"author": [{"name": "张静"}]}]}</script>', "张静"),
        ('<script type="application/ld+json">{"author": 3, "@graph": {</script>', ""),
        (f'<i class="author">{FIRST}</i>', ""),
        ('<div id="comments"><i class="author">网友甲</i></div>', ""),
    ],
)
def test_who_wrote_it(mark: str, author: str) -> None:
    page = f"<html><body>{mark}<article><h1>用电</h1><p>{FIRST}</p><p>{SECOND}</p></article></body></html>"
    assert articles(page, "a.html")[0].byline == author


def test_a_page_of_an_electronic_edition() -> None:
    [article] = articles(FOUNDER.encode("gb18030"), "content_1.htm")
    assert article == Article(
        "content_1", "防范电信诈骗 筑牢安全防线", f"{FIRST}\n\n{SECOND}", kicker="雪松街道", byline="张静",
        section="民生", page="A3", published=date(2024, 11, 26),
    )  # fmt: skip


def test_several_whole_articles_on_one_page() -> None:
    parts = "".join(
        f'<article id="s{n}"><h2><a href="/{n}.html">第{n}件事 开头结尾</a></h2><time datetime="2024-11-2{n}"></time>'
        f"<p>{n}。{FIRST}</p><p>{SECOND}{FIRST}</p></article>"
        for n in (1, 2, 3)
    )
    page = f"<html><head><title>镇报</title></head><body>{parts}</body></html>"
    found = articles(page, "x", url="https://example.org/today")
    assert [(article.title, article.url, article.published) for article in found] == [
        (f"第{n}件事 开头结尾", f"https://example.org/{n}.html", date(2024, 11, 20 + n)) for n in (1, 2, 3)
    ]
    assert found[1].body == f"2。{FIRST}\n\n{SECOND}{FIRST}"


def test_a_fetched_page_cannot_pass_for_another_sites() -> None:
    foreign = articles(OPEN_GRAPH, "x", url="https://evil.example.com/copy")[0]
    assert foreign.url == "https://evil.example.com/copy"
    own = articles(OPEN_GRAPH, "x", url="http://m.news.example.org/2024/power.html?from=app")[0]
    assert own.url == "https://news.example.org/2024/power.html"


def test_the_senders_charset_counts() -> None:
    page = OLD_TABLES.replace("; charset=gb2312", "").encode("gb18030")
    assert articles(page, "x", url="https://example.org/a", charset="gbk")[0].title == "冬季用电安全须知"


CONTENTS = (
    "<html><body><ul>"
    + "".join(f'<li><a href="content_{n}.htm">题{n}</a></li>' for n in range(3))
    + "</ul></body></html>"
)


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<html><body></body></html>", "no article text was found on the page"),
        (CONTENTS, "the page lists 3 articles and holds no text of its own"),
    ],
)
def test_a_page_without_text_is_refused(page: str, reason: str) -> None:
    with pytest.raises(ReaderError, match=reason):
        articles(page, "a.html")
