"""The page 驿城新闻 comes back as its nine articles."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.article import from_markdown, to_markdown
from corpus.newspaper.page import KEPT, Page, read_page
from tests.corpus.printed_pages import FOLDER, outline, page_of, subheads, text_of

SEED = FOLDER / "yicheng-news.txt"
ARTICLES = Path(__file__).parents[3] / "corpus" / "articles"


@pytest.fixture(scope="module")
def seed() -> Page:
    return page_of("yicheng-news")


def test_seed_headings_and_bylines(seed: Page) -> None:
    assert [outline(article) for article in seed.articles] == [
        (
            "", "凝心聚力促发展 砥砺前行谱新篇", "驿城区总工会全力服务经济社会发展侧记",
            "本报记者 郑付生 吴勇峰",
        ),
        ("", "小手工 拓宽就业路", "", "本报记者 吴勇峰 摄"),
        ("", "中国联通驻马店市分公司 以数字化服务赋能智慧城市建设", "", "本报讯(记者 吴勇峰)"),
        (
            "", "科学认知基站辐射 畅享绿色通信生活 驻马店移动公司开展电磁辐射科普宣传", "",
            "本报讯(记者 吴勇峰 余音)",
        ),
        ("雪松街道", "防范电信诈骗 筑牢安全防线", "", "本报讯(记者 张静 通讯员 李丹 曾现芝)"),
        ("金桥办事处", "加强医保宣传 做好征缴工作", "", "本报讯(记者 余音 通讯员 孙诗雨)"),
        ("水屯镇", "排查房屋隐患 保障群众安全", "", "本报讯(记者 张静)"),
        ("市邮政管理局", "压实主体责任 强化风险防控", "", "本报讯(记者 吴勇峰 通讯员 张召)"),
        ("平舆县邮政分公司", "增强安全意识 预防火灾发生", "", "本报讯(记者 吴勇峰 通讯员 秦挺占)"),
    ]  # fmt: skip


def test_seed_states_no_more_than_the_page(seed: Page) -> None:
    assert [article.id for article in seed.articles] == [f"yicheng-news-{number}" for number in range(1, 10)]
    assert {article.section for article in seed.articles} == {"驿城新闻"}
    assert {(article.source, article.published, article.url) for article in seed.articles} == {("", None, "")}
    assert seed.warnings == ()


def test_seed_subheads(seed: Page) -> None:
    assert subheads(seed.articles[0]) == [
        "强化思想政治引领 助力经济社会发展",
        "加强维权机制建设 基层基础扎实稳固",
        "加强工会自身建设 提升服务职工能力",
    ]
    assert [subheads(article) for article in seed.articles[1:]] == [[]] * 8


@pytest.mark.parametrize(
    ("number", "paragraphs", "first", "last"),
    [
        (1, 12, "眼下,天气转寒,而在驻马店火车站中央广场的24小时无人值守智慧驿站却温暖如春。",
         "为谱写全面建设社会主义现代化驿城更加出彩的绚丽篇章贡献工会力量。"),
        (2, 1, "近日,在驿城区古城街道古兴节庆用品手工加工点,车间设备高速运转,",
         "目前,古城街道设置的9个节庆用品手工加工点已带动群众就业400多人。"),
        (3, 5, "11月22日,驻马店信创云成果展示会召开。",
         "助力驻马店市实现“数字驻马店 智慧天中”的宏伟愿景,真正实现“云启未来 联通天中”。"),
        (4, 6, "“5G基站修了那么多,基站辐射会不会影响健康?”",
         "消除群众谈辐射色变的疑虑,让每个人都能畅享绿色通信生活带来的便利。"),
        (5, 4, "为增强辖区老年人防范电信诈骗意识,维护老年人合法权益,近日,雪松街道组织公安派出所民警、",
         "也学会了保护自己的财产安全和合法权益。"),
        (6, 3, "为进一步巩固拓展全民参保成果,", "通过广泛宣传,群众对医保政策的知晓率得到有效提升。"),
        (7, 4, "为切实保障群众的生命财产安全,消除房屋安全隐患,", "为群众营造安全稳定的居住环境。"),
        (8, 2, "为进一步夯实全市邮政快递业安全生产基础,", "严格落实安全制度要求,紧抓安全生产工作不松懈。"),
        (9, 2, "为进一步健全全员消防安全责任制,", "切实筑牢消防安全防线,确保邮政企业安全平稳运行。"),
    ],
)  # fmt: skip
def test_seed_bodies(seed: Page, number: int, paragraphs: int, first: str, last: str) -> None:
    body = seed.articles[number - 1].body
    assert len(body.split("\n\n")) == paragraphs
    assert body.startswith(first)
    assert body.endswith(last)


@pytest.mark.parametrize(
    ("number", "mended"),
    [
        (1, "弘扬劳模精神、劳动精神"),
        (1, "以职工代表大会为基本形式的企业民主管理制度"),
        (1, "加大困难职工帮扶力度,建立健全"),
        (3, "为政府、企事业单位及广大市民"),
        (3, "该公司相关负责人表示,信创产业指信息技术"),
        (3, "自主研发、行业标准、架构灵活"),
        (4, "手机的发射峰值功率越强,对人体的辐射越强。通信基站覆盖得越好,手机通信信号越好,发射功率越小"),
        (5, "透露自己及家人的信息"),
        (6, "社区干部充分利用微信群"),
        (6, "推送给群众。线下广泛宣传。"),
        (7, "该镇把19个行政村重点人员名单进行细分"),
        (8, "严格规范用车、用电行为,做好防火工作"),
        (9, "不断健全消防安全管理长效机制"),
    ],
)
def test_seed_sentences_are_mended(seed: Page, number: int, mended: str) -> None:
    assert mended in seed.articles[number - 1].body


def test_seed_drops_only_marks_and_ornament(seed: Page) -> None:
    kept_or_space = {*KEPT, "column break", "paragraph break", "line break"}
    text = text_of("yicheng-news")
    dropped = [
        (part.fate, text[part.start : part.end]) for part in seed.fragments if part.fate not in kept_or_space
    ]
    assert dropped == [
        ("label decoration", "◆ "), ("label decoration", " ◆"), ("subtitle dash", "——"),
        ("end mark", "⑤5"), ("end mark", "⑥5"), *[("end mark", "⑤5")] * 7,
    ]  # fmt: skip
    assert sum(part.fate == "column break" for part in seed.fragments) == 13


def test_checked_in_articles_are_what_the_page_gives(seed: Page) -> None:
    for article in seed.articles:
        assert (ARTICLES / f"{article.id}.md").read_text(encoding="utf-8") == to_markdown(article)
        assert from_markdown(to_markdown(article), "") == article
    assert len(list(ARTICLES.glob("yicheng-news-*.md"))) == len(seed.articles)


@pytest.mark.parametrize(
    "variant",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: re.sub("\n+", "\n", text),
        lambda text: re.sub("^(?=.)", "　　", text, flags=re.MULTILINE),
        lambda text: re.sub("[⑤⑥]5", "■", text),
        lambda text: re.sub("([⑤⑥]5)", r"\n\1", text),
        lambda text: re.sub("[⑤⑥]5", "(完)", text),
        lambda text: re.sub("[⑤⑥]5", "", text),
    ],
    ids=["CRLF", "BOM", "single newlines", "indents", "■", "mark on its own line", "(完)", "no end marks"],
)  # fmt: skip
def test_seed_in_other_dress_is_the_same(seed: Page, variant: Callable[[str], str]) -> None:
    page = read_page(variant(text_of("yicheng-news")), "yicheng-news")
    assert page.articles == seed.articles
    assert page.warnings == ()


def test_seed_in_full_width_punctuation(seed: Page) -> None:
    full = str.maketrans(",;()?", "，；（）？")
    page = read_page(text_of("yicheng-news").translate(full), "yicheng-news")
    assert [article.body for article in page.articles] == [a.body.translate(full) for a in seed.articles]
    assert page.articles[4].byline == "本报讯（记者 张静 通讯员 李丹 曾现芝）"
