"""The command of visitors' votes."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["commands"]

commands = typer.Typer()


@commands.command()
def feedback(
    as_json: Annotated[bool, typer.Option("--json", help="As a list of JSON objects.")] = False,
    delete: Annotated[str, typer.Option(metavar="ANSWER_ID|all", help="Delete one vote, or all.")] = "",
) -> None:
    """List what visitors thought of answers, the latest last."""
    from bot.feedback import Votes
    from bot.printed import votes_json, votes_text
    from bot.settings import read_settings

    votes = Votes(read_settings().votes)
    if delete:
        typer.echo(f"deleted: {votes.delete('' if delete == 'all' else delete)}")
    elif as_json:
        typer.echo(votes_json(votes.all()))
    else:
        typer.echo(votes_text(votes.all()))
