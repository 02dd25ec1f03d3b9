"""The command line, with the fake embedder; the service itself is tested under tests/bot/web."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import app
from bot import messages
from bot.operations.votes import VoteRecord
from corpus.article import Article, to_markdown
from tests.bot.backups import votes_of
from tests.index.fake_embedder import FakeEmbedder

ROOT = Path(__file__).parents[1]
SCAM = Article(
    id="scam", title="防诈骗", body="不要向陌生人透露信息。诈骗电话很多。", byline="本报讯(记者 张静)"
)


@pytest.fixture(autouse=True)
def library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "scam.md").write_text(to_markdown(SCAM), encoding="utf-8")
    monkeypatch.setenv("YUANWEN_ARTICLES", str(articles))
    monkeypatch.setenv("YUANWEN_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("YUANWEN_RERANKER", "none")
    monkeypatch.setattr("index.models.embedder.load_embedder", lambda *arguments, **options: FakeEmbedder())
    return articles


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str
) -> tuple[int, str, str]:
    """Exit status, stdout and stderr of `python app.py ARGUMENTS`."""
    monkeypatch.setattr("sys.argv", ["app.py", *arguments])
    with pytest.raises(SystemExit) as leaving:
        app.main()
    code = leaving.value.code
    printed = capsys.readouterr()
    message = "" if code is None or isinstance(code, int) else str(code)
    return (1 if message else int(code or 0)), printed.out, printed.err + message


@pytest.mark.slow
def test_build_status_ask_and_list(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "none in" in run(monkeypatch, capsys, "status")[1]
    assert run(monkeypatch, capsys, "build")[1] == "built: 1 articles, 1 passages, 3 texts embedded\n"
    assert run(monkeypatch, capsys, "build")[1] == "up to date: 1 articles, 1 passages, 0 texts embedded\n"
    assert "state    up to date" in run(monkeypatch, capsys, "status")[1]
    assert run(monkeypatch, capsys, "list")[1] == "scam              published  防诈骗\n"
    status, out, _ = run(monkeypatch, capsys, "ask", "诈骗电话怎么防?")
    assert status == 0
    assert "\n\n  诈骗电话很多。\n  —— 防诈骗 · 本报讯(记者 张静)\n" in out
    answer = json.loads(run(monkeypatch, capsys, "ask", "诈骗电话怎么防?", "--json")[1])
    assert answer["quotes"][0]["article"]["id"] == "scam"
    fields = {
        "answer_id",
        "cards",
        "choices",
        "listed",
        "parts",
        "question",
        "language",
        "verdict",
        "confidence",
        "quotes",
        "nearest",
        "took_ms",
        "reply",
    }
    assert fields == set(answer)
    assert run(monkeypatch, capsys, "ask", "谢谢!")[1] == f"{messages.WELCOME_THANKS.to('zh-Hans')}\n"


def test_status_says_when_the_articles_have_changed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    run(monkeypatch, capsys, "build")
    (library / "new.md").write_text("---\ntitle: 新\n---\n\n火灾。\n", encoding="utf-8")
    assert "out of date; run: python app.py build" in run(monkeypatch, capsys, "status")[1]


def test_backup_and_restore(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path
) -> None:
    file = str(tmp_path / "yuanwen.tar.gz")
    _, out, _ = run(monkeypatch, capsys, "backup", file)
    assert out == f"{file}: 1 files of articles, 0 former texts, no database\n"
    (library / "scam.md").unlink()
    status, out, _ = run(monkeypatch, capsys, "restore", file)
    assert (status, (library / "scam.md").read_text(encoding="utf-8")) == (0, to_markdown(SCAM))
    assert out.startswith(f"restored {file}; what was there before is in {library}/.before-restore-")
    status, _, err = run(monkeypatch, capsys, "restore", str(library / "scam.md"))
    assert (status, len(err.splitlines())) == (1, 1)
    assert "scam.md cannot be read as a backup: Not a gzipped file" in err


def test_a_restore_that_was_interrupted_is_finished_first(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path
) -> None:
    (library / ".restore" / "articles").mkdir(parents=True)
    (library / ".restore" / "articles" / "fire.md").write_text("---\ntitle: 火\n---\n\n火灾。\n", "utf-8")
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "restore").write_text("out\n.before-restore-x\n")
    assert run(monkeypatch, capsys, "list")[1] == "fire              published  火\n"
    assert (library / ".before-restore-x" / "scam.md").is_file()


def test_feedback_lists_exports_and_deletes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(monkeypatch, capsys, "feedback")[1] == "0 votes: 0 up, 0 down\n"
    vote = VoteRecord(
        "a" * 16, "down", "第一行\n第二行", "诈骗\n怎么防?", "zh-Hans", "none", 0.1, (), date(2026, 11, 24)
    )
    votes_of(tmp_path / "state").keep(vote)
    assert run(monkeypatch, capsys, "feedback")[1] == (
        "2026-11-24  down  none      诈骗 怎么防?\n  第一行\n  第二行\n1 votes: 0 up, 1 down\n"
    )
    assert json.loads(run(monkeypatch, capsys, "feedback", "--json")[1]) == [
        {**vars(vote), "quotes": [], "voted_on": "2026-11-24"}
    ]
    assert run(monkeypatch, capsys, "feedback", "--delete", "a" * 16)[1] == "deleted: 1\n"
    assert run(monkeypatch, capsys, "feedback", "--json")[1] == "[]\n"
    assert run(monkeypatch, capsys, "feedback", "--delete", "all")[1] == "deleted: 0\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", "诈骗怎么防?"], "there is no index in"),
        (["ask", "  "], "请先输入您的问题。"),
        (["ask", "is it safe " * 100], "within 500 characters"),
    ],
)
def test_an_error_is_one_sentence_on_stderr(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    if "index" not in said:
        run(monkeypatch, capsys, "build")
    status, out, err = run(monkeypatch, capsys, *arguments)
    assert (status, out) == (1, "")
    assert said in err
    assert "Traceback" not in err
    assert len(err.splitlines()) == 1


def test_a_broken_article_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    (library / "broken.md").write_text("---\ntitel: x\n---\n\ny\n", encoding="utf-8")
    status, _, err = run(monkeypatch, capsys, "build")
    assert status == 1
    assert "broken.md: unknown front matter titel" in err


def test_a_taken_port_is_an_error_that_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from bot.web.server import listen

    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("YUANWEN_PORT", str(port))
        status, _, err = run(monkeypatch, capsys, "serve")
    assert status == 1
    assert f"port {port} on 127.0.0.1 is taken" in err
    assert "YUANWEN_PORT" in err


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text("question,article,answers\n诈骗电话怎么防?,scam,不要向陌生人透露\n", encoding="utf-8")
    return path


@pytest.mark.slow
def test_an_evaluation_its_gate_and_its_comparison(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], questions: Path, tmp_path: Path
) -> None:
    run(monkeypatch, capsys, "build")
    floors, out = str(tmp_path / "floors.json"), str(tmp_path / "out")
    asked = ("evaluate", str(questions), "--out", out, "--gate", floors)
    status, text, _ = run(monkeypatch, capsys, *asked, "--update-floors")
    assert status == 0
    assert text.startswith(
        "mine: 1 answerable, 0 unanswerable\n  recall_at_1               1       (0.206 to 1.000)"
    )
    assert "gate: passed\nmine recall_at_1: new -> 0.98\n" in text

    assert run(monkeypatch, capsys, *asked)[0] == 0
    questions.write_text("question,article,answers\n诈骗电话怎么防?,scam,不存在\n", encoding="utf-8")
    status, _, err = run(monkeypatch, capsys, *asked)
    assert status == 1
    assert "gate: below the floors\nmine answer_in_quotes: 0.0 is below the pinned 0.98\n" in err
    before = Path(floors).read_bytes()
    status, _, err = run(monkeypatch, capsys, *asked, "--update-floors")
    assert status == 1
    assert 'if that is meant, say why: --allow-lower "REASON"' in err
    assert Path(floors).read_bytes() == before
    assert run(monkeypatch, capsys, *asked, "--update-floors", "--allow-lower", "other answers")[0] == 0
    assert json.loads(Path(floors).read_bytes())["lowered"][0]["reason"] == "other answers"

    status, text, _ = run(monkeypatch, capsys, "evaluate", "--compare", out, out)
    assert status == 0
    assert "1 questions in both" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.csv"], "none.csv cannot be read"),
        (["{questions}", "--resume", "--out", "{folder}"], "holds no run (run.json is missing)"),
        (["--compare", "{folder}", "{folder}"], "holds no run (run.json is missing)"),
        (["{questions}", "--articles", "nowhere"], "nowhere is not a folder of articles"),
        ([], "name a question file or folder, or two runs with --compare A B"),
        (["{questions}", "--gate", "{questions}"], "mine.csv cannot be read as floors"),
        (["{questions}", "--update-floors"], "--update-floors and --allow-lower need --gate FILE"),
    ],
)
def test_an_evaluation_that_cannot_be_made(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    questions: Path,
    tmp_path: Path,
    arguments: list[str],
    said: str,
) -> None:
    run(monkeypatch, capsys, "build")
    filled = [argument.format(questions=questions, folder=tmp_path) for argument in arguments]
    status, _, err = run(monkeypatch, capsys, "evaluate", *filled)
    assert status != 0
    assert said in " ".join(err.replace("│", " ").split())
    assert "Traceback" not in err


def test_an_article_that_no_one_has_is_named_with_its_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], questions: Path
) -> None:
    run(monkeypatch, capsys, "build")
    questions.write_text("question,article\n谁?,none\n", encoding="utf-8")
    status, _, err = run(monkeypatch, capsys, "evaluate", str(questions))
    assert (status, len(err.splitlines())) == (1, 1)
    assert "mine.csv, line 2: the corpus has no article 'none'; it has 1, such as scam" in err


@pytest.mark.slow
@pytest.mark.parametrize("command", ["serve", "ask", "status", "list", "add", "evaluate"])
def test_help_waits_for_no_library(command: str) -> None:
    """Half a second were spent on what only answering needs."""
    heavy = ("numpy", "faiss", "torch", "gradio", "scipy", "yaml", "trafilatura")
    code = (
        f"import sys; sys.argv = ['app.py', {command!r}, '--help']\nimport app\n"
        "try: app.main()\nexcept SystemExit: pass\n"
        f"print('loaded:', *(name for name in {heavy} if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "loaded:", done.stdout + done.stderr
