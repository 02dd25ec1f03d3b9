"""What `ask --json` prints."""

from __future__ import annotations

import json

from bot.cli.output import answer_json
from tests.bot.web.stub import StubBot


def test_as_json_it_is_as_the_api_gives_it() -> None:
    [quote] = json.loads(answer_json(StubBot().ask("恶意")))["quotes"]
    assert quote["superseded_by"]["link"] == "/articles/later"
