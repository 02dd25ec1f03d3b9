"""README and the manuals agree with the code: commands, settings, options, files and links."""

from __future__ import annotations

import importlib.util
import itertools
import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import typer.main
from typer.core import TyperGroup
from typer.testing import CliRunner

import app
from bot.answering.bot import Bot
from bot.evaluate.figures import FIGURES
from bot.settings import PREFIX, Settings
from bot.web.plain_text import answer_text
from tests.index.fake_embedder import FakeEmbedder

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
READMES = [README, ROOT / "README.zh-CN.md"]
NAMED = r"`yuanwen ([a-z][a-z-]*[a-z])\b"
MANUALS = [*READMES, ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]
OPERATORS = [ROOT / "docs" / "operators.md", ROOT / "docs" / "operators.zh-CN.md"]
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"")
CODE = re.compile(r"`([^`\n]+)`")
MODULE = re.compile(r"python -m ((?:tests|corpus|bot|index)[\w.]*)")
ASSIGNMENT = re.compile(r"[A-Z_]+=\S+")
OTHERS = {".venv/bin/pip", "apt-get", "bash", "curl", "docker", "git", "helm", "pip"}
"""Programs that are not ours; what the manuals ask of them is not checked."""

CLI = typer.main.get_group(app.commands)


def run(words: list[str]) -> tuple[int, str]:
    """Exit status and what was printed."""
    done = CliRunner().invoke(app.commands, words)
    return done.exit_code, done.output if done.exception is None else f"{done.output}{done.exception}"


ids = [str(path.relative_to(ROOT)) for path in MANUALS]


class Documented(NamedTuple):
    """One command of a manual's ```sh block, as its words."""

    manual: Path
    words: list[str]


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def documented() -> Iterator[Documented]:
    for manual in MANUALS:
        for language, block in FENCE.findall(text_of(manual)):
            for line in block.splitlines() if language == "sh" else ():
                words = shlex.split(line, comments=True)
                while words and ASSIGNMENT.fullmatch(words[0]):
                    del words[0]
                if words:
                    yield Documented(manual, words)


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))


def faults(words: list[str]) -> list[str]:
    """What of a command is not there, in words; [] where all is well."""
    program, *rest = words
    if program == "make":
        return [f"make has no target {word}" for word in rest if word not in make_targets()]
    if program == "python" and rest[:1] == ["-m"]:
        return [] if importlib.util.find_spec(rest[1]) else [f"there is no module {rest[1]}"]
    if program in ("yuanwen", "python"):
        return command_faults(rest[rest[:1] == ["app.py"] :])
    return [] if program in OTHERS else [f"{program}: a program that no manual should need"]


def command_faults(words: list[str]) -> list[str]:
    """Parse as the command line does; nothing is run."""
    if not words or words[0].startswith("--"):
        known = {option for parameter in CLI.params for option in parameter.opts}
        return [f"no option {word}" for word in words if word not in known]
    command, name, rest = CLI, "", words
    while isinstance(command, TyperGroup):
        if not rest or rest[0] not in command.commands:
            return [f"there is no command {' '.join(words)}"]
        name, *rest = rest
        command = command.commands[name]
    try:
        command.make_context(name, rest)
    except Exception as error:  # click's own, and what a type of ours raises
        return [f"{' '.join(words)}: {error}"]
    return []


COMMANDS = list(documented())


@pytest.mark.parametrize(
    "command", COMMANDS, ids=[f"{c.manual.name}: {' '.join(c.words)[:60]}" for c in COMMANDS]
)
def test_each_command_is_there_with_its_options(command: Documented) -> None:
    assert faults(command.words) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["make", "cake"], "make has no target cake"),
        (["yuanwen", "fly"], "there is no command fly"),
        (["yuanwen", "--fly"], "no option --fly"),
        (["python", "-m", "tests.speed.fly"], "there is no module tests.speed.fly"),
        (["fly"], "fly: a program that no manual should need"),
    ],
)
def test_a_command_that_is_not_there_is_noticed(words: list[str], told: str) -> None:
    assert faults(words) == [told]


