"""Pages of further kinds come back as a reader would divide them: what was found wrong once is right here."""

from __future__ import annotations

import pytest

from corpus.newspaper import roles
from corpus.newspaper.lines import Line, word_pairs
from corpus.newspaper.page import read_page
from tests.corpus.newspaper.test_page_kinds import Expected
from tests.corpus.printed_pages import PAGES, assert_accounted, page_of, text_of

# As in test_page_kinds.
MORE: dict[str, list[Expected]] = {
    "appointments": [
        ("", "临山市人民代表大会常务委员会任命名单", "", "",
         "（2024年3月28日临", "志强为临山市水利局局长。", 4),
        ("", "讣告", "", "",
         "临山市政协原副主席、离休", "2024年3月26日", 4),
        ("市气象台发布", "未来三天天气预报", "", "",
         "今天白天到夜间：多云转阴", "中雨，气温8℃到13℃。", 2),
    ],
    "english-folio": [
        ("", "School board adopts later start times", "",
         "By Carlos Mena and Joan Pike",
         "MERIDIAN — H", " of surveys.", 2),
        ("", "Fire damages feed store on Route 12", "", "",
         "A fire early", "m Rudd said.", 2),
        ("", "Senior center menu", "", "",
         "Monday: chic", "day: closed.", 1),
        ("", "Correction", "", "",
         "A story on P", "is April 13.", 1),
    ],
    "epaper-menus": [
        ("黄桥村：", "小香菇撑起增收伞", "", "本报记者 韩笑 本报通讯员 刘春",
         "走进黄桥村香菇种植基地，", "（本文图片由黄桥村提供）", 3),
    ],
    "front-page-masthead": [
        ("市委经济工作会议召开", "奋力谱写现代化建设新篇章", "高明远主持并讲话 苏静出席",
         "本报讯（记者 冯凯）",
         "1月14日，市委经济工作", "有效提升和量的合理增长。", 2),
        ("今年前11个月", "我市外贸进出口增长18.4%", "对共建“一带一路”国家出口占比过半",
         "本报临山1月14日讯（记者 谭洋）",
         "据临山海关统计，今年前1", "6亿元，增长14.5%。", 2),
        ("", "守好百姓的“菜篮子”", "", "——本报评论员",
         "菜价连着民心。寒潮来袭，", "销，让群众过一个祥和年。", 2),
    ],
    "letters-salutation": [
        ("读者来信", "盼给公园装上直饮水", "", "",
         "编辑同志：", "市民 耿先生", 4),
        ("", "路灯不亮三个月何时修", "", "",
         "文昌巷的路灯已有三个月不", "文昌巷居民 李女士", 2),
        ("问政回音", "小区门口积水已整改", "", "",
         "网友提问：锦绣花园小区东", "清淤完毕，并加装防坠网。", 2),
    ],
    "notices-apology": [
        ("", "停电通知", "", "",
         "因10千伏文化线检修，定", "2024年11月4日", 3),
        ("", "云和县国有土地使用权挂牌出让公告", "", "",
         "经县人民政府批准，现挂牌", "2024年11月4日", 4),
        ("", "注销公告", "", "",
         "云和县青禾家庭农场（统一", "之日起45日内申报债权。", 1),
        ("", "致歉信", "", "",
         "本店10月27日因疏忽售", "云和县万家超市", 2),
    ],
    "photos-untitled": [
        ("", "5月12日，石门镇茶农在云雾山茶园采摘夏茶", "", "本报记者 罗成 摄",
         "5月12日，石门镇茶农在", "夏茶产量预计达320吨。", 1),
        ("", "5月11日，市民在东湖绿道上骑行", "", "（通讯员 沈佳 记者 罗成 摄）",
         "5月11日，市民在东湖绿", "绿道迎来大批骑行爱好者。", 1),
        ("", "小小消防员", "", "钱莉莉 摄影报道",
         "5月10日，城关幼儿园的", "在消防员指导下体验水枪。", 1),
        ("", "老街换新颜", "", "（韩峰 摄）",
         "图为改造后的南门老街夜景", "新铺青石板路1.2公里。", 1),
    ],
    "poem-and-essays": [
        ("", "母亲的老纺车", "", "□ 杜春燕",
         "老屋的角落里，那架老纺车", "声音，还在我的梦里转着。", 3),
        ("", "立夏帖", "", "许一鸣",
         "风把麦穗吹弯的时候", "夏天就站在了门口", 6),
        ("", "读《边城》有感", "", "文/贾文涛 （作者单位：青岩县实验高中）",
         "第一次读《边城》，是在高", "，而是一种对人世的信任。", 2),
    ],
    "poems-by-name": [
        ("", "石臼里的秋天", "", "温知遥",
         "霜降一过，村口那只石臼便", "没有吃到那样黏牙的秋天。", 3),
        ("", "登东山（外一首）", "", "□陆放鸣",
         "石阶把我交给云", "等一个迟到的人", 4),
        ("", "七律·重阳", "", "梅隐",
         "又见黄花满径开，登高望远", "随云去，雁字一行带雨来。", 2),
        ("", "一个人的车站", "", "◎鲁冬青（市作协会员）",
         "小站每天只停一趟慢车，老", "我也要把灯点亮。”他说。", 2),
    ],
    "taiwan-inline": [
        ("", "谷關溫泉祭登場\u3000飯店祭出泡湯半價", "", "記者蔡宜蓁／台中報導",
         "谷關溫泉祭一日起登場，十", "間每日加開六班接駁公車。", 2),
        ("", "南投梅子減產三成\u3000產地價翻倍", "", "〔南投訊〕記者洪志成報導／",
         "受暖冬影響，南投縣信義鄉", "授粉期遇雨，結果率偏低。", 2),
        ("", "台電公告", "", "",
         "因應線路檢修，六月五日上", "電力公司台中區營業處\u3000啟", 2),
    ],
    "wrapped-all-blank": [
        ("守护“夕阳红”", "社区食堂让老人吃上热乎饭", "走访南溪区银龄食堂", "本报记者 尹浩然 通讯员 曹雪",
         "上午11点，南溪区文峰街", "把助餐点延伸到每个小区。", 5),
        ("", "共享单车乱停放 城管清理三千辆", "", "本报讯（记者 石磊）",
         "针对地铁口共享单车乱停放", "栏，方便他人也方便自己。", 2),
    ],
    "english-briefs": [
        ("", "Library to lend tools, cake pans", "\"Library of Things\" opens Monday", "BY JULIA MORAN",
         "Starting Mon", " seven days.", 2),
        ("", "Bridge inspection to slow traffic on Highway 40", "", "",
         "CEDAR BEND —", " 10 minutes.", 2),
        ("", "Blood drive set for Thursday", "", "",
         "The Red Cros", "appointment.", 1),
        ("", "Rabies clinic at fire station", "", "",
         "The county w", "e Station 2.", 1),
        ("", "PUBLIC NOTICE", "", "",
         "The Cedar Be", ", City Clerk", 2),
    ],
    "front-page-index": [
        ("市委常委会召开会议强调", "扛牢粮食安全责任 全力抓好春季田管", "", "本报讯（记者 方舟）",
         "3月12日，市委常委会召", "改造高标准农田18万亩。", 2),
        ("短评", "别让“扫码”难住老人", "", "闻一",
         "进公园要扫码，吃饭要扫码", "工通道，就是留一份温度。", 2),
        ("", "我市新增A级景区3家", "", "本报讯（记者 何田）",
         "近日，省文旅厅公布202", "古镇、渔湾瀑布3家上榜。", 1),
    ],
    "notices-closings": [
        ("", "注销公告", "", "",
         "离石区向阳养殖专业合作社", "2025年3月3日", 3),
        ("", "关于滨河西路半幅封闭施工的通告", "", "",
         "因雨污分流改造，自202", "2025年3月2日", 6),
        ("", "遗失声明", "", "",
         "王建军遗失二代身份证，证", "012345，声明作废。", 2),
        ("拍卖公告", "旧客车六辆公开拍卖", "", "",
         "受委托，我公司定于202", "山西恒信拍卖有限公司", 3),
    ],
    "subtitle-figures": [
        ("家门口就能修水管、换门锁", "社区“共享师傅”上线百天接单三千", "居民手机下单，半小时内上门",
         "本报讯（记者 苗青 通讯员 于江）",
         "“师傅来得快，收费还便宜", "上线百天接单3012单。", 2),
        ("路灯坏了、井盖松了", "市民随手拍一拍 部门马上办", "", "本报讯",
         "我市“随手拍”平台自1月", "实者可得10元话费奖励。", 2),
        ("", "夜间医保窗口试运行", "每周二、周四延时至20时", "",
         "3月4日起，市医保中心夜", "、异地备案等12项业务。", 1),
    ],
    "supplement-shapes": [
        ("", "槐花饭", "", "○ 岳小满",
         "四月的风一吹，老家门前的", "却怎么也蒸不出那个味道。", 3),
        ("", "春分（外一首）", "", "□魏兰舟",
         "燕子剪开一匹绿", "终于说出憋了一冬的话", 8),
        ("", "读《边城》记", "", "■ 章一苇 （作者系市第三中学教师）",
         "少年时读《边城》，读的是", "，一句话就站起了一个人。", 2),
    ],
    "tables-and-contact": [
        ("", "清明假期我市客运站加密班次", "", "本报讯（记者 钱进）",
         "清明假期临近，市长途汽车", "432-6611223。", 6),
        ("", "水果价格小幅回落", "", "",
         "市发改局监测显示，上周我", "9.4 9.1 3.3%", 5),
        ("", "青年夜校4月开课", "", "",
         "市青年夜校第二期4月1日", "”公众号报名，额满为止。", 2),
    ],
    "taiwan-credits": [
        ("", "台中綠空廊道第三期 拚年底完工", "", "（記者周宛蓉／台中報導）",
         "台中市綠空廊道第三期工程", "置自行車停車位120格。", 2),
        ("", "烏日啤酒廠彩繪巴士上路", "", "",
         "台中市公車處與烏日啤酒廠", "眾持悠遊卡前十公里免費。", 1),
        ("", "南投仁愛鄉落石 台14甲線單線通行", "", "記者江柏翰／南投報導 圖／埔里工務段提供",
         "仁愛鄉台14甲線18公里", "人應減速慢行，注意落石。", 2),
        ("", "遺失啟事", "", "",
         "本人張○○遺失彰化縣政府", "0932，特此聲明作廢。", 1),
    ],
    "county-feature": [
        ("", "石磨村里豆香浓", "", "本报记者 霍启 通讯员 傅蓉",
         "凌晨四点，石磨村的灯就亮", "产品进了县里17家超市。", 3),
        ("", "我县举办首届冰雪运动会", "", "",
         "2月15日，我县首届冰雪", "地足球等6个项目的比赛。", 1),
        ("青龙乡", "送科技下乡 助果农增收", "", "本报讯（裴秀）",
         "2月14日，青龙乡邀请县", "免费发放修枝剪100把。", 2),
        ("", "一封感谢信", "", "",
         "2月10日，县公交公司收", "客遗落的现金8200元。", 1),
    ],
    "epaper-arrows": [
        ("年味还没散，志愿服务已开张", "社区“时间银行”存下三万小时", "", "□记者 左岸",
         "帮独居老人买菜存1小时，", "时，兑换18400小时。", 2),
    ],
    "letters-questions": [
        ("有话直说", "早市占道 何时能治", "", "",
         "编辑您好：我家住在和平路", "读者 鲁女士", 2),
        ("部门回应", "和平路早市将迁入新市场", "", "",
         "市城管局答复：已协调和平", "，3月10日前完成搬迁。", 1),
        ("百姓问答", "公租房申请需要哪些材料", "", "",
         "问：申请公租房需要哪些材", "30个工作日内完成审核。", 4),
        ("", "不文明养犬曝光台", "", "",
         "2月20日19时，翠园小", "只粪便，被处罚款50元。", 2),
    ],
    "notices-folio": [
        ("", "关于征求《县城停车收费管理办法（草案）》意见的公告", "", "",
         "为规范县城停车收费，现将", "2025年2月24日", 4),
        ("", "计划停电公告", "", "",
         "2月28日7时至13时，", "国网宁安县供电公司", 2),
        ("", "招领启事", "", "",
         "2月20日在县汽车站拾到", "二〇二五年二月二十一日", 3),
        ("", "声明", "", "",
         "宁安县东关街美味餐馆遗失", "000000，声明作废。", 1),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", MORE)
def test_a_page_of_a_further_kind_is_divided_as_a_reader_would(name: str) -> None:
    page = page_of(f"more/{name}")
    found = []
    for article in page.articles:
        paragraphs = article.body.split("\n\n")
        found.append((
            article.kicker, article.title, article.subtitle, article.byline,
            paragraphs[0][:12], paragraphs[-1][-12:], len(paragraphs),
        ))  # fmt: skip
    assert found == MORE[name]
    assert_accounted(text_of(f"more/{name}"), page)


def test_every_further_kind_has_its_page() -> None:
    assert {path.stem for path in PAGES if path.parent.name == "more"} == set(MORE)


def test_the_words_of_a_page_are_counted_once_however_many_names_stand_on_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []

    def counted(lines: list[Line]) -> frozenset[str]:
        asked.append(len(lines))
        return word_pairs(lines)

    monkeypatch.setattr(roles, "word_pairs", counted)
    read_page("晒谷场\n郑华\n晒谷场很大，大到可以装下整个秋天，我们在上面打滚。\n" * 40, "names")
    assert asked == [120]


def test_the_beginning_of_a_cut_paragraph_is_no_title_above_a_name() -> None:
    page = read_page(
        "守护碧水蓝天 守护碧水蓝天\n\n镇干部走进田间地头。\n\n建成WiFi站点,记者了解到,完\n\n成投\n\n"
        "资3.5亿元,镇干部走进田间地头,镇干部走进田间地头。⑤5",
        "made",
    )
    [article] = page.articles
    assert (article.title, article.byline) == ("守护碧水蓝天 守护碧水蓝天", "")
    assert article.body.endswith(
        "建成WiFi站点,记者了解到,完成投资3.5亿元,镇干部走进田间地头,镇干部走进田间地头。"
    )


def test_names_that_a_lines_end_has_cut_are_the_byline() -> None:
    page = read_page(
        "市民可免费看灯展\n元宵灯展今晚在人民公园亮灯，展期到2月\n26日，市民可凭身份证免费入园。（赵一\n鸣）③2\n"
        "老旧水表免费换\n县自来水公司从本周起为城关片区的用户\n免费更换智能水表，月底完成。（陈晓\n）\n",
        "cut",
    )
    assert [(article.title, article.byline, article.body[-6:]) for article in page.articles] == [
        ("市民可免费看灯展", "（赵一鸣）", "证免费入园。"),
        ("老旧水表免费换", "（陈晓）", "，月底完成。"),
    ]


def test_the_page_says_which_one_it_is() -> None:
    text = "供水通知\n\n因管道改造，明天停水。\n"
    for folio, number in {
        "民生新闻 03版 2024年11月20日 星期三": "03",
        "2024年3月5日　星期二　第三版　责任编辑：王芳": "三",
        "A06　要聞　2025年3月5日　星期三": "A06",
        "2024年3月5日 星期二 今日8版": "",
        "": "",
    }.items():
        assert read_page(f"{folio}\n\n{text}", "page").number == number
