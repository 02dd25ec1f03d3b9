"""A whole article as HTML, for the panel beside the conversation."""

from __future__ import annotations

from html import escape

from bot import messages
from bot.answer import Quote
from bot.questions import Language, detect_language
from bot.standing import ALONE, Standing
from bot.web.links import article_link, quote_link
from bot.web.notices import copies, warnings
from bot.web.origin import origin
from bot.web.prose import Block, blocks
from bot.web.quoted import marked
from corpus.article import Article

__all__ = ["full_text"]


def full_text(
    article: Article, quote: Quote | None, language: Language, base: str, standing: Standing = ALONE
) -> str:
    """The article; the quote stands out in it. `base` stands before links."""
    head = "".join(
        f'<p class="{name}">{escape(text)}</p>' if name != "title" else f"<h2>{escape(text)}</h2>"
        for name in ("kicker", "title", "subtitle")
        if (text := str(getattr(article, name)))
    )
    text = "".join(_block(block, quote) for block in blocks(article.body))
    return (
        f"{warnings(article, standing, language, base)}"
        f'<article lang="{detect_language(article.body)}"><header>{head}{origin(article, language)}</header>'
        f"{text}{_own_page(article, quote, language, base)}</article>{copies(standing, language, base)}"
    )


def _block(block: Block, quote: Quote | None) -> str:
    tag = "h3" if block.is_subhead else "p"
    quoted, marks = ((quote.start, quote.end), quote.marks) if quote else ((0, 0), ())
    return f"<{tag}>{marked(block, quoted, marks)}</{tag}>"


def _own_page(article: Article, quote: Quote | None, language: Language, base: str) -> str:
    link = quote_link(article.id, quote.start, quote.text) if quote else article_link(article.id)
    words = escape(messages.ARTICLE_PAGE.to(language))
    return f'<p class="own-page" lang="{language}"><a href="{escape(base + link)}">{words}</a></p>'
