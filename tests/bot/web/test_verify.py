from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from bot.answering.signing import QuoteSigner
from bot.web.faces import Faces
from bot.web.server import create_app
from bot.web.verify import Verified, split_copied, verified
from corpus.article import Article
from tests.bot.web.stub import PARCELS, StubBot

SIGNER = QuoteSigner("a key of this installation")
SENTENCE = "实名收寄率必须达到百分之百。"
QUOTE = "要严格落实收寄验视制度。实名收寄率必须达到百分之百。"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(StubBot(), faces=Faces(signer=SIGNER))) as client:
        yield client


def copied(client: TestClient) -> str:
    """The link that goes with a copied sentence."""
    answer = client.post("/api/ask", json={"question": "实名收寄率要达到多少?"}).json()
    return f"https://ask.example.com{answer['quotes'][0]['sentence_link']}"


def state(client: TestClient, text: str, link: str = "") -> dict[str, object]:
    return dict(client.get("/verify", params={"text": text, "link": link}).json())


def test_the_link_of_a_quote_bears_its_signature_and_leads_to_the_mark(client: TestClient) -> None:
    link = copied(client)
    assert f"&sig={SIGNER.sign('parcels', SENTENCE)}#quote" in link
    page = client.get(link.removeprefix("https://ask.example.com"), headers={"accept-language": "zh-CN"})
    assert f'<mark id="quote" tabindex="-1">{SENTENCE}</mark>' in page.text


def test_what_the_copy_button_gave_is_to_the_letter(client: TestClient) -> None:
    pasted = f"{SENTENCE}\n—— 邮政管理局督导快递安全 · 驻马店日报\n{copied(client)}"
    assert state(client, pasted) == {
        "state": "verbatim",
        "article_id": "parcels",
        "title": "邮政管理局督导快递安全",
        "was_quoted": True,
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (SENTENCE, "verbatim"),
        ("要严格落实收寄验视制度。\n实名收寄率必须达到\n百分之百。", "verbatim"),
        ("过机安检不得遗漏。", "verbatim"),
        ("实名收寄率必须达到百分之百", "cut"),
        ("收寄率必须达到百分之百。", "cut"),
        ("实名收寄率不必达到百分之百。", "altered"),
        ("", "unknown"),
    ],
)
def test_words_are_held_against_the_article(client: TestClient, text: str, told: str) -> None:
    assert state(client, text, copied(client))["state"] == told


@pytest.mark.parametrize(
    "link", ["", "https://ask.example.com/", "/articles/none?quote=1-2", "http://[", "javascript:alert(1)"]
)
def test_a_link_to_no_article_is_told(client: TestClient, link: str) -> None:
    assert state(client, SENTENCE, link)["state"] == "unknown"


class Changed(StubBot):
    def __init__(self, article: Article | None) -> None:
        super().__init__()
        if article:
            self.articles["parcels"] = article
        else:
            self.withdrawn = {"parcels": replace(self.articles.pop("parcels"), body="", status="withdrawn")}


def test_words_that_were_quoted_before_the_article_changed_are_told_from_invented_ones() -> None:
    link = f"/articles/parcels?quote=1-2&sig={SIGNER.sign('parcels', SENTENCE)}"
    bot = Changed(replace(PARCELS, body="实名收寄率必须达到九成。"))
    title = PARCELS.title
    assert verified(SENTENCE, link, bot, SIGNER) == Verified("changed", "parcels", title, True)
    assert verified("从来没有的话。", link, bot, SIGNER) == Verified("altered", "parcels", title, False)


def test_of_a_withdrawn_article_it_is_told_whether_the_words_were_quoted() -> None:
    link = f"/ask/articles/parcels?quote=1-2&sig={SIGNER.sign('parcels', SENTENCE)}#quote"
    bot = Changed(None)
    assert verified(SENTENCE, link, bot, SIGNER) == Verified("withdrawn", "parcels", PARCELS.title, True)
    assert verified("别的话。", link, bot, SIGNER) == Verified("withdrawn", "parcels", PARCELS.title, False)
    assert not verified(SENTENCE, link, bot, None).was_quoted


def test_a_copied_quote_is_parted_from_its_source_and_link() -> None:
    pasted = f"{QUOTE}\n—— 题 · 报 · 2024-11-26\n更正：日期\nhttps://a.example/articles/x?quote=1-2&of=0a1b2c3d#quote"
    link = "https://a.example/articles/x?quote=1-2&of=0a1b2c3d#quote"
    assert split_copied(pasted) == (QUOTE, link)
    assert split_copied(f"  {QUOTE}\n", f" {link} ") == (QUOTE, link)
    assert len(split_copied("字" * 9000)[0]) == 4000


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh-CN", "有改动：这篇文章里没有这些话。"),
        ("zh-TW", "有改動：這篇文章裡沒有這些話。"),
        ("en", "Altered: the article does not hold these words."),
    ],
)
def test_people_get_a_page_in_their_language(client: TestClient, language: str, told: str) -> None:
    shown = client.get(
        "/verify",
        params={"text": "<b>不是</b>原话。", "link": copied(client)},
        headers={"accept": "text/html", "accept-language": language},
    )
    assert told in shown.text
    assert "<b>不是" not in shown.text
    assert "&lt;b&gt;不是&lt;/b&gt;原话。" in shown.text
