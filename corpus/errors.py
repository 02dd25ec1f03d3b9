"""The root of the errors that a person at a terminal is told in one sentence.

Failure
 ├─ LibraryError, SourceError        corpus
 ├─ BundledModelError, ModelError, SnapshotError   index
 └─ BackupError, EvaluationError, ServiceError, SettingsError   bot
"""

from __future__ import annotations

__all__ = ["Failure", "reason"]


class Failure(Exception):  # noqa: N818 - what it roots are errors by name
    """Something outside the program is not as it must be; the message says what, and what mends it."""


def reason(error: Exception) -> str:
    """What an error says, of the operating system's without number and path: "No space left on device"."""
    return getattr(error, "strerror", None) or str(error)
