"""Answers as HTML: our few tags around text that is escaped and otherwise untouched.

Gradio's page takes these attributes alone: class, id, lang, value, href, title, hidden. The page's script
adds what screen readers need besides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from bot import messages
from bot.answering.bot import Answer, Quote
from bot.answering.small_talk import LISTED
from bot.answering.succession import ALONE, Standing
from bot.language import Language, detect_language
from bot.messages import Message
from bot.web.language import age_words, date_words
from bot.web.links import article_link, quote_link
from corpus.article import Article
from corpus.body import Block, blocks, cut

__all__ = [
    "VERY_SURE",
    "Span",
    "contact",
    "copies",
    "full_text",
    "marked",
    "nearest_list",
    "origin",
    "quote_card",
    "receipt",
    "said",
    "suggestions",
    "tools",
    "trouble",
    "verdict",
    "warnings",
]


def warnings(article: Article, standing: Standing, language: Language, base: str) -> str:
    """A correction, and what has taken the article's place: what nobody must read over.

    `base` stands before links.
    """
    return _correction(article, language) + _supersession(standing.superseded_by, language, base)


def copies(standing: Standing, language: Language, base: str) -> str:
    """The articles with the same text, each with source, date and its own correction; "" without any."""
    if not standing.also_in:
        return ""
    items = "".join(f"<li>{_copy(article, language, base)}</li>" for article in standing.also_in)
    return f'<div class="also" lang="{language}"><p>{messages.ALSO_IN.to(language)}</p><ul>{items}</ul></div>'


def _correction(article: Article, language: Language) -> str:
    if not article.correction:
        return ""
    words = escape(messages.CORRECTION.to(language, note=article.correction))
    return f'<p class="correction" lang="{language}">{words}</p>'


def _supersession(newer: Article | None, language: Language, base: str) -> str:
    if newer is None:
        return ""
    before, after = messages.SUPERSEDED.to(language, link="\n").split("\n")
    link = _link(newer, messages.SUPERSEDED_TITLE.to(language, title=newer.title), base)
    return f'<p class="superseded" lang="{language}">{escape(before)}{link}{escape(after)}</p>'


def _copy(article: Article, language: Language, base: str) -> str:
    day = date_words(article.published, language) if article.published else ""
    stated = escape(" · ".join(part for part in (article.source, day) if part))
    origin = f' <span class="stated">{stated}</span>' if stated else ""
    return f"{_link(article, article.title, base)}{origin}{_correction(article, language)}"


def _link(article: Article, words: str, base: str) -> str:
    address = escape(base + article_link(article.id))
    return f'<a href="{address}" lang="{detect_language(article.title)}">{escape(words)}</a>'


def origin(article: Article, language: Language) -> str:
    """The line as HTML; "" where the article's source states nothing."""
    parts = list(_parts(article, language))
    return f'<p class="origin">{" · ".join(parts)}</p>' if parts else ""


def _parts(article: Article, language: Language) -> Iterator[str]:
    if article.source:
        yield escape(article.source)
    if article.published:
        yield escape(date_words(article.published, language))
        if age := age_words(article.published, language, date.today()):
            yield f'<strong class="age">{escape(age)}</strong>'
    yield from (escape(part) for part in (article.section, article.byline) if part)
    if article.url.startswith(("https://", "http://")):
        yield f'<a href="{escape(article.url)}">{messages.ORIGINAL_PAGE.to(language)}</a>'


Span = tuple[int, int]


def marked(block: Block, quoted: Span, marks: Sequence[Span]) -> str:
    """A block's text, escaped, the quoted words and the marked sentences in it in tags of their own."""
    return "".join(_piece(text, at, quoted, marks) for at, text in cut(block, (quoted, *marks)))


def _piece(text: str, at: int, quoted: Span, marks: Sequence[Span]) -> str:
    if any(a <= at < b for a, b in marks):
        return f"<mark>{escape(text)}</mark>"
    if quoted[0] <= at < quoted[1]:
        return f'<span class="quoted">{escape(text)}</span>'
    return escape(text)


VERDICTS = {"answered": messages.ANSWERED, "unsure": messages.UNSURE, "none": messages.NONE}
VERY_SURE = 0.85
"""The probability, 0 to 1, from which on "very likely" is said of an answer."""


def said(text: str) -> str:
    """The visitor's own words."""
    return f'<p class="said">{escape(text)}</p>'


def trouble(text: str, language: Language, again: str = "") -> str:
    """Why there is no answer, and a button to ask `again` where that may help."""
    button = _button("again", messages.AGAIN.to(language), again) if again else ""
    notice = f'<p class="notice" role="alert">{escape(text)}</p>'
    return f'<div class="trouble" lang="{language}">{notice}{button}</div>'


