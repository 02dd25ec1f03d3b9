"""What pages of several systems state of their article, each in its own way."""

from __future__ import annotations

from datetime import date

from tests.corpus.readers.makers import articles

TEXT = (
    "<p>Town offices and the transfer station will be closed on Monday for Memorial Day, the clerk said.</p>"
    "<p>Trash and recycling pickup will run one day late all week; place carts at the curb by 6:30 a.m.</p>"
)


def test_an_account_is_no_author_and_the_month_stands_first_where_it_must() -> None:
    page = (
        "<html lang='en'><head><title>Trash pickup shifts | Town of Fairhaven</title></head><body><main>"
        "<h1>Trash pickup shifts</h1><article><footer class='node__meta'>Submitted by <span>webadmin</span>"
        f" on Wed, 05/22/2024 - 14:05</footer><div>{TEXT}</div></article></main>"
        "<div>40 Center St. Powered by Drupal</div></body></html>"
    )
    [article] = articles(page, "a.html")
    assert (article.byline, article.published) == ("", date(2024, 5, 22))


def test_an_english_byline_is_no_text() -> None:
    page = (
        "<html lang='en'><body><article><h1>Trash pickup shifts</h1><p>By Simone Abara, Staff Writer</p>"
        f"{TEXT}</article></body></html>"
    )
    [article] = articles(page, "a.html")
    assert article.byline == "Simone Abara"
    assert article.body.startswith("Town offices")


def test_the_marked_text_of_an_electronic_edition_has_the_day_of_its_page() -> None:
    page = (
        "<html><head><title>夜班公交上的热水-云岭晚报-多媒体数字报</title></head><body>"
        "<h1>夜班公交上的热水</h1><div>2024年01月09日　字数：512</div><founder-content>"
        "<p>　　凌晨零点二十，末班车停在总站。驾驶员杨国栋拎起保温桶，给最后几位乘客各倒了一杯热水。</p>"
        "<p>　　“跑夜班的、卖烧烤的，都冷。”他说。这桶热水，他拎了十一年。</p></founder-content></body></html>"
    )
    [article] = articles(page, "content_1.htm")
    assert (article.title, article.published) == ("夜班公交上的热水", date(2024, 1, 9))
