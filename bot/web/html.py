"""Answers as HTML for the chat page: the macros of templates/answer.html with what they are told.

Gradio's page takes these attributes alone: class, id, lang, value, href, title, hidden. The page's script
adds what screen readers need besides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from bot import messages
from bot.answering.bot import Answer, Quote
from bot.answering.cards import Card
from bot.answering.small_talk import LISTED
from bot.answering.succession import ALONE, Standing
from bot.language import Language
from bot.messages import Message
from bot.web.contacts import contact_parts, phone_link
from bot.web.links import article_link, quote_link
from bot.web.rendering import Reader, macro
from bot.web.text_runs import TextRun, text_runs
from corpus.article import Article
from corpus.body import Block, blocks

__all__ = [
    "VERY_SURE",
    "TextBlock",
    "contact",
    "copies",
    "full_text",
    "further",
    "nearest_list",
    "notices",
    "part",
    "quote_card",
    "receipt",
    "said",
    "suggestions",
    "text_blocks",
    "trouble",
    "verdict",
    "vote_buttons",
    "warnings",
]

VERY_SURE = 0.85
"""The probability, 0 to 1, from which on "very likely" is said of an answer."""

VERDICTS = {"answered": messages.ANSWERED, "unsure": messages.UNSURE, "none": messages.NONE}


def _made(name: str, *values: object) -> str:
    return macro("answer.html", name, *values)


def said(text: str) -> str:
    """The visitor's own words."""
    return f'<p class="said">{escape(text)}</p>'


def receipt(number: int) -> str:
    """Tells the page's script that the command of that number was fulfilled."""
    return f'<p class="receipt" id="receipt-{number}" hidden></p>'


def trouble(text: str, language: Language, again: str = "") -> str:
    """Why there is no answer, and a button to ask `again` where that may help."""
    return _made("trouble", text, again, Reader(language, ""))


def notices(cards: Sequence[Card], language: Language) -> str:
    """The publisher's notices for somebody in need, their numbers as links; "" where there are none."""
    shown = [(card, [(phone, phone_link(phone)) for phone in card.phones]) for card in cards]
    return _made("notices", shown, Reader(language, "")) if shown else ""


def verdict(answer: Answer, language: Language, opens: Sequence[str] = ()) -> str:
    """One line: what the bot makes of the quotes that follow, where they come from and how sure it is.

    Or its reply to small talk, the questions in that to be asked by a click; articles that it lists are
    opened by their keys in `opens`, and choices are links that ask their questions.
    """
    reader = Reader(language, "")
    if answer.listed:
        said = answer.reply.splitlines()[0]
        return _made("listed", said, list(zip(answer.listed, opens, strict=True)), reader)
    if answer.choices:
        return _made("choices", answer.reply.splitlines()[0], answer.choices, reader)
    if answer.reply:
        lines = [(line.removeprefix(LISTED), line.startswith(LISTED)) for line in answer.reply.splitlines()]
        return _made("talk", lines, reader)
    basis = _basis(answer, language) if answer.quotes else ""
    return _made("verdict", answer.verdict, VERDICTS[answer.verdict].to(language), basis, reader)


def _basis(answer: Answer, language: Language) -> str:
    count = len({quote.article.id for quote in answer.quotes})
    where = (messages.FROM_ONE if count == 1 else messages.FROM_SEVERAL).to(language, count=count)
    return f"{where} · {_sureness(answer).to(language)}"


def _sureness(answer: Answer) -> Message:
    if answer.verdict == "unsure":
        return messages.NOT_SURE
    return messages.VERY_SURE if answer.confidence >= VERY_SURE else messages.SURE


class CardParts(NamedTuple):
    """A quote in two parts: the sentence that answers, and the whole; [] where that is all there is."""

    sentence: list[TextRun]
    context: list[TextRun]


def quote_card(quote: Quote, language: Language, opens: str, base: str) -> str:
    """The sentence that answers, its source, the words around it folded, and what to do with it; before all
    that what has become of the article since.

    `opens` is the key of the offer that opens the article, `base` stands before links.
    """
    start, end = quote.sentence
    clauses = (quote.clause,) if quote.clause else ()
    block = Block(quote.start, quote.text, False)
    parts = CardParts(
        text_runs(Block(start, quote.article.body[start:end], False), (), ((start, end),), clauses),
        text_runs(block, ((quote.start, quote.end),), quote.marks)
        if (start, end) != (quote.start, quote.end)
        else [],
    )
    return _made("card", quote, parts, opens, Reader(language, base))


def further(cards: Sequence[str], language: Language) -> str:
    """The cards of the quotes after the first one, folded; "" where there are none."""
    return _made("further", [Markup(card) for card in cards], Reader(language, "")) if cards else ""


def part(answer: Answer, language: Language, opens: Mapping[str, str], base: str) -> str:
    """One of several questions of a line, and the sentence that answers it.

    `opens` holds for each quote's text the key of the offer that opens its article.
    """
    shown = answer.quotes[:1]
    cards = [Markup(quote_card(quote, language, opens[quote.text], base)) for quote in shown]
    line = verdict(replace(answer, quotes=shown, listed=()), language)
    return _made("part", answer.question, Markup(line), cards, Reader(language, base))


def vote_buttons(answer_id: str, language: Language) -> str:
    """Whether the answer helped."""
    return _made("votes", answer_id, Reader(language, ""))


def nearest_list(articles: Sequence[Article], language: Language, opens: Sequence[str]) -> str:
    """The nearest articles, each to be opened by its key in `opens`; "" where there are none."""
    return _made("nearest", list(zip(articles, opens, strict=True)), Reader(language, ""))


def contact(words: str, language: Language) -> str:
    """Whom to ask instead, if the publisher says so: numbers and addresses as links."""
    return _made("contact", contact_parts(words), Reader(language, ""))


def suggestions(questions: Sequence[str], language: Language, number: int) -> str:
    """Questions to go on with after the command of that number; there may be none."""
    return _made("suggestions", questions, number, Reader(language, ""))


def warnings(article: Article, standing: Standing, language: Language, base: str) -> str:
    """A correction, that a machine has read it, a last day that is over, and what has taken its place.

    `base` stands before links.
    """
    return _made("warnings", article, standing, Reader(language, base))


def copies(standing: Standing, language: Language, base: str) -> str:
    """The articles with the same text, each with source, date and its own correction; "" without any."""
    return _made("copies", standing, Reader(language, base))


class TextBlock(NamedTuple):
    is_subhead: bool
    runs: list[TextRun]


def text_blocks(
    body: str, quoted: Sequence[tuple[int, int]], marks: Sequence[tuple[int, int]]
) -> list[TextBlock]:
    """The body's blocks in text runs, as the macro `body` shows them."""
    return [TextBlock(block.is_subhead, text_runs(block, quoted, marks)) for block in blocks(body)]


def full_text(
    article: Article, quote: Quote | None, language: Language, base: str, standing: Standing = ALONE
) -> str:
    """The article; the quote stands out in it. `base` stands before links."""
    quoted, marks = (((quote.start, quote.end),), quote.marks) if quote else ((), ())
    shown = text_blocks(article.body, quoted, marks)
    link = article_link(article.id)
    if quote:
        link = quote_link(article.id, quote.start, quote.text, quote.signatures[0])
    return _made("opened", article, standing, shown, link, Reader(language, base))
