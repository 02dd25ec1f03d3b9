"""The commands of the index."""

from __future__ import annotations

import typer

__all__ = ["commands"]

commands = typer.Typer()


@commands.command(name="build")
def build_index() -> None:
    """Build the index of the articles, embedding only what is new."""
    from bot.commands.opening import built
    from bot.settings import read_settings
    from index.embedder import load_embedder

    settings = read_settings()
    report = built(settings, load_embedder(settings.model, settings.state))
    state = "built" if report.is_new else "up to date"
    typer.echo(
        f"{state}: {report.articles} articles, {report.passages} passages, {report.embedded} texts embedded"
    )


@commands.command()
def status() -> None:
    """Say what index there is, and whether it is that of the articles as they are."""
    from bot.settings import read_settings
    from corpus.inventory import take_inventory
    from index.snapshot import current_manifest

    settings = read_settings()
    manifest = current_manifest(settings.state)
    if manifest is None:
        typer.echo(
            f"articles {settings.articles}\nindex    none in {settings.state}; run: python app.py build"
        )
        return
    inventory = take_inventory(settings.articles, settings.state)
    published = inventory.having("published").items
    is_current = manifest.corpus == inventory.fingerprint
    typer.echo(
        f"articles {settings.articles} ({len(published)} published)\n"
        f"index    {manifest.fingerprint} in {settings.state}: {manifest.articles} articles,"
        f" {manifest.passages} passages, model {manifest.model}\n"
        f"state    {'up to date' if is_current else 'out of date; run: python app.py build'}"
    )
