"""Verification of a copied quote: to the letter, cut, altered, changed since, or withdrawn since."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from bot import messages
from bot.answering.answerer import Answerer
from bot.answering.signing import QuoteSigner, without_space
from bot.messages import Message
from bot.publisher import Publisher
from bot.web import routes
from bot.web.pages import page
from bot.web.schema import problem_responses
from corpus.article import Article
from corpus.sentences import sentences

__all__ = ["Verified", "split_copied", "verified", "verify_routes"]

QUOTE_LIMIT, LINK_LIMIT = 4000, 1000
"""Characters that are looked at."""

State = Literal["verbatim", "cut", "altered", "changed", "withdrawn", "unknown"]

SAYS: Mapping[State, Message] = {
    "verbatim": messages.VERIFY_VERBATIM,
    "cut": messages.VERIFY_CUT,
    "altered": messages.VERIFY_ALTERED,
    "changed": messages.VERIFY_CHANGED,
    "withdrawn": messages.VERIFY_WITHDRAWN,
    "unknown": messages.VERIFY_UNKNOWN,
}

LINK = re.compile(r"\S*/articles/[^\s?]+\?\S*quote=\S+")
SOURCE_LINE = re.compile(r"^\s*—— ", re.MULTILINE)
"""Begins the line of the source in what the copy button gives."""


@dataclass(frozen=True)
class Verified:
    """Verdict on a quote. `verbatim`: whole sentences that stand in the article now. `cut`: they stand
    there, but begin or end within a sentence. `altered`: they do not stand there, and were not signed here.
    `changed`: they were quoted to the letter, and the article has changed since. `withdrawn`: the article is
    withdrawn. `unknown`: the link names no article. `was_quoted`: the words were signed here.
    """

    state: State
    article_id: str = ""
    title: str = ""
    was_quoted: bool = False


def split_copied(text: str, link: str = "") -> tuple[str, str]:
    """The words and the link of what the copy button gave, in one field or in two."""
    found = LINK.findall(text)
    if not link.strip() and found:
        link = found[-1]
    words = SOURCE_LINE.split(LINK.sub("", text), maxsplit=1)[0]
    return words.strip()[:QUOTE_LIMIT], link.strip()[:LINK_LIMIT]


def verified(text: str, link: str, bot: Answerer, signer: QuoteSigner | None) -> Verified:
    """What is so of the words by the article that the link names; white space does not count."""
    try:
        address = urlsplit(link)
    except ValueError:
        return Verified("unknown")
    _, found, name = address.path.rpartition("/articles/")
    article_id = unquote(name) if found else ""
    signature = (parse_qs(address.query).get("sig") or [""])[0]
    was_quoted = bool(signer and text and signer.is_own(article_id, text, signature))
    if gone := bot.withdrawn.get(article_id):
        return Verified("withdrawn", article_id, gone.title, was_quoted)
    article = bot.articles.get(article_id)
    if article is None or not text:
        return Verified("unknown")
    return Verified(_state(without_space(text), article, was_quoted), article_id, article.title, was_quoted)


def _state(words: str, article: Article, was_quoted: bool) -> State:
    body = without_space(article.body)
    if words not in body:
        return "changed" if was_quoted else "altered"
    ends, at = {0}, 0
    for start, end in sentences(article.body):
        at += len(without_space(article.body[start:end]))
        ends.add(at)
    places = (match.start() for match in re.finditer(f"(?={re.escape(words)})", body))
    is_whole = any(place in ends and place + len(words) in ends for place in places)
    return "verbatim" if is_whole else "cut"


def verify_routes(bot: Answerer, publisher: Publisher, signer: QuoteSigner | None) -> APIRouter:
    """/verify: a page for people, JSON for programs that do not ask for HTML."""
    router = APIRouter()

    @routes.VERIFY.on(router, responses=problem_responses(422, 429))
    def verify(request: Request, text: str = "", link: str = "") -> Response:
        """Say of a copied quote with its link whether it stands to the letter."""
        words, address = split_copied(text, link)
        found = verified(words, address, bot, signer) if words or address else None
        if "text/html" not in request.headers.get("accept", ""):
            return JSONResponse(asdict(found or Verified("unknown")))
        says = SAYS[found.state] if found else None
        return page(
            request,
            publisher,
            "verify.html",
            found=found,
            says=says,
            text=text[:QUOTE_LIMIT],
            link=link[:LINK_LIMIT],
        )

    return router
