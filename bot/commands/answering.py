"""The commands that answer: the service, and one question."""

from __future__ import annotations

import logging
import signal
import sys
from typing import Annotated

import typer

__all__ = ["commands", "serve"]

commands = typer.Typer()


@commands.command()
def serve(
    watch: Annotated[
        bool, typer.Option("--watch", help="Look every second for changed articles, and take them up.")
    ] = False,
) -> None:
    """Start the service; the index is built first where there is none or it is out of date."""
    from bot.commands.opening import built, open_bot, reloader
    from bot.current import Current
    from bot.feedback import Votes
    from bot.settings import read_settings
    from bot.web.reloads import Reloads
    from bot.web.service import create_app, listen, run
    from index.embedder import load_embedder
    from index.hub import ModelThread

    # Before any library sets it up in its own way.
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    settings = read_settings()
    publisher = settings.published_by()
    with listen(settings.host, settings.port) as bound:
        thread = ModelThread()
        embedder = load_embedder(settings.model, settings.state, thread=thread)
        built(settings, embedder)
        current = Current(open_bot(settings, embedder, thread))
        reloading = reloader(settings, current, embedder, typer.echo)
        reloading.start(watch)
        signal.signal(signal.SIGHUP, lambda number, frame: reloading.request())
        token = settings.admin_token
        service = create_app(
            current,
            publisher.root_path,
            publisher=publisher,
            widget_origins=settings.widget_origins,
            votes=Votes(settings.votes),
            questions_per_minute=settings.questions_per_minute,
            reloads=Reloads(token, reloading.request, lambda: reloading.outcome) if token else None,
        )
        run(service, bound, on_start=typer.echo)


@commands.command()
def ask(
    question: str, as_json: Annotated[bool, typer.Option("--json", help="As the API gives it.")] = False
) -> None:
    """Answer one question."""
    from bot import messages
    from bot.commands.opening import open_bot
    from bot.printed import answer_json, answer_text
    from bot.questions import QuestionError, detect_language
    from bot.settings import read_settings
    from index.embedder import load_embedder
    from index.hub import ModelThread

    settings = read_settings()
    thread = ModelThread()
    embedder = load_embedder(settings.model, settings.state, thread=thread)
    try:
        answer = open_bot(settings, embedder, thread).ask(question)
    except QuestionError as error:
        sys.exit(messages.REFUSED_QUESTION[error.code].to(detect_language(question), limit=error.limit))
    typer.echo(answer_json(answer) if as_json else answer_text(answer))
