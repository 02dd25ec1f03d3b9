"""A quote's link marks its words and no others; a page that is known is not sent again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from bot import messages
from bot.web.html import text_blocks
from bot.web.links import quote_link
from bot.web.server import create_app
from corpus.article import Article
from corpus.sentences import Span
from tests.bot.web.pages_read import marked
from tests.bot.web.stub import PARCELS, QUOTES, StubBot


class TestQuote:
    @pytest.mark.parametrize("name", ["hostile", "station", "parcels"])
    def test_a_link_of_the_api_marks_exactly_the_quoted_words(self, client: TestClient, name: str) -> None:
        question = {"hostile": "恶意", "station": "Is it safe?", "parcels": "快递"}[name]
        quote = client.post("/api/ask", json={"question": question, "top": 1}).json()["quotes"][0]
        assert quote["link"].endswith("#quote")
        html = client.get(quote["link"]).text
        assert marked(html) == QUOTES[name].text
        assert html.count('id="quote"') == 1
        assert '<a href="#quote">' in html

    def test_over_several_paragraphs_the_first_words_are_the_place(self, client: TestClient) -> None:
        start = PARCELS.body.index("严格落实三项制度")
        text = PARCELS.body[start:]
        html = client.get(quote_link("parcels", start, text)).text
        assert marked(html) == text.replace("\n", "")
        assert '<h2><mark id="quote" tabindex="-1">严格落实三项制度</mark></h2>' in html

    @pytest.mark.parametrize(
        ("body", "said", "words"),
        [
            ("新的一段。\n\n" + PARCELS.body, messages.QUOTE_MOVED, "实名收寄率必须达到百分之百。"),
            (PARCELS.body.replace("百分之百", "百分之九十"), messages.QUOTE_CHANGED, ""),
            ("短。", messages.QUOTE_CHANGED, ""),
        ],
    )
    def test_a_changed_text_is_said_and_no_other_words_are_marked(
        self, body: str, said: messages.Message, words: str
    ) -> None:
        text = "实名收寄率必须达到百分之百。"
        bot = StubBot()
        bot.articles = {"parcels": Article("parcels", "题", body)}
        client = TestClient(create_app(bot))
        html = client.get(quote_link("parcels", PARCELS.body.index(text), text)).text
        assert said.to("zh-Hans") in html
        assert marked(html) == words

    @pytest.mark.parametrize(
        "query", ["quote=1-2", "quote=9-3", "quote=%3Cscript%3E", "quote=1-99999999", "quote=&of=%00"]
    )
    def test_a_wrong_place_is_said_and_the_article_shown(self, client: TestClient, query: str) -> None:
        response = client.get(f"/articles/station?{query}", headers={"accept-language": "en"})
        assert response.status_code == 200
        assert messages.QUOTE_WRONG.to("en") in response.text
        assert "<mark" not in response.text
        assert "No harm is known." in response.text

    @given(st.text("#　 \n。字<&", max_size=40), st.tuples(st.integers(0, 40), st.integers(0, 40)))
    def test_every_marked_character_is_quoted_and_every_quoted_one_marked(
        self, body: str, bounds: tuple[int, int]
    ) -> None:
        span = Span(*sorted(bounds))
        pieces = [run for block in text_blocks(body, (), [span]) for run in block.runs]
        words = "".join(piece.text for piece in pieces if piece.is_marked)
        quoted = body[span.start : span.end]
        assert [c for c in words if c not in "\n# 　"] == [c for c in quoted if c not in "\n# 　"]


class TestAgain:
    def test_a_page_that_is_known_is_not_sent_again(self, client: TestClient) -> None:
        tag = client.get("/articles/parcels").headers["etag"]
        for known in (tag, f'"x", W/{tag}', "*"):
            response = client.get("/articles/parcels", headers={"if-none-match": known})
            assert (response.status_code, response.content) == (304, b"")
            assert response.headers["etag"] == tag
            assert response.headers["vary"] == "Accept-Language"

    def test_another_language_or_quote_is_another_page(self, client: TestClient) -> None:
        tag = client.get("/articles/parcels").headers["etag"]
        for address in ("/articles/parcels?lang=en", "/articles/parcels?quote=1-2", "/articles/hostile"):
            assert client.get(address, headers={"if-none-match": tag}).status_code == 200

    def test_a_missing_page_is_always_sent(self, client: TestClient) -> None:
        response = client.get("/articles/nope", headers={"if-none-match": "*"})
        assert response.status_code == 404
