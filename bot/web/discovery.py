"""What search engines are told: an article's description and JSON-LD, the sitemap, robots.txt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

from bot.publisher import Publisher
from bot.questions import detect_language
from bot.web.links import article_link
from bot.web.publisher_files import LOGO
from corpus.article import Article
from corpus.sentences import sentences

__all__ = ["described", "news_article", "robots", "sitemap"]

DESCRIPTION = 160
"""Characters of a description; search engines show about as many."""

SITEMAP_LIMIT = 50_000
"""Addresses of one sitemap: https://www.sitemaps.org/protocol.html."""


def described(article: Article) -> str:
    """The article's first sentences, at least one, in its own words."""
    text = ""
    for start, end in sentences(article.body, 0, 4 * DESCRIPTION):
        if text and len(text) + end - start > DESCRIPTION:
            break
        text += article.body[start:end]
    return text or article.heading


def news_article(article: Article, publisher: Publisher, base: str) -> dict[str, Any]:
    """The article as schema.org's NewsArticle, with what is known of it."""
    address = base + article_link(article.id)
    known = {
        "headline": article.title,
        "alternativeHeadline": " ".join(part for part in (article.kicker, article.subtitle) if part),
        "description": described(article),
        "datePublished": article.published.isoformat() if article.published else "",
        "articleSection": article.section,
        "creditText": article.byline,
        "inLanguage": detect_language(article.body),
        "url": address,
        "mainEntityOfPage": address,
        "isBasedOn": article.url if article.url.startswith(("https://", "http://")) else "",
        "publisher": _organization(article.source or publisher.name, publisher, base),
    }
    return {"@context": "https://schema.org", "@type": "NewsArticle"} | {k: v for k, v in known.items() if v}


def _organization(name: str, publisher: Publisher, base: str) -> dict[str, str]:
    if not name:
        return {}
    logo = {"logo": base + LOGO} if publisher.logo and name == publisher.name else {}
    return {"@type": "Organization", "name": name, **logo}


def sitemap(articles: Iterable[Article], base: str) -> str:
    """The chat page, the list and every article, by sitemaps.org's protocol.

    Without dates: it is not known when an article was last changed.
    """
    paths = ["/", "/articles", *(article_link(article.id) for article in articles)][:SITEMAP_LIMIT]
    entries = "".join(f"<url><loc>{escape(base + path)}</loc></url>\n" for path in paths)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    )


def robots(base: str) -> str:
    """Everything that people see may be indexed."""
    return f"User-agent: *\nDisallow: /api/\nDisallow: /gradio_api/\n\nSitemap: {base}/sitemap.xml\n"
