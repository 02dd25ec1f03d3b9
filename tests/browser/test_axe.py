from playwright.sync_api import Browser

from tests.browser.axe import faults

GOOD = '<!doctype html><html lang="en"><title>t</title><main><h1>Title</h1><p>Text</p></main></html>'


def test_axe_finds_what_is_wrong_and_nothing_else(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(GOOD)
    assert faults(page) == []
    page.set_content(GOOD.replace("<p>", '<p style="color:#bbb">').replace("</main>", '<img src="x"></main>'))
    assert [fault.split(":")[0] for fault in faults(page)] == ["color-contrast", "image-alt"]
    page.close()
