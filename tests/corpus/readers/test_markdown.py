"""Markdown of this program and of others becomes plain words."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.article import Article, to_markdown
from corpus.readers.document import ReaderError
from tests.corpus.readers.makers import articles

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
