"""Settings that the publisher changes while the service runs: its name, logo, accent and contact, the
widget's sites, for how long questions are kept, and whether the bot is paused.

A setting of the environment wins; without one the desk's, kept in the database, holds; else the default.
"""

from __future__ import annotations

import base64
import logging
import threading
from collections.abc import Callable, Mapping
from time import sleep
from typing import Literal

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from bot.operations import audit
from bot.operations.database import Database, DatabaseError, lock, metadata
from bot.publisher import LogoError, Publisher, logo_of
from bot.settings import Settings

__all__ = ["CHANGEABLE", "PAUSE", "CurrentPublisher", "Site", "SiteError", "Source"]

logger = logging.getLogger(__name__)

Source = Literal["environment", "desk", "default"]

TEXTS = ("publisher", "accent", "contact", "widget_origins", "keep_questions_days")
CHANGEABLE = (*TEXTS, "logo")
"""The settings that the desk may change too, by their names."""

PAUSE = "pause"
LONGEST_PAUSE = 500  # characters of the sentence

EVERY = 2.0
"""Seconds until a change that another process has made is seen."""

site_settings = sa.Table(
    "site_settings",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text),
)


class SiteError(ValueError):
    """A value is not allowed; `name` is the setting's, `allowed` what it takes."""

    def __init__(self, name: str, allowed: str) -> None:
        super().__init__(f"{name} takes {allowed}")
        self.name, self.allowed = name, allowed


class Site:
    """The settings as they hold now; read without waiting from any thread."""

    def __init__(self, settings: Settings, database: Database | None = None) -> None:
        """Without a database those of the environment hold alone."""
        self._base, self._database = settings, database
        self._kept: dict[str, str] = {}
        self._watching: list[Callable[[], object]] = []
        self.settings, self.published_by = settings, settings.published_by()
        if database:
            self.refresh()

    @property
    def pause(self) -> str:
        """The sentence that visitors get while the bot is paused, else ""."""
        return self._kept.get(PAUSE, "")

    def value(self, name: str) -> str:
        """A setting as it is typed."""
        return _typed(getattr(self.settings, name))

    def source(self, name: str) -> Source:
        """Where a setting's value comes from."""
        if name in self._base.model_fields_set:
            return "environment"
        return "desk" if name in self._kept else "default"

    def watch(self, on_change: Callable[[], object]) -> None:
        """Have it called after each change, and now."""
        self._watching.append(on_change)
        on_change()

    def start(self) -> None:
        """Look for what other processes change, in a thread."""
        threading.Thread(target=self._look_on, name="settings", daemon=True).start()

    def set(self, values: Mapping[str, str], by: str, logo: bytes | None = None) -> None:
        """Keep what was typed; an empty text, or the default, is kept as none.

        `logo` is the file of a picture, b"" takes the desk's away, None leaves it. Raises SiteError for the
        first value that is not allowed; then nothing is kept.
        """
        wanted = {name: text.strip() for name, text in values.items() if self.source(name) != "environment"}
        for name, text in wanted.items():
            if text == _typed(Settings.model_fields[name].default):
                wanted[name] = ""
            elif text:
                self._checked({name: text})
        if logo is not None and self.source("logo") != "environment":
            wanted["logo"] = base64.b64encode(logo).decode()
            if logo:
                _checked_logo(logo)
        self._keep(wanted, by, "settings changed", settings=sorted(wanted))

    def set_pause(self, sentence: str, by: str) -> None:
        """Pause the bot with a sentence, or have it answer again with ""."""
        sentence = " ".join(sentence.split())
        if len(sentence) > LONGEST_PAUSE:
            raise SiteError(PAUSE, f"at most {LONGEST_PAUSE} characters")
        told = {"sentence": sentence} if sentence else {}
        self._keep({PAUSE: sentence}, by, "paused" if sentence else "answers again", **told)

    def refresh(self) -> None:
        """Take up what the database holds. Raises DatabaseError."""
        if self._database is None:
            return
        with self._database.reading() as connection:
            kept = {name: value for name, value in connection.execute(sa.select(site_settings)) if value}
        if kept != self._kept:
            self._take_up(kept)

    def _keep(self, values: Mapping[str, str], by: str, action: str, **details: object) -> None:
        assert self._database is not None
        with self._database.writing() as connection:
            lock(connection, site_settings)
            connection.execute(site_settings.delete().where(site_settings.c.name.in_(values)))
            for name, value in values.items():
                if value:
                    connection.execute(site_settings.insert().values(name=name, value=value))
            audit.record(connection, by, action, **details)
        self.refresh()

    def _take_up(self, kept: dict[str, str]) -> None:
        texts = {
            name: value
            for name, value in kept.items()
            if name in TEXTS and name not in self._base.model_fields_set
        }
        try:
            settings = self._checked(texts)
            publisher = settings.published_by()
            if kept.get("logo") and self._base.logo is None:
                publisher = settings.published_by(logo_of(base64.b64decode(kept["logo"])))
        except (SiteError, ValueError) as error:  # another version's
            logger.warning("the desk's settings are not used: %s", error)
            settings, publisher = self._base, self._base.published_by()
        self._kept, self.settings, self.published_by = kept, settings, publisher
        for on_change in self._watching:
            on_change()

    def _checked(self, texts: Mapping[str, str]) -> Settings:
        try:
            return Settings(**texts)  # type: ignore[arg-type]  # pydantic reads the texts
        except ValidationError as error:
            name = str(error.errors()[0]["loc"][0])
            raise SiteError(name, str(Settings.model_fields[name].description)) from None

    def _look_on(self) -> None:
        while True:
            sleep(EVERY)
            try:
                self.refresh()
            except (DatabaseError, SQLAlchemyError) as error:
                logger.warning("the desk's settings cannot be read now: %s", error)


def _typed(value: object) -> str:
    """A setting's value as it is typed."""
    return " ".join(value) if isinstance(value, tuple) else str(value)


class CurrentPublisher(Publisher):
    """The publisher as the settings say now, for those who hold on to it."""

    def __init__(self, site: Site) -> None:
        object.__setattr__(self, "_site", site)

    def __getattribute__(self, name: str) -> object:
        if name in Publisher.__dataclass_fields__:
            site: Site = object.__getattribute__(self, "_site")
            return getattr(site.published_by, name)
        return object.__getattribute__(self, name)


def _checked_logo(content: bytes) -> None:
    try:
        logo_of(content)
    except LogoError:
        raise SiteError("logo", str(Settings.model_fields["logo"].description)) from None
