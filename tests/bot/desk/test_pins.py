from __future__ import annotations

from datetime import datetime

from bot.answering.answer import CuratedParts
from bot.desk.desk import Desk
from bot.operations.figures import Count
from corpus.article import Article, to_markdown
from corpus.asked import ArticleQuestion
from tests.bot.desk.browser import Browser


def test_pins_are_listed_the_most_used_first_and_the_stale_told(publisher: Browser, desk: Desk) -> None:
    asked = (ArticleQuestion("几点停水?", "明天停水。"), ArticleQuestion("停到几点?", "停到十点。"))
    water = Article("water", "停水", "明天停水。", asked=asked)
    (desk.articles / "water.md").write_text(to_markdown(water), encoding="utf-8")
    desk.figures.add({Count.of_curated(datetime.now(), CuratedParts("pin", "water\n停到几点?")): 3})
    publisher.get("/desk/pins?q=实名收寄率是多少")
    assert "实名收寄率必须达到百分之百。" in publisher.said
    first, second = publisher.said.split("几点停水?")
    assert "停到几点? used 3 times in 30 days 停水 停到十点。 This sentence is not in the text" in first
    assert second.startswith(" used 0 times in 30 days 停水 明天停水。")
    for page in ("0", "-1", "99"):
        assert publisher.get(f"/desk/pins?page={page}").status_code == 200


def test_editors_may_not(editor: Browser) -> None:
    assert editor.get("/desk/pins").status_code == 403
