from bot.answering.quote import Quote
from bot.answering.suggestions import choose_follow_ups
from corpus.article import Article

FIRE = Article("fire", "防火 检查", "火灾怎么预防?要检查电线。\n\n## 检查范围\n\n检查厨房。")
SCAM = Article("scam", "防诈骗", "不要转账。")
HEALTH = Article("health", "医保缴费", "医保一年一缴。")
ARTICLES = {article.id: article for article in (FIRE, SCAM, HEALTH)}
ANSWERS = {
    "火灾怎么预防?": "要检查电线。",
    "关于“检查范围”，文章里怎么说？": "检查厨房。",
    "关于“防诈骗”，文章里怎么说？": "不要转账。",
    "怎样防诈骗?": "不要转账。",
    "医保怎么缴?": "医保一年一缴。",
    "医保缴费要几次?": "医保一年一缴。",
}


def quote(text: str) -> Quote:
    [article] = [article for article in ARTICLES.values() if text in article.body]
    start = article.body.index(text)
    return Quote(article, start, start + len(text), text, (), 1.0)


def best_quote(question: str) -> Quote | None:
    return quote(ANSWERS[question]) if question in ANSWERS else None


def chosen(shown: str, offered: list[str], asked: list[str]) -> tuple[str, ...]:
    shown_quote = quote(shown)
    nearest = [article for article in ARTICLES.values() if article is not shown_quote.article]
    return choose_follow_ups([shown_quote], nearest, offered, asked, "zh-Hans", best_quote)


def test_after_an_answer_they_stay_with_its_article() -> None:
    assert chosen("要检查电线。", ["医保怎么缴?"], []) == ("关于“检查范围”，文章里怎么说？",)
    assert chosen("医保一年一缴。", ["怎样防诈骗?"], []) == ()


def test_what_another_article_answers_is_no_more_about_the_same() -> None:
    found = choose_follow_ups(
        [quote("检查厨房。")], [], ["怎样防诈骗?"], [], "zh-Hans", lambda _: quote("不要转账。")
    )
    assert found == ()


def test_the_publishers_own_question_about_an_article_comes_first() -> None:
    found = choose_follow_ups([], [FIRE, SCAM], ["怎样防诈骗?"], [], "zh-Hans", best_quote)
    assert found == ("火灾怎么预防?", "关于“检查范围”，文章里怎么说？", "怎样防诈骗?")


def test_no_two_lead_to_the_same_words_and_none_to_those_that_are_shown() -> None:
    found = choose_follow_ups([], [], ["医保怎么缴?", "医保缴费要几次?"], [], "zh-Hans", best_quote)
    assert found == ("医保怎么缴?",)
    assert chosen("检查厨房。", [], []) == ("火灾怎么预防?",)


def test_what_was_asked_is_not_offered_again() -> None:
    assert chosen("检查厨房。", [], ["火灾怎么预防?"]) == ()


def test_what_has_no_answer_is_not_offered() -> None:
    found = choose_follow_ups([], [FIRE], ["谁赢了比赛?"], [], "zh-Hans", best_quote)
    assert found == ("火灾怎么预防?", "关于“检查范围”，文章里怎么说？")


def test_without_a_quote_the_nearest_and_the_offered_remain() -> None:
    found = choose_follow_ups([], [SCAM], ["医保怎么缴?"], [], "zh-Hans", best_quote)
    assert found == ("关于“防诈骗”，文章里怎么说？", "医保怎么缴?")
