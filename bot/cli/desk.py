"""The commands of the desk: who may work there, and whether its log is whole."""

from __future__ import annotations

import getpass
import sys
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import say

if TYPE_CHECKING:
    from bot.operations.database import Database

__all__ = ["commands"]

commands = typer.Typer()
user = typer.Typer(no_args_is_help=True, help="Who may work at the desk.")
audit = typer.Typer(no_args_is_help=True, help="What was done at the desk.")
commands.add_typer(user, name="user")
commands.add_typer(audit, name="audit")

HERE = "command line"
"""Under which name the log holds what is done here."""


class RoleOption(StrEnum):
    editor = "editor"
    publisher = "publisher"
    administrator = "administrator"


Name = Annotated[str, typer.Argument(metavar="NAME")]
SingleSignOn = Annotated[
    bool, typer.Option("--single-sign-on", help="Without a password: the OpenID Connect provider signs in.")
]
PasswordStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]


@user.command(name="add")
def add_user(
    name: Name,
    role: Annotated[
        RoleOption, typer.Option(help="editor proposes, publisher publishes, administrator makes users.")
    ],
    password_stdin: PasswordStdin = False,
    single_sign_on: SingleSignOn = False,
) -> None:
    """Make a user; with the first administrator the desk opens at /desk."""
    from bot.operations.users import Users

    password = None if single_sign_on else _password(password_stdin)
    made = Users(_database()).add(name, role.value, password, HERE)
    say(f"added {made.name}, {made.role}")


@user.command(name="list")
def list_users() -> None:
    """List the users, each with the role."""
    from bot.operations.users import Users

    for found in Users(_database()).all():
        say(f"{found.name}  {found.role}")


@user.command(name="change")
def change_user(
    name: Name,
    role: Annotated[RoleOption | None, typer.Option(help="Give another role.")] = None,
    password: Annotated[bool, typer.Option("--password", help="Ask for a new password.")] = False,
    password_stdin: PasswordStdin = False,
) -> None:
    """Give a user another role or password, and end the user's sessions."""
    from bot.operations.users import Users

    new = _password(password_stdin) if password or password_stdin else None
    Users(_database()).change(name, HERE, role.value if role else None, new)
    say(f"changed {name}")


@user.command(name="remove")
def remove_user(name: Name) -> None:
    """Take a user out; what was done under the name stays in the log."""
    from bot.operations.users import Users

    Users(_database()).remove(name, HERE)
    say(f"removed {name}")


@audit.command()
def verify(
    seen: Annotated[str, typer.Option(metavar="HASH", help="The last hash of an earlier run.")] = "",
) -> None:
    """Check that no line of the log was changed, taken out or put in."""
    from bot.operations.audit import AuditLog

    log = AuditLog(_database())
    found = log.verify()
    if found.wrong:
        sys.exit(f"yuanwen: line {found.wrong} of the log is not what was written")
    if seen and not any(line.hash == seen for line in log.latest(found.lines)):
        sys.exit("yuanwen: the log does not hold the line with that hash any more")
    say(f"{found.lines} lines, unbroken; the last hash is {found.last}")


@audit.command(name="list")
def list_log(count: Annotated[int, typer.Option(min=1, help="How many lines.")] = 50) -> None:
    """List what was done last, the latest at the end."""
    from bot.operations.audit import AuditLog

    for line in reversed(AuditLog(_database()).latest(count)):
        say(f"{line.number}  {line.at}  {line.user}  {line.action}  {line.details}")


def _database() -> Database:
    from bot.cli.settings import library_settings
    from bot.operations.database import database_url, open_database

    settings = library_settings()
    return open_database(database_url(settings.database, settings.state))


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    with suppress(EOFError):
        first = getpass.getpass("Password: ")
        if first == getpass.getpass("Once more: "):
            return first
    sys.exit("yuanwen: the two passwords are not the same")
