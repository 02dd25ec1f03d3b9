"""The chat page: the one module that knows Gradio."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator
from functools import partial
from itertools import chain
from typing import Any

import gradio as gr
from anyio.from_thread import start_blocking_portal
from fastapi import FastAPI
from gradio.server_messages import UnexpectedErrorMessage

from bot import messages
from bot.answering.answerer import Answerer
from bot.publisher import Publisher
from bot.web.chat.conversation import ChatConversation, ChatHistory, ChatMessage
from bot.web.chat.events import TEXTS, Pending
from bot.web.chat.sessions import Sessions
from bot.web.clients import CLIENT, IS_GONE, Client, client_at

__all__ = ["SESSION_LOST", "GradioQueue", "mount_chat"]

# Text reaches the page as HTML made by us, and Gradio leaves it alone.
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
    "autoscroll": False,
}

# After every event Gradio would have pandas sum up the last 10,000, for a dashboard that is shut.
NO_STATISTICS = {"GRADIO_ANALYTICS_MAX_EVENTS": "1", "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(sys.maxsize)}

BOXES = ("asked", "resumed", "cleared", "wanted", "nudged")

Update = dict[str, Any]

THREADS = 160
"""Events that are under way: more than there are turns to wait for, so that none waits for another's."""

WAITING = 64
"""Events that may wait for a thread."""

LOST = UnexpectedErrorMessage(message="the session is not known", session_not_found=True)
SESSION_LOST = f"data: {LOST.model_dump_json()}\n\n".encode()
"""What Gradio sends to a session that it does not know, without the traceback that it logs."""


class GradioQueue:
    """Looks into the queue of a page."""

    def __init__(self, page: Any) -> None:
        self._page = page

    @property
    def functions(self) -> Collection[int]:
        """The numbers of the events that there are."""
        numbers: Collection[int] = self._page.fns.keys()
        return numbers

    def knows(self, session: str) -> bool:
        """Whether a session has something to read."""
        return session in self._page._queue.pending_messages_per_session

    def pending(self) -> Iterator[Pending]:
        """Every event that waits or is being answered."""
        queue = self._page._queue
        waiting = (events.queue for events in queue.event_queue_per_concurrency_id.values())
        for event in chain(*waiting, *(job for job in queue.active_jobs if job)):
            yield Pending(_client(event.request), event.request.scope.get(TEXTS, 1))

    def drop(self, session: str) -> None:
        """Forget a session's events and results; what is computed already is thrown away."""
        queue = self._page._queue
        for event in chain(*(job for job in queue.active_jobs if job)):
            event.alive = event.alive and event.session_hash != session
        for events in queue.event_queue_per_concurrency_id.values():
            for event in [event for event in events.queue if event.session_hash == session]:
                events.queue.remove(event)
                queue.event_ids_to_events.pop(event._id, None)
        queue.pending_event_ids_session.pop(session, None)
        queue.pending_messages_per_session.pop(session, None)


def _client(request: Any) -> Client:
    return client_at(str(request.client.host) if request.client else "")


def mount_chat(app: FastAPI, bot: Answerer, publisher: Publisher, sessions: Sessions) -> GradioQueue:
    """Serve the page at / of `app`; its queue. `bot` decides who asks when, `sessions` know who reads."""
    os.environ.update(NO_STATISTICS)
    # Gradio makes an event loop for each app that it builds outside of one, and never closes it.
    with start_blocking_portal() as portal:
        return portal.call(_mount, app, _Events(ChatConversation(bot, publisher), sessions))


async def _mount(app: FastAPI, events: _Events) -> GradioQueue:
    page = _page(events)
    page.max_threads = THREADS
    page.queue(max_size=WAITING, default_concurrency_limit=THREADS, api_open=False)
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
    return GradioQueue(page)


def _page(events: _Events) -> Any:
    """The conversation, what to ask next, and the panel where an article opens.

    The question box and what stands around the conversation are HTML of our own, usable before Gradio's
    scripts have come. Our script enters its commands into hidden boxes.
    """
    with gr.Blocks(title=messages.TITLE.to("zh-Hans"), analytics_enabled=False, fill_height=True) as page:
        # What was said is kept here, on the server: a page's own messages could be forged.
        turns = gr.State(())
        talk = gr.Chatbot(elem_id="talk", **AS_IT_IS)
        # By itself, for it may come when the next question is being answered.
        more = gr.Chatbot(elem_id="more", **AS_IT_IS)
        asked, resumed, cleared, wanted, nudged = (
            gr.Textbox(elem_id=name, visible="hidden") for name in BOXES
        )
        with gr.Sidebar(position="right", open=False, width=560, elem_id="panel") as panel:
            article = gr.Chatbot(elem_id="article", **AS_IT_IS)

        # With "once", the default, Gradio drops what comes while it waits for a result that never arrives.
        quiet: dict[str, Any] = {
            "api_visibility": "private",
            "show_progress": "hidden",
            "trigger_mode": "multiple",
        }
        for box, answer in ((asked, events.ask), (resumed, events.resume)):
            answered = box.submit(answer, [box, turns], [turns, talk], **quiet)
            answered.then(events.suggest, [box, turns], [more], **quiet)
        cleared.submit(events.clear, [], [turns, talk, more], **quiet)
        wanted.submit(events.open_article, [wanted, turns], [panel, article], **quiet)
        nudged.submit(events.nudge, [], [], **quiet)
    return page


class _Events:
    """The events of the page as Gradio calls them."""

    def __init__(self, conversing: ChatConversation, sessions: Sessions) -> None:
        self._conversing, self._sessions = conversing, sessions

    def ask(
        self, command: str | None, past: ChatHistory, request: gr.Request
    ) -> tuple[ChatHistory, list[Update]]:
        self._come_from(request)
        turns, lines = self._conversing.ask(command, past)
        return turns, _shown(lines)

    def resume(
        self, command: str | None, past: ChatHistory, request: gr.Request
    ) -> tuple[ChatHistory, list[Update]]:
        self._come_from(request)
        turns, lines = self._conversing.resume(command, past)
        return turns, _shown(lines)

    def suggest(self, command: str | None, past: ChatHistory, request: gr.Request) -> list[Update]:
        self._come_from(request)
        return _shown(self._conversing.suggest(command, past))

    def _come_from(self, request: gr.Request) -> None:
        """Says to whoever gives out turns whose event this is."""
        CLIENT.set(_client(request))
        IS_GONE.set(partial(self._sessions.is_left, request.session_hash or ""))

    def clear(self) -> tuple[ChatHistory, list[Update], list[Update]]:
        return (), [], []

    def nudge(self) -> None:
        """Nothing happens, but the results that wait are fetched."""

    def open_article(self, command: str | None, past: ChatHistory) -> tuple[Update, list[Update]]:
        return gr.update(open=True), _shown(self._conversing.open(command, past))


def _shown(lines: list[ChatMessage]) -> list[Update]:
    """Lines as Gradio's messages. (A bare string would lose its indent to inspect.cleandoc.)"""
    return [{"role": role, "content": [{"type": "text", "text": html}]} for role, html in lines]
