"""Questions that are offered: answered ones, of different articles, and found without reading an archive."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from bot.examples import choose_examples
from corpus.article import Article


def archive() -> Iterator[Article]:
    """Without an end."""
    return (Article(f"a-{n}", f"通知{n} 副题", f"第{n}号通知。\n\n谁要看第{n}号?") for n in count())


def test_an_archives_first_questions_are_tried() -> None:
    tried: list[str] = []

    def answered_by(question: str) -> str | None:
        tried.append(question)
        return question[-3:-1] if len(tried) > 30 else None

    assert choose_examples((), archive(), "zh-Hans", answered_by) == (
        "谁要看第30号?", "谁要看第31号?", "谁要看第32号?", "谁要看第33号?",
    )  # fmt: skip
    assert choose_examples((), archive(), "zh-Hans", lambda question: None) == ()


def test_one_question_an_article_the_publishers_own_first() -> None:
    written = ("停水怎么办?", "What about water?", "储水吗?")
    answers = {"停水怎么办?": "a-0", "储水吗?": "a-0", "谁要看第0号?": "a-0", "谁要看第1号?": "a-1"}
    assert choose_examples(written, archive(), "zh-Hans", answers.get) == ("停水怎么办?", "谁要看第1号?")
    assert choose_examples(written, archive(), "en", {"What about water?": "a-0"}.get) == (
        "What about water?",
    )


def test_none_is_tried_when_there_is_no_more_time() -> None:
    time = iter((True, True, False))
    tried: list[str] = []
    choose_examples((), archive(), "zh-Hans", lambda question: tried.append(question), lambda: next(time))
    assert tried == ["谁要看第0号?", "谁要看第1号?"]
