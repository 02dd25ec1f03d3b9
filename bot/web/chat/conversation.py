"""Events of the chat page, independent of Gradio."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot import messages
from bot.answering.answerer import Answerer
from bot.answering.bot import Answer, Quote
from bot.answering.question import LIMIT, REFUSED_QUESTION, Question, QuestionError
from bot.answering.small_talk import reply, small_talk
from bot.language import Language, detect_language
from bot.messages import Message
from bot.publisher import Publisher
from bot.web import html as cards
from bot.web.html import full_text
from bot.web.language import spoken
from bot.web.turns import BusyError
from corpus.article import Article

__all__ = [
    "TURNS",
    "ChatCommand",
    "ChatCommandError",
    "ChatConversation",
    "ChatHistory",
    "ChatMessage",
    "Offer",
    "Turn",
    "chat_messages",
    "offers",
    "read_command",
]


@dataclass(frozen=True)
class Turn:
    """A question in the visitor's words, its answer, and the language in which that is shown.

    `number` is the place in the whole conversation, also where its oldest turns are gone.
    """

    number: int
    asked: str
    answer: Answer
    language: Language


class ChatMessage(NamedTuple):
    role: Literal["user", "assistant"]
    html: str


class Offer(NamedTuple):
    """An article that can be opened from an answer, at its quote if there is one."""

    article: Article
    quote: Quote | None


def chat_messages(turns: Sequence[Turn], publisher: Publisher) -> list[ChatMessage]:
    """The whole conversation: for each turn the question, and the parts of its answer."""
    shown = []
    for turn in turns:
        shown.append(ChatMessage("user", cards.said(turn.asked)))
        shown += [ChatMessage("assistant", html) for html in _answer_html(turn, publisher) if html]
    return shown


def _answer_html(turn: Turn, publisher: Publisher) -> Iterator[str]:
    answer, language, keys = turn.answer, turn.language, list(_offered(turn))
    yield cards.notices(answer.cards, language)
    if answer.parts:
        of_quote = {quote.text: key for quote, key in zip(answer.quotes, keys, strict=False)}
        yield from (cards.part(part, language, of_quote, publisher.url or ".") for part in answer.parts)
    elif not answer.cards or answer.quotes:
        yield cards.verdict(answer, language, keys)
    if answer.quotes and not answer.parts:
        first, *others = (
            cards.quote_card(quote, language, key, publisher.url or ".")
            for quote, key in zip(answer.quotes, keys, strict=True)
        )
        yield first
        yield cards.further(others, language)
    if answer.verdict == "none" and not answer.parts:
        yield cards.nearest_list(answer.nearest, language, keys)
    if answer.cards:
        return
    if answer.verdict in ("none", "unsure"):
        yield cards.contact(publisher.contact, language)
    if answer.verdict != "talk":
        yield cards.vote_buttons(answer.answer_id, language)


def offers(turns: Sequence[Turn]) -> dict[str, Offer]:
    """Every article that the conversation offers, by the value of its button: "turn.place"."""
    return {key: offer for turn in turns for key, offer in _offered(turn).items()}


def _offered(turn: Turn) -> dict[str, Offer]:
    """The quotes' articles; where there is no quote those that the reply lists, or the nearest ones."""
    answer = turn.answer
    offered = [Offer(quote.article, quote) for quote in answer.quotes]
    offered = offered or [Offer(article, None) for article in answer.listed or answer.nearest]
    return {f"{turn.number}.{place}": offer for place, offer in enumerate(offered)}


TURNS = 20
"""Questions of one conversation that are kept; the oldest goes first."""


class ChatCommandError(ValueError):
    """The text is no command of our script."""


