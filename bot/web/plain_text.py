"""An answer as plain text: for a terminal, and for a program that shows no HTML."""

from __future__ import annotations

from dataclasses import replace

from bot import messages
from bot.answering.bot import Answer, Quote
from bot.language import Language
from bot.web.links import article_link, quote_link
from corpus.article import Article

__all__ = ["answer_text", "short_text"]

INDENT = "  "


def answer_text(answer: Answer, base: str = "") -> str:
    """The verdict, then the sentence that answers with its source line; or the nearest articles.

    Below that, under words that say what they are, the whole quote and further quotes. The quoted text is
    untouched, each line of it after "  ", and below its source what has become of the article since, and
    where else it was published. Small talk is its reply alone. Of several questions of one line each has its
    own answer below it. The publisher's cards go before all else. With `base`, the service's address, each
    quote's source is followed by its link.
    """
    cards = [line for card in answer.cards for line in (card.title, "", card.text, "")]
    if answer.parts:
        parts = [
            line for part in answer.parts for line in (part.question, _said(_first_only(part), base), "")
        ]
        return "\n".join([*cards, *parts[:-1]])
    return "\n".join([*cards, _said(answer, base)]) if answer.quotes or not cards else "\n".join(cards[:-1])


def short_text(answer: Answer, base: str, most: int) -> str:
    """What a messenger shows: the cards, the verdict, the sentence that answers with its source and link.

    At most so many bytes of UTF-8. Nothing published is cut: a sentence that has no room is left out, and its
    link remains.
    """
    parts = answer.parts or (answer,)
    cards = ["\n".join((card.title, card.text)) for card in answer.cards]
    told = cards if cards and not answer.quotes else [*cards, *(_in_short(part, base) for part in parts)]
    whole = "\n\n".join(told)
    if len(whole.encode()) <= most:
        return whole
    links = [_link(quote, base) for part in parts for quote in part.quotes[:1]]
    shortened = "\n\n".join([*cards, *links] or [base])
    return shortened if len(shortened.encode()) <= most else base


def _in_short(answer: Answer, base: str) -> str:
    if not answer.quotes:
        return _said(answer, base)
    quote, language = answer.quotes[0], answer.language
    start, end = quote.sentence
    verdict = messages.ANSWERED if answer.verdict == "answered" else messages.UNSURE
    lines = [verdict.to(language), quote.article.body[start:end], f"—— {_origin(quote.article, '')}"]
    lines += _warnings(quote.article, language)
    if newer := quote.standing.superseded_by:
        lines.append(messages.SUPERSEDED.to(language, link=_named(newer, language)))
    return "\n".join([*lines, _link(quote, base)])


def _first_only(answer: Answer) -> Answer:
    return replace(answer, quotes=answer.quotes[:1])


def _said(answer: Answer, base: str) -> str:
    language = answer.language
    if answer.verdict == "talk":
        return answer.reply
    verdict = {"answered": messages.ANSWERED, "unsure": messages.UNSURE, "none": messages.NONE}
    lines = [verdict[answer.verdict].to(language)]
    if answer.quotes:
        first, *others = answer.quotes
        lines += ["", *_quote(first, language, base)]
        if others:
            count = len(others)
            message = messages.FURTHER_ONE if count == 1 else messages.FURTHER
            lines += ["", message.to(language, count=count)]
        for quote in others:
            lines += ["", *_quote(quote, language, base)]
    elif answer.nearest:
        lines += [messages.NEAREST.to(language), *(INDENT + article.heading for article in answer.nearest)]
    return "\n".join(lines)


def _quote(quote: Quote, language: Language, base: str) -> list[str]:
    article, standing = quote.article, quote.standing
    start, end = quote.sentence
    lines = [
        *article.body[start:end].split("\n"),
        f"—— {_origin(article, article.byline)}",
        *([_link(quote, base)] if base else []),
        *_warnings(article, language),
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


def _link(quote: Quote, base: str) -> str:
    start, end = quote.sentence
    return base + quote_link(quote.article.id, start, quote.article.body[start:end], quote.signatures[1])


def _warnings(article: Article, language: Language) -> list[str]:
    return [*_correction(article, language), *([messages.SCANNED.to(language)] if article.scan else [])]


def _correction(article: Article, language: Language) -> list[str]:
    return [messages.CORRECTION.to(language, note=article.correction)] if article.correction else []


def _origin(article: Article, last: str) -> str:
    stated = (article.heading, article.source, str(article.published or ""), last)
    return " · ".join(part for part in stated if part)


def _named(article: Article, language: Language) -> str:
    title = messages.SUPERSEDED_TITLE.to(language, title=article.title)
    link = article_link(article.id)
    return f"{title} ({link})" if language == "en" else f"{title}（{link}）"
