"""An answer as plain text: for a terminal, and for a program that shows no HTML."""

from __future__ import annotations

from dataclasses import replace

from bot import messages
from bot.answering.bot import Answer, Quote
from bot.language import Language
from bot.web.links import article_link
from corpus.article import Article

__all__ = ["answer_text"]

INDENT = "  "


def answer_text(answer: Answer) -> str:
    """The verdict, then the sentence that answers with its source line; or the nearest articles.

    Below that, under words that say what they are, the whole quote and further quotes. The quoted text is
    untouched, each line of it after "  ", and below its source what has become of the article since, and
    where else it was published. Small talk is its reply alone. Of several questions of one line each has its
    own answer below it. The publisher's cards go before all else.
    """
    cards = [line for card in answer.cards for line in (card.title, "", card.text, "")]
    if answer.parts:
        parts = [line for part in answer.parts for line in (part.question, _said(_first_only(part)), "")]
        return "\n".join([*cards, *parts[:-1]])
    return "\n".join([*cards, _said(answer)]) if answer.quotes or not cards else "\n".join(cards[:-1])


def _first_only(answer: Answer) -> Answer:
    return replace(answer, quotes=answer.quotes[:1])


def _said(answer: Answer) -> str:
    language = answer.language
    if answer.verdict == "talk":
        return answer.reply
    verdict = {"answered": messages.ANSWERED, "unsure": messages.UNSURE, "none": messages.NONE}
    lines = [verdict[answer.verdict].to(language)]
    if answer.quotes:
        first, *others = answer.quotes
        lines += ["", *_quote(first, language)]
        if others:
            count = len(others)
            message = messages.FURTHER_ONE if count == 1 else messages.FURTHER
            lines += ["", message.to(language, count=count)]
        for quote in others:
            lines += ["", *_quote(quote, language)]
    elif answer.nearest:
        lines += [messages.NEAREST.to(language), *(INDENT + article.heading for article in answer.nearest)]
    return "\n".join(lines)


def _quote(quote: Quote, language: Language) -> list[str]:
    article, standing = quote.article, quote.standing
    start, end = quote.sentence
    lines = [
        *article.body[start:end].split("\n"),
        f"—— {_origin(article, article.byline)}",
        *_correction(article, language),
    ]
    if standing.was_valid_until:
        lines.append(messages.WAS_VALID.to(language, date=standing.was_valid_until))
    if newer := standing.superseded_by:
        lines.append(messages.SUPERSEDED.to(language, link=_named(newer, language)))
    if (start, end) != (quote.start, quote.end):
        lines.append(messages.CONTEXT.to(language))
        lines += [INDENT + line for line in quote.text.split("\n")]
    if standing.also_in:
        lines.append(messages.ALSO_IN.to(language))
        for copy in standing.also_in:
            told = [_origin(copy, article_link(copy.id)), *_correction(copy, language)]
            lines += [INDENT + line for line in told]
    return [INDENT + line for line in lines]


def _correction(article: Article, language: Language) -> list[str]:
    return [messages.CORRECTION.to(language, note=article.correction)] if article.correction else []


def _origin(article: Article, last: str) -> str:
    stated = (article.heading, article.source, str(article.published or ""), last)
    return " · ".join(part for part in stated if part)


def _named(article: Article, language: Language) -> str:
    title = messages.SUPERSEDED_TITLE.to(language, title=article.title)
    link = article_link(article.id)
    return f"{title} ({link})" if language == "en" else f"{title}（{link}）"