class ChatCommand(BaseModel):
    """`number` comes back with the answer, so that the script knows which command was fulfilled.

    `language` is the page's; `is_chosen` says that the visitor chose it, so that it is spoken whatever
    language a question is in. `texts` are questions, or the key of what is to be opened.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    number: Annotated[int, Field(ge=0, lt=10**9)] = 0
    language: Language = "zh-Hans"
    is_chosen: bool = False
    texts: Annotated[list[str], Field(min_length=1, max_length=TURNS)]

    @property
    def text(self) -> str:
        return self.texts[0]


def read_command(text: object) -> ChatCommand:
    """The command in a box. Raises ChatCommandError."""
    try:
        return ChatCommand.model_validate_json(text if isinstance(text, str) else "")
    except ValidationError:
        raise ChatCommandError("the text is no command") from None


logger = logging.getLogger(__name__)

ChatHistory = tuple[Turn, ...]

NONSENSE = ChatCommand(texts=[""])
"""Stands for a command that is none: it gets the answer to an empty question."""


class ChatConversation:
    """The events of a conversation. Each takes the command as it came and what the server remembers."""

    def __init__(self, bot: Answerer, publisher: Publisher) -> None:
        self._bot = bot
        self._publisher = publisher

    def ask(self, text: object, past: ChatHistory) -> tuple[ChatHistory, list[ChatMessage]]:
        """The turns with the new one, and everything that is shown now."""
        command = _read(text)
        try:
            turns = self._with(past, command.text, command)
        except QuestionError as error:
            return past, self._shown(past, command, _refused(error, command))
        except BusyError:
            return past, self._shown(past, command, _failed(command.text, command, messages.BUSY))
        except Exception:
            logger.exception("a question could not be answered")
            return past, self._shown(past, command, _failed(command.text, command))
        return turns, self._shown(turns, command)

    def resume(self, text: object, past: ChatHistory) -> tuple[ChatHistory, list[ChatMessage]]:
        """A conversation anew from its questions, as the visitor's browser kept them.

        They are asked again, so nothing that comes from a browser is shown as published. What is no
        question is left out.
        """
        command = _read(text)
        turns: ChatHistory = ()
        for question in command.texts:
            try:
                turns = self._with(turns, question, command)
            except QuestionError:
                continue
            except BusyError:
                return turns, self._shown(turns, command, _failed(question, command, messages.BUSY))
            except Exception:
                logger.exception("a kept question could not be answered")
                return turns, self._shown(turns, command, _failed(question, command))
        return turns, self._shown(turns, command)

    def suggest(self, text: object, past: ChatHistory) -> list[ChatMessage]:
        """Questions to go on with, if there are any."""
        command = _read(text)
        language = past[-1].language if past else command.language
        return [ChatMessage("assistant", cards.suggestions(self._follow_ups(past), language, command.number))]

    def open(self, text: object, past: ChatHistory) -> list[ChatMessage]:
        """The article that a button offers."""
        command = _read(text)
        offer = offers(past).get(command.text)
        if offer is None:
            html = cards.trouble(messages.NO_ARTICLE.to(command.language), command.language)
        else:
            standing, base = self._bot.standing(offer.article.id), self._publisher.url or "."
            html = full_text(offer.article, offer.quote, command.language, base, standing)
        return [ChatMessage("assistant", html + cards.receipt(command.number))]

    def _follow_ups(self, past: ChatHistory) -> tuple[str, ...]:
        if not past or past[-1].answer.verdict == "talk":  # its reply names what can be asked
            return ()
        try:
            return self._bot.follow_ups(past[-1].answer, [turn.asked for turn in past], past[-1].language)
        except BusyError:
            return ()
        except Exception:
            logger.exception("no questions to go on with were found")
            return ()

    def _with(self, past: ChatHistory, question: str, command: ChatCommand) -> ChatHistory:
        answer = self._bot.ask(question, [turn.asked for turn in past])
        language = spoken(answer.language, command.language, command.is_chosen)
        number = past[-1].number + 1 if past else 0
        return (*past, Turn(number, question, self._said_in(language, answer), language))[-TURNS:]

    def _said_in(self, language: Language, answer: Answer) -> Answer:
        """Small talk's reply in the visitor's language: "您好" does not tell which script is read."""
        kind = small_talk(Question(answer.question)) if answer.reply else None
        if kind is None or language == answer.language:
            return answer
        return replace(
            answer, reply=reply(kind, language, self._bot.examples(language), self._publisher.contact)
        )

    def _shown(self, turns: ChatHistory, command: ChatCommand, trouble: str = "") -> list[ChatMessage]:
        closing = [trouble] if trouble else []
        closing.append(cards.receipt(command.number))
        return [*chat_messages(turns, self._publisher), *(ChatMessage("assistant", html) for html in closing)]


def _refused(error: QuestionError, command: ChatCommand) -> str:
    language = _language(command)
    return cards.trouble(REFUSED_QUESTION[error.code].to(language, limit=error.limit), language)


def _failed(question: str, command: ChatCommand, words: Message = messages.FAILED) -> str:
    language = _language(command)
    return cards.trouble(words.to(language), language, again=question)


def _language(command: ChatCommand) -> Language:
    return spoken(
        detect_language(command.text[:LIMIT], command.language), command.language, command.is_chosen
    )


def _read(text: object) -> ChatCommand:
    try:
        return read_command(text)
    except ChatCommandError:
        return NONSENSE
