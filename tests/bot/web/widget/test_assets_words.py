import re

import pytest

from bot.web.widget.assets import FOLDER, LANGUAGES, LOADER, PANEL

HAN = re.compile(r"[\u3400-\u9fff]")
VERDICTS = {"answered", "unsure", "none"}  # said by the name that the API gives


def source(folder: str) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted((FOLDER / folder).glob("*.js")))


def test_the_panel_says_the_words_that_it_is_given_and_no_others() -> None:
    scripts = source("panel")
    names = {message.name for message in PANEL}
    assert set(re.findall(r'\bsay\("(\w+)"', scripts)) <= names
    assert {name for name in names if f'"{name}"' not in scripts} <= VERDICTS


def test_the_loader_says_the_words_that_it_is_given_and_no_others() -> None:
    assert set(re.findall(r"\bwords(?:\[\S*?\])?\.(\w+)", source("loader"))) == {
        message.name for message in LOADER
    }


@pytest.mark.parametrize("folder", ["loader", "panel", "demo"])
def test_the_scripts_hold_no_words_in_chinese(folder: str) -> None:
    assert not HAN.search(source(folder))


def test_languages_have_the_names_that_sites_use() -> None:
    assert LANGUAGES["zh"] == LANGUAGES["zh-cn"] == LANGUAGES["zh-hans"] == "zh-Hans"
    assert LANGUAGES["zh-hk"] == LANGUAGES["zh-tw"] == LANGUAGES["zh-hant"] == "zh-Hant"
    assert LANGUAGES["en"] == LANGUAGES["en-gb"] == "en"
