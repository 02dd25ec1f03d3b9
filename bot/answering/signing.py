"""Signatures of quotes, which tell what was once quoted from what never was."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import replace

from bot.answering.answer import Answer
from bot.answering.answerer import Answerer, AnswererProxy
from bot.answering.quote import Quote

__all__ = ["QuoteSigner", "SigningAnswerer", "without_space"]

DIGITS = 24
"""Hex digits of a signature: 96 bits."""


def without_space(text: str) -> str:
    """The text without white space, which copying changes."""
    return "".join(text.split())


class QuoteSigner:
    """Signs words of an article by a key that this installation alone has."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def sign(self, article_id: str, text: str) -> str:
        """HMAC-SHA-256 of both, its first 24 hex digits; white space does not count."""
        signed = f"{article_id}\0{without_space(text)}".encode()
        return hmac.new(self._key, signed, "sha256").hexdigest()[:DIGITS]

    def is_own(self, article_id: str, text: str, signature: str) -> bool:
        """Whether these words of the article were signed here; compared in constant time."""
        return hmac.compare_digest(self.sign(article_id, text).encode(), signature.encode())


class SigningAnswerer(AnswererProxy[Answerer]):
    """Answers as `bot` does, with quotes that are signed."""

    def __init__(self, bot: Answerer, signer: QuoteSigner) -> None:
        super().__init__(bot)
        self._signer = signer

    def ask(self, question: str, history: Sequence[str] = (), top: int = 3) -> Answer:
        return self._signed(super().ask(question, history, top))

    def _signed(self, answer: Answer) -> Answer:
        return replace(
            answer,
            quotes=tuple(map(self._sign, answer.quotes)),
            parts=tuple(map(self._signed, answer.parts)),
        )

    def _sign(self, quote: Quote) -> Quote:
        start, end = quote.sentence
        texts = (quote.text, quote.article.body[start:end])
        whole, sentence = (self._signer.sign(quote.article.id, text) for text in texts)
        return replace(quote, signatures=(whole, sentence))
