"""Each sentence of /about is held by a test that is named here, or that stands below."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot import messages
from bot.answering.question import Question
from bot.answering.small_talk import small_talk
from bot.messages import catalogue
from bot.operations.heard import ENOUGH
from bot.publisher import Publisher
from bot.web.about import About, about_sections
from bot.web.faces import Faces
from bot.web.queue import ANSWERS
from bot.web.server import create_app
from tests.bot.web.stub import StubBot

TESTS = Path(__file__).parents[2]

HEADINGS = {"about", "about_answers", "about_who", "about_kept", "about_sent", "about_object", "about_access"}

HELD = {
    "about_program": "bot/web/test_about.py::test_who_asks_whether_it_is_a_program_is_told_so",
    "about_not_generated": "bot/answering/test_quote.py"
    "::test_whatever_is_published_and_asked_a_quote_is_whole_sentences_of_its_article",
    "about_chosen": "bot/web/test_about.py::test_every_quote_has_its_source_and_a_link",
    "about_none": "browser/test_whole_walk.py::test_a_visitor_gets_the_published_sentence_and_an_honest_no",
    "about_publisher": "bot/web/test_about.py::test_publisher_and_contact_are_those_of_the_settings",
    "about_no_publisher": "bot/web/test_about.py::test_publisher_and_contact_are_those_of_the_settings",
    "about_contact": "bot/web/test_about.py::test_publisher_and_contact_are_those_of_the_settings",
    "about_no_contact": "bot/web/test_about.py::test_publisher_and_contact_are_those_of_the_settings",
    "about_keep_off": "bot/operations/test_keeping.py::test_what_is_kept_is_what_the_publisher_allows",
    "about_keep_shared": "bot/operations/test_heard.py::test_a_wording_is_shared_once_five_addresses_used_it",
    "about_keep_all": "bot/operations/test_keeping.py::test_what_is_kept_is_what_the_publisher_allows",
    "about_vote": "bot/operations/test_votes.py"
    "::test_a_vote_says_what_it_is_about_and_of_the_time_only_the_day",
    "about_counted": "bot/operations/test_keeping.py"
    "::test_small_talk_and_people_in_need_are_counted_and_not_kept",
    "about_memory": "bot/web/test_queue_remembered.py::test_the_last_answers_are_remembered",
    "about_address": "bot/web/test_request_log.py::test_nothing_that_a_visitor_says_is_logged_or_counted",
    "about_browser": "bot/web/test_about.py::test_no_cookie_is_set",
    "about_not_sent": "bot/web/test_server.py::test_no_other_host_is_sought_at_start_or_page_load",
    "about_passed_on": "bot/web/test_about.py::test_figures_and_messengers_are_told_of_where_there_are_any",
    "about_voice": "browser/test_chat_ways.py::test_what_is_spoken_goes_into_the_box_and_is_sent_by_hand",
    "about_rights": "bot/web/test_about.py::test_publisher_and_contact_are_those_of_the_settings",
    "about_forget": "bot/cli/test_data.py::test_what_is_old_or_holds_words_is_forgotten",
    "about_wcag": "browser/test_axe.py::test_axe_finds_what_is_wrong_and_nothing_else",
    "about_access_limits": "bot/web/test_about.py::test_publisher_and_contact_are_those_of_the_settings",
}


def test_each_sentence_names_a_test_that_is_there() -> None:
    sentences = {name for name in catalogue("en") if re.match("about(_|$)", name)} - HEADINGS
    assert set(HELD) == sentences
    for place in HELD.values():
        file, _, test = place.partition("::")
        assert f"def {test}(" in (TESTS / file).read_text(encoding="utf-8"), place


def sentences_of(about: About = About(), publisher: Publisher = Publisher()) -> set[str]:  # noqa: B008
    return {sentence for _, told in about_sections(about, publisher, "en") for sentence in told}


@pytest.mark.parametrize(
    ("keep", "told"),
    [
        ("off", "Your questions are not written down."),
        ("shared", "A question is kept only in a wording that at least five addresses used, for 30 days"),
        ("all", "Questions are kept for 30 days with the day and what came of them"),
    ],
)
def test_what_is_kept_is_told_as_it_is_set(keep: str, told: str) -> None:
    about = About(keep, 30)  # type: ignore[arg-type]
    assert sum(sentence.startswith(told) for sentence in sentences_of(about)) == 1
    assert sum("written down" in sentence for sentence in sentences_of(about)) == (keep == "off")


def test_publisher_and_contact_are_those_of_the_settings() -> None:
    told = sentences_of(publisher=Publisher("驻马店日报", contact="0396-123456"))
    assert "驻马店日报 runs this service, and chooses the articles that it quotes." in told
    assert "Contact: 0396-123456" in told
    untold = sentences_of()
    assert "Who runs this service has not entered a name in its settings." in untold
    assert "Who runs this service has not entered a contact in its settings." in untold


def test_figures_and_messengers_are_told_of_where_there_are_any() -> None:
    counted = messages.ABOUT_COUNTED.to("en")
    assert counted in sentences_of(About(counts=True))
    assert counted not in sentences_of()
    passed_on = messages.ABOUT_PASSED_ON.to("en")
    assert passed_on in sentences_of(About(passed_on=True))
    assert passed_on not in sentences_of()


def test_numbers_in_the_sentences_are_those_of_the_program() -> None:
    assert ANSWERS == 5000
    assert "5000" in messages.ABOUT_MEMORY.to("en")
    assert ENOUGH == 5
    assert "at least five addresses" in messages.ABOUT_KEEP_SHARED.to("en", days=30)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh-CN", "回答您的是程序，不是真人。"),
        ("zh-TW", "回答您的是程式，並非真人。"),
        ("en", "You are talking to a program, not to a person."),
    ],
)
def test_the_page_is_there_in_three_languages_and_every_page_leads_to_it(language: str, told: str) -> None:
    app = create_app(StubBot(), publisher=Publisher("<报>"), faces=Faces(lambda: About("all", 7)))
    with TestClient(app, headers={"accept-language": language}) as client:
        page = client.get("/about")
        assert page.status_code == 200
        assert told in page.text
        assert " 7 " in page.text
        assert "<报>" not in page.text
        for path in ("/", "/articles", "/articles/parcels"):
            assert "/about" in client.get(path).text


def test_who_asks_whether_it_is_a_program_is_told_so() -> None:
    assert messages.WHO.to("en").startswith("I am Yuanwen, a program and no person.")
    assert small_talk(Question("你是机器人吗?")) == "who"


def test_every_quote_has_its_source_and_a_link(client: TestClient) -> None:
    for question in ("实名收寄率要达到多少?", "恶意", "Is base-station radiation safe?"):
        for quote in client.post("/api/ask", json={"question": question}).json()["quotes"]:
            assert quote["article"]["title"]
            assert client.get(quote["link"]).status_code == 200


def test_no_cookie_is_set(client: TestClient) -> None:
    for path in ("/", "/articles", "/articles/parcels", "/about", "/verify", "/widget", "/api/articles"):
        assert "set-cookie" not in client.get(path).headers
    asked = client.post("/api/ask", json={"question": "实名收寄率要达到多少?"})
    assert "set-cookie" not in asked.headers
