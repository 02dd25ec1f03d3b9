from bot.web.queue import AnswerCache
from tests.bot.web.stub import StubBot


def test_the_last_answers_are_remembered() -> None:
    bot = AnswerCache(StubBot(), most=2)
    answers = [bot.ask(f"快递{n}") for n in range(3)]
    assert [bot.given(answer.answer_id) for answer in answers] == [None, answers[1], answers[2]]
    assert bot.given("unknown") is None


def test_it_answers_as_the_bot_does() -> None:
    stub = StubBot()
    bot = AnswerCache(stub)
    assert bot.ask("大概?", ["之前"], top=1) == stub.ask("大概?", ["之前"], top=1)
    assert bot.articles is stub.articles
    assert bot.examples("en") == stub.examples("en")
    assert bot.withdrawn is stub.withdrawn
    assert bot.standing("hostile") == stub.standing("hostile")
