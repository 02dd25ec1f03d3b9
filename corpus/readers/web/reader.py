"""A web page -> the articles on it: main text, title, author, date, canonical address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import urljoin, urlsplit

import lxml.html

from corpus.article import Article
from corpus.body import to_body
from corpus.ids import id_stem, url_stem
from corpus.readers.document import Document, Note, ReaderError, Reading
from corpus.readers.fields import as_date, issue_date, page_and_section
from corpus.readers.prose import first_words
from corpus.readers.web.blocks import WebBlock, squeezed, web_blocks
from corpus.readers.web.boilerplate import without_containers
from corpus.readers.web.credits import Credits, credits_of, is_credit_line
from corpus.readers.web.extraction import Extracted, extracted
from corpus.readers.web.main_text import MainText, main_text
from corpus.readers.web.page import next_page, page_source, parse, refresh_address, visible_tree
from corpus.readers.web.platforms import Platform, article_links, only_marked, platform_of, read_epaper
from corpus.readers.web.titles import headline, site_name

__all__ = ["read_web"]

LEAST_TEXT = 120  # characters; a shorter <article> is a teaser
MOST_ELEMENTS = 50_000  # a page of a law's full text has about 20,000
LEAST_SHARE = 0.5  # of a page's prose; where less is the article, the editor should look
MOST_CREDITS = 6  # lines
LONGEST_DATED = 60  # characters of a line that gives a page's day
SHORTEST_LINE = 4  # characters; above the text, a shorter one is a count, a button or a label
# A page that was fetched, and not saved by a browser, has WeChat's time in a script only.
TIME = re.compile(r"""\b(?:ct|createTime|svr_time)\s{0,9}=\s{0,9}["'](\d{10}|\d{4}-\d\d-\d\d)""")


def read_web(document: Document) -> Iterator[Reading]:
    """The article of the page, or each one where it shows several whole ones.

    The address is the page's canonical one, but for a page that was fetched only within its own site:
    no page can pass for another publisher's. A page that holds much prose beside the article, and one
    that goes on at another address, comes with a Note.

    Raises ReaderError where no main text is found.
    """
    source = page_source(document)
    found = read_epaper(source)
    tree = parse(only_marked(source))
    if tree is None:
        raise ReaderError("the page is empty")
    elements = sum(1 for _ in tree.iter())
    if elements > MOST_ELEMENTS:
        raise ReaderError(f"the page has {elements:,} elements; at most {MOST_ELEMENTS:,} are read")
    platform = platform_of(tree)
    tree = _shown(tree, platform)
    parts = [] if found or platform else _several(tree)
    if parts:
        for number, part in enumerate(parts, 1):
            yield _article_of_part(document, tree, part, number)
        return
    yield from _whole(document, source, tree, found, platform)


def _shown(tree: lxml.html.HtmlElement, platform: Platform | None) -> lxml.html.HtmlElement:
    holder = platform.holder(tree) if platform else None
    if holder is not None:
        for element in holder.iterancestors():
            element.attrib.pop("style", None)
        holder.attrib.pop("style", None)  # a script shows the text; until then it is hidden
    return visible_tree(tree)


def _whole(
    document: Document,
    source: str,
    tree: lxml.html.HtmlElement,
    found: dict[str, str],
    platform: Platform | None,
) -> Iterator[Reading]:
    facts = extracted(tree, document.url)
    stated = {
        **(platform.stated(tree) if platform else {}),
        **{name: value for name, value in found.items() if value},
    }
    main, credits, title = _read(tree, facts, platform)
    body = _body(main.blocks, title)
    links = article_links(source, document.url)
    if len(links) > 1 and not any(block.is_prose for block in main.blocks):
        raise ReaderError(
            f"the page lists {len(links)} articles and holds no text of its own; add its address,"
            " or the articles' own pages"
        )
    if not body.strip():
        raise ReaderError(_no_text(tree))
    published = (
        as_date(stated.pop("published", "")) or credits.published or _scripted(source) or facts.published
        or _issue_day(document, source)
    )  # fmt: skip
    title = stated.pop("title", "") or title or first_words(body) or "-"
    printed, section = page_and_section(stated.get("section", ""))
    article = Article(
        id_stem(document.stem) if not document.url else url_stem(document.url), title, body,
        byline=stated.get("byline") or credits.byline,
        source=stated.get("source") or credits.source or site_name(tree, title) or _named(facts.sitename),
        kicker=stated.get("kicker", ""), subtitle=stated.get("subtitle", ""),
        section=section, page=printed,
        published=published, url=_address(document.url, facts.url),
    )  # fmt: skip
    for page in document.continued:
        article = replace(article, body=f"{article.body}\n\n{_continuation(page, title)}".rstrip())
    yield article
    yield from _doubts(document, tree, main)


def _read(
    tree: lxml.html.HtmlElement, facts: Extracted, platform: Platform | None
) -> tuple[MainText, Credits, str]:
    """The main text without what its page has around it, the credits and the title."""
    blocks = web_blocks(tree)
    holder = platform.holder(tree) if platform else None
    whole = main_text(blocks, facts.text, holder)
    title = headline(tree, _above(whole))
    credits = credits_of(tree, whole.before, whole.blocks, whole.after)
    without_containers(tree, holder)
    whole = main_text(web_blocks(tree), facts.text, holder)
    return whole, credits, title