def test_an_option_that_is_not_there_is_noticed() -> None:
    assert "--fly" in faults(["yuanwen", "serve", "--fly"])[0]


@pytest.mark.parametrize(
    "name", sorted({c.words[1] for c in COMMANDS if c.words[0] == "yuanwen"} - {"--version"})
)
def test_each_documented_command_answers_help(name: str) -> None:
    status, printed = run([name, "--help"])
    assert (status, name in printed) == (0, True)


def test_every_command_that_readme_and_the_manuals_name_is_there() -> None:
    named = {name for path in MANUALS for name in re.findall(NAMED, text_of(path))}
    assert " ".join(sorted(named)) == (
        "add ask asked audit backup build calibrate check config correct evaluate feedback forget list"
        " not remove restore serve show status sync synonyms user valid-until withdraw"
    )


@pytest.mark.parametrize("manual", OPERATORS, ids=lambda path: path.name)
def test_operators_find_every_command(manual: Path) -> None:
    assert set(CLI.commands) - set(re.findall(NAMED, text_of(manual))) == set()


@pytest.mark.parametrize("manual", OPERATORS, ids=lambda path: path.name)
def test_operators_find_every_setting_with_its_default(manual: Path) -> None:
    rows = dict(re.findall(rf"^\| `{PREFIX}(\w+)` \|(.*?)\|", text_of(manual), re.MULTILINE))
    assert {name.lower() for name in rows} == set(Settings.model_fields)
    assert {name.lower(): told.strip("` ") for name, told in rows.items()} == {
        name: shown(field.default) for name, field in Settings.model_fields.items()
    }


def shown(default: object) -> str:
    """A default as the manuals write it."""
    if default is None:
        return ""
    if isinstance(default, tuple):
        return ",".join(map(str, default))
    if isinstance(default, Path):
        return str(default.relative_to(ROOT))
    return str(default).lower() if isinstance(default, bool) else str(default)


@pytest.mark.parametrize("manual", MANUALS, ids=ids)
def test_each_setting_that_is_named_exists(manual: Path) -> None:
    named = {name.lower() for name in re.findall(rf"\b{PREFIX}([A-Z][A-Z_]*)\b", text_of(manual))}
    named -= {"site"}  # the host name in compose.yaml
    assert named - set(Settings.model_fields) == set()


def test_each_figure_that_evaluators_read_of_is_in_the_report() -> None:
    table = text_of(ROOT / "docs" / "evaluators.md").split("## Reading the report")[1].split("## ")[0]
    named = {name for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for name in CODE.findall(row)}
    assert "answer_in_quotes" in named
    assert named - set(FIGURES) == set()


