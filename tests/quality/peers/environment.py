"""A toolkit's own environment: made once, with pinned versions, and how much it installs."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

__all__ = ["install", "installed_mb", "site_packages"]


def install(requirements: Path, folder: Path) -> Path:
    """The environment's Python; it is made where it is missing or of other requirements.

    Raises CalledProcessError where pip fails; what pip says is on the terminal.
    """
    python = folder / "bin" / "python"
    done = folder / "requirements.sha256"
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if not done.is_file() or done.read_text(encoding="utf-8") != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--requirement", str(requirements)], check=True)
        done.write_text(wanted, encoding="utf-8")
    return python


def site_packages(python: Path) -> Path:
    command = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    return Path(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())


def installed_mb(roots: list[str], folder: Path) -> float:
    """Size of these packages and all that they require, in the environment's site-packages `folder`.

    Two environments compare so also where one holds tools beside. Compiled .pyc files are not counted.
    """
    found = {str(canonicalize_name(one.name)): one for one in distributions(path=[str(folder)])}
    needed: set[tuple[str, str]] = set()  # a package, and an extra of it or ""
    waiting = [Requirement(root) for root in roots]
    while waiting:
        requirement = waiting.pop()
        name = str(canonicalize_name(requirement.name))
        for extra in {"", *requirement.extras}:
            if name in found and (name, extra) not in needed:
                needed.add((name, extra))
                waiting += _required(found[name], extra)
    return sum(_size(found[name]) for name in {name for name, _ in needed}) / 1e6


def _required(one: Distribution, extra: str) -> list[Requirement]:
    requirements = map(Requirement, one.requires or [])
    return [
        requirement
        for requirement in requirements
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra})
    ]


def _size(one: Distribution) -> int:
    paths = (Path(str(one.locate_file(file))) for file in one.files or [] if file.suffix != ".pyc")
    return sum(path.stat().st_size for path in paths if path.is_file())
