"""The widget on a page as WordPress makes it, with a strict policy: the tag in a Custom HTML block."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.sites import DESKTOP, PHONE, Site, Widget, tag, visiting

STYLES = """<style id="wp-block-library-inline-css">
  :root { --wp--preset--font-size--normal: 16px; }
  .wp-site-blocks { padding: 0 2rem; } .is-layout-constrained > * { max-width: 620px; margin-inline: auto; }
  .wp-element-button, button { font: inherit; padding: 1em 2em; border-radius: 0; background: #32373c; }
  iframe, img { max-width: 100%; height: auto; } dialog { display: block; }
  html { margin-top: 32px !important; } #wpadminbar { position: fixed; z-index: 99999; top: 0; height: 32px; }
</style>"""
BODY = """<div id="wpadminbar" class="nojq"></div><div class="wp-site-blocks">
<header class="wp-block-template-part">
<h1 class="wp-block-site-title"><a href="/page" rel="home">晚报</a></h1></header>
<main class="wp-block-group is-layout-constrained"><h2 class="wp-block-post-title">停水通知</h2>
<div class="entry-content wp-block-post-content"><p>今晚停水。</p>
<!-- wp:html -->{tag}<!-- /wp:html --></div></main>
<footer class="wp-block-template-part"><p>WordPress</p></footer></div>"""


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_it_answers_on_a_page_of_wordpress(
    browser: Browser, site: Site, service: str, viewport: dict[str, int]
) -> None:
    policy = (
        f"default-src 'self'; script-src 'self' {service}; frame-src {service}; style-src 'unsafe-inline'"
    )
    options: dict[str, Any] = {"viewport": viewport}
    address = site.page(
        BODY.format(tag=tag(service)),
        head=STYLES,
        headers={"Content-Security-Policy": policy},
        path="/2025/11/28/water/",
    )
    with visiting(browser, address, service, **options) as page:
        widget = Widget(page)
        expect(widget.button).to_have_css("position", "fixed")
        expect(widget.button).to_be_in_viewport(ratio=1)
        widget.open()
        widget.ask("实名收寄率要达到多少?")
        expect(widget.quotes.first).to_be_in_viewport()