def anchors(path: Path) -> set[str]:
    """The headings of a page as GitHub names them in addresses."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text_of(path)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("manual", MANUALS, ids=ids)
def test_each_link_leads_to_a_file_and_a_heading(manual: Path) -> None:
    missing = []
    for link in (a or b for a, b in LINK.findall(FENCE.sub("", text_of(manual)))):
        if link.startswith(("http://", "https://")):
            continue
        name, _, anchor = link.partition("#")
        target = (manual.parent / name).resolve() if name else manual
        if not target.exists() or (anchor and anchor not in anchors(target)):
            missing.append(link)
    assert missing == []


@pytest.mark.parametrize("manual", MANUALS, ids=ids)
def test_each_file_that_is_named_exists(manual: Path) -> None:
    named = {
        code
        for code in CODE.findall(text_of(manual))
        if re.fullmatch(r"(?:bot|index|corpus|tests|docs)/[\w./-]+", code) and "NAME" not in code
    }
    assert {name for name in named if not (ROOT / name).exists()} == set()


@pytest.mark.parametrize("manual", MANUALS, ids=ids)
def test_each_module_that_is_named_exists(manual: Path) -> None:
    named = {name.rstrip(".") for name in MODULE.findall(text_of(manual))}
    assert {name for name in named if importlib.util.find_spec(name) is None} == set()


@pytest.mark.parametrize(
    "manual", [m for m in MANUALS if m.parent == ROOT / "docs"], ids=lambda path: path.name
)
def test_each_manual_begins_with_a_table_of_contents(manual: Path) -> None:
    second = re.findall(r"^## (.+)$", FENCE.sub("", text_of(manual)), re.MULTILINE)
    assert re.match("Contents|目录", second[0])
    listed = set(re.findall(r"\]\(#([^)]+)\)", text_of(manual).split("\n## ")[1]))
    assert {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in second[1:]
    } - listed == set()


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_readme_is_short(readme: Path) -> None:
    assert len(text_of(readme).splitlines()) <= 180


def test_no_line_of_the_changelog_stands_twice() -> None:
    lines = [line for line in text_of(ROOT / "CHANGELOG.md").splitlines() if line.startswith("- ")]
    assert [line for line in lines if lines.count(line) > 1] == []


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder as the manuals suppose it: nine articles, a page to add, a backup; no model is loaded."""
    shutil.copytree(ROOT / "corpus" / "articles", tmp_path / "articles")
    for room in ("corpus", "tests"):
        (tmp_path / room).symlink_to(ROOT / room)
    (tmp_path / "page.txt").write_text(
        "停水通知\n\n明天上午九点到十一点停水。请提前储水。\n", encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("YUANWEN_ARTICLES", str(tmp_path / "articles"))
    monkeypatch.setenv("YUANWEN_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("YUANWEN_RERANKER", "none")
    monkeypatch.setattr("index.models.embedder.load_embedder", lambda *arguments, **options: FakeEmbedder())
    for prepared in (["build"], ["backup", "yuanwen.tar.gz"]):
        assert run(prepared)[0] == 0
    return tmp_path


RUN = {
    "add page.txt",
    "ask",
    "backup",
    "build",
    "check",
    "config",
    "correct",
    "evaluate tests",
    "feedback",
    "list",
}
RUN |= {"audit", "forget", "remove", "restore", "show", "status", "user list", "withdraw"}
NOT_RUN = re.compile(r"--(?:gate|resume|compare)|remove-gold|report[.]pdf")
"""What needs earlier runs, the model's figures or files that are not here: it is only parsed."""

RUNNABLE = sorted(
    {
        line
        for command in COMMANDS
        if command.words[0] == "yuanwen"
        and (line := shlex.join(command.words[1:])).startswith(tuple(RUN))
        and not NOT_RUN.search(line)
    }
)


@pytest.mark.slow
@pytest.mark.parametrize("line", RUNNABLE)
def test_each_command_that_needs_no_model_runs(desk: Path, line: str) -> None:
    words = ["yicheng-news-3" if word == "ID" else word for word in shlex.split(line)]
    status, printed = run(words)
    assert status == 0, printed


@pytest.mark.slow
@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_answer_in_readme_is_what_is_printed(readme: Path, real_bot: Bot) -> None:
    question = re.search(r'yuanwen ask "(.+)"', text_of(readme))
    (shown_text,) = [block for language, block in FENCE.findall(text_of(readme)) if language == "text"]
    assert question
    assert answer_text(real_bot.ask(question[1])).startswith(shown_text.rstrip("\n").removesuffix("…"))


def test_every_library_stands_in_the_developers_table_with_its_reason_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    stated = [*project["dependencies"], *itertools.chain(*project["optional-dependencies"].values())]
    needed = {re.split(r"[\[=<>]", requirement)[0] for requirement in stated}
    table = text_of(ROOT / "docs" / "developers.md").split("## Libraries and why")[1].split("\n\n## ")[0]
    first_cells = re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)[1:]
    assert {name for cell in first_cells for name in cell.split(", ")} - {"typescript"} == needed
