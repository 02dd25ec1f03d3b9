import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot import messages
from bot.publisher import Publisher
from bot.web.widget.assets import FOLDER, PARTS, loader_script

LIMIT = 5000  # bytes, gzip


def test_takes_at_most_5_kb() -> None:
    script = loader_script(Publisher(name="驻马店日报社全媒体中心"), "zh-Hans")
    assert 1000 < len(gzip.compress(script.encode(), 6)) <= LIMIT


def test_every_part_is_in_it() -> None:
    assert sorted(PARTS) == [path.name for path in sorted((FOLDER / "loader").glob("*.js"))]


def test_comments_and_spaces_are_left_out_and_code_is_not() -> None:
    script = loader_script(Publisher(), "zh-Hans")
    assert "/*" not in script
    assert not re.search(r"^\s*//", script, re.MULTILINE)
    squeezed = "".join(script.split())
    code = [
        "".join(re.sub(r"\s// .*$", "", line).split())
        for name in PARTS
        for line in (FOLDER / "loader" / name).read_text(encoding="utf-8").splitlines()
        if not line.strip().startswith(("//", "/**", "*"))
    ]
    position = 0
    for line in code:
        position = squeezed.index(line, position) + len(line)


def test_it_is_given_the_words_and_the_publisher() -> None:
    script = loader_script(Publisher(name="</script>市民报"), "en")
    given = json.loads(script[script.rindex("})(") + 3 : -3])
    assert given["language"] == "en"
    assert given["words"]["en"] == {
        "title": "</script>市民报",
        "ask_here": "Ask a question",
        "close": "Close",
        "away": messages.AWAY.to("en"),
        "again": "Try again",
    }
    assert given["languages"]["zh-tw"] == "zh-Hant"
    assert given["accent"] == "#9c2a1f"


@pytest.mark.skipif(shutil.which("node") is None, reason="node is missing: apt-get install nodejs")
def test_it_is_a_script(tmp_path: Path) -> None:
    path = tmp_path / "widget.js"
    path.write_text(loader_script(Publisher(), "zh-Hans"), encoding="utf-8")
    subprocess.run(["node", "--check", path], check=True)
