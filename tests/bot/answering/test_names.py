import pytest

from bot.answering.names import Place, lacks_name, names_a_place, places_in
from bot.answering.question import Question

NEWS = "科学认知基站辐射 驻马店移动公司开展科普宣传 雪松街道、水屯镇、金桥街道和平舆县也来了。"


def never(name: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("named", "swapped"),
    [
        ("雪松街道怎样防范电信诈骗", "翠柏街道怎样防范电信诈骗"),
        ("驻马店移动公司在哪里办活动", "信阳移动公司在哪里办活动"),
        ("驻马店移动公司在哪里办活动", "驻马店供电公司在哪里办活动"),
        ("金桥办事处怎么宣传医保", "银桥办事处怎么宣传医保"),
        ("水屯镇排查了多少户", "关王庙乡排查了多少户"),
        ("平輿縣有幾家", "上蔡县有几家"),
        ("驻马店的事", "北京的事"),
    ],
)
def test_a_name_that_is_not_in_the_article_is_missed(named: str, swapped: str) -> None:
    assert not lacks_name(Question(named), NEWS, never)
    assert lacks_name(Question(swapped), NEWS, never)


@pytest.mark.parametrize(
    "question", ["我们县怎么办理?", "哪个街道有?", "全市一共多少户?", "去超市要戴口罩吗?", "Is it safe?"]
)
def test_what_ends_like_a_name_and_is_none(question: str) -> None:
    assert not lacks_name(Question(question), NEWS, never)


def test_of_several_cities_one_is_enough() -> None:
    assert not lacks_name(Question("从信阳到驻马店要隔离吗?"), NEWS, never)


def test_a_name_that_is_everywhere_tells_nothing() -> None:
    assert not lacks_name(Question("北京的基站安全吗?"), NEWS, lambda name: name == "北京")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("雪松街道防范诈骗", Place("雪松街道", "雪松", "街道")),
        ("北关社区停水通知", Place("北关社区", "北关", "社区")),
        ("紅旗區夜班公車", Place("紅旗區", "红旗", "区")),
        ("东湖小学招生", Place("东湖小学", "东湖", "小学")),
        ("郑州新闻", Place("郑州", "郑州", "")),
        ("The Maple Street library", Place("Maple Street", "maple", "street")),
    ],
)
def test_a_place_is_found_as_it_is_written(text: str, place: Place) -> None:
    assert places_in(text) == [place]
    assert names_a_place(Question(text))


@pytest.mark.parametrize("text", ["市民养犬要办证", "我们社区几点停水", "the street is closed", "全市小区"])
def test_no_place_is_named(text: str) -> None:
    assert not names_a_place(Question(text))
