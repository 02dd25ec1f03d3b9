"""The Dockerfile's steps, run in a folder of their own where there is no engine.

Not shown by this: that the base image has what the steps need, and a volume's or a user's workings. The
packages are those at hand; pip only confirms that they are the pinned ones.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

import httpx2
import pytest

from bot.answering.bot import Bot

ROOT = Path(__file__).parents[1]
ADDRESS = re.compile(r"http://\S+:(\d+)")


class Step(NamedTuple):
    word: str
    rest: str


def steps(dockerfile: str) -> list[Step]:
    """The instructions in order, continued lines joined."""
    text = re.sub(r"^#.*\n", "", dockerfile, flags=re.MULTILINE).replace("\\\n", " ")
    return [Step(*line.split(maxsplit=1)) for line in text.splitlines() if line.strip()]


STEPS = steps((ROOT / "Dockerfile").read_text(encoding="utf-8"))


def rest(word: str) -> list[str]:
    return [step.rest for step in STEPS if step.word == word]


def context() -> list[str]:
    """The paths that enter the build, by .dockerignore; a later line overrules an earlier one."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    def enters(path: str) -> bool:
        taken = True
        for pattern in patterns:
            bare = pattern.removeprefix("!")
            if any(fnmatch(part, bare) for part in (path, path.partition("/")[0])):
                taken = pattern.startswith("!")
        return taken

    return [path for path in tracked.splitlines() if enters(path)]


class Image:
    """A folder that stands for the image's root; the paths of the steps are put below it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.work = root
        bin_folder = Path(sys.executable).parent
        self.environment = {"PATH": f"{bin_folder}:{os.environ['PATH']}", "HOME": str(root)}

    def inside(self, text: str) -> str:
        return re.sub(r"(?<![\w.:/])/(app|state|tmp)\b", rf"{self.root}/\1", text)

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            shell=True,
            cwd=self.work,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
        )

    def take(self, step: Step) -> None:
        match step.word:
            case "ENV":
                pairs = (pair.split("=", 1) for pair in step.rest.split())
                self.environment |= {name: self.inside(value) for name, value in pairs}
            case "WORKDIR":
                self.work = Path(self.inside(step.rest))
                self.work.mkdir(parents=True, exist_ok=True)
            case "COPY":
                self.copy(*step.rest.split()[:-1])
            case "RUN" if not step.rest.startswith("useradd"):
                done = self.run(self.inside(step.rest))
                assert done.returncode == 0, f"RUN {step.rest}\n{done.stdout}{done.stderr}"

    def copy(self, *names: str) -> None:
        for path in context():
            if "." in names or path in names:
                target = self.work / path
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / path, target)


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory, bundled_state: Path, real_bot: Bot) -> Image:
    """What the steps make, with the model and the vectors that `real_bot` left: seconds, not minutes."""
    image = Image(tmp_path_factory.mktemp("image"))
    (image.root / "tmp").mkdir()
    shutil.copytree(bundled_state, image.root / "state")
    shutil.rmtree(image.root / "state" / "index")
    # Everything must be here in the pinned version already: pip looks nowhere and changes nothing.
    image.environment |= {"PIP_DRY_RUN": "1", "PIP_NO_INDEX": "1"}
    for step in STEPS:
        image.take(step)
    return image


@pytest.fixture(scope="module")
def port(image: Image) -> Iterator[str]:
    """Where the container's command listens."""
    [command] = rest("CMD")
    environment = {**image.environment, "YUANWEN_PORT": "0"}
    with subprocess.Popen(
        json.loads(command), cwd=image.work, env=environment, stdout=subprocess.PIPE, text=True
    ) as service:
        assert service.stdout
        found = ADDRESS.search(service.stdout.readline())
        assert found
        yield found[1]
        service.send_signal(signal.SIGINT)
        service.stdout.read()


def test_every_step_is_one_that_is_understood() -> None:
    known = {
        *("FROM", "ARG", "ENV", "RUN", "WORKDIR", "COPY"),
        *("USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "CMD"),
    }
    assert {step.word for step in STEPS} == known
    assert STEPS[0].word == "FROM"


def test_nobody_is_root_once_the_code_is_there() -> None:
    words = [step.word for step in STEPS]
    assert rest("USER") == ["yuanwen"]
    assert words.index("USER") < words.index("CMD")
    assert rest("VOLUME") == ["/state"]


def test_nothing_private_enters_the_image() -> None:
    assert {path.partition("/")[0] for path in context()} == {
        *("pyproject.toml", "deploy", "LICENSE", "app.py", "bot", "corpus", "index")
    }


def test_the_image_holds_code_model_and_index(image: Image) -> None:
    said = image.run("python app.py status").stdout
    assert "state    up to date" in said
    assert f"in {image.root}/state" in said
    assert not (image.work / "tests").exists()


def test_the_command_answers_and_the_health_check_agrees(image: Image, port: str) -> None:
    asked = {"question": "怎样防范电信诈骗?"}
    answer = httpx2.post(f"http://127.0.0.1:{port}/api/ask", json=asked, timeout=120).json()
    assert answer["verdict"] == "answered"
    [check] = rest("HEALTHCHECK")
    command = check.partition("CMD ")[2]
    image.environment["YUANWEN_PORT"] = port
    assert image.run(command).returncode == 0
    image.environment["YUANWEN_PORT"] = "1"
    assert image.run(command).returncode != 0