def _above(main: MainText) -> list[WebBlock]:
    """The lines before the text, and the first of those within it that could be its title."""
    heads = []
    for block in main.blocks[:MOST_CREDITS]:
        if block.is_prose and block.kind != "head":
            break
        heads.append(block)
    known = set(map(id, main.before))
    return [*main.before, *(block for block in heads if id(block) not in known)]


def _body(blocks: list[WebBlock], title: str) -> str:
    """The paragraphs, without the title and the credits above them."""
    begin = next((at + 1 for at, block in enumerate(blocks[:MOST_CREDITS]) if _same(block.text, title)), 0)
    while begin < len(blocks) and _is_above(blocks[begin], title):
        begin += 1
    end = len(blocks)
    while end > begin and is_credit_line(blocks[end - 1].text) and re.search("[:：]", blocks[end - 1].text):
        end -= 1
    return to_body((block.kind == "head", block.text) for block in blocks[begin:end])


def _is_above(block: WebBlock, title: str) -> bool:
    """Whether a line before the first paragraph is the title again, a credit, or a bare number or word."""
    if is_credit_line(block.text) or _same(block.text, title):
        return True
    shortest = block.kind == "text" and len(squeezed(block.text)) <= SHORTEST_LINE
    return shortest and block.text[-1].isalnum()


def _same(one: str, other: str) -> bool:
    return _letters(one) == _letters(other) != ""


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _no_text(tree: lxml.html.HtmlElement) -> str:
    if address := refresh_address(tree):
        return f"the page only leads to {address}; add that address"
    return "no article text was found on the page"


def _continuation(page: Document, title: str) -> str:
    """The text of a further page of an article; "" where it holds none."""
    tree = parse(only_marked(page_source(page)))
    if tree is None:
        return ""
    platform = platform_of(tree)
    tree = _shown(tree, platform)
    main, _, own = _read(tree, extracted(tree, page.url), platform)
    return _body(main.blocks, own if not _same(own, title) else title)


def _doubts(document: Document, tree: lxml.html.HtmlElement, main: MainText) -> Iterator[Note]:
    if main.share < LEAST_SHARE:
        told = f"only {main.share:.0%} of the prose on the page was taken for the article; look at both"
        yield Note(document.name, told, refused=False)
    further = next_page(tree)
    if further and not document.continued:
        yield Note(document.name, f"the article goes on at {further}, which was not read", refused=False)


def _named(site: str) -> str:
    """The site's name, but not where it is a host's."""
    return "" if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", site) else site


def _issue_day(document: Document, source: str) -> date | None:
    """The day of an electronic edition's page, in its address, or in a short line around the marked text."""
    if only_marked(source) is source:
        return None
    tree = parse(source)
    lines = [block.text for block in web_blocks(visible_tree(tree))] if tree is not None else []
    return issue_date(document.url) or next(
        filter(None, (issue_date(line) for line in lines if len(line) <= LONGEST_DATED)), None
    )


def _scripted(source: str) -> date | None:
    match = TIME.search(source)
    return as_date(match[1]) if match else None


def _address(fetched: str, canonical: str) -> str:
    if not fetched:
        return canonical if canonical.startswith(("http://", "https://")) else ""
    ours, theirs = _site(fetched), _site(canonical)
    return canonical if canonical.startswith(("http://", "https://")) and ours == theirs else fetched


def _site(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return re.sub(r"^(?:www|m|wap|mobile)\.", "", host)


# ---- several articles on one page


def _several(tree: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    """The page's <article> elements where two at least are whole ones and none makes up most of the page."""
    parts = [part for part in tree.iter("article") if not any(True for _ in part.iterancestors("article"))]
    whole = [(len(part.text_content().strip()), part) for part in parts]
    whole = [(length, part) for length, part in whole if length >= LEAST_TEXT and _heading(part) is not None]
    if len(whole) < 2 or max(length for length, _ in whole) > 0.8 * sum(length for length, _ in whole):
        return []
    return [part for _, part in whole]


def _heading(part: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    return next(part.iter("h1", "h2", "h3"), None)


def _article_of_part(
    document: Document, tree: lxml.html.HtmlElement, part: lxml.html.HtmlElement, number: int
) -> Article:
    heading = _heading(part)
    title = " ".join(heading.text_content().split()) if heading is not None else ""
    canonical = str(tree.xpath("string(//link[@rel='canonical']/@href)"))
    page = _address(document.url, canonical)
    link = next((a.get("href") for a in (heading.iter("a") if heading is not None else ())), None)
    address = urljoin(page, link) if page and link else f"{page}#{part.get('id') or number}" if page else ""
    stem = document.stem if not document.url else url_stem(document.url)
    main = main_text(web_blocks(part), "")
    body = _body(main.blocks, title)
    if not body.strip():
        raise ReaderError(f"no text was found in article {number} of the page")
    credits = credits_of(part, main.before, main.blocks, main.after)
    when = as_date(str(part.xpath("string(.//time/@datetime)") or part.xpath("string(.//time)")))
    source = str(tree.xpath("string(//meta[@property='og:site_name']/@content)")) or credits.source
    return Article(
        f"{id_stem(stem)}-{number}", title or first_words(body), body, byline=credits.byline, source=source,
        published=when or credits.published, url=address,
    )  # fmt: skip
