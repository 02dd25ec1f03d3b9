"""Markdown of this program and of others becomes plain words."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.article import Article, to_markdown
from corpus.readers.document import Note, ReaderError
from tests.corpus.readers.makers import articles, readings_of

POST = """\
---
layout: post
title: "冬季用电安全"
date: 2024-11-26 08:00:00 +0800
author: [张静, 李丹]
categories: 民生
draft: false
---

# 冬季用电安全

近日,**用电量**上升,请看[供电公司](https://example.org)的提示。

## 人走断电

- 关闭*电热毯*
- 检查插座

| 项目 | 电话 |
|------|------|
| 报修 | 95598 |

> 安全用电,人人有责。

![图](a.jpg)
"""


def test_a_blog_post_becomes_plain_words() -> None:
    [article] = articles(POST, "post.md")
    assert (article.id, article.title, article.byline, article.section, article.published) == (
        "post", "冬季用电安全", "张静 李丹", "民生", date(2024, 11, 26),
    )  # fmt: skip
    assert article.body == (
        "## 冬季用电安全\n\n近日,用电量上升,请看供电公司的提示。\n\n## 人走断电\n\n关闭电热毯\n\n检查插座\n\n"
        "项目 电话\n\n报修 95598\n\n安全用电,人人有责。"
    )


def test_without_front_matter_the_first_heading_is_the_title() -> None:
    [article] = articles("# 停水 *通知*\n\n明天停水。", "2024-11-26 notice.md")
    assert (article.title, article.body, article.published) == ("停水 通知", "明天停水。", date(2024, 11, 26))


def test_without_any_heading_the_first_words_are_the_title() -> None:
    assert articles("明天停水。\n\n请储水。", "a.md")[0].title == "明天停水"


def test_toml_front_matter() -> None:
    [article] = articles('+++\ntitle = "停水"\ndate = 2024-11-26\n+++\n\n明天停水。\n', "a.md")
    assert (article.title, article.published, article.body) == ("停水", date(2024, 11, 26), "明天停水。")


def test_an_article_of_this_program_comes_back_to_the_letter() -> None:
    article = Article(
        "scam-1", "防诈骗", "　　**不是**强调。\n\n## 小标题\n\n正文。", source="驿城晚报", correction="更正"
    )
    assert articles(to_markdown(article), "other.md") == [article]


def test_html_within_is_read_as_a_browser_shows_it() -> None:
    text = (
        "# 办事时间\n\n<p>请<strong>按时</strong>前来。</p>\n\n<table>\n<tr><th>窗口</th><th>时间</th></tr>\n"
        "<tr><td rowspan=2>社保</td><td>上午</td></tr><tr><td>下午</td></tr>\n</table>\n\n| 窗口 | 电话 |\n|--|--|\n"
        "| 医保 | 上午8:30-11:30<br>下午14:00-17:00 |\n\n~~工本费20元~~ 免收<del>30元</del>工本费。\n\n<!-- 勿外传 -->\n"
    )
    [article] = articles(text, "a.md")
    assert (article.title, article.body) == (
        "办事时间",
        "请按时前来。\n\n窗口 时间\n\n社保 上午\n\n社保 下午\n\n窗口 电话\n\n医保 上午8:30-11:30 下午14:00-17:00\n\n"
        "免收工本费。",
    )


def test_a_title_in_html() -> None:
    assert articles('<h1 align="center">停水通知</h1>\n\n明天停水。', "a.md")[0].title == "停水通知"


def test_words_that_do_not_come_out_are_told() -> None:
    lost = "<textarea>因管道改造，定于十二月七日对建设路全线停水，请沿线居民提前储水备用，给您带来不便敬请谅解。</textarea>"
    [_, note] = readings_of(f"# 通知\n\n明天停水。\n\n{lost}", "a.md")
    assert note == Note(
        "a.md", "only 13% of the words in it came out; compare the article with the file", refused=False
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("---\ntitle: [题\n---\n\n正文。", "the front matter cannot be read: "),
        ("---\ntitle: !!python/name:os.system\n---\n\n正文。", "could not determine a constructor"),
        ("---\ntitle: 题\n---\n", "no text stands below the title"),
        ("# 题\n", "no text stands below the title"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ReaderError, match=reason):
        articles(text, "a.md")
