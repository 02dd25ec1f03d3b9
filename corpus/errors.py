"""The root of the errors that a person at a terminal is told in one sentence.

Failure
 ├─ LibraryError, SourceError        corpus
 ├─ BundledModelError, ModelError, SnapshotError   index
 └─ BackupError, EvaluationError, ServiceError, SettingsError   bot
"""

from __future__ import annotations

__all__ = ["Failure"]


class Failure(Exception):  # noqa: N818 - what it roots are errors by name
    """Something outside the program is not as it must be; the message says what, and what mends it."""
