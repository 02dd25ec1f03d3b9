"""The types of the scripts, as their comments state them; TypeScript comes from npm and is not shipped."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "javascript"
COMPILER = FOLDER / "node_modules" / ".bin" / "tsc"


@pytest.mark.parametrize("project", ["loader.json", "panel.json"])
def test_the_scripts_keep_to_their_types(project: str) -> None:
    if shutil.which("node") is None or not COMPILER.exists():
        reason = "TypeScript is missing: apt-get install nodejs npm, then npm ci in tests/javascript"
        assert not os.environ.get("CI"), reason
        pytest.skip(reason)
    done = subprocess.run([COMPILER, "-p", FOLDER / project], capture_output=True, text=True)
    assert done.stdout == ""
    assert done.returncode == 0
