import json

import pytest

from bot.publisher import Publisher
from bot.web.widget.origins import Origins
from bot.web.widget.panel import PanelRequest, panel_config

SITE = "https://www.example.com"
ORIGINS = Origins([SITE])


def test_what_is_allowed_is_taken() -> None:
    query = {"site": SITE, "title": " 市民  问答 ", "question": "地铁 几点?", "color": "#0a7d3c"}
    assert PanelRequest.of(query, ORIGINS) == PanelRequest(SITE, "市民 问答", "地铁 几点?", "#0a7d3c", False)
    assert PanelRequest.of({"lang": "en"}, ORIGINS).is_chosen


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"site": "null"},
        {"site": "https://evil-example.com"},
        {"color": "red"},
        {"color": "#0a7d3c;x"},
        {"color": "#0a7d3c\n"},
        {"title": "\x00\u202e\u200b"},
        {"question": "\r\n\t"},
    ],
)
def test_what_is_not_allowed_is_empty(query: dict[str, str]) -> None:
    assert PanelRequest.of(query, ORIGINS) == PanelRequest("", "", "", "", False)


def test_long_words_are_cut() -> None:
    asked = PanelRequest.of({"title": "长" * 61, "question": "问" * 501}, ORIGINS)
    assert (len(asked.title), len(asked.question)) == (60, 500)


def test_the_script_is_given_words_in_every_language_and_whom_to_contact() -> None:
    given = panel_config(PanelRequest(SITE, "", "", "", False), Publisher(contact="12345"), "zh-Hant")
    assert json.loads(json.dumps(given))["words"]["zh-Hant"]["contact"] == "您也可以聯絡：{contact}"
    assert (given["language"], given["site"]) == ("zh-Hant", SITE)
    assert given["contact"] == [("12345", "tel:12345")]
