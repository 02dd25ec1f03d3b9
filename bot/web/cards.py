"""Answers and articles as HTML: our few tags around text that is escaped and otherwise untouched."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot import messages
from bot.answer import Answer, Quote
from bot.questions import Language, detect_language
from bot.web.prose import Block, blocks, cut
from corpus.article import Article

__all__ = ["article_page", "nearest_list", "quote_card", "said", "trouble", "verdict"]

Span = tuple[int, int]

VERDICTS = {"answered": messages.ANSWERED, "unsure": messages.UNSURE, "none": messages.NONE}


def said(text: str) -> str:
    """The visitor's own words."""
    return f'<p class="said">{escape(text)}</p>'


def trouble(text: str) -> str:
    """Why there is no answer."""
    return f'<p class="notice trouble" role="alert">{escape(text)}</p>'


def verdict(answer: Answer) -> str:
    """What the bot makes of the quotes that follow, or its reply to small talk."""
    lines = answer.reply.splitlines() or [VERDICTS[answer.verdict].to(answer.language)]
    return f'<p class="notice">{"<br>".join(map(escape, lines))}</p>'


def nearest_list(articles: Sequence[Article], language: Language, opens: Sequence[str]) -> str:
    """The titles of the nearest articles, each to be opened."""
    buttons = (_read(article.title, key) for article, key in zip(articles, opens, strict=True))
    items = "".join(f"<li>{button}</li>" for button in buttons)
    return f'<p class="nearest">{messages.NEAREST.to(language)}</p><ul class="nearest">{items}</ul>'


def quote_card(quote: Quote, language: Language, opens: str) -> str:
    """The quote with its best sentences marked, and under it where it comes from and how to open it."""
    text = _marked(Block(quote.start, quote.text, False), (quote.start, quote.end), quote.marks)
    return (
        f'<figure class="quote"><blockquote lang="{detect_language(quote.text)}">{text}</blockquote>'
        f"<figcaption><cite>{escape(quote.article.title)}</cite>{_origin(quote.article, language)}"
        f"{_read(messages.READ_ARTICLE.to(language), opens)}</figcaption></figure>"
    )


def article_page(article: Article, quote: Quote | None, language: Language) -> str:
    """The whole article; the quote stands out in it."""
    quoted, marks = ((quote.start, quote.end), quote.marks) if quote else ((0, 0), ())
    head = "".join(
        f'<p class="{name}">{escape(text)}</p>' if name != "title" else f"<h2>{escape(text)}</h2>"
        for name in ("kicker", "title", "subtitle")
        if (text := str(getattr(article, name)))
    )
    text = "".join(_block(block, quoted, marks) for block in blocks(article.body))
    return (
        f'<article lang="{detect_language(article.body)}"><header>{head}{_origin(article, language)}</header>'
        f"{text}</article>"
    )


def _block(block: Block, quoted: Span, marks: Sequence[Span]) -> str:
    tag = "h3" if block.is_subhead else "p"
    return f"<{tag}>{_marked(block, quoted, marks)}</{tag}>"


def _marked(block: Block, quoted: Span, marks: Sequence[Span]) -> str:
    return "".join(_piece(text, at, quoted, marks) for at, text in cut(block, (quoted, *marks)))


def _piece(text: str, at: int, quoted: Span, marks: Sequence[Span]) -> str:
    if any(a <= at < b for a, b in marks):
        return f"<mark>{escape(text)}</mark>"
    if quoted[0] <= at < quoted[1]:
        return f'<span class="quoted">{escape(text)}</span>'
    return escape(text)


def _read(label: str, opens: str) -> str:
    return f'<button type="button" class="read" value="{escape(opens)}">{escape(label)}</button>'


def _origin(article: Article, language: Language) -> str:
    published = article.published.isoformat() if article.published else ""
    stated = [escape(part) for part in (article.source, published, article.section, article.byline) if part]
    if article.url.startswith(("https://", "http://")):
        words = messages.ORIGINAL_PAGE.to(language)
        stated.append(f'<a href="{escape(article.url)}" target="_blank" rel="noopener">{words}</a>')
    return f'<p class="origin">{" · ".join(stated)}</p>' if stated else ""
