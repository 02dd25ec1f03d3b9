"""Answers as HTML: our few tags around text that is escaped and otherwise untouched.

Gradio's page takes these attributes alone: class, id, lang, value, href, title, hidden. The page's script
adds what screen readers need besides.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot import messages
from bot.answer import Answer, Quote
from bot.messages import Message
from bot.questions import Language, detect_language
from bot.small_talk import LISTED
from bot.web.links import quote_link
from bot.web.notices import copies, warnings
from bot.web.origin import origin
from bot.web.prose import Block
from bot.web.quoted import marked
from corpus.article import Article

__all__ = [
    "VERY_SURE",
    "contact",
    "nearest_list",
    "quote_card",
    "receipt",
    "said",
    "suggestions",
    "tools",
    "trouble",
    "verdict",
]

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
