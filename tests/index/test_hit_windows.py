from corpus.article import Article
from corpus.passages import passages
from index.hit import Hit, MatchedSentence, Signals, best_span, best_window, relevance
from index.query.query import Query

BODY = "天气转冷。不要转账。请报警。雨停了。"
ARTICLE = Article("a", "题", BODY)
SPANS = [(0, 5), (5, 10), (10, 14), (14, 18)]


def hit(cosines: tuple[float, ...], own: tuple[int, ...] = (0, 1, 2, 3)) -> Hit:
    sentences = tuple(
        MatchedSentence(*span, cosine, i in own)
        for i, (span, cosine) in enumerate(zip(SPANS, cosines, strict=True))
    )
    return Hit(ARTICLE, passages(ARTICLE)[0], 1.0, Signals(0, 0, 0, 0), sentences)


def even(term: str) -> float:
    return 1.0


def test_relevance_is_the_share_of_the_question_s_terms_and_six_times_the_cosine() -> None:
    """ "转账请报警" has the terms 转账, 账请, 请报, 报警."""
    found = relevance(Query("转账请报警"), hit((0.0, 0.1, 0.2, 0.0)), even)
    assert [round(value, 6) for value in found] == [0, 0.25 + 0.6, 0.5 + 1.2, 0]


def test_terms_that_are_set_aside_do_not_count() -> None:
    found = relevance(Query("转账请报警"), hit((0.0, 0.1, 0.2, 0.0)), even, aside=["转账", "账请", "雨停"])
    assert [round(value, 6) for value in found] == [0, 0.6, 1.0 + 1.2, 0]


def test_a_run_grows_to_the_better_neighbour_while_there_is_room() -> None:
    sentences, fit = hit((0, 0, 0, 0)).sentences, [0.3, 0.9, 0.2, 0.8]
    free = [True] * 4
    assert best_span(sentences, fit, free, best=1, room=4) == (1, 1)
    assert best_span(sentences, fit, free, best=1, room=10) == (0, 1)
    assert best_span(sentences, fit, free, best=1, room=14) == (0, 2)
    assert best_span(sentences, fit, free, best=1, room=99) == (0, 3)
    assert best_span(sentences, fit, [True, True, False, True], best=1, room=99) == (0, 1)


def test_the_best_window_keeps_to_the_passage_and_its_room() -> None:
    one = hit((0.0, 0.9, 0.8, 1.0), own=(1, 2))
    assert best_window(Query("转账"), one, even, room=99) == "不要转账。请报警。"
    assert best_window(Query("转账"), one, even, room=5) == "不要转账。"
    assert best_window(Query("转账"), one, even, room=1) == "不要转账。"
