"""Messages between panel and page: from nobody else, in no other form."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.browser.sites import Site, Widget, tag, visiting

ASK = '{ yuanwen: 1, type: "ask", question: "恶意" }'


def test_another_frame_of_the_page_cannot_ask(
    browser: Browser, site: Site, stranger: Site, service: str
) -> None:
    """Neither the panel nor, in the panel's name, the page."""
    evil = stranger.page("""<script>
        onmessage = () => {
            for (let n = 0; n < parent.length; n++)
                parent[n].postMessage({ yuanwen: 1, type: "ask", question: "恶意" }, "*");
            parent.postMessage({ yuanwen: 1, type: "close" }, "*");
            parent.postMessage("done", "*");
        };
    </script>""")
    body = f'<iframe id="evil" src="{evil}"></iframe><script>onmessage = (e) => window.last = e.data</script>'
    with visiting(browser, site.page(body + tag(service)), service, evil) as page:
        widget = Widget(page)
        widget.open()
        page.evaluate("document.querySelector('#evil').contentWindow.postMessage('go', '*')")
        page.wait_for_function("window.last === 'done'")
        # What was said before this question is dealt with by now.
        widget.ask("实名收寄率要达到多少?")
        expect(widget.turns).to_have_count(1)
        expect(widget.dialog).to_be_visible()


def test_the_page_is_heard_in_the_agreed_form_alone(browser: Browser, site: Site, service: str) -> None:
    wrong = """[
        "ask", null, 7, [], { type: "ask", question: "恶意" }, { yuanwen: 2, type: "ask", question: "恶意" },
        { yuanwen: "1", type: "ask", question: "恶意" }, { yuanwen: 1, type: "ask" },
        { yuanwen: 1, type: "ask", question: { toString: 1 } },
        { yuanwen: 1, type: "ask", question: ["恶意"] },
        { yuanwen: 1, type: "__proto__" }, { yuanwen: 1 },
    ]"""
    with visiting(browser, site.page(tag(service)), service) as page:
        widget = Widget(page)
        widget.open()
        panel = "document.querySelector('yuanwen-widget').shadowRoot.querySelector('iframe').contentWindow"
        page.evaluate(f"{wrong}.forEach((message) => {panel}.postMessage(message, '*'))")
        page.evaluate("yuanwen.ask('实名收寄率要达到多少?')")
        expect(widget.quotes).to_have_count(2)
        expect(widget.turns).to_have_count(1)


def test_a_page_that_opens_the_panel_as_a_window_is_not_heard(
    browser: Browser, site: Site, service: str
) -> None:
    with visiting(browser, site.page(""), service) as page:
        with page.expect_popup() as opened:
            page.evaluate(f"window.panel = open('{service}/widget/panel?site={site.address}')")
        popup = opened.value
        expect(popup.locator(".example").first).to_be_visible()
        expect(popup.locator("#close")).to_be_hidden()
        page.evaluate(f"panel.postMessage({ASK}, '*')")
        popup.locator("#box").fill("实名收寄率要达到多少?")
        popup.locator("#box").press("Enter")
        expect(popup.locator(".sentence")).to_have_count(2)
        expect(popup.locator(".turn")).to_have_count(1)


def test_the_page_hears_its_panel_alone(browser: Browser, site: Site, service: str) -> None:
    """Another frame of the service's own origin is not the panel."""
    body = f'<iframe id="other" src="{service}/widget/panel"></iframe>'
    with visiting(browser, site.page(body + tag(service)), service, quiet=False) as page:
        widget = Widget(page)
        widget.open()
        other = next(frame for frame in page.frames if frame.url == f"{service}/widget/panel")
        other.evaluate("parent.postMessage({ yuanwen: 1, type: 'close' }, '*')")
        widget.ask("实名收寄率要达到多少?")
        expect(widget.dialog).to_be_visible()
