"""The settings as a command reads them: an interrupted restore is finished before anything else happens."""

from __future__ import annotations

from bot import settings
from bot.settings import Settings

__all__ = ["library_settings"]


def library_settings() -> Settings:
    """The settings of this process, over one whole library.

    Raises bot.settings.SettingsError, and bot.operations.backup.BackupError where an interrupted restore
    cannot be finished.
    """
    found = settings.read_settings()
    from bot.operations.restore import finish

    finish(found.articles, found.state)
    return found
