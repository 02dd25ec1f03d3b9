"""Commands for stored data: backup, restore, votes, forgetting."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.output import say, say_json, say_text, votes_text, votes_values

__all__ = ["commands"]

commands = typer.Typer()


@commands.command()
def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="Such as yuanwen.tar.gz.")]) -> None:
    """Write the articles with their history, votes, the desk's database and your calibration to one file."""
    from bot.cli.settings import library_settings
    from bot.operations.backup import back_up

    settings = library_settings()
    kept = back_up(settings.articles, settings.state, file)
    database = "with the database" if kept.database else "no database"
    if settings.database:
        say("the PostgreSQL database is not in it; keep that with pg_dump", err=True)
    say(f"{file}: {kept.articles} files of articles, {kept.former} former texts, {database}")


@commands.command()
def restore(file: Annotated[Path, typer.Argument(metavar="FILE", help="That `backup` has written.")]) -> None:
    """Put a backup in the place of the articles and votes that there are; those are kept aside."""
    from bot.cli.settings import library_settings
    from bot.operations.restore import restore as put_back

    settings = library_settings()
    aside = put_back(file, settings.articles, settings.state)
    say(f"restored {file}; what was there before is in {aside}")


@commands.command()
def feedback(
    as_json: Annotated[bool, typer.Option("--json", help="As a list of JSON objects.")] = False,
    delete: Annotated[str, typer.Option(metavar="ANSWER_ID|all", help="Delete one vote, or all.")] = "",
) -> None:
    """List what visitors thought of answers, the latest last."""
    from bot.cli.settings import library_settings
    from bot.operations.database import database_url, open_database
    from bot.operations.votes import Votes

    settings = library_settings()
    votes = Votes(open_database(database_url(settings.database, settings.state)))
    votes.take_over(settings.state)
    if delete:
        say(f"deleted: {votes.delete('' if delete == 'all' else delete)}")
    elif as_json:
        say_json(votes_values(votes.all()), indent=2)
    else:
        say_text(votes_text(votes.all()))


@commands.command()
def forget(
    before: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="Only what is older, like 2026-01-31."),
    ] = None,
    words: Annotated[str, typer.Option(help="Only what holds these words.")] = "",
) -> None:
    """Delete kept questions and votes that are older than a day, hold some words, or both."""
    from bot.cli.settings import library_settings
    from bot.operations.database import database_url, open_database
    from bot.operations.questions import QuestionBook
    from bot.operations.votes import Votes

    if before is None and not words.strip():
        raise typer.BadParameter("say what: --before DAY, --words WORDS, or both")
    settings = library_settings()
    database = open_database(database_url(settings.database, settings.state))
    votes, day = Votes(database), before.date() if before else None
    votes.take_over(settings.state)
    questions = QuestionBook(database).forget(day, words)
    say(f"forgotten: {questions} kept questions, {votes.forget(day, words)} votes")
