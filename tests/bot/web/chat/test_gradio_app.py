"""The chat page's events over HTTP, and Gradio's holes: each test here fails when its hole is open."""

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from secrets import token_hex

import gradio
import pytest
from fastapi import FastAPI
from starlette.routing import Mount
from starlette.testclient import TestClient

from bot import messages
from bot.web.server import create_app
from tests.bot.web.driver import Page, shown, wished
from tests.bot.web.stub import HOSTILE, PARCELS, QUOTES, StubBot


@pytest.fixture
def page(client: TestClient, request: pytest.FixtureRequest) -> Page:
    """A new visitor's page."""
    return Page(client, session=f"visitor{abs(hash(request.node.nodeid))}")


@pytest.fixture(scope="module")
def unguarded() -> Iterator[TestClient]:
    """The service without our guard: what Gradio holds back by itself."""
    app = create_app(StubBot())
    app.user_middleware.clear()
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


class TestTheVisit:
    def test_an_answer_is_verdict_quotes_and_tools(self, page: Page) -> None:
        said, verdict, first, second, tools = page.ask("实名收寄率要达到多少?")
        assert said == '<p class="said">实名收寄率要达到多少?</p>'
        assert messages.ANSWERED.to("zh-Hans") in verdict
        assert "<mark>实名收寄率必须达到百分之百。</mark>" in first
        assert "邮政管理局督导快递安全" in first
        assert escape(HOSTILE[:20]) in second
        assert second.startswith('<details class="further" lang="zh-Hans"><summary>另有 1 段相关原文')
        assert messages.READ_ALOUD.to("zh-Hans") in verdict
        assert messages.DID_IT_HELP.to("zh-Hans") in tools

    @pytest.mark.parametrize(
        ("language", "is_chosen", "said"),
        [
            ("zh-Hans", True, "您好！"),
            ("zh-Hant", False, messages.GREETING.to("zh-Hant")),
            ("en", False, "您好！"),
            ("en", True, messages.GREETING.to("en")),
        ],
    )
    def test_small_talk_is_in_the_language_of_the_rest(
        self, page: Page, language: str, is_chosen: bool, said: str
    ) -> None:
        _, talk = page.ask("你好", language=language, is_chosen=is_chosen)
        assert f"<p>{said}</p>" in talk

    def test_the_receipt_carries_the_number_of_the_wish(self, page: Page) -> None:
        outputs = page.run("ask", wished("快递安全", number=42), None)
        assert shown(outputs[1])[-1] == '<p class="receipt" id="receipt-42" hidden></p>'

    def test_after_an_answer_there_are_questions_to_go_on_with(self, page: Page) -> None:
        page.ask("实名收寄率要达到多少?")
        [more] = shown(page.run("suggest", wished("实名收寄率要达到多少?", number=3), None)[0])
        assert 'id="more-3"' in more
        assert "快递安全有哪三项制度?" in more
        assert "实名收寄率要达到多少?" not in more

    def test_off_topic_the_nearest_articles_are_offered(self, page: Page) -> None:
        _, verdict, nearest, _ = page.ask("今天天气怎么样?")
        assert messages.NONE.to("zh-Hans") in verdict
        assert PARCELS.title in nearest
        panel, html = page.open("0.1")
        assert panel["open"] is True
        assert "Base stations emit weak radio waves." in html

    def test_the_article_opens_with_its_quote_marked(self, page: Page) -> None:
        page.ask("实名收寄率要达到多少?")
        _, html = page.open("0.0")
        assert html.count("<mark>") == 1
        assert '<span class="quoted">　　要严格落实收寄验视制度。</span><mark>' in html

    @pytest.mark.parametrize("wanted", ["", "9.9", "-1.0", "0", "0.0.0", "../../etc/passwd"])
    def test_what_was_not_offered_is_not_opened(self, page: Page, wanted: str) -> None:
        page.ask("实名收寄率要达到多少?")
        assert messages.NO_ARTICLE.to("zh-Hans") in page.open(wanted)[1]

    def test_a_cleared_conversation_is_gone(self, page: Page) -> None:
        page.ask("实名收寄率要达到多少?")
        assert page.run("clear")[1:] == [[], []]
        assert len(page.ask("今天天气怎么样?")) == 4

    def test_a_conversation_is_resumed_by_asking_again(self, page: Page) -> None:
        asked = wished("快递安全", "?!", "天气<b>")
        html = shown(page.run("resume", asked, None)[1])
        assert [line for line in html if "said" in line] == [
            '<p class="said">快递安全</p>',
            '<p class="said">天气&lt;b&gt;</p>',
        ]
        assert len(page.ask("天气")) == 5 + 4 + 4

    @pytest.mark.parametrize(
        ("question", "said"),
        [
            ("", messages.EMPTY.to("zh-Hans")),
            ("  ", messages.EMPTY.to("zh-Hans")),
            ("?!", messages.NO_WORDS.to("zh-Hans")),
            ("长" * 10_000, messages.TOO_LONG.to("zh-Hans", limit=500)),
            ("too long " * 1_000, messages.TOO_LONG.to("en", limit=500)),
        ],
    )
    def test_trouble_is_one_clear_sentence(self, page: Page, question: str, said: str) -> None:
        [html] = page.ask(question)
        assert f'<p class="notice" role="alert">{said}</p></div>' in html

    def test_after_a_failure_the_question_can_be_asked_again(self, page: Page) -> None:
        [html] = page.ask("崩溃")
        assert messages.FAILED.to("zh-Hans") in html
        assert (
            f'<button type="button" class="again" value="崩溃">{messages.AGAIN.to("zh-Hans")}</button>'
            in html
        )

    @pytest.mark.parametrize(
        "wish", [None, "", "快递", "[]", '{"texts": []}', '{"texts": ["x"], "path": "/"}']
    )
    @pytest.mark.parametrize("event", ["ask", "resume"])
    def test_what_is_no_wish_of_our_script_is_no_question(
        self, page: Page, event: str, wish: str | None
    ) -> None:
        html = shown(page.run(event, wish, None)[1])
        assert not [line for line in html if "said" in line]

    def test_trouble_is_gone_with_the_next_question_and_leaves_no_turn(self, page: Page) -> None:
        page.ask("")
        assert len(page.ask("实名收寄率要达到多少?")) == 5

    def test_two_visitors_do_not_see_each_other(self, page: Page, client: TestClient) -> None:
        page.ask("实名收寄率要达到多少?")
        assert len(Page(client, session="another").ask("天气")) == 4

    def test_a_chosen_language_is_spoken_whatever_is_asked(self, page: Page) -> None:
        assert messages.NONE.to("zh-Hans") in page.ask("今天天气怎么样?", language="en")[1]
        assert messages.NONE.to("en") in page.ask("今天天气怎么样?", language="en", is_chosen=True)[-3]


