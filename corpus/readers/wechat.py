"""Articles of WeChat's public accounts: where their pages keep the text, and who published it when."""

from __future__ import annotations

import re

import lxml.html

__all__ = ["read_wechat"]

BLOCKS = ("section", "p", "div", "table", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4")
TEXT, ACCOUNT, AUTHOR, DAY = "js_content", "js_name", "js_author_name", "publish_time"
# A page that was fetched, and not saved by a browser, has the time in a script only.
TIME = re.compile(r"""\b(?:ct|createTime)\s*=\s*["'](\d{10}|\d{4}-\d\d-\d\d)""")


def read_wechat(tree: lxml.html.HtmlElement) -> dict[str, str]:
    """Source, byline and published as the page states them; {} for any other page.

    Of the page's body nothing but the article's text is left, for whoever extracts it.
    """
    body, text = tree.find("body"), tree.get_element_by_id(TEXT, None)
    if body is None or text is None or tree.get_element_by_id(ACCOUNT, None) is None:
        return {}
    stated = {
        "source": _words(tree, ACCOUNT),
        "byline": _words(tree, AUTHOR),
        "published": _words(tree, DAY) or _scripted_time(tree),
    }
    text.tag = "article"
    for element in text.iter("*"):
        element.attrib.pop("style", None)  # a script shows the text; until then it is hidden
        if element.tag == "section":
            element.tag = "div" if next(element.iterdescendants(*BLOCKS), None) is not None else "p"
    body[:] = [text]
    body.text = None
    return stated


def _words(tree: lxml.html.HtmlElement, id: str) -> str:
    element = tree.get_element_by_id(id, None)
    return "" if element is None else " ".join(element.text_content().split())


def _scripted_time(tree: lxml.html.HtmlElement) -> str:
    found = (TIME.search(script.text or "") for script in tree.iter("script"))
    return next((match[1] for match in found if match), "")
