"""The bytes of a web page -> its tree, without what a reader of the page does not see."""

from __future__ import annotations

import re

import lxml.html
from lxml import etree

from corpus.readers.document import Document
from corpus.readers.encoding import decode

__all__ = ["next_page", "next_sheet", "page_source", "parse", "refresh_address", "visible_tree"]

CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,30})""", re.IGNORECASE)
ENTITY = re.compile(r"<!ENTITY[^>]{0,10000}>", re.IGNORECASE)
END_OF_PAGE = re.compile(r"</(?:body|html)\s{0,20}>", re.IGNORECASE)
NOT_SHOWN = (
    "style", "noscript", "template", "iframe", "object", "svg", "canvas", "video", "audio", "input", "button",
    "select", "textarea", "rt", "rp", "del", "s", "strike",
)  # fmt: skip
HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|text-decoration[^;]*:[^;]*line-through",
    re.IGNORECASE,
)
NEXT_PAGE = re.compile(
    r"[\[【(（]?(?:下一页|下一頁|下页|后一页|余下全文|Next ?page)[\]】)）]?[>»›]{0,2}", re.IGNORECASE
)
NEXT_SHEET = re.compile(
    r"[^\w]*\d?(?:下一版|后一版|後一版|下一版面)\d?[^\w]*"
)  # 4 is an arrow in another font
RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
SCRIPTS = {"sup": RAISED, "sub": LOWERED}


def page_source(document: Document) -> str:
    """The page's source, in the encoding that its sender, the page or its letters state.

    Raises ReaderError where the bytes are no text.
    """
    stated = CHARSET.search(document.content[:4096])
    text = decode(document.content, document.charset or (stated[1].decode() if stated else ""))
    return ENTITY.sub("", text).replace("\0", "")


def parse(text: str) -> lxml.html.HtmlElement | None:
    """The page's tree; None where there is none."""
    text = END_OF_PAGE.sub("", text)  # the parser would leave out what stands behind, and browsers show it
    try:
        parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
        return lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None


def visible_tree(tree: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """The tree without hidden and struck text and readings over characters; 10<sup>4</sup> is 10⁴.

    Scripts stay where they state facts of the article (JSON-LD). What is hidden and holds most of the
    page's text stays too: there a script shows it.
    """
    etree.strip_elements(tree, etree.Comment, etree.ProcessingInstruction, *NOT_SHOWN, with_tail=False)
    for script in tree.xpath("//script[not(@type='application/ld+json')]"):
        script.drop_tree()
    most = len(tree.text_content()) / 2
    for element in tree.xpath("//*[@style or @hidden]"):
        is_hidden = element.get("hidden") is not None or HIDDEN.search(element.get("style", ""))
        if is_hidden and element.getparent() is not None and len(element.text_content()) < most:
            element.drop_tree()
    for element in tree.iter(*SCRIPTS):
        text = element.text or ""
        turned = text.translate(SCRIPTS[element.tag])
        if not len(element) and not any(char.isalnum() and char in text for char in turned):
            element.text = turned
    return tree


def refresh_address(tree: lxml.html.HtmlElement) -> str:
    """Where the page sends its reader at once, as it is written; "" where it does not."""
    for meta in tree.iter("meta"):
        if meta.get("http-equiv", "").lower() == "refresh":
            match = re.match(r"\s*([0-9.]{1,6})\s*[;,]\s*url\s*=\s*['\"]?([^'\"]{1,2000})",
                             meta.get("content", ""), re.IGNORECASE)  # fmt: skip
            if match and float(match[1].strip(".") or 0) <= 10:
                return str(match[2]).strip()
    return ""


def next_page(tree: lxml.html.HtmlElement) -> str:
    """The link to an article's further page, as it is written; "" where there is none."""
    return _link(tree, NEXT_PAGE)


def next_sheet(tree: lxml.html.HtmlElement) -> str:
    """The link to the next printed page (下一版) of an electronic edition; "" where there is none."""
    return _link(tree, NEXT_SHEET)


def _link(tree: lxml.html.HtmlElement, label: re.Pattern[str]) -> str:
    for link in tree.iter("a"):
        if label.fullmatch("".join(link.text_content().split())):
            address = str(link.get("href", "")).strip()
            if address and not address.lower().startswith(("#", "javascript:", "mailto:")):
                return address
    return ""
