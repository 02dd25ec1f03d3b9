"""Pages of newspapers come back as their articles."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.article import Article, from_markdown, to_markdown
from corpus.newspaper import KEPT, Fate, Page, PageError, main, read_page
from tests.corpus.printed_pages import FOLDER, assert_accounted, page_of, text_of

SEED = FOLDER / "yicheng-news.txt"
ARTICLES = Path(__file__).parents[2] / "corpus" / "articles"


def outline(article: Article) -> tuple[str, str, str, str]:
    return article.kicker, article.title, article.subtitle, article.byline


def subheads(article: Article) -> list[str]:
    return re.findall("^## (.*)$", article.body, re.MULTILINE)


def fates(name: str, fate: Fate) -> list[str]:
    text = text_of(name)
    return [text[part.start : part.end] for part in page_of(name).fragments if part.fate == fate]


# ---- the page 驿城新闻


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


# ---- other pages


def test_evening_paper_in_printed_lines() -> None:
    articles = page_of("evening-full-width").articles
    assert [(article.section, article.title, article.byline) for article in articles] == [
        ("民生新闻", "老城区改造惠及三千户", "本报讯（记者 王小明 通讯员 刘芳）"),
        ("民生新闻", "高考期间这些路段禁鸣", "本报讯（记者 赵强）"),
        ("民生新闻", "图书馆“夜读”受欢迎", "（记者 孙倩）"),
        ("民生·综合", "夏季用电安全提示", ""),
    ]
    assert articles[0].body.split("\n\n") == [
        "5月8日上午，记者在青石巷看到，施工人员正在铺设新的排水管道。据介绍，今年全市计划改造老旧小区"
        "42个，惠及居民三千余户。",
        "居民陈阿姨说：“以前一下雨就积水，现在好多了。”",
        "市住建局有关负责人表示，改造工程预计11月底前全部完工，届时将同步增设停车位、健身器材和充电桩。",
    ]
    assert subheads(articles[3]) == ["一、不私拉电线", "二、定期检查插座", "三、人走断电"]
    assert fates("evening-full-width", "page furniture") == [
        "驿城晚报", "2023年5月9日 星期二 责任编辑 王小明 版式 李静 校对 赵强",
    ]  # fmt: skip
    assert {article.published for article in articles} == {None}


def test_front_page_without_end_marks() -> None:
    articles = page_of("front-page").articles
    assert [(article.section, *outline(article)) for article in articles] == [
        ("要闻", "全市经济工作会议强调", "坚定信心 乘势而上 奋力实现全年目标任务", "李明主持会议并讲话",
         "本报讯(首席记者 何平)"),
        ("要闻", "", "我市新增三家国家级示范社", "", "本报记者 钱进"),
        ("要闻", "", "守护夏粮 颗粒归仓", "", "本报记者 孙明 通讯员 周洋 摄"),
        ("国内新闻", "", "我国首条跨海高铁通过验收", "", "新华社福州6月2日电"),
        ("国内新闻", "", "专家提醒:夏季谨防中暑", "", "据新华社北京6月2日电(记者 王丹) 来源:新华社客户端"),
    ]  # fmt: skip
    assert "安排部署下半年重点工作。" in articles[0].body
    assert fates("front-page", "page furniture") == ["(下转第二版)"]


def test_feature_with_marked_subheads_and_a_picture() -> None:
    feature, *news = page_of("village-feature").articles
    assert outline(feature) == ("", "泉河镇：小龙虾铺就致富路", "", "□ 张静 李丹 张静 摄")
    assert subheads(feature) == ["■党建引领聚合力", "■技术支撑强产业", "■联农带农促增收"]
    assert "周到田间指导两次" in feature.body
    assert "面积达到1200亩，亩均增收3000元。" in feature.body
    assert "\n\n图为村民在分拣小龙虾。\n\n" in feature.body
    assert [outline(article) for article in news] == [
        ("新民社区", "邻里节上话家常", "", "（王磊）"),
        ("河湾社区", "义诊服务送到家门口", "", "（王磊 孙倩）"),
    ]
    assert fates("village-feature", "end mark") == ["（责编 赵强）"]


def test_narrow_columns_without_indents() -> None:
    articles = page_of("courts-wrapped").articles
    assert [(article.section, article.kicker, article.title, article.byline) for article in articles] == [
        ("法治", "检察机关", "守护未成年人成长", "本报讯 记者 何平 通讯员 吴敏"),
        ("法治", "", "交通安全进校园", ""),
        ("法治", "", "普法小课堂:网购退货运费谁承担?", ""),
        ("教育", "", "研学季 开启", "本报记者 何平 摄"),
    ]
    assert articles[0].body == (
        "近日,区检察院走进实验小学,开展法治讲座。检察官结合案例,讲解如何防范校园欺凌和网络诈骗。\n\n"
        "活动中,同学们积极提问。检察官逐一解答。"
    )
    assert articles[3].body == "11月1日,市实验中学师生前往天文馆研学。"


def test_english_page() -> None:
    library, storm = page_of("riverside-courier").articles
    assert (library.section, *outline(library)) == (
        "LOCAL NEWS", "", "Council approves new library hours", "", "By Ann Lee RIVERSIDE, Nov. 25 —",
    )  # fmt: skip
    assert library.body == (
        "The town council voted on Monday to keep the public library open until nine in the evening on "
        "weekdays, a change that residents had asked for since the spring.\n\n"
        '"People work late, and they want a place to read," said Mayor Tom Hardy.\n\n'
        "## What changes for readers\n\n"
        "The new hours start on Dec. 2. Two more librarians will be hired, and the reading room on the "
        "second floor will be re-opened after the renovation."
    )
    assert outline(storm) == ("", "Storm closes three schools", "", "By Maria Gomez and John Poe")
    assert "stayed closed on Tuesday after a storm" in storm.body


def test_one_article() -> None:
    page = page_of("one-letter")
    [letter] = page.articles
    assert outline(letter) == ("读者来信", "路口的那盏灯", "", "□ 林小雨")
    assert len(letter.body.split("\n\n")) == 3
    assert page.warnings == ()


def test_thirty_articles() -> None:
    text = "◆ 简讯 ◆\n\n" + "\n\n".join(
        f"第{number}小学\n\n书香校园 快乐阅读{number}\n\n"
        f"本报讯(记者 何平)开学以来,第{number}小学开放图书\n\n角,学生随到随读。⑧2"
        for number in range(1, 31)
    )
    articles = read_page(text, "schools").articles
    assert [outline(article) for article in articles] == [
        (f"第{number}小学", f"书香校园 快乐阅读{number}", "", "本报讯(记者 何平)") for number in range(1, 31)
    ]
    assert articles[29].body == "开学以来,第30小学开放图书角,学生随到随读。"


def test_page_that_shows_no_bounds_is_one_article_with_a_warning() -> None:
    page = page_of("undivided")
    [article] = page.articles
    assert article.title == "春天里的小城"
    assert article.body.startswith("城南的老街铺上了新石板。")
    assert page.warnings == (
        "no end mark, byline or dateline shows where articles begin: the page is kept as one article",
        "undivided-1: '河边的步道' is read as the start of a paragraph; it may be a subhead",
    )


def test_verse_keeps_its_lines_and_a_place_may_end_with_a_colon() -> None:
    verse = "雪落在麦田上\n\n像一封没有写完的信\n\n风把它读了一遍\n\n又轻轻合上"
    [poem] = read_page(f"遂平县：\n\n冬日\n\n□ 赵清\n\n{verse}\n\n★", "verse").articles
    assert outline(poem) == ("遂平县：", "冬日", "", "□ 赵清")
    assert poem.body == verse


def test_report_without_headline_is_an_article_of_its_own() -> None:
    text = "简讯\n\n本报讯(记者 何平)昨日,新桥通车。\n\n本报讯(记者 高飞)昨夜,大风蓝色预警发布。"
    page = read_page(text, "briefs")
    assert [(article.title, article.body) for article in page.articles] == [
        ("简讯", "昨日,新桥通车。"),
        ("昨夜,大风蓝色预警发布", "昨夜,大风蓝色预警发布。"),
    ]
    assert page.warnings == (
        "briefs-2: no headline found, so it is called by its first words '昨夜,大风蓝色预警发布'",
    )


def test_text_without_headline_is_called_by_its_first_words() -> None:
    page = read_page("甲乙 丙。\n\n昨夜小雨,路面湿滑。■\n\n今晨放晴,市民出行顺畅。■", "brief")
    assert [(article.title, article.body) for article in page.articles] == [
        ("甲乙 丙", "甲乙 丙。\n\n昨夜小雨,路面湿滑。"),
        ("今晨放晴,市民出行顺畅", "今晨放晴,市民出行顺畅。"),
    ]
    assert page.warnings == (
        "brief-1: no headline found, so it is called by its first words '甲乙 丙'",
        "brief-2: no headline found, so it is called by its first words '今晨放晴,市民出行顺畅'",
    )


def test_text_that_breaks_off_is_told() -> None:
    page = read_page("桥通了\n\n本报记者 何平\n\n昨日上午,新桥通车,市民", "bridge")
    assert page.warnings == ("bridge-1: the text ends in mid-sentence: …昨日上午,新桥通车,市民",)


@pytest.mark.parametrize("text", ["", " \n\u3000\n", "\ufeff\r\n"])
def test_blank_page(text: str) -> None:
    with pytest.raises(PageError, match="the page is blank"):
        read_page(text, "blank")


@pytest.mark.parametrize(
    "text", ["\x00\x01\x7fELF\x02", "%PDF-1.4 \ufffd\ufffd", "◆ 要闻 ◆", "■", "2024年11月26日 星期二"]
)
def test_what_is_no_article_is_kept_as_one_with_a_warning(text: str) -> None:
    page = read_page(text, "odd")
    [article] = page.articles
    assert article.body == text
    assert page.warnings
    assert_accounted(text, page)


@pytest.mark.parametrize(
    ("stem", "id"),
    [
        ("a_b.c-1", "a_b.c-1-1"),
        ("page 3", "page-3-16283f82-1"),
        ("驿城", "page-bd4b71a8-1"),
        ("x" * 99, "x" * 80 + "-"),
    ],
)
def test_ids_are_safe_and_distinct(stem: str, id: str) -> None:
    assert read_page("题目 正文", stem).articles[0].id.startswith(id)


# ---- the command


def test_command_writes_the_articles(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "articles"
    command = [sys.executable, "-m", "corpus.newspaper", str(SEED), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ARTICLES.parents[1])
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    written = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert written == {path.name: path.read_bytes() for path in ARTICLES.glob("yicheng-news-*.md")}


def test_command_prints_warnings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(FOLDER / "undivided.txt"), str(tmp_path)]) == 0
    assert capsys.readouterr().err.startswith("no end mark, byline or dateline")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "No such file or directory"),
        ("驿城".encode("gb18030"), "byte 0 is not UTF-8; save the page as UTF-8 text"),
        (b" \n", "the page is blank: no text stands on it"),
    ],
)
def test_command_says_in_one_sentence_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, sentence: str
) -> None:
    page = tmp_path / "page.txt"
    if content is not None:
        page.write_bytes(content)
    assert main([str(page), str(tmp_path / "out")]) == 1
    error = capsys.readouterr().err
    assert error.startswith(f"{page}: ")
    assert sentence in error
    assert error.count("\n") == 1
    assert not (tmp_path / "out").exists()
