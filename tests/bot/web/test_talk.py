from bot.web.talk import Offer, Turn, lines, offers
from tests.bot.web.stub import ENGLISH, HOSTILE_ARTICLE, PARCELS, QUOTES, StubBot


def turn(question: str) -> Turn:
    return Turn(question, StubBot().ask(question))


def test_a_conversation_is_shown_in_order() -> None:
    shown = lines([turn("快递安全"), turn("天气")])
    assert [line.role for line in shown] == ["user"] + ["assistant"] * 3 + ["user"] + ["assistant"] * 2
    assert [f'value="0.{place}"' in line.html for place, line in enumerate(shown[2:4])] == [True, True]
    assert 'value="1.0"' in shown[-1].html
    assert 'value="1.1"' in shown[-1].html


def test_every_button_opens_what_it_stands_under() -> None:
    assert offers([turn("快递安全"), turn("天气")]) == {
        "0.0": Offer(PARCELS, QUOTES["parcels"]),
        "0.1": Offer(HOSTILE_ARTICLE, QUOTES["hostile"]),
        "1.0": Offer(PARCELS, None),
        "1.1": Offer(ENGLISH, None),
    }


def test_before_the_first_question_there_is_nothing() -> None:
    assert (lines([]), offers([])) == ([], {})