def verdict(answer: Answer, language: Language) -> str:
    """One line: what the bot makes of the quotes that follow, where they come from and how sure it is.

    Or its reply to small talk, the questions in that to be asked by a click.
    """
    if answer.reply:
        return f'<div class="talk" lang="{language}">{"".join(map(_spoken, answer.reply.splitlines()))}</div>'
    basis = f' <span class="basis">{escape(_basis(answer, language))}</span>' if answer.quotes else ""
    words = escape(VERDICTS[answer.verdict].to(language))
    return f'<p class="notice {answer.verdict}" lang="{language}"><strong>{words}</strong>{basis}</p>'


def _spoken(line: str) -> str:
    question = line.removeprefix(LISTED)
    return f"<p>{escape(line)}</p>" if question == line else _button("suggested", question, question)


def _basis(answer: Answer, language: Language) -> str:
    count = len({quote.article.id for quote in answer.quotes})
    where = (messages.FROM_ONE if count == 1 else messages.FROM_SEVERAL).to(language, count=count)
    return f"{where} · {_sureness(answer).to(language)}"


def _sureness(answer: Answer) -> Message:
    if answer.verdict == "unsure":
        return messages.NOT_SURE
    return messages.VERY_SURE if answer.confidence >= VERY_SURE else messages.SURE


def quote_card(quote: Quote, language: Language, opens: str, base: str) -> str:
    """The quote with its best sentences marked; above it what has become of the article since, under it where
    it comes from, and what to do with it.

    `base` stands before links.
    """
    text = marked(Block(quote.start, quote.text, False), (quote.start, quote.end), quote.marks)
    title = quote.article.title
    return (
        f'<figure class="quote">{warnings(quote.article, quote.standing, language, base)}'
        f'<blockquote lang="{detect_language(quote.text)}">{text}</blockquote>'
        f'<figcaption lang="{language}"><cite lang="{detect_language(title)}">{escape(title)}</cite>'
        f"{origin(quote.article, language)}{copies(quote.standing, language, base)}"
        f"{_actions(quote, language, opens, base)}</figcaption></figure>"
    )


def _actions(quote: Quote, language: Language, opens: str, base: str) -> str:
    link = escape(base + quote_link(quote.article.id, quote.start, quote.text))
    read = _read(messages.READ_ARTICLE.to(language), opens)
    copy = _button("copy", messages.COPY.to(language))
    share = f'<a class="share" href="{link}">{escape(messages.SHARE.to(language))}</a>'
    return f'<p class="actions">{read}<span class="pair">{copy}{share}</span></p>'


def tools(answer_id: str, language: Language) -> str:
    """What to do with a whole answer: have it read aloud, judge it."""
    aloud = _button("aloud", messages.READ_ALOUD.to(language))
    asked = f"<p>{escape(messages.DID_IT_HELP.to(language))}</p>"
    good = _button("vote up", messages.GOOD.to(language), answer_id)
    bad = _button("vote down", messages.BAD.to(language), answer_id)
    return f'<div class="tools" lang="{language}">{aloud}{asked}<span class="pair">{good}{bad}</span></div>'


def nearest_list(articles: Sequence[Article], language: Language, opens: Sequence[str]) -> str:
    """The nearest articles, each to be opened."""
    if not articles:
        return ""
    buttons = (_read(article.title, key) for article, key in zip(articles, opens, strict=True))
    items = "".join(f"<li>{button}</li>" for button in buttons)
    return (
        f'<div class="nearest" lang="{language}"><p>{messages.NEAREST.to(language)}</p><ul>{items}</ul></div>'
    )


def contact(words: str, language: Language) -> str:
    """Whom to ask instead, if the publisher says so."""
    if not words:
        return ""
    whole = messages.CONTACT.to(language, contact=f"<span>{escape(words)}</span>")
    return f'<p class="contact" lang="{language}">{whole}</p>'


def suggestions(questions: Sequence[str], language: Language, number: int) -> str:
    """Questions to go on with after the wish of that number; there may be none."""
    items = "".join(f"<li>{_button('suggested', question, question)}</li>" for question in questions)
    inside = f"<p>{escape(messages.ASK_ALSO.to(language))}</p><ul>{items}</ul>" if items else ""
    return f'<div class="more" id="more-{number}" lang="{language}">{inside}</div>'


def receipt(number: int) -> str:
    """Tells the page's script that the wish of that number was fulfilled."""
    return f'<p class="receipt" id="receipt-{number}" hidden></p>'


def _read(label: str, opens: str) -> str:
    """A button that opens an article in the panel; `opens` is the key of the offer."""
    return _button("read", label, opens)


def _button(kind: str, label: str, value: str = "") -> str:
    return f'<button type="button" class="{kind}" value="{escape(value)}">{escape(label)}</button>'


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
