"""The chat page: the one module that knows Gradio."""

from __future__ import annotations

import logging
import os
import sys
from typing import Any

import gradio as gr
from anyio.from_thread import start_blocking_portal
from fastapi import FastAPI

from bot import messages
from bot.questions import LIMIT, Language, QuestionError, detect_language
from bot.web import cards
from bot.web.answerer import AT_ONCE, WAITING, Answerer
from bot.web.language import browser_language
from bot.web.talk import Line, Turn, lines, offers

__all__ = ["mount_chat"]

logger = logging.getLogger(__name__)

TURNS = 20
"""Questions of one conversation that are kept; the oldest goes first."""

# Text reaches the page as HTML made by cards.py, and Gradio leaves it alone.
AS_IT_IS: dict[str, Any] = {
    "render_markdown": False,
    "sanitize_html": True,
    "allow_tags": False,
    "latex_delimiters": [],
    "buttons": [],
    "show_label": False,
    "container": False,
    "layout": "panel",
    "height": None,
}

# After every event Gradio would have pandas sum up the last 10,000, for a dashboard that is shut.
NO_STATISTICS = {"GRADIO_ANALYTICS_MAX_EVENTS": "1", "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(sys.maxsize)}

Turns = tuple[Turn, ...]
Update = dict[str, Any]


def mount_chat(app: FastAPI, bot: Answerer) -> None:
    """Serve the page at / of `app`."""
    os.environ.update(NO_STATISTICS)
    # Gradio makes an event loop for each app that it builds outside of one, and never closes it.
    with start_blocking_portal() as portal:
        portal.call(_mount, app, bot)


async def _mount(app: FastAPI, bot: Answerer) -> None:
    page = _page(bot)
    page.queue(max_size=WAITING, default_concurrency_limit=AT_ONCE, api_open=False)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
        footer_links=[],
        show_error=False,
        enable_monitoring=False,
        run_history=False,
        mcp_server=False,
        ssr_mode=False,
        pwa=False,
        app_kwargs={"openapi_url": None},
    )
    # Until a page counts as launched, Gradio serves any file that a request names.
    page.has_launched = True


def _page(bot: Answerer) -> Any:
    """Question box, conversation, and the panel where an article opens."""
    with gr.Blocks(title=messages.TITLE.hans, analytics_enabled=False, fill_height=True) as page:
        # What was said is kept here, on the server: a page's own messages could be forged.
        turns = gr.State(())
        talk = gr.Chatbot(elem_id="talk", autoscroll=False, **AS_IT_IS)
        box = gr.Textbox(elem_id="box", max_lines=6, container=False, show_label=False, submit_btn=True)
        # chat.js enters here which article to open.
        wanted = gr.Textbox(elem_id="wanted", visible="hidden")
        with gr.Sidebar(position="right", open=False, width=560, elem_id="panel") as panel:
            article = gr.Chatbot(elem_id="article", autoscroll=False, **AS_IT_IS)

        asking: dict[str, Any] = {"concurrency_id": "ask", "concurrency_limit": AT_ONCE}
        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        events = _Events(bot)
        page.load(events.welcome, outputs=[talk, box], **quiet)
        # By itself: a bot may have to look for them first.
        page.load(events.offer_examples, outputs=[talk], **quiet)
        box.submit(events.ask, [box, turns], [turns, talk, box], **asking, **quiet)
        talk.example_select(events.ask_example, [turns], [turns, talk, box], **asking, **quiet)
        wanted.submit(events.open_article, [wanted, turns], [panel, article], **quiet)
    return page


class _Events:
    """What happens on the page; each method is one event's handler."""

    def __init__(self, bot: Answerer) -> None:
        self._bot = bot

    def welcome(self, request: gr.Request) -> tuple[Update, Update]:
        language = _language(request)
        hint = messages.QUESTION_HINT.to(language)
        return (
            gr.update(placeholder=messages.WELCOME.to(language)),
            gr.update(placeholder=hint, label=hint, submit_btn=messages.SEND.to(language)),
        )

    def offer_examples(self, request: gr.Request) -> Update:
        return gr.update(examples=[{"text": question} for question in self._bot.examples(_language(request))])

    def ask(self, question: str | None, past: Turns, request: gr.Request) -> tuple[Turns, list[Update], str]:
        """The new turns, what is shown of them, and what stays in the box."""
        asked = question or ""
        language = detect_language(asked[:LIMIT], otherwise=_language(request))
        try:
            answer = self._bot.ask(asked, [turn.asked for turn in past])
        except QuestionError as error:
            trouble = messages.REFUSED_QUESTION[error.code].to(language, limit=error.limit)
        except Exception:
            logger.exception("a question could not be answered")
            trouble = messages.FAILED.to(language)
        else:
            turns = (*past, Turn(asked, answer))[-TURNS:]
            return turns, _shown(*lines(turns)), ""
        return past, _shown(*lines(past), Line("assistant", cards.trouble(trouble))), asked.strip()

    def ask_example(
        self, past: Turns, request: gr.Request, chosen: gr.SelectData
    ) -> tuple[Turns, list[Update], str]:
        text = chosen.value.get("text") if isinstance(chosen.value, dict) else None
        return self.ask(text if isinstance(text, str) else None, past, request)

    def open_article(
        self, wanted: str | None, past: Turns, request: gr.Request
    ) -> tuple[Update, list[Update]]:
        language = _language(request)
        offer = offers(past).get(wanted or "")
        html = (
            cards.article_page(offer.article, offer.quote, language)
            if offer
            else cards.trouble(messages.NO_ARTICLE.to(language))
        )
        return gr.update(open=True), _shown(Line("assistant", html))


def _language(request: gr.Request) -> Language:
    return browser_language(request.headers.get("accept-language"))


def _shown(*shown: Line) -> list[Update]:
    """Lines as Gradio's messages. (A bare string would lose its indent to inspect.cleandoc.)"""
    return [{"role": role, "content": [{"type": "text", "text": html}]} for role, html in shown]
