from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answering.question import Question
from bot.answering.quote import BEHIND, LONGEST, choose_quotes
from corpus.article import Article
from corpus.passages import passages
from corpus.sentences import sentences
from index.hit import Hit, MatchedSentence, Signals
from tests.index.fake_embedder import searcher_over

SCAM = Article(
    id="scam", title="防诈骗", body="天气转冷。不要向陌生人透露自己的信息。有疑问向公安机关求助。雨停了。"
)


def hit(article: Article, score: float, scores: tuple[float, ...], place: int = 0) -> Hit:
    spans = [span for passage in passages(article) for span in passage.sentences]
    own = passages(article)[place]
    found = [
        MatchedSentence(start, end, cosine, own.start <= start < own.end)
        for (start, end), cosine in zip(spans, scores, strict=True)
    ]
    return Hit(article, own, score, Signals(0.5, 0.1, 0.2, 0.2), tuple(found))


def even(term: str) -> float:
    return 1.0


def test_the_best_sentence_is_marked_and_its_neighbours_come_with_it() -> None:
    (quote,) = choose_quotes(Question("透露信息"), [hit(SCAM, 1.0, (0.1, 0.9, 0.2, 0.1))], even, top=3)
    assert quote.text == SCAM.body == SCAM.body[quote.start : quote.end]
    assert [SCAM.body[start:end] for start, end in quote.marks] == ["不要向陌生人透露自己的信息。"]


def test_the_words_of_the_heading_do_not_tell_which_sentence_answers() -> None:
    body = "防诈骗宣传活动在社区举行。民警提醒不要转账。"
    article = Article(id="fair", title="防诈骗", body=body)
    (quote,) = choose_quotes(Question("防诈骗怎么做"), [hit(article, 1.0, (0.5, 0.51))], even, top=1)
    assert quote.text == body
    assert [body[start:end] for start, end in quote.marks] == ["民警提醒不要转账。"]


def test_a_quote_keeps_to_its_room_but_never_cuts_a_sentence() -> None:
    long = Article(id="long", title="长", body="一" * 299 + "。" + "二" * 299 + "。")
    (quote,) = choose_quotes(Question("二"), [hit(long, 1.0, (0.1, 0.5), place=1)], even, top=1)
    assert quote.text == "二" * 299 + "。"


def test_a_quote_runs_over_its_passage_s_end_to_the_better_neighbour() -> None:
    body = "一" * 179 + "。" + "二" * 179 + "。" + "三" * 179 + "。"
    long = Article(id="long", title="长", body=body)
    assert len(passages(long)) == 3
    (quote,) = choose_quotes(Question("二"), [hit(long, 1.0, (0.1, 0.5, 0.3), place=1)], even, top=1)
    assert quote.text == "二" * 179 + "。" + "三" * 179 + "。"
    assert quote.marks == ((180, 360),)


def test_the_same_text_comes_once_even_from_two_articles() -> None:
    copy = Article(id="copy", title="防诈骗", body=SCAM.body)
    hits = [hit(SCAM, 1.0, (0.1, 0.9, 0.2, 0.1)), hit(copy, 0.9, (0.1, 0.9, 0.2, 0.1))]
    assert [quote.article.id for quote in choose_quotes(Question("信息"), hits, even, top=3)] == ["scam"]


def test_a_passage_far_behind_is_not_quoted() -> None:
    other = Article(id="other", title="别的", body="与此无关的一句话。")
    hits = [hit(SCAM, 1.0, (0.1, 0.9, 0.2, 0.1)), hit(other, 1.0 - BEHIND - 0.01, (0.1,))]
    assert [quote.article.id for quote in choose_quotes(Question("信息"), hits, even, top=3)] == ["scam"]
    assert (
        len(choose_quotes(Question("信息"), [hits[0], hit(other, 1.0 - BEHIND + 0.01, (0.1,))], even, top=3))
        == 2
    )


@pytest.mark.slow  # sixty indexes
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    bodies=st.lists(
        st.text("诈骗火灾医保。!?“” \n　#Aa.1", min_size=1, max_size=300).filter(lambda body: body.strip()),
        min_size=1,
        max_size=4,
    ),
    question=st.text("诈骗火医保灾scam", min_size=1, max_size=12),
    top=st.integers(1, 5),
)
def test_whatever_is_published_and_asked_a_quote_is_whole_sentences_of_its_article(
    tmp_path_factory, bodies: list[str], question: str, top: int
) -> None:
    articles = [Article(id=f"a{n}", title="题", body=body.strip("\n")) for n, body in enumerate(bodies)]
    if not any(passages(article) for article in articles):
        return
    state: Path = tmp_path_factory.mktemp("state")
    with searcher_over(articles, state) as searcher:
        quotes = choose_quotes(
            Question(question), searcher.search(Question(question), 20), searcher.snapshot.passages.idf, top
        )
    assert 1 <= len(quotes) <= top
    assert len({quote.text for quote in quotes}) == len(quotes)
    for quote in quotes:
        assert quote.article.body[quote.start : quote.end] == quote.text
        inside = sentences(quote.article.body, quote.start, quote.end)
        assert (inside[0].start, inside[-1].end) == (quote.start, quote.end)
        assert len(quote.text) <= LONGEST or len(inside) == 1
        assert set(quote.marks) <= set(inside)


def marked(question: str, title: str, body: str, scores: tuple[float, ...]) -> str:
    article = Article(id="one", title=title, body=body)
    (quote,) = choose_quotes(Question(question), [hit(article, 1.0, scores)], even, top=1)
    start, end = quote.marks[0]
    return body[start:end]


def test_neither_a_question_nor_the_repeated_heading_is_marked() -> None:
    body = "“基站辐射安全吗?”基站辐射安全。活动现场的数值不会构成危害。"
    assert marked("辐射安全吗", "基站辐射安全", body, (0.6, 0.6, 0.5)) == "活动现场的数值不会构成危害。"


def test_where_a_day_is_asked_for_a_sentence_with_one_is_marked() -> None:
    body = "缴费已经开始。请于12月31日前办完。"
    assert marked("什么时候截止?", "医保", body, (0.5, 0.48)) == "请于12月31日前办完。"
    assert marked("怎么宣传?", "医保", body, (0.5, 0.48)) == "缴费已经开始。"
