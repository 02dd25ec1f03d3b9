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


def test_a_reporter_beside_the_editor_is_the_author() -> None:
    page = (
        "<html><head><title>民警连夜追回误转款</title></head><body><h1>民警连夜追回误转款</h1>"
        "<p>2025-01-22 08:00　来源：龙城晚报　记者 韦萌　编辑：阿布</p><div>"
        "<p>1月20日，市民卢女士网上转账时输错一位账号，8万元转给了陌生人，次日全数退回。</p>"
        "<p>民警提醒：大额转账请先核对户名，选择次日到账，发现转错立即报警。</p></div></body></html>"
    )
    [article] = articles(page, "a.html")
    assert (article.byline, article.source) == ("韦萌", "龙城晚报")


def test_what_a_public_account_puts_around_its_text_is_none_of_it() -> None:
    page = (
        "<html><body><h1 id='activity-name'>西湖边新开三条骑行道</h1><div id='meta_content'>"
        "<span class='rich_media_meta rich_media_meta_text'>罗小夏</span><a id='js_name'>湖城文旅</a></div>"
        "<div id='js_content'><p>点击蓝字关注我们</p><p>本周六起，西湖边三条骑行道正式开放，总长21公里。</p>"
        "<p>租车点每小时15元，押金99元。</p><p>文字：罗小夏　摄影：丁丁</p><p>往期推荐</p>"
        "<p><a href='x'>湖城赏樱地图来了</a></p></div></body></html>"
    )
    [article] = articles(page, "a.html")
    assert (article.byline, article.source) == ("罗小夏", "湖城文旅")
    assert article.body == "本周六起，西湖边三条骑行道正式开放，总长21公里。\n\n租车点每小时15元，押金99元。"


def test_an_advertisement_and_the_writers_address_are_no_text() -> None:
    page = (
        f"<html lang='en'><body><article><h1>Trash pickup shifts</h1>{TEXT}<div>ADVERTISEMENT</div>"
        "<p>The change ends on June 3, when all routes return to their usual days, he said.</p>"
        "<p><em>Contact Ann Lee at alee@example.com.</em></p></article></body></html>"
    )
    [article] = articles(page, "a.html")
    assert article.body.endswith("he said.")
    assert "ADVERTISEMENT" not in article.body


def test_an_english_day_above_the_text_is_no_text() -> None:
    page = f"<html lang='en'><body><main><h1>Trash pickup shifts</h1><p>June 18, 2025</p>{TEXT}</main></body></html>"
    [article] = articles(page, "a.html")
    assert article.published == date(2025, 6, 18)
    assert article.body.startswith("Town offices")
