"""An answer as plain text: the sentence first, the rest under words that say what it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.answering.bot import Answer
from bot.answering.succession import Standing
from bot.web.plain_text import answer_text, short_text
from tests.bot.web.stub import QUOTES, StubBot


def test_the_sentence_stands_first_and_the_rest_below_words_that_say_what_it_is() -> None:
    answer = Answer("快递?", "zh-Hans", "answered", 0.9, (QUOTES["parcels"], QUOTES["later"]), (), 1.5)
    assert answer_text(answer) == (
        "文章里这样写道：\n"
        "\n"
        "  实名收寄率必须达到百分之百。\n"
        "  —— 市邮政管理局 邮政管理局督导快递安全 ——筑牢寄递防线 · 驻马店日报 · 2024-11-26 · 本报记者 张三\n"
        "  上下文\n"
        "    　　要严格落实收寄验视制度。实名收寄率必须达到百分之百。\n"
        "  也刊登于：\n"
        "    <i>转载</i>快递安全 · 新华社 · 2024-11-25 · /articles/reprint\n"
        "    更正：标题有误。\n"
        "\n"
        "另有 1 段相关原文，不一定回答您的问题\n"
        "\n"
        "  旧的不再适用。\n"
        "  —— 新的<寄递>规定 · 2025-03-01\n"
        "  更正：第二段的日期<应>为3月。\n"
        "  上下文\n"
        "    新的规定已经公布,请按新的办理。旧的不再适用。"
    )


def test_a_superseded_article_says_so() -> None:
    printed = answer_text(StubBot().ask("恶意"))
    assert "\n  这篇文章已被《新的<寄递>规定》（/articles/later）取代。\n" in printed
    english = Answer("bad?", "en", "answered", 0.9, (QUOTES["hostile"],), (), 1.5)
    assert "\n  This article has been superseded by “新的<寄递>规定” (/articles/later).\n" in answer_text(
        english
    )


def test_an_article_that_is_no_longer_valid_says_so() -> None:
    quote = replace(QUOTES["parcels"], standing=Standing(was_valid_until=date(2025, 12, 31)))
    english = Answer("parcels?", "en", "answered", 0.9, (quote,), (), 1.5)
    assert "\n  Was valid until 2025-12-31; it is no longer.\n" in answer_text(english)
    chinese = replace(english, language="zh-Hans")
    assert "\n  有效期至2025-12-31，现已失效。\n" in answer_text(chinese)


def test_what_a_machine_has_read_from_a_scan_says_so() -> None:
    quote = QUOTES["parcels"]
    quote = replace(quote, article=replace(quote.article, scan="0" * 32))
    answer = Answer("快递?", "zh-Hans", "answered", 0.9, (quote,), (), 1.5)
    assert "\n  由机器从扫描件识别，可能有错字。\n" in answer_text(answer)
    assert "\n由机器从扫描件识别，可能有错字。\n" in short_text(answer, "https://city.example", 2000)


def test_without_an_answer_the_nearest_are_named() -> None:
    assert answer_text(StubBot().ask("天气")) == (
        "已发布的文章里没有找到这个问题的答案。\n内容最接近的文章：\n"
        "  市邮政管理局 邮政管理局督导快递安全 ——筑牢寄递防线\n"
        "  Is base-station radiation safe?"
    )


def test_small_talk_is_its_reply() -> None:
    assert answer_text(StubBot().ask("你好")) == "您好！\n· 快递安全吗?"


def test_what_is_asked_back_names_each_choice() -> None:
    assert answer_text(StubBot().ask("哪个街道?")) == (
        "您问的是哪一个？\n· 雪松街道：新规?\n· <古城>街道：恶意?"
    )


def test_each_question_of_a_line_has_its_own_answer_below_it() -> None:
    text = answer_text(StubBot().ask("新规并且天气?"))
    assert text.startswith("新规?\n文章里这样写道：\n\n  旧的不再适用。\n")
    assert "\n\n天气?\n已发布的文章里没有找到这个问题的答案。\n内容最接近的文章：\n" in text


def test_in_short_nothing_published_is_cut() -> None:
    base, answer = "https://ask.example.com", StubBot().ask("恶意")
    whole = short_text(answer, base, 2048)
    link = whole.splitlines()[-1]
    assert link.startswith("https://ask.example.com/articles/hostile?quote=")
    assert "第二句在这里。" in whole.splitlines()
    assert short_text(answer, base, len(whole.encode())) == whole
    assert short_text(answer, base, len(whole.encode()) - 1) == link
    assert short_text(answer, base, 30) == base