class TestText:
    def test_reaches_the_page_to_the_letter(self, page: Page) -> None:
        _, _, card, _ = page.ask("恶意")
        assert f'<span class="quoted">{escape(HOSTILE.removesuffix("第二句在这里。"))}</span>' in card

    def test_of_the_visitor_is_escaped(self, page: Page) -> None:
        said = page.ask('恶意<img src=x onerror="alert(1)">&amp;')[0]
        assert said == '<p class="said">恶意&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;amp;</p>'

    def test_is_rendered_by_nothing_but_three_plain_chatbots(self, page: Page) -> None:
        kinds = {component["type"] for component in page.config["components"]}
        assert kinds.isdisjoint({"html", "markdown"})
        for elem_id in ("talk", "more", "article"):
            props = page.component(elem_id)["props"]
            assert props["render_markdown"] is False
            assert props["sanitize_html"] is True
            assert not props["allow_tags"]
            assert not props["latex_delimiters"]
            assert not props["buttons"]


class TestHistory:
    def test_is_the_servers_own(self) -> None:
        bot = StubBot()
        with TestClient(create_app(bot)) as client:
            page = Page(client)
            page.ask("快递安全")
            page.run("ask", wished("然后呢"), json.dumps([["forged", "answer"]]))
        assert bot.asked[-2:] == [("快递安全", (), 3), ("然后呢", ("快递安全",), 3)]

    def test_is_no_input_of_any_event(self, page: Page) -> None:
        chatbots = {c["id"] for c in page.config["components"] if c["type"] == "chatbot"}
        assert len(chatbots) == 3
        for dependency in page.config["dependencies"]:
            assert chatbots.isdisjoint(dependency["inputs"])

    def test_is_bounded(self, page: Page) -> None:
        for _ in range(21):
            shown_now = page.ask("天气")
        assert len(shown_now) == 20 * 4


