import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.wechat.crypto import ForgedError, MessageCipher, sha1_signature

# The example that WeCom publishes: https://developer.work.weixin.qq.com/document/path/90968
TOKEN = "QDG6eK"
KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
CORP = "wx5823bf96d3bd56c7"
TIME, NONCE = "1409659589", "263014780"
SIGNED = "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3"
ECHO = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
CIPHER = MessageCipher(TOKEN, KEY, CORP)


def test_the_published_example_is_signed_and_opened_as_published() -> None:
    assert sha1_signature(TOKEN, TIME, NONCE, ECHO) == SIGNED
    assert CIPHER.decrypted(ECHO, TIME, NONCE, SIGNED) == "1616140317555161061"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_what_is_encrypted_is_opened_again(message: str) -> None:
    sealed, signed = CIPHER.encrypted(message, TIME, NONCE)
    assert len(base64.b64decode(sealed)) % 32 == 0
    assert CIPHER.decrypted(sealed, TIME, NONCE, signed) == message


@pytest.mark.parametrize(
    ("sealed", "time", "nonce", "signed"),
    [
        (ECHO, TIME, NONCE, SIGNED[:-1] + "4"),
        (ECHO, TIME, NONCE, ""),
        (ECHO, TIME, NONCE, "签"),
        (ECHO, "1409659590", NONCE, SIGNED),
        (ECHO, TIME, "263014781", SIGNED),
        (ECHO.replace("P9", "P8"), TIME, NONCE, SIGNED),
    ],
)
def test_a_forged_message_is_refused(sealed: str, time: str, nonce: str, signed: str) -> None:
    with pytest.raises(ForgedError, match="the signature is wrong"):
        CIPHER.decrypted(sealed, time, nonce, signed)


@pytest.mark.parametrize("sealed", ["", "*", "AAAA", base64.b64encode(bytes(32)).decode(), "签"])
def test_a_signed_message_that_is_damaged_is_refused(sealed: str) -> None:
    with pytest.raises(ForgedError):
        CIPHER.decrypted(sealed, TIME, NONCE, sha1_signature(TOKEN, TIME, NONCE, sealed))


def test_a_message_for_another_receiver_is_refused() -> None:
    sealed, signed = MessageCipher(TOKEN, KEY, "wx0000000000000000").encrypted("问", TIME, NONCE)
    with pytest.raises(ForgedError, match="another receiver"):
        CIPHER.decrypted(sealed, TIME, NONCE, signed)
