"""Yearly notices with other amounts each year, written for tests/quality/dates.jsonl."""

from __future__ import annotations

from datetime import date

from corpus.article import Article

__all__ = ["ARTICLES"]

HEALTH = (
    "　　{year}年度城乡居民基本医疗保险参保缴费工作现已开始。个人缴费标准为每人每年{fee}元，集中缴费"
    "期为{before}年9月1日至{year}年2月28日。\n\n　　居民可以通过手机、银行网点或者社区服务中心缴费。"
    "特困人员由财政全额资助，低保对象每人定额资助{aid}元。\n\n　　未在集中缴费期内缴费的，设置等待期"
    "{wait}天，等待期内发生的医疗费用不予报销。"
)
HEATING = (
    "　　市供热公司公布{year}年至{after}年采暖季安排。居民用户按建筑面积收费，每平方米{fee}元；用热量"
    "计量的用户，基本热费按三成收取。\n\n　　缴费截止日期为{year}年11月{day}日，逾期未缴的用户将不予"
    "开栓。供热时间自11月15日起，至次年3月15日止。市民可拨打服务热线咨询。"
)
MARATHON = {
    2023: "　　今年的城市马拉松共有八千人参赛，比赛全程设十二个补给站。志愿者有六百名，大学生占了一半。比赛"
    "当天沿途七条公交线路临时绕行。",
    2024: "　　市马拉松赛周日鸣枪，一万名跑者从体育中心出发。组委会在沿线布置医疗点二十处，九百名志愿者为选"
    "手服务，公交部门调整了九条线路。",
    2025: "　　新一届马拉松昨日落幕，参赛人数达到一万二千人。赛道首次经过湿地公园，沿途设有十五个补给站，一"
    "千名志愿者参与保障。",
}

ARTICLES = (
    *(
        Article(
            f"health-{year}",
            f"{year}年度居民医保开始缴费",
            HEALTH.format(year=year, before=year - 1, fee=fee, aid=aid, wait=wait),
            source="市医疗保障局",
            published=date(year - 1, 9, 3),
        )
        for year, fee, aid, wait in (
            (2021, 280, 130, 60),
            (2022, 320, 150, 60),
            (2023, 350, 170, 60),
            (2024, 380, 190, 90),
            (2025, 400, 200, 90),
        )
    ),
    *(
        Article(
            f"heating-{year}",
            "供热公司公布采暖费标准",
            HEATING.format(year=year, after=year + 1, fee=fee, day=day),
            source="晚报",
            published=date(year, 10, 8),
        )
        for year, fee, day in ((2021, 19, 10), (2022, 20, 12), (2023, 21, 14), (2024, 22, 11), (2025, 23, 13))
    ),
    *(
        Article(f"marathon-{year}", "城市马拉松举行", body, source="晚报", published=date(year, 10, 20))
        for year, body in MARATHON.items()
    ),
)