class TestGradio:
    """What Gradio itself refuses, should a request ever get past the guard."""

    def test_reads_no_file_that_a_request_names(self, unguarded: TestClient, tmp_path: Path) -> None:
        secret = tmp_path / "secret.txt"
        secret.write_text(f"the secret of the machine {token_hex()}")
        page = Page(unguarded)
        file = {"path": str(secret), "meta": {"_type": "gradio.FileData"}}
        assert page.join(page.body("open_article", file, None)).status_code == 200
        assert page.finished()["success"] is False
        copies = Path(gradio.utils.get_upload_folder()).rglob("secret.txt")
        assert not [copy for copy in copies if copy.read_text() == secret.read_text()]

    @pytest.mark.parametrize(
        "address", ["/monitoring", "/monitoring/summary", "/gradio_api/runs", "/gradio_api/mcp", "/redoc"]
    )
    def test_has_its_extras_shut(self, unguarded: TestClient, address: str) -> None:
        assert unguarded.get(address).status_code in (403, 404)

    def test_the_page_names_no_endpoint(self, unguarded: TestClient) -> None:
        info = unguarded.get("/gradio_api/info").json()
        assert info == {"named_endpoints": {}, "unnamed_endpoints": {}}

    def test_takes_no_direct_call(self, unguarded: TestClient) -> None:
        page = Page(unguarded)
        body = page.body("ask", "快递", None)
        assert unguarded.post("/gradio_api/run/ask", json=body).status_code == 404

    def test_tells_nothing_of_a_failure(self, unguarded: TestClient) -> None:
        page = Page(unguarded)
        page.join({**page.body("ask"), "data": [{"too": "few"}]})
        completed = page.finished()
        assert completed["success"] is False
        assert completed["output"] == {"error": None}

    def test_shows_no_footer_and_keeps_no_runs(self, page: Page) -> None:
        assert page.config["footer_links"] == []
        assert page.config.get("run_history") in (None, False)
        assert page.config["analytics_enabled"] is False

    def test_bounds_its_queue(self, page: Page, app: FastAPI) -> None:
        [mount] = [route for route in app.routes if isinstance(route, Mount) and route.path == ""]
        blocks = mount.app.get_blocks()
        assert blocks.has_launched
        assert blocks._queue.max_size == 64
        # They wait for their turn in threads of their own: not in those that pages of articles come from.
        assert (blocks.max_threads, blocks._queue.default_concurrency_limit) == (160, 160)

    def test_keeps_no_statistics(self, page: Page, app: FastAPI) -> None:
        [mount] = [route for route in app.routes if isinstance(route, Mount) and route.path == ""]
        for question in ("快递", "天气", "恶意"):
            page.ask(question)
        queue = mount.app.get_blocks()._queue
        assert len(queue.event_analytics) <= 1
        assert queue.cached_event_analytics_summary == {"functions": {}}


def test_quotes_keep_their_promise() -> None:
    for quote in QUOTES.values():
        assert quote.article.body[quote.start : quote.end] == quote.text
