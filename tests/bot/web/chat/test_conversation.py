from bot import messages
from bot.publisher import Publisher
from bot.web.chat.conversation import Offer, Turn, chat_messages, offers
from tests.bot.web.stub import ENGLISH, HOSTILE_ARTICLE, PARCELS, QUOTES, StubBot


def turn(number: int, question: str) -> Turn:
    return Turn(number, question, StubBot().ask(question), "zh-Hans")


def test_a_conversation_is_shown_in_order() -> None:
    shown = chat_messages([turn(4, "快递安全"), turn(5, "天气")], Publisher(contact="12345"))
    assert [line.role for line in shown] == ["user"] + ["assistant"] * 4 + ["user"] + ["assistant"] * 4
    assert [f'value="4.{place}"' in line.html for place, line in enumerate(shown[2:4])] == [True, True]
    assert 'value="5.0"' in shown[-3].html
    assert 'value="5.1"' in shown[-3].html
    number = '<span><a href="tel:12345">12345</a></span>'
    assert messages.CONTACT.to("zh-Hans", contact=number) in shown[-2].html


def test_every_answer_can_be_judged() -> None:
    asked = turn(0, "天气")
    assert f'class="vote up" value="{asked.answer.answer_id}"' in chat_messages([asked], Publisher())[-1].html


def test_small_talk_has_neither_articles_nor_votes() -> None:
    assert len(chat_messages([turn(0, "你好")], Publisher(contact="12345"))) == 2


def test_links_stand_under_the_public_address() -> None:
    card = chat_messages([turn(0, "快递安全")], Publisher(url="https://city.example/ask"))[2].html
    assert 'class="share" href="https://city.example/ask/articles/parcels?quote=' in card


def test_every_button_opens_what_it_stands_under() -> None:
    assert offers([turn(4, "快递安全"), turn(5, "天气")]) == {
        "4.0": Offer(PARCELS, QUOTES["parcels"]),
        "4.1": Offer(HOSTILE_ARTICLE, QUOTES["hostile"]),
        "5.0": Offer(PARCELS, None),
        "5.1": Offer(ENGLISH, None),
    }


def test_before_the_first_question_there_is_nothing() -> None:
    assert (chat_messages([], Publisher()), offers([])) == ([], {})
