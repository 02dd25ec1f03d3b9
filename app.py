"""The door: the command line, and which parts each command starts."""

from __future__ import annotations

import errno
import os
import sys
from typing import Annotated

import typer
from typer.main import get_command

from bot.cli import articles, curation, data, desk, evaluation, serving, syncing
from bot.cli.translation import terminal_language, translate_error, translate_help
from corpus.errors import Failure
from corpus.visible import visible

NOT_WRITTEN = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM}
"""What stands in the way of writing that is no fault of the program: no room, no right."""

commands = typer.Typer(pretty_exceptions_enable=False)
for group in (serving, articles, curation, data, desk, evaluation, syncing):
    commands.add_typer(group.commands)


def show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"yuanwen {version('yuanwen')}")
        raise typer.Exit()


@commands.callback(invoke_without_command=True)
def door(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=show_version, help="Say which version this is."),
    ] = False,
) -> None:
    """Yuanwen answers questions by quoting published articles. Without a command it serves."""
    if context.invoked_subcommand is None:
        serving.serve(watch=False)


def main() -> None:
    """Run the command line; what went wrong becomes one sentence on stderr and status 1."""
    # Threads of OpenMP that wait by spinning, as torch's do unless told before it is loaded, take the cores
    # from others: 445 ms of a processor for a question instead of 113 (docs/measurements.md).
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    command = get_command(commands)
    language = terminal_language(os.environ)
    translate_help(command, language)
    try:
        command(prog_name="yuanwen" if sys.argv[0].endswith("yuanwen") else None)
    except Failure as error:
        sys.exit(visible(f"yuanwen: {translate_error(str(error), language)}"))
    except OSError as error:
        if error.errno not in NOT_WRITTEN:
            raise
        sys.exit(visible(f"yuanwen: {error.filename or 'a file'} cannot be written: {error.strerror}"))


if __name__ == "__main__":
    main()
