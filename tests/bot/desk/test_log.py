from __future__ import annotations

from bot.desk.desk import Desk
from tests.bot.desk.browser import Browser


def test_the_log_is_read_in_parts_and_shows_what_strangers_typed_as_text(
    desk: Desk, administrator: Browser
) -> None:
    for number in range(120):
        desk.log.record("chief", "withdrew", article=f"a{number}<script>")
    administrator.get("/desk/log")
    assert "a119&lt;script&gt;" in administrator.page.text
    last = int(administrator.page.text.split("before=")[1].split('"')[0])
    administrator.get(f"/desk/log?before={last}")
    assert f'value="{last - 1}"' in administrator.page.text
    assert "user added" in administrator.said
    assert administrator.get("/desk/log?before=x").status_code == 400
