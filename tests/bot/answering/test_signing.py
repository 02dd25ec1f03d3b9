from bot.answering.signing import QuoteSigner, SigningAnswerer
from tests.bot.web.stub import StubBot

SIGNER = QuoteSigner("a key of this installation")


def test_a_signature_is_of_the_words_and_their_article_whatever_the_white_space() -> None:
    signature = SIGNER.sign("fire", "　　第一句。\n\n第二句。")
    assert len(signature) == 24
    assert SIGNER.is_own("fire", "第一句。 第二句。", signature)
    assert not SIGNER.is_own("water", "第一句。第二句。", signature)
    assert not SIGNER.is_own("fire", "第一句,第二句。", signature)
    assert not SIGNER.is_own("fire", "第一句。第二句。", "")
    assert not SIGNER.is_own("fire", "第一句。第二句。", "签名")
    assert not QuoteSigner("another key").is_own("fire", "第一句。第二句。", signature)


def test_quote_and_sentence_are_signed_apart_and_nothing_else_changes() -> None:
    plain = StubBot().ask("实名收寄率要达到多少?")
    answer = SigningAnswerer(StubBot(), SIGNER).ask("实名收寄率要达到多少?")
    first = answer.quotes[0]
    assert first.signatures == (
        SIGNER.sign("parcels", first.text),
        SIGNER.sign("parcels", "实名收寄率必须达到百分之百。"),
    )
    assert [(q.text, q.start, q.marks) for q in answer.quotes] == [
        (q.text, q.start, q.marks) for q in plain.quotes
    ]
