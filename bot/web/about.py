"""The page /about, on words and data: behind each sentence stands a setting or a test."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from fastapi import APIRouter, Request, Response

from bot import messages
from bot.language import Language
from bot.messages import Message
from bot.publisher import Publisher
from bot.settings import KeepQuestions
from bot.web import routes
from bot.web.pages import Visitor, page

__all__ = ["About", "about_routes", "about_sections"]

Section = tuple[str, list[str]]


class About(NamedTuple):
    """What of the settings a visitor should know; `counts`: figures are kept;
    `passed_on`: questions come by WeChat or WeCom too."""

    keep: KeepQuestions = "off"
    keep_days: int = 90
    counts: bool = False
    passed_on: bool = False


KEPT = {"off": messages.ABOUT_KEEP_OFF, "shared": messages.ABOUT_KEEP_SHARED, "all": messages.ABOUT_KEEP_ALL}


def about_sections(about: About, publisher: Publisher, language: Language) -> list[Section]:
    """Headings, each with its sentences, in that language."""
    values = {"days": about.keep_days, "publisher": publisher.name, "contact": publisher.contact}

    def say(*chosen: Message) -> list[str]:
        return [message.to(language, **values) for message in chosen]

    def section(heading: Message, sentences: Sequence[Message]) -> Section:
        return heading.to(language), say(*sentences)

    named = messages.ABOUT_PUBLISHER if publisher.name else messages.ABOUT_NO_PUBLISHER
    reached = messages.ABOUT_CONTACT if publisher.contact else messages.ABOUT_NO_CONTACT
    return [
        section(
            messages.ABOUT_ANSWERS,
            [
                messages.ABOUT_PROGRAM,
                messages.ABOUT_NOT_GENERATED,
                messages.ABOUT_CHOSEN,
                messages.ABOUT_NONE,
            ],
        ),
        section(messages.ABOUT_WHO, [named, reached]),
        section(
            messages.ABOUT_KEPT,
            [
                KEPT[about.keep],
                messages.ABOUT_VOTE,
                *([messages.ABOUT_COUNTED] if about.counts else []),
                messages.ABOUT_MEMORY,
                messages.ABOUT_ADDRESS,
                messages.ABOUT_BROWSER,
            ],
        ),
        section(
            messages.ABOUT_SENT,
            [
                messages.ABOUT_NOT_SENT,
                *([messages.ABOUT_PASSED_ON] if about.passed_on else []),
                messages.ABOUT_VOICE,
            ],
        ),
        section(messages.ABOUT_OBJECT, [messages.ABOUT_RIGHTS, messages.ABOUT_FORGET]),
        section(messages.ABOUT_ACCESS, [messages.ABOUT_WCAG, messages.ABOUT_ACCESS_LIMITS]),
    ]


def about_routes(about: Callable[[], About], publisher: Publisher) -> APIRouter:
    """/about."""
    router = APIRouter(include_in_schema=False)

    @routes.ABOUT.on(router)
    def show(request: Request) -> Response:
        sections = about_sections(about(), publisher, Visitor(request).language)
        return page(request, publisher, "about.html", sections=sections)

    return router
