"""Pages of newspapers come back as their articles."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from corpus.newspaper.page import Fate, PageError, main, read_page
from tests.corpus.printed_pages import FOLDER, assert_accounted, outline, page_of, subheads, text_of

SEED = FOLDER / "yicheng-news.txt"
ARTICLES = Path(__file__).parents[3] / "corpus" / "articles"


def fates(name: str, fate: Fate) -> list[str]:
    text = text_of(name)
    return [text[part.start : part.end] for part in page_of(name).fragments if part.fate == fate]


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
        "undivided-1: another article may begin with '河边的步道'",
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
    command = [sys.executable, "-m", "corpus.newspaper.page", str(SEED), str(folder)]
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
