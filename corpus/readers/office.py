"""Formats that LibreOffice turns into Word's: .doc, .wps, .rtf, .odt."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePath

from corpus.readers.document import Document, ReaderError, Reading
from corpus.readers.word.reader import read_word

__all__ = ["ENDINGS", "read_office"]

ENDINGS = (".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt")
PROGRAMS = ("soffice", "libreoffice")
SECONDS = 120.0  # the first start of a profile takes some 10 on a slow machine
STARTS = (b"{\\rtf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# No macro is run, and no picture that the document only points to is fetched.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"
 oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent"
 oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def read_office(document: Document) -> Iterator[Reading]:
    """The article of the document as Word would hold it.

    Raises ReaderError where LibreOffice is not installed, fails, or takes longer than two minutes.
    """
    suffix = _suffix(document)
    if not document.content.startswith(STARTS):
        raise ReaderError(f"the file is damaged, or no {suffix}")
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise ReaderError(
            f"{suffix} takes LibreOffice, which is not installed (Debian: apt-get install"
            " libreoffice-writer-nogui); or save it as .docx and add that"
        )
    yield from read_word(replace(document, content=_converted(program, document.content, suffix)))


def _suffix(document: Document) -> str:
    """The ending that tells LibreOffice the format: by the first bytes, then by the name."""
    ending = PurePath(document.name.split("?")[0]).suffix.lower()
    if document.content.startswith(b"{\\rtf"):
        return ".rtf"
    if document.content.startswith(OLE) or ending not in ENDINGS:
        return ".doc"  # what WPS writes is Word's format of 1997
    return ending


def _converted(program: str, content: bytes, suffix: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="yuanwen-office-") as name:
        folder = Path(name)
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
        source = folder / f"document{suffix}"
        source.write_bytes(content)
        command = [
            program, "--headless", "--norestore", "--nolockcheck",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to", "docx", "--outdir", str(folder / "out"), str(source),
        ]  # fmt: skip
        _run(command, folder)
        found = folder / "out" / "document.docx"
        if not found.is_file():
            raise ReaderError("LibreOffice cannot read the file; save it as .docx and add that")
        return found.read_bytes()


def _run(command: list[str], folder: Path) -> None:
    """Runs the command in a session of its own, so that all its processes can be ended together."""
    environment = {**os.environ, "HOME": str(folder), "TMPDIR": str(folder)}
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            raise ReaderError(f"LibreOffice took longer than {SECONDS:.0f} seconds over the file") from None
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
